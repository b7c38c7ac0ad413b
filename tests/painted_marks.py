"""A textured figure that moves in front of a textured wall and wears marks, painted: where they are is known exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from alignment.core.skeleton import INDEX, LANDMARKS
from alignment.core.track import Frame, SourceFacts, Track
from alignment.marks.tags import IDS
from alignment.pose.fake import FACTS
from alignment.sources import FrameList, Source

WIDTH, HEIGHT, FPS = 480, 640, 30.0
#: Length of the trunk; from it everything else is a person's size. 183 px: tags of 6 cm have edges of 22 px.
TRUNK_PX = 183.0
SKIN = (205, 160, 130)


@dataclass(frozen=True)
class Wearer:
    """How the pelvis moves: its middle, its turn (+ clockwise) and size in each picture; and where marks are on it."""

    middle: np.ndarray
    tilt_deg: np.ndarray
    size: np.ndarray
    #: Of left and right in trunk lengths from the hips' middle: across to the picture's right, down.
    worn: np.ndarray
    from_behind: bool = False

    @property
    def marks(self) -> np.ndarray:
        """Where they truly are, in pixels of the film (frames, left and right, 2)."""
        return self.on_pelvis(self.worn)

    def on_pelvis(self, points: np.ndarray) -> np.ndarray:
        """Points that are given in trunk lengths from the hips' middle, in each picture."""
        turn = np.radians(self.tilt_deg)
        axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) * self.size * TRUNK_PX
        return self.middle[:, None] + np.einsum("pi,ijf->fpj", points, axes)

    def landmarks(self, noise_px: float, rng: np.random.Generator) -> np.ndarray:
        """What a model sees of the whole body, hips that tilt by half; unseen parts lie at the hips."""
        side = 1 if self.from_behind else -1
        at = {"shoulder": (0.3, -1.0), "hip": (0.23, 0.0), "knee": (0.25, 0.8), "ankle": (0.25, 1.6)}
        body = np.repeat(self.middle[:, None], len(LANDMARKS), axis=1)
        for part, (across, down) in at.items():
            for name, sign in (("left", -side), ("right", side)):
                body[:, INDEX[f"{name}_{part}"]] += (
                    np.array([sign * -across * -1, down]) * TRUNK_PX * self.size[:, None]
                )
        return body + rng.normal(0, noise_px, body.shape)


def wearer(seconds: float = 2.0, *, across: float = 0.22, down: float = -0.05, from_behind: bool = False) -> Wearer:
    """Somebody who goes down and up by a third of a trunk, sways and tilts the pelvis by 12 degrees to both sides."""
    time_s = np.arange(round(seconds * FPS)) / FPS
    middle = np.stack([240 + 25 * np.sin(2.1 * time_s), 300 + 30 * (1 - np.cos(np.pi * time_s))], axis=1)
    left = -across if from_behind else across
    worn = np.array([[left, down], [-left, down]])
    return Wearer(middle, 12 * np.sin(2 * np.pi * time_s / 1.6), 1 + 0.04 * np.sin(time_s), worn, from_behind)


@dataclass(frozen=True)
class Painted:
    """A film of a wearer, and what the model would have seen in it."""

    film: Source
    track: Track
    wearer: Wearer

    def read(self, reader):
        """What a reader makes of it."""
        for frame, body in zip(self.film, self.track.pixels, strict=True):
            reader.add(frame, body[None])
        return reader.marks(self.track, self.film)


def paint(
    worn_by: Wearer,
    sprites: Sequence[tuple[np.ndarray, np.ndarray]] = (),
    *,
    edge_px: float = 22.0,
    blur_px: float = 0.7,
    noise: float = 3.0,
    trousers: tuple[int, int, int] = (60, 62, 75),
    wall: tuple[int, int, int] = (150, 145, 135),
    hand: np.ndarray | None = None,
    reduced: float = 1.0,
    seed: int = 3,
) -> Painted:
    """Paint a film. `sprites` are the left and right mark and how opaque each of its pixels is; `edge_px` is their size.

    `hand` is where the middle of a hand is in each picture, NaN where there is none. `reduced` pictures are smaller than the
    film by so much.
    """
    rng = np.random.default_rng(seed)
    behind = _texture(rng, (HEIGHT, WIDTH), wall, 25)
    cloth = _texture(rng, (600, 400), trousers, 18)
    skin = _texture(rng, (90, 70), SKIN, 8)
    cut_out = _ellipse(cloth.shape[:2], 4)
    # Twice each way, so that every shift of them is a part of it.
    grains = np.tile(noise * rng.normal(0, 1, (HEIGHT, WIDTH, 3)).astype(np.float32), (2, 2, 1))
    frames = []
    for i in range(len(worn_by.middle)):
        image = behind.copy()
        _lay(image, cloth, cut_out, worn_by, i, np.array([0.0, 0.55]), 1.0)
        for (sprite, opaque), at in zip(sprites, worn_by.worn, strict=True):
            _lay(image, sprite, opaque, worn_by, i, at, edge_px / sprite.shape[0])
        if hand is not None and np.isfinite(hand[i]).all():
            _blend(
                image, skin, _ellipse(skin.shape[:2], 2), np.array([[1, 0, hand[i, 0] - 35], [0, 1, hand[i, 1] - 45.0]])
            )
        down, right = -rng.integers(0, HEIGHT, 2) % (HEIGHT, WIDTH)
        image = cv2.GaussianBlur(image, (0, 0), blur_px)
        image += grains[down : down + HEIGHT, right : right + WIDTH]
        image = np.clip(image, 0, 255, out=image).astype(np.uint8)
        if reduced != 1:
            image = cv2.resize(image, None, fx=1 / reduced, fy=1 / reduced, interpolation=cv2.INTER_AREA)
        frames.append(Frame(i, i / FPS, image))
    facts = SourceFacts("painted", None, FPS, WIDTH, HEIGHT, frames=len(frames), duration_s=len(frames) / FPS)
    return Painted(FrameList(frames, facts), track_of(worn_by, facts, rng), worn_by)


def paint_tags(*numbers: int, edge_px: float = 22.0, worn_by: Wearer | None = None, **how: Any) -> Painted:
    """A film of printed tags, the person's left first: our own where no others are given."""
    return paint(worn_by or wearer(), [_tag(one) for one in numbers or IDS], edge_px=edge_px * 320 / 240, **how)


def paint_dots(
    colour: tuple[int, int, int], *, edge_px: float = 14.0, worn_by: Wearer | None = None, **how: Any
) -> Painted:
    """A film of two round dots of this colour and diameter."""
    round_ = _ellipse((120, 120), 2)
    dot = np.full((120, 120, 3), colour, np.float32) * np.linspace(1, 0.85, 120, dtype=np.float32)[:, None, None]
    return paint(worn_by or wearer(), [(dot, round_)] * 2, edge_px=edge_px, **how)


def paint_beads(*, edge_px: float = 9.0, worn_by: Wearer | None = None, **how: Any) -> Painted:
    """A film of two bright beads of this diameter, the right one a little darker."""
    round_ = _ellipse((60, 60), 4)
    beads = [(np.full((60, 60, 3), grey, np.float32), round_) for grey in (225, 195)]
    return paint(worn_by or wearer(), beads, edge_px=edge_px, **how)


def _tag(number: int) -> tuple[np.ndarray, np.ndarray]:
    """A tag with a white margin of one module."""
    book = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    printed = cv2.aruco.generateImageMarker(book, number, 240)
    grey = 0.8 * cv2.copyMakeBorder(printed, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255) + 20
    return grey[..., None].repeat(3, axis=2).astype(np.float32), np.ones(grey.shape, np.float32)


def errors_px(marks, painted: Painted) -> np.ndarray:
    """How far from their true places the points that are given lie, along each axis."""
    return (marks.pixels - painted.wearer.marks)[np.isfinite(marks.pixels[..., 0])]


def angle_errors_deg(marks, painted: Painted) -> np.ndarray:
    """How far the line of both points is from the true tilt, where both are given."""
    across = (marks.pixels[:, 0] - marks.pixels[:, 1]) * (-1 if painted.wearer.from_behind else 1)
    off = np.degrees(np.arctan2(across[:, 1], across[:, 0])) - painted.wearer.tilt_deg
    return off[np.isfinite(off)]


def track_of(worn_by: Wearer, facts: SourceFacts, rng: np.random.Generator) -> Track:
    """What a model would see of a wearer in a film."""
    pixels = worn_by.landmarks(3.0, rng)
    return blank_track(np.arange(len(pixels)) / FPS, pixels, facts)


def blank_track(time_s: np.ndarray, pixels: np.ndarray, facts: SourceFacts) -> Track:
    """A track of which nothing but the landmarks' places is known."""
    frames, parts, _ = pixels.shape
    return Track(
        time_s=time_s,
        pixels=pixels,
        metres=np.zeros((frames, parts, 3)),
        visibility=np.ones((frames, parts)),
        mirrored_frames=np.array([], int),
        mirrored_metres=np.empty((0, parts, 3)),
        brightness=np.full(frames, 120.0),
        sharpness=np.full(frames, 500.0),
        people=np.ones(frames, int),
        faces=np.full((frames, 4, 3), np.nan),
        source=facts,
        model=FACTS,
    )


def _texture(
    rng: np.random.Generator, shape: tuple[int, int], colour: tuple[int, int, int], contrast: float
) -> np.ndarray:
    coarse, fine = (cv2.GaussianBlur(rng.normal(0, 1, shape), (0, 0), width) * width for width in (8, 1.5))
    return (np.array(colour) + contrast * (2 * coarse + fine)[..., None]).clip(0, 255).astype(np.float32)


def _ellipse(shape: tuple[int, int], soft_px: float) -> np.ndarray:
    rows, columns = shape
    y, x = np.mgrid[:rows, :columns]
    inside = 1 - np.hypot((x - columns / 2 + 0.5) / (columns / 2), (y - rows / 2 + 0.5) / (rows / 2))
    return np.clip(inside * columns / 2 / soft_px, 0, 1).astype(np.float32)


def _lay(image, sprite, opaque, worn_by: Wearer, i: int, at: np.ndarray, scale: float) -> None:
    """A sprite on the pelvis, its middle at a place there."""
    if scale < 0.5:
        # Made small by averaging first, which warping does not do.
        size = [round(edge * scale * 2) for edge in sprite.shape[1::-1]]
        scale *= sprite.shape[0] / size[1]
        sprite, opaque = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (sprite, opaque))
    x, y = worn_by.on_pelvis(at[None])[i, 0] - 0.5  # OpenCV counts from the middles of pixels
    turn, scale = np.radians(worn_by.tilt_deg[i]), scale * worn_by.size[i]
    rotation = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle = (np.array(sprite.shape[1::-1]) - 1) / 2
    _blend(image, sprite, opaque, np.column_stack([rotation, (x, y) - rotation @ middle]))


def _blend(image: np.ndarray, sprite: np.ndarray, opaque: np.ndarray, matrix: np.ndarray) -> None:
    """A sprite into the picture; only where it comes to lie is anything computed."""
    rows, columns = opaque.shape
    ends = np.array([[0, 0, 1], [columns, 0, 1], [0, rows, 1], [columns, rows, 1]]) @ matrix.T
    left, top = np.maximum(np.floor(ends.min(axis=0)).astype(int) - 1, 0)
    right, bottom = np.minimum(np.ceil(ends.max(axis=0)).astype(int) + 2, image.shape[1::-1])
    part, shifted = image[top:bottom, left:right], matrix - [[0, 0, left], [0, 0, top]]
    share = cv2.warpAffine(opaque, shifted, part.shape[1::-1])
    colours = cv2.warpAffine(sprite * _thrice(opaque), shifted, part.shape[1::-1])
    part += colours - _thrice(share) * part


def _thrice(share: np.ndarray) -> np.ndarray:
    """One share for each colour, side by side: numpy computes that several times as fast as what it has to stretch."""
    return cv2.merge([share, share, share])
