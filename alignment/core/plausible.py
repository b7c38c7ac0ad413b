"""Whether what was read from a file can have come from a film: a track or single numbers in, the first that cannot out.

A checksum tells every change; this is for files that carry none, and for those that somebody made.
"""

from dataclasses import asdict, fields
from typing import Final

import numpy as np

from alignment.core.skeleton import LANDMARKS
from alignment.core.track import Track
from alignment.errors import Phrase, phrase

#: Pictures have no more pixels than this along a side, and films none beyond these days and rates.
_MOST_PX: Final = 65_535
_MOST_S: Final = 366 * 86_400.0
_MOST_HZ: Final = 100_000.0
_MOST_FRAMES: Final = 100_000_000
#: So many sides of the picture beyond it the model puts what it only guesses, at most; by a third of one in real films.
_BEYOND: Final = 10.0
#: Letters of a value that are said.
_LONGEST: Final = 60
#: What is no further known of numbers kept for each picture: that no picture gives larger ones.
_MOST: Final = 1e6

#: Of each array of a track with an entry per frame: what an entry's shape is, and between what its numbers lie.
_SHAPES: Final[dict[str, tuple[tuple[int | None, ...], float | int, float | int]]] = {
    "metres": ((len(LANDMARKS), 3), -10.0, 10.0),
    "visibility": ((len(LANDMARKS),), 0.0, 1.0),
    "brightness": ((), 0.0, 255.0),
    "sharpness": ((), 0.0, _MOST),
    "people": ((), 0, 10_000),
    "camera_agreement": ((), 0.0, 1.0),
}


class ImplausibleError(Exception):
    """What no film gives: the name of a number and its value."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(name, value)
        self.phrase: Phrase = phrase("fault_not_plausible", name=name, value=ascii(value)[:_LONGEST])


def check_number(name: str, value: float | int | None, low: float | int, high: float | int) -> None:
    """ImplausibleError where a number is there and not between these two."""
    if value is not None and not low <= value <= high:
        raise ImplausibleError(name, value)


def check_film(
    *,
    width: int,
    height: int,
    fps: float | int,
    duration_s: float | int,
    frames: int,
    rotation_deg: int,
    slower: float | int = 1.0,
) -> None:
    """ImplausibleError where no film says so of itself."""
    check_number("width", width, 1, _MOST_PX)
    check_number("height", height, 1, _MOST_PX)
    check_number("fps", fps, 0.0, _MOST_HZ)
    check_number("duration_s", duration_s, 0.0, _MOST_S)
    check_number("frames", frames, 0, _MOST_FRAMES)
    check_number("slower", slower, 1e-3, 1e3)
    if rotation_deg not in (0, 90, 180, 270):
        raise ImplausibleError("rotation_deg", rotation_deg)


def check_track(track: Track) -> None:
    """ImplausibleError where a track cannot have come from a film: its types, shapes, times or places."""
    _check_facts(track)
    _check_times(track.time_s)
    known = {"time_s", "pixels", "faces", "mirrored_frames", "mirrored_metres", *_SHAPES}
    for name, (shape, low, high) in _SHAPES.items():
        _check_array(name, getattr(track, name), (track.frames, *shape), low, high)
    sides = (float(track.source.width), float(track.source.height))
    _check_places("pixels", track.pixels, (track.frames, len(LANDMARKS), 2), sides)
    _check_places("faces", track.faces, (track.frames, None, 3), (*sides, max(sides)))
    if track.joints is not None:
        _check_places("joints", track.joints, (track.frames, None, 3), (*sides, max(sides)))
    samples = track.mirrored_frames
    _check_array("mirrored_metres", track.mirrored_metres, (len(samples), len(LANDMARKS), 3), -10.0, 10.0)
    _check_array("mirrored_frames", samples, (None,), 0, max(track.frames - 1, 0))
    if track.marks is not None:
        shape = (track.frames, len(track.marks.names))
        _check_places("marks", track.marks.pixels, (*shape, 2), sides)
        _check_array("marks", track.marks.score, shape, 0.0, 1.0)
        check_number("marks", track.marks.error_px, 0.0, _MOST_PX)
    for field in fields(track):
        array = getattr(track, field.name)
        if isinstance(array, np.ndarray) and field.name not in known:
            _check_array(field.name, array, (track.frames, *(None,) * (array.ndim - 1)), -_MOST, _MOST)


def _check_facts(track: Track) -> None:
    kinds: dict[str, tuple[type, ...]] = {
        "str": (str,),
        "str | None": (str, type(None)),
        "float": (float, int),
        "int": (int,),
        "bool": (bool,),
    }
    for about in (track.source, track.model):
        for field in fields(about):
            name = field.type if isinstance(field.type, str) else str(getattr(field.type, "__name__", field.type))
            value, kind = getattr(about, field.name), kinds.get(name)
            if kind is not None and (not isinstance(value, kind) or (bool not in kind and isinstance(value, bool))):
                raise ImplausibleError(field.name, value)
    facts = asdict(track.source)
    names = ("width", "height", "fps", "duration_s", "frames", "rotation_deg", "slower")
    check_film(**{name: facts[name] for name in names})


def _check_times(time_s: np.ndarray) -> None:
    _check_array("time_s", time_s, (None,), -_MOST_S, _MOST_S, missing=False)
    rising = np.diff(time_s) > 0
    if not rising.all():
        raise ImplausibleError("time_s", float(time_s[1:][~rising][0]))


def _check_places(name: str, array: np.ndarray, shape: tuple[int | None, ...], sides: tuple[float, ...]) -> None:
    """Each number within so many sides of the picture from its edge."""
    _check_array(name, array, shape, -_MOST, _MOST)
    for at, side in enumerate(sides):
        _check_array(name, array[..., at], (None,) * (array.ndim - 1), -_BEYOND * side, (1.0 + _BEYOND) * side)


def _check_array(
    name: str,
    array: np.ndarray | None,
    shape: tuple[int | None, ...],
    low: float | int,
    high: float | int,
    *,
    missing: bool = True,
) -> None:
    """Its numbers between these two; NaN where something was not seen, if anything may be `missing`."""
    if array is None:
        return
    fits = len(shape) == array.ndim and all(
        one is None or one == other for one, other in zip(shape, array.shape, strict=True)
    )
    # Whole numbers where whole ones are meant.
    kinds = "iu" if isinstance(low, int) else "f"
    if not fits or array.dtype.kind not in kinds:
        raise ImplausibleError(name, f"{array.dtype}{list(array.shape)}")
    within = (array >= low) & (array <= high)
    if missing and kinds == "f":
        within |= np.isnan(array)
    if not within.all():
        raise ImplausibleError(name, float(array[~within][0]))
