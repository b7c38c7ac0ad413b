"""MediaPipe's landmarker as an engine. The only file that imports mediapipe, and late: it takes half a second.

Single pictures are looked at in IMAGE mode, since VIDEO mode smooths with a lag; that one is for the live page, and to be
compared with.
"""

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from alignment.core.skeleton import LANDMARKS
from alignment.core.track import MAX_PEOPLE, ModelFacts
from alignment.pose.engine import Picture
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses

if TYPE_CHECKING:
    from mediapipe import Image
    from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerResult

#: Under MediaPipe's 0.5. It finds people in poor light twice as often, what it finds by error does not last long enough
#: to count, and the landmarks of a clear picture move by less than a tenth of a pixel.
_DETECTION_CONFIDENCE: Final = 0.3
_PRESENCE_CONFIDENCE: Final = 0.5
#: What the libraries below tell about themselves.
_CHATTER: Final = re.compile(
    rb"[IW]\d{4} [\d:.]+ +\d+ \S+\.cc:\d+\]|INFO: Created TensorFlow Lite|WARNING: All log messages before absl::|"
    rb"Matplotlib is building the font cache"
)


class ImageEngine:
    """MediaPipe in IMAGE mode: each picture by itself, up to `MAX_PEOPLE` poses. Inference leaves Python's lock alone."""

    def __init__(self, file: ModelFile) -> None:
        self.facts = facts_of(file)
        with _quiet_stderr:
            _warm_up(file.path)
            self._landmarker = _landmarker(file.path)

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:
        """All poses in one picture (RGB, perhaps reduced), in pixels of a film of this width and height."""
        return _poses(self._landmarker.detect(_picture(image)), size)

    def close(self) -> None:
        """Let go of the model."""
        self._landmarker.close()


class FilmEngine:
    """MediaPipe as it comes: VIDEO mode, one person, its own confidences."""

    def __init__(self, file: ModelFile) -> None:
        self.facts = facts_of(file)
        self._last_ms = -1
        with _quiet_stderr:
            _warm_up(file.path)
            self._landmarker = _landmarker(file.path, "VIDEO", 1, 0.5, 0.5)

    def detect_next(self, image: Picture, time_s: float, size: tuple[int, int]) -> Poses:
        """The pose in the next picture of the film, in pixels of a film of this width and height."""
        # The library wants times that rise.
        self._last_ms = max(round(time_s * 1000), self._last_ms + 1)
        return _poses(self._landmarker.detect_for_video(_picture(image), self._last_ms), size)

    def close(self) -> None:
        """Let go of the model."""
        self._landmarker.close()


def facts_of(file: ModelFile) -> ModelFacts:
    """Which library and model look."""
    from mediapipe import __version__

    return ModelFacts(f"mediapipe {__version__}", file.variant, file.sha256)


def _picture(image: Picture) -> "Image":
    import mediapipe

    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def _poses(result: "PoseLandmarkerResult", size: tuple[int, int]) -> Poses:
    plane = [[(point.x, point.y, point.visibility) for point in pose] for pose in result.pose_landmarks]
    space = [[(point.x, point.y, point.z) for point in pose] for pose in result.pose_world_landmarks]
    places = np.array(plane, np.float32).reshape(-1, len(LANDMARKS), 3)
    metres = np.array(space, np.float32).reshape(-1, len(LANDMARKS), 3)
    return Poses(places[..., :2] * np.array(size, np.float32), metres, places[..., 2])


def _landmarker(
    path: Path,
    mode: Literal["IMAGE", "VIDEO"] = "IMAGE",
    poses: int = MAX_PEOPLE,
    detection: float = _DETECTION_CONFIDENCE,
    presence: float = _PRESENCE_CONFIDENCE,
) -> "PoseLandmarker":
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(path)),
        running_mode=vision.RunningMode[mode],
        num_poses=poses,
        min_pose_detection_confidence=detection,
        min_pose_presence_confidence=presence,
    )
    return vision.PoseLandmarker.create_from_options(options)


@cache
def _warm_up(path: Path) -> None:
    """Draw out what the library says once, at its first pose: with no confidence at all it sees one in black, too."""
    with _landmarker(path, "IMAGE", 1, 0.0, 0.0) as landmarker:
        landmarker.detect(_picture(np.zeros((48, 64, 3), np.uint8)))


class _QuietStderr:
    """Keeps the C++ libraries' chatter off standard error; everything else written meanwhile appears afterwards.

    They write to file descriptor 2 itself and have no switch, so for a moment the descriptor leads elsewhere. Threads may
    be here at once: the first one in leads it away, the last one out puts it back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._restore: Callable[[], None] | None = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._restore = _led_away()
            self._inside += 1

    def __exit__(self, *_fault: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._restore is not None:
                self._restore()


_quiet_stderr = _QuietStderr()


def _led_away() -> Callable[[], None] | None:
    """Lead standard error into a file; what puts it back. None where there is none, or no room for what is said."""
    try:
        kept = os.dup(2)
    except OSError:
        return None
    try:
        said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `restore`
    except OSError:
        os.close(kept)
        return None
    os.dup2(said.fileno(), 2)

    def restore() -> None:
        os.dup2(kept, 2)
        os.close(kept)
        with said, contextlib.suppress(OSError):
            said.seek(0)
            os.write(2, b"".join(line for line in said if not _CHATTER.match(line)))

    return restore
