"""Moving cameras with a known path: the pictures of a sample moved under the lens, and landmarks moved alike."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from alignment import sources
from alignment.core.skeleton import SIDES
from alignment.core.track import Track
from alignment.pose.background import Background
from alignment.pose.people import Poses

#: The longer side of the pictures that are looked at.
SMALL_PX = 320


@dataclass(frozen=True)
class Path2D:
    """Where the picture goes, in film pixels to the right and down, and how far it turns clockwise about its middle.

    It is magnified, so that its edges stay out of view.
    """

    right_px: np.ndarray
    down_px: np.ndarray
    turned_deg: np.ndarray
    magnified: float = 1.25


@dataclass(frozen=True)
class Look:
    """A true path, and what was measured of it: as `Track` has it."""

    path: Path2D
    steps: np.ndarray
    agreement: np.ndarray

    def with_landmarks(self, still: Track) -> Track:
        """Landmarks as this camera had seen them, with what was measured."""
        return replace(moved(still, self.path), camera_steps=self.steps, camera_agreement=self.agreement)


def sway(time_s: np.ndarray, width: int) -> Path2D:
    """A hand at 0.3 to 1 Hz: 3 % of the width to either side, 2 % up and down, and a degree."""
    wave = [np.sin(2 * np.pi * hz * time_s + start) for hz, start in ((0.4, 0.0), (0.9, 1.0), (0.55, 0.5), (0.3, 0.0))]
    return Path2D(width * (0.025 * wave[0] + 0.01 * wave[1]), 0.02 * width * wave[2], wave[3])


def pan(time_s: np.ndarray, width: int, share: float) -> Path2D:
    """Evenly by this share of the width in all."""
    even = np.linspace(-0.5, 0.5, len(time_s))
    return Path2D(share * width * even, 0.0 * even, 0.0 * even)


def tripod(time_s: np.ndarray, _width: int) -> Path2D:
    """None at all."""
    none = np.zeros(len(time_s))
    return Path2D(none, none, none, magnified=1.0)


def moved(track: Track, path: Path2D) -> Track:
    """The landmarks where this camera sees them, not magnified."""
    turn = np.exp(1j * np.radians(path.turned_deg))
    place = track.pixels[..., 0] + 1j * track.pixels[..., 1] - middle(track)
    place = turn[:, None] * place + (path.right_px + 1j * path.down_px)[:, None] + middle(track)
    return replace(track, pixels=np.stack([place.real, place.imag], axis=-1))


def with_steps(track: Track, path: Path2D) -> Track:
    """The track with the camera's true motion."""
    place, turn = path.right_px + 1j * path.down_px, np.exp(1j * np.radians(path.turned_deg))
    shift = np.concatenate([[0.0], place[1:] - turn[1:] / turn[:-1] * place[:-1]])
    turned = np.concatenate([[0.0], np.diff(path.turned_deg)])
    steps = np.stack([shift.real, shift.imag, turned, np.zeros(track.frames)], axis=1)
    return replace(track, camera_steps=steps, camera_agreement=np.ones(track.frames))


def middle(track: Track) -> complex:
    return complex(track.source.width, track.source.height) / 2


def looked_at(film: Path, paths: Sequence[Callable[[np.ndarray, int], Path2D]], frames: int) -> list[Look]:
    """What is measured in a sample's first pictures, moved along each path."""
    truth = json.loads(film.with_suffix(".truth.json").read_text(encoding="utf-8"))
    width, people = truth["width"], _people(truth)
    known = [path(np.array(truth["series"]["time_s"][:frames]), width) for path in paths]
    followers = [Background(width) for _ in known]
    shots = sources.open(film, sources.Reading())
    for frame, person in zip(shots, people[:frames], strict=False):
        grey = cv2.cvtColor(frame.image, cv2.COLOR_RGB2GRAY)
        for path, follower in zip(known, followers, strict=True):
            follower.add(*_moved(grey, person, path, frame.index))
    return [Look(path, *follower.steps()) for path, follower in zip(known, followers, strict=True)]


def _people(truth: dict[str, Any]) -> np.ndarray:
    """The figure's landmarks by frame, as far as they are known, and the top of its head."""
    parts = [
        truth["series"][side][f"{part}_px"] for side in SIDES for part in ("shoulder", "hip", "knee", "ankle", "toe")
    ]
    joints = np.array(parts, float).transpose(1, 0, 2)
    shoulders, hips = joints[:, [0, 5]].mean(axis=1), joints[:, [1, 6]].mean(axis=1)
    return np.concatenate([joints, (shoulders + 0.5 * (shoulders - hips))[:, None]], axis=1)


def _moved(grey: np.ndarray, person: np.ndarray, path: Path2D, frame: int) -> tuple[np.ndarray, Poses]:
    """A small picture, moved, and who is in it then, in the film's pixels."""
    height, width = grey.shape
    centre = np.array([width, height]) / 2
    turn = path.magnified * np.exp(1j * np.radians(path.turned_deg[frame]))
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    shift = centre - linear @ centre + [path.right_px[frame], path.down_px[frame]]
    warped = cv2.warpAffine(grey, np.column_stack([linear, shift]), (width, height), borderMode=cv2.BORDER_REFLECT)
    ratio = SMALL_PX / max(grey.shape)
    pixels = (person @ linear.T + shift)[None].astype(np.float32)
    poses = Poses(pixels, np.zeros((1, len(person), 3), np.float32), np.ones((1, len(person)), np.float32))
    return cv2.resize(warped, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA), poses
