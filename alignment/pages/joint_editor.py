"""A picture with handles on the joints, each to be dragged to where it belongs: picture and places in, new places out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from alignment.pages import style
from alignment.texts import is_known, say

#: A point in the film's pixels: x, y.
Point = tuple[float, float]

_LABELS: Final = ("image", "group", "steps", "undo", "model", "reset", "whole", "close", "none", "unseen", "placed")
_DIRECTIONS: Final = ("left", "up", "down", "right")


@dataclass(frozen=True)
class Handle:
    """One joint: its name, what people call it, a short mark beside it, where it is now and where the model has it.

    `model` is None where the model did not see it; `placed` tells that a person has placed it before.
    """

    name: str
    label: str
    mark: str
    at: Point
    model: Point | None
    placed: bool


@dataclass(frozen=True)
class Picture:
    """A picture (JPEG) of a film this large, the part of it to show (left, top, right, bottom), and what is drawn on it."""

    jpeg: bytes
    film: tuple[int, int]
    view: tuple[float, float, float, float]
    handles: Sequence[Handle]
    bones: Sequence[tuple[str, str]]
    leg_px: float | None


def show(
    picture: Picture, moved: Mapping[str, Point], key: str, on_change: Callable[[], None], words: str = "drag"
) -> None:
    """Show the picture to drag handles on; `moved` are those that were moved before. A new key begins anew.

    `on_change` is called when handles were moved; `moved_points` then says where they are. `words` begins the codes of the
    words where they are others than those about joints.
    """
    style.component("joint_editor")(
        key=key,
        data={
            "token": key,
            "image": style.data_url(picture.jpeg, "image/jpeg"),
            "film": list(picture.film),
            "view": list(picture.view),
            "handles": [asdict(handle) for handle in picture.handles],
            "bones": [list(bone) for bone in picture.bones],
            "moved": {name: list(place) for name, place in moved.items()},
            "leg_px": picture.leg_px,
            "labels": _labels(words),
        },
        default={"moved": None},
        on_moved_change=on_change,
    )


def moved_points(key: str) -> dict[str, Point] | None:
    """Where the handles are that were moved in the picture of this key; None as long as none was touched."""
    state = st.session_state.get(key)
    moved = None if state is None else state.get("moved")
    return None if moved is None else {name: (float(x), float(y)) for name, (x, y) in moved.items()}


def _labels(words: str) -> dict[str, Any]:
    def told(name: str, **values: object) -> str:
        return say(f"{words}_{name}" if is_known(f"{words}_{name}") else f"drag_{name}", **values).message

    labels: dict[str, Any] = {name: told(name) for name in _LABELS}
    # The picture itself knows how far, and fills these in.
    labels["moved"] = told("moved", px="{px}", percent="{percent}")
    labels["percent"] = told("percent", percent="{percent}")
    labels["asModel"] = told("as_model")
    labels["hint"] = told("hint")
    labels["directions"] = [told(way) for way in _DIRECTIONS]
    return labels
