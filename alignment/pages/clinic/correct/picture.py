"""A key frame with handles: the film and a frame in; the picture, where its joints are, and which part to show, out."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from alignment.correction import MOVABLE
from alignment.pages.clinic.correct.film import Film
from alignment.pages.drag import Handle, Picture, Place
from alignment.records import Correction, KeyFrame
from alignment.result import Result
from alignment.skeleton import INDEX, SIDES
from alignment.texts import say

_BONES: Final = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *((f"{side}_{one}", f"{side}_{other}") for side in SIDES for one, other in (("hip", "knee"), ("knee", "ankle"))),
    *((f"{side}_{one}", f"{side}_{other}") for side in SIDES for one, other in (("ankle", "toe"), ("ankle", "heel"))),
)
#: Room around the joints, in parts of their height, and the narrowest part shown, in parts of its height.
_ROOM: Final = 0.12
_NARROWEST: Final = 0.55
#: Where a joint that nobody has seen waits: beside the middle of what is known.
_MARKED: Final = "knee"


def of(film: Film, frame: KeyFrame, before: Result, corrections: Sequence[Correction]) -> Picture | None:
    """The picture with its handles, `before` being the result with the kept corrections; None where it cannot be read."""
    size = (film.track.source.width, film.track.source.height)
    jpeg = _film_part(frame.jpeg, size)
    if jpeg is None:
        return None
    position = film.position(frame)
    now = film.track if before.curves is None else before.curves.track
    model = film.cleaned().pixels[position]
    placed = {one.landmark for one in corrections if abs(one.time_s - frame.time_s) < 1e-4}
    handles = []
    for name in MOVABLE:
        at = _first_known(now.pixels[position], film.track.pixels[position], name, size)
        handles.append(Handle(name, _label(name), _mark(name), at, _place(model, name), name in placed))
    places = np.array([handle.at for handle in handles] + [handle.model for handle in handles if handle.model])
    return Picture(jpeg, size, _view(places, size), handles, _BONES, film.leg_px)


def model_places(film: Film, frame: KeyFrame) -> dict[str, Place]:
    """Where the model has the joints in a key frame, without those that it did not see."""
    pixels = film.cleaned().pixels[film.position(frame)]
    return {name: place for name in MOVABLE if (place := _place(pixels, name)) is not None}


def _label(name: str) -> str:
    label = say(f"landmark_{name}").message
    return label[0].upper() + label[1:]


def _mark(name: str) -> str:
    side, part = name.split("_")
    return say(f"overlay_{side}").message if part == _MARKED else ""


def _place(pixels: np.ndarray, name: str) -> Place | None:
    x, y = pixels[INDEX[name]].tolist()
    return (round(x, 1), round(y, 1)) if np.isfinite([x, y]).all() else None


def _first_known(now: np.ndarray, raw: np.ndarray, name: str, size: tuple[int, int]) -> Place:
    """Where a joint is: as measured, else as the model guessed, else beside the rest, so that it can be taken from there."""
    place = _place(now, name) or _place(raw, name)
    if place is None:
        known = raw[[INDEX[one] for one in MOVABLE]]
        known = known[np.isfinite(known[:, 0])]
        middle = known.mean(axis=0) if len(known) else np.array(size) / 2
        place = (float(middle[0]), float(middle[1]))
    return min(max(place[0], 0.0), float(size[0])), min(max(place[1], 0.0), float(size[1]))


def _view(places: np.ndarray, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The part of the picture around the joints, not too narrow, and inside the picture."""
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    room = _ROOM * max(bottom - top, right - left, 40.0)
    wide = max(right - left + 2 * room, _NARROWEST * (bottom - top + 2 * room))
    middle = (left + right) / 2
    view = (middle - wide / 2, top - room, middle + wide / 2, bottom + room)
    x0, y0 = (max(0.0, edge) for edge in view[:2])
    x1, y1 = (min(float(whole), edge) for whole, edge in zip(size, view[2:], strict=True))
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def _film_part(jpeg: bytes, size: tuple[int, int]) -> bytes | None:
    """The film's own part of a kept picture, without what may stand below it; None where the picture cannot be read."""
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        return None
    rows = round(image.shape[1] * size[1] / size[0])
    if image.shape[0] <= rows + 1:
        return jpeg
    done, content = cv2.imencode(".jpg", image[:rows], [cv2.IMWRITE_JPEG_QUALITY, 90])
    return content.tobytes() if done else None
