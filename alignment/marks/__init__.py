"""Pictures in, points that somebody wears on the body out: each file but a few reads one kind of mark.

`FilmReader` reads a film for every kind in `MARK_TYPES` that is asked for or needs no asking, `LiveReader` pictures as they
come.
"""

from alignment.marks import dots, tags, taps
from alignment.marks.hips import spines
from alignment.marks.reader import (
    MARK_TYPES,
    FilmReader,
    LiveReader,
    MarkReader,
    MarkType,
    MarkWatcher,
    People,
    Places,
    register,
)

__all__ = [
    "MARK_TYPES",
    "FilmReader",
    "LiveReader",
    "MarkReader",
    "MarkType",
    "MarkWatcher",
    "People",
    "Places",
    "dots",
    "register",
    "spines",
    "tags",
    "taps",
]
