"""Marks worn at the waist and a body at rest in; where they sit, what they look like and where a film shows them out.

They are rigid on the pelvis, a pair alike on both sides, so that their line tilts exactly as the hips do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from samples.render.camera import Camera
from samples.render.kinematics import OUTWARDS, SIDES, Motion, Posed, Rig, solve, square_to, two_segments, unit
from samples.render.motions import smooth
from samples.render.pelvis import of_trunk, trunk_m

if TYPE_CHECKING:
    from samples.render.body import Mesh

Colour = tuple[int, int, int]

GREEN: Final = (40, 190, 70)
BLUE: Final = (35, 85, 215)
MAGENTA: Final = (205, 40, 185)
#: The colours of dots, as `--pelvis-dots` names them.
DOTS: Final = {"green": GREEN, "blue": BLUE, "magenta": MAGENTA}
#: Numbers of the person's left and right tag (`alignment tags`), and how many cells wide one is with the white around it.
TAG_NUMBERS: Final = {"left": 5, "right": 6}
TAG_CELLS: Final = 8
TAG_EDGE_M: Final = 0.06
#: So far around a spot the skin is taken for flat.
_FLAT_M: Final = 0.03
#: From the wrist to the middle of the hand, and how far that is before a mark that it covers.
_HAND_M, _BEFORE_M = 0.07, 0.03
#: How long a hand is on its way.
_REACH_S: Final = 0.4


@dataclass(frozen=True)
class Marks:
    """What somebody wears on both sides: tags (6 cm in black), flat dots or beads, by their radius."""

    kind: Literal["tags", "dots", "beads"]
    behind: bool = False
    colour: Colour = GREEN
    radius_m: float = 0.014
    #: How far from the midline, and how high above the middle between the hips, by the shoulders' height.
    aside_m: float = 0.092
    height: float = 0.22
    #: How far the mark stands off the cloth.
    off_m: float = 0.005


@dataclass(frozen=True)
class Place:
    """Where a mark sits at rest, and where it faces."""

    centre: np.ndarray
    normal: np.ndarray


@dataclass(frozen=True)
class HandOver:
    """A hand laid over the mark of its side from and until a moment."""

    side: str
    start_s: float
    end_s: float


def places(marks: Marks, mesh: "Mesh") -> dict[str, Place]:
    """Where both marks sit on the clothed body at rest, the right one the left one's mirror image.

    ValueError where there is no skin.
    """
    facing = -1.0 if marks.behind else 1.0
    spot = np.array([marks.aside_m, mesh.rig.mid_hip[1] + marks.height * trunk_m(mesh.rig)])
    skin = mesh.vertices[of_trunk(mesh.rig, mesh.weights) & (facing * (mesh.vertices[:, 2] - mesh.rig.mid_hip[2]) > 0)]
    near = skin[(np.abs(skin[:, :2] - spot) < _FLAT_M).all(axis=1)]
    if len(near) < 4:
        raise ValueError("there is no skin where the mark should be")
    slopes = np.column_stack([near[:, :2] - spot, np.ones(len(near))])
    across, up, ahead = np.linalg.lstsq(slopes, near[:, 2], rcond=None)[0]
    normal = unit(facing * np.array([-across, -up, 1.0]))
    centre = np.array([*spot, ahead]) + marks.off_m * normal
    return {side: Place(centre * [OUTWARDS[side], 1, 1], normal * [OUTWARDS[side], 1, 1]) for side in SIDES}


def pixels(found: Mapping[str, Place], filmed: Posed, camera: Camera, axes: np.ndarray) -> dict[str, np.ndarray]:
    """Where a film shows the middle of each mark, (frames, 2), hidden or not; `axes` are the camera's in every frame."""
    seen = {}
    for side, place in found.items():
        way = np.einsum("nij,nj->ni", axes, filmed.carried("root", place.centre) - camera.place)
        seen[side] = camera.focal_px * way[:, :2] / way[:, 2:] + [camera.width / 2, camera.height_px / 2]
    return seen


def tag_corners(place: Place, *, upside_down: bool) -> np.ndarray:
    """The corners of a tag's white card at rest: lower left, lower right, upper right and upper left of its picture."""
    up = square_to(np.array([0.0, 1.0, 0.0]), place.normal) * (-1.0 if upside_down else 1.0)
    right, half = np.cross(up, place.normal), TAG_EDGE_M * TAG_CELLS / (TAG_CELLS - 2) / 2
    return place.centre + half * np.array([-right - up, right - up, right + up, up - right])


def tag_picture(side: str, cell_px: int = 48) -> np.ndarray:
    """A tag with one white cell around it, (height, width, 3)."""
    import cv2

    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    inner = cv2.aruco.generateImageMarker(dictionary, TAG_NUMBERS[side], (TAG_CELLS - 2) * cell_px)
    return np.repeat(np.pad(inner, cell_px, constant_values=255)[..., None], 3, axis=2)


def cover(rig: Rig, motion: Motion, found: Mapping[str, Place], hand: HandOver) -> None:
    """Lay a hand over the mark of its side for a while."""
    posed, place = solve(rig, motion), found[hand.side]
    target = posed.carried("root", place.centre + _BEFORE_M * place.normal)
    shoulder = posed.joint(hand.side, "shoulder")
    upper, lower = rig.length("shoulder", "elbow"), rig.length("elbow", "wrist")
    outwards = np.tile([0.45 * OUTWARDS[hand.side], -0.35, -1.0], (len(target), 1))
    wrist = target
    # The hand goes on where the forearm ends.
    for _ in range(20):
        elbow = two_segments(shoulder, wrist, upper, lower, outwards, np.zeros(len(target)))
        wrist = target - _HAND_M * unit(wrist - elbow)
    time_s = motion.time_s
    there = smooth((time_s - hand.start_s) / _REACH_S + 1) * smooth((hand.end_s - time_s) / _REACH_S + 1)
    before, wrist = motion.hand[hand.side], wrist - (shoulder if motion.hand_from_shoulder else 0.0)
    motion.hand[hand.side] = before + there[:, None] * (wrist - before)


def block(marks: Marks, hand: HandOver | None) -> dict[str, Any]:
    """The truth's `marks`: what is worn where, the colour of dots, and which of them a hand hides, from and until when."""
    found: dict[str, Any] = {"kind": marks.kind, "place": "behind" if marks.behind else "front"}
    if marks.kind == "dots":
        found["colour"] = next(name for name, colour in DOTS.items() if colour == marks.colour)
    if hand:
        found["covered"] = {"side": hand.side, "start_s": hand.start_s, "end_s": hand.end_s}
    return found
