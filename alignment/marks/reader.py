"""What reads one kind of mark from a film's pictures, which kinds there are, and which of them a film is read for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from alignment.core.marks import Marks
from alignment.core.track import Frame, Source, SourceFacts, Track

#: Everybody's landmarks in one picture, in the film's pixels.
People = Float[np.ndarray, "people landmarks 2"]
#: Both points in one picture, in the film's pixels.
Places = Float[np.ndarray, "2 2"]


@runtime_checkable
class MarkReader(Protocol):
    """Reads one kind of mark. Flow and landmarks may say where to look; only what is seen there says where a mark is."""

    def add(self, frame: Frame, people: People) -> None:
        """Look at the next picture, which may be smaller than the film; `people` are all that were found in it."""

    def marks(self, track: Track, frames: Source) -> Marks | None:
        """Where the subject's marks were in every frame of the track; None where this film shows none.

        `frames` are the film's pictures, for a reader that has to go through them once more.
        """


@runtime_checkable
class MarkWatcher(Protocol):
    """Looks for one kind of mark while somebody is filmed: at each picture by itself and those just before it."""

    def look(self, frame: Frame, people: People) -> Places:
        """Where both points are in the next picture, the person's left first; missing where one is not seen for certain."""


@dataclass(frozen=True)
class MarkType:
    """A kind of mark. `open` makes a reader for a film, given the options that landmarks rest on; None if not asked for.

    Of several kinds that one film shows, the one of the smallest `rank` counts. `watch`, likewise, makes what looks for it
    while filming; there is none for a kind that takes the whole film.
    """

    name: str
    rank: int
    open: Callable[[Mapping[str, Any], SourceFacts], MarkReader | None]
    watch: Callable[[Mapping[str, Any], SourceFacts], MarkWatcher | None] | None = None


MARK_TYPES: Final[dict[str, MarkType]] = {}


def register(kind: MarkType) -> MarkType:
    """Add a kind of mark. ValueError if its name is taken."""
    if kind.name in MARK_TYPES:
        raise ValueError(f"there are two kinds of mark named {kind.name}")
    MARK_TYPES[kind.name] = kind
    return kind


class FilmReader:
    """Reads one film for all the marks that are asked for, and for those that need no asking."""

    def __init__(self, asked: Mapping[str, Any], facts: SourceFacts) -> None:
        kinds = sorted(MARK_TYPES.values(), key=lambda kind: kind.rank)
        opened = (kind.open(asked, facts) for kind in kinds)
        self._readers = [reader for reader in opened if reader is not None]

    def add(self, frame: Frame, people: People) -> None:
        """Look at the next picture."""
        for reader in self._readers:
            reader.add(frame, people)

    def marks(self, track: Track, frames: Source) -> Marks | None:
        """The marks of the first kind of which this film shows any."""
        found = (reader.marks(track, frames) for reader in self._readers)
        return next((marks for marks in found if marks is not None), None)


class LiveReader:
    """Looks for all the marks that are asked for, and for those that need no asking, in pictures as they are filmed."""

    def __init__(self, asked: Mapping[str, Any], facts: SourceFacts) -> None:
        kinds = sorted(MARK_TYPES.values(), key=lambda kind: kind.rank)
        opened = (kind.watch(asked, facts) for kind in kinds if kind.watch is not None)
        self._watchers = [watcher for watcher in opened if watcher is not None]

    def look(self, frame: Frame, people: People) -> Places:
        """Where both points are in the next picture, by the first kind that sees them; missing where none does."""
        found = (watcher.look(frame, people) for watcher in self._watchers)
        return next((places for places in found if np.isfinite(places).all()), np.full((2, 2), np.nan))
