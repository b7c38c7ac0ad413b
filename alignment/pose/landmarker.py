"""Pictures in, the poses in them out: MediaPipe's landmarker, quiet, and as many of it as there are threads.

The only import of mediapipe, and late: it takes half a second. The model runs in IMAGE mode, since its VIDEO mode
smooths with a lag; that one is there to be compared with.
"""

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

import numpy as np
from jaxtyping import UInt8

from alignment.people import Poses
from alignment.skeleton import LANDMARKS
from alignment.track import MAX_PEOPLE

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
_hushing = threading.Lock()


def version() -> str:
    """MediaPipe's version."""
    from mediapipe import __version__

    return str(__version__)


@contextlib.contextmanager
def landmarkers(path: Path, count: int) -> Iterator["SimpleQueue[PoseLandmarker]"]:
    """A queue of idle landmarkers, for threads to borrow from; all are closed at the end.

    Each serves one thread at a time; inference leaves Python's lock alone, so several run at once.
    """
    idle: SimpleQueue[PoseLandmarker] = SimpleQueue()
    with contextlib.ExitStack() as stack:
        with _hushed(), ThreadPoolExecutor(count + 1) as makers:
            warm = makers.submit(_warm_up, path)
            for maker in [makers.submit(_landmarker, path) for _ in range(count)]:
                idle.put(stack.enter_context(maker.result()))
            warm.result()
        yield idle


def detect(landmarker: "PoseLandmarker", image: UInt8[np.ndarray, "rows columns 3"], size: tuple[int, int]) -> Poses:
    """All poses in one picture (RGB, perhaps reduced), in pixels of a film of this width and height."""
    return _poses(landmarker.detect(_picture(image)), size)


@contextlib.contextmanager
def video_landmarker(path: Path) -> Iterator["PoseLandmarker"]:
    """MediaPipe as it comes: VIDEO mode, one person, its own confidences. Closed at the end."""
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(path)), running_mode=vision.RunningMode.VIDEO
    )
    with contextlib.ExitStack() as stack:
        with _hushed():
            _warm_up(path)
            made = stack.enter_context(vision.PoseLandmarker.create_from_options(options))
        yield made


def detect_next(
    landmarker: "PoseLandmarker", image: UInt8[np.ndarray, "rows columns 3"], time_ms: int, size: tuple[int, int]
) -> Poses:
    """The same as `detect` in VIDEO mode: the pose in the film's next picture, at a time later than the last one's."""
    return _poses(landmarker.detect_for_video(_picture(image), time_ms), size)


def _picture(image: UInt8[np.ndarray, "rows columns 3"]) -> "Image":
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
    poses: int = MAX_PEOPLE,
    detection: float = _DETECTION_CONFIDENCE,
    presence: float = _PRESENCE_CONFIDENCE,
) -> "PoseLandmarker":
    from mediapipe.tasks.python import vision
    from mediapipe.tasks.python.core.base_options import BaseOptions

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(path)),
        running_mode=vision.RunningMode.IMAGE,
        num_poses=poses,
        min_pose_detection_confidence=detection,
        min_pose_presence_confidence=presence,
    )
    return vision.PoseLandmarker.create_from_options(options)


@cache
def _warm_up(path: Path) -> None:
    """Draw out what the library says once, at its first pose: with no confidence at all it sees one in black, too."""
    with _landmarker(path, 1, 0.0, 0.0) as landmarker:
        detect(landmarker, np.zeros((48, 64, 3), np.uint8), (64, 48))


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Keep the C++ libraries' chatter off standard error; everything else written meanwhile appears afterwards.

    They write to file descriptor 2 itself and have no switch, so for a moment the descriptor leads elsewhere.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(_hushing)
        try:
            kept = os.dup(2)
            stack.callback(os.close, kept)
            said = stack.enter_context(tempfile.TemporaryFile())
        except OSError:  # There is no standard error to keep clean, or no room for what is said.
            yield
            return
        os.dup2(said.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            said.seek(0)
            with contextlib.suppress(OSError):
                os.write(2, b"".join(line for line in said if not _CHATTER.match(line)))
