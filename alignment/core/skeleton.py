"""The body as landmarks: names, sides and segments in; array positions out. The only file with MediaPipe's numbers."""

from collections.abc import Iterable
from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")
OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}

LEG: Final[tuple[str, ...]] = ("hip", "knee", "ankle", "heel", "toe")
_BELOW_THE_HEAD: Final = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb", *LEG)
#: MediaPipe's pose landmarks in the order of its output; "left" is the subject's own left.
LANDMARKS: Final[tuple[str, ...]] = (
    "nose",
    *(f"{side}_{part}" for side in SIDES for part in ("eye_inner", "eye", "eye_outer")),
    *(f"{side}_ear" for side in SIDES),
    *(f"mouth_{side}" for side in SIDES),
    *(f"{side}_{part}" for part in _BELOW_THE_HEAD for side in SIDES),
)
INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(LANDMARKS)}
FACE: Final[tuple[str, ...]] = LANDMARKS[: INDEX["left_shoulder"]]
TORSO: Final[tuple[str, ...]] = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")


def index(names: Iterable[str]) -> list[int]:
    """Positions of the named landmarks along a landmark axis, in the order asked for."""
    return [INDEX[name] for name in names]


def of_side(side: Side, *parts: str) -> list[int]:
    """Positions of one side's parts: ``of_side("left", "hip", "knee")``."""
    return [INDEX[f"{side}_{part}"] for part in parts]


#: For each landmark, the position of its twin on the other side (its own where there is none).
SWAPPED: Final[tuple[int, ...]] = tuple(
    INDEX[name.replace("left", "right") if "left" in name else name.replace("right", "left")] for name in LANDMARKS
)
