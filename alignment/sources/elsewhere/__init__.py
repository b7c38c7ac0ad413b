"""Landmarks that another program found: a .trc or a netCDF file of `movement` in, a `Track` out, as far as it tells one."""

from pathlib import Path
from typing import Final

from alignment.core.track import Track
from alignment.files import check_name, sha256_of
from alignment.sources.elsewhere.netcdf import read_netcdf
from alignment.sources.elsewhere.planar import Found, track_of
from alignment.sources.elsewhere.trc import read_trc
from alignment.sources.reading import Reading

__all__ = ["SUFFIXES", "Found", "read", "track_of"]

_READERS: Final = {".trc": read_trc, ".nc": read_netcdf}
#: How files of such landmarks are called.
SUFFIXES: Final = frozenset(_READERS)


def read(path: Path, reading: Reading, person: int | None = None) -> Track:
    """The landmarks of a file, in the part that is read. `person` counts from 1 among those in it.

    InputError where it is no such file, hips, knees, ankles or shoulders are missing, or its points lie in space.
    """
    check_name(path)
    found = _READERS[path.suffix.lower()](path, person or 1)
    return track_of(found, path.name, sha256_of(path), reading)
