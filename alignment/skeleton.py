"""The body as landmarks: names, sides and segments in; array positions out. The only file with MediaPipe's numbers."""

from collections.abc import Iterable
from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")
OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}

#: MediaPipe's pose landmarks in the order of its output; "left" is the subject's own left.
LANDMARKS: Final[tuple[str, ...]] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_toe",
    "right_toe",
)
INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(LANDMARKS)}
FACE: Final[tuple[str, ...]] = LANDMARKS[: INDEX["left_shoulder"]]
TORSO: Final[tuple[str, ...]] = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
LEG: Final[tuple[str, ...]] = ("hip", "knee", "ankle", "heel", "toe")


def index(names: Iterable[str]) -> list[int]:
    """Positions of the named landmarks along a landmark axis, in the order asked for."""
    return [INDEX[name] for name in names]


def of_side(side: Side, *parts: str) -> list[int]:
    """Positions of one side's parts: ``of_side("left", "hip", "knee")``."""
    return [INDEX[f"{side}_{part}"] for part in parts]


def _other_side(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


#: For each landmark, the position of its twin on the other side (its own where there is none).
SWAPPED: Final[tuple[int, ...]] = tuple(INDEX[_other_side(name)] for name in LANDMARKS)
