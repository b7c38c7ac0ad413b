"""OpenVINO as an engine: the networks of the same bundle that MediaPipe runs, faster. The only file that imports openvino.

Each picture is looked at by itself, as in MediaPipe's IMAGE mode. Finding the person anew takes a fifth of the time; in
return the crops are MediaPipe's, and no picture's landmarks depend on another's.
"""

import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal, cast
from weakref import WeakValueDictionary

import numpy as np

from alignment.core.skeleton import LANDMARKS
from alignment.core.track import MAX_PEOPLE, ModelFacts
from alignment.pose import blazepose
from alignment.pose.blazepose import Body
from alignment.pose.crop import BLACK, Crop, whole_picture
from alignment.pose.engine import Picture
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses
from alignment.pose.tracking import usable_cores

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

Precision = Literal["f32", "bf16"]

#: As for MediaPipe (alignment/pose/mediapipe.py).
_DETECTION_SCORE: Final = 0.3
_PRESENCE: Final = 0.5
_DETECTOR, _LANDMARKS = "pose_detector.tflite", "pose_landmarks_detector.tflite"
#: The landmarks network's outputs but the outline of the body, which nothing needs and which takes a tenth of the time.
_WANTED: Final = (0, 1, 3, 4)


class OpenVinoEngine:
    """Finds up to `MAX_PEOPLE` poses in each picture by itself. Each engine looks on one core, as many at once as there are.

    bf16 takes a third less time, but moves landmarks by 0.1 % of the body's height and world landmarks by 1.6 cm, half
    a degree of yaw: what is measured is f32, which every machine has, so that a film gives the same numbers on all.
    """

    def __init__(self, file: ModelFile, precision: Precision = "f32", streams: int = 0) -> None:
        self.facts = ModelFacts(f"openvino {_release()} {precision}", file.variant, file.sha256)
        self._networks = _networks(file.path, precision, streams or usable_cores())
        self._detector = self._networks.detector.create_infer_request()
        self._landmarks = self._networks.landmarks.create_infer_request()

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:
        """All poses in one picture (RGB, perhaps reduced), in pixels of a film of this width and height."""
        return _poses(self._bodies(image, self._people(image)), image, size)

    def close(self) -> None:
        """Let go of the model."""
        del self._detector, self._landmarks, self._networks

    def _people(self, image: Picture) -> list[Crop]:
        whole = whole_picture(image.shape[1], image.shape[0])
        cut = whole.cut(image, blazepose.DETECTOR_PX, BLACK)
        boxes, scores = _run(self._detector, blazepose.network_input(cut, blazepose.DETECTOR_RANGE))
        return blazepose.people_crops(boxes[0], scores[0, :, 0], whole, _DETECTION_SCORE)[:MAX_PEOPLE]

    def _bodies(self, image: Picture, crops: Iterable[Crop]) -> list[Body]:
        bodies = []
        for crop in crops:
            cut = crop.cut(image, blazepose.LANDMARKS_PX)
            found = _run(self._landmarks, blazepose.network_input(cut, blazepose.LANDMARKS_RANGE))
            landmarks, presence, heat, metres = found
            one = blazepose.body(landmarks[0], float(presence[0, 0]), heat[0], metres[0], crop)
            if one.presence >= _PRESENCE:
                bodies.append(one)
        return bodies


class OpenVinoFilmEngine(OpenVinoEngine):
    """Follows one person through a film: the crop comes from the picture before, and the detector looks when that fails.

    For the eye, at once: on all cores, in whatever precision is the fastest here.
    """

    def __init__(self, file: ModelFile) -> None:
        super().__init__(file, native_precision(), streams=1)
        self._crop: Crop | None = None

    def detect_next(self, image: Picture, time_s: float, size: tuple[int, int]) -> Poses:  # noqa: ARG002 - pictures suffice
        """The pose in the next picture of the film, in pixels of a film of this width and height."""
        bodies = self._bodies(image, [self._crop] if self._crop else []) or self._bodies(image, self._people(image)[:1])
        self._crop = bodies[0].next_crop if bodies else None
        return _poses(bodies, image, size)


def _run(request: "InferRequest", picture: np.ndarray) -> list[np.ndarray]:
    """A network's outputs for a picture, copied."""
    request.get_input_tensor(0).data[:] = picture
    request.infer()
    count = len(request.model_outputs)
    return [request.get_output_tensor(i).data.copy() for i in range(count)]


def native_precision() -> Precision:
    """What this machine computes fastest in: bf16 where its processor has it."""
    able = library().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in able else "f32"


def _poses(bodies: Sequence[Body], image: Picture, size: tuple[int, int]) -> Poses:
    scale = np.array([size[0] / image.shape[1], size[1] / image.shape[0]])
    count = len(LANDMARKS)
    pixels = np.array([one.pixels * scale for one in bodies], np.float32).reshape(-1, count, 2)
    metres = np.array([one.metres for one in bodies], np.float32).reshape(-1, count, 3)
    return Poses(pixels, metres, np.array([one.visibility for one in bodies], np.float32).reshape(-1, count))


class _Networks:
    """Both networks of a bundle, compiled; shared by all that look with it at once."""

    def __init__(self, path: Path, precision: Precision, streams: int) -> None:
        # The library reads them from files only.
        with zipfile.ZipFile(path) as bundle, tempfile.TemporaryDirectory(prefix="alignment-") as folder:
            self.detector = _compiled(bundle.extract(_DETECTOR, folder), None, "f32", streams)
            self.landmarks = _compiled(bundle.extract(_LANDMARKS, folder), _WANTED, precision, streams)


_in_use: "WeakValueDictionary[tuple[Path, Precision, int], _Networks]" = WeakValueDictionary()
_opening = threading.Lock()


def _networks(path: Path, precision: Precision, streams: int) -> _Networks:
    with _opening:
        found = _in_use.get((path, precision, streams))
        if found is None:
            found = _in_use[path, precision, streams] = _Networks(path, precision, streams)
        return found


def _compiled(file: str, wanted: Sequence[int] | None, precision: Precision, streams: int) -> "CompiledModel":
    openvino = library()
    core = openvino.Core()
    network = core.read_model(file)
    if wanted is not None:
        network = openvino.Model([network.outputs[i] for i in wanted], network.get_parameters(), "wanted")
    how = {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": usable_cores()}
    return core.compile_model(network, "CPU", {**how, "ENABLE_CPU_PINNING": False})


_opening_library = threading.Lock()


def library() -> ModuleType:
    """The openvino package without its converter, which tells a statistics service of every import.

    Whoever wants openvino has to ask here; tests/test_network.py traces it.
    """
    for unwanted in ("openvino_telemetry", "openvino.tools.ovc"):
        # None is how Python is told that a module may not be imported.
        cast("dict[str, ModuleType | None]", sys.modules).setdefault(unwanted, None)
    with _opening_library:
        import openvino

        # Two threads that are the first to look at a tensor at once wait for each other for ever, one time in three: one holds
        # Python's lock and waits for what the other prepares, who waits for the lock. After one look nothing is prepared.
        _ = openvino.Tensor(openvino.Type.f32, openvino.Shape([1])).data
    return cast("ModuleType", openvino)


def _release() -> str:
    from importlib.metadata import version

    return version("openvino")
