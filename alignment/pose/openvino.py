"""OpenVINO as an engine: the networks of the same bundle that MediaPipe runs, faster. The only file that imports openvino.

Each picture is looked at by itself, as in MediaPipe's IMAGE mode. Finding the person anew takes a fifth of the time; in
return the crops are MediaPipe's, no picture's landmarks depend on another's, and threads may share a film.
"""

import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal, TypeVar, cast
from weakref import WeakValueDictionary

import numpy as np

from alignment.core.joints import JOINTS
from alignment.core.skeleton import LANDMARKS
from alignment.core.track import MAX_PEOPLE, ModelFacts
from alignment.pose import blazepose
from alignment.pose.blazepose import Body
from alignment.pose.crop import BLACK, Crop, whole_picture
from alignment.pose.engine import Picture
from alignment.pose.joints import JointsHead, legs_crop
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses
from alignment.pose.tracking import usable_cores

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest, Model, Output

Precision = Literal["f32", "bf16"]

#: As for MediaPipe (alignment/pose/mediapipe.py).
_DETECTION_SCORE: Final = 0.3
_PRESENCE: Final = 0.5
_DETECTOR, _LANDMARKS = "pose_detector.tflite", "pose_landmarks_detector.tflite"
#: The landmarks network's outputs but the outline of the body, which nothing needs and which takes a tenth of the time.
_WANTED: Final = (0, 1, 3, 4)
#: The maps that joints are read from, fine and coarse: channels, rows, columns.
MAPS: Final = ((56, 32, 32), (112, 16, 16))


class OpenVinoEngine:
    """Finds up to `MAX_PEOPLE` poses in each picture by itself. Each engine looks on one core, as many at once as there are.

    bf16 takes a third less time, but moves landmarks by 0.1 % of the body's height and world landmarks by 1.6 cm, half
    a degree of yaw: what is measured is f32, which every machine has, so that a film gives the same numbers on all.
    """

    def __init__(self, file: ModelFile, precision: Precision = "f32", streams: int = 0) -> None:
        self.facts = ModelFacts(f"openvino {_release()} {precision}", file.variant, file.sha256)
        self._networks = _shared(_Networks, file.path, precision, streams or usable_cores())
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


class OpenVinoReadingEngine(OpenVinoEngine):
    """The same, and the joints of every pose's legs read anew from a zoom on them (alignment/pose/joints)."""

    def __init__(self, file: ModelFile) -> None:
        super().__init__(file)
        self._head = JointsHead()
        self.facts = replace(self.facts, joints_sha256=self._head.sha256)
        self._maps_of = EarlyMaps(file)

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:
        """All poses in one picture, their legs' joints included."""
        poses = super().detect(image, size)
        scale = np.array([size[0] / image.shape[1], size[1] / image.shape[0]])
        read = [self._head.read(image, seen, legs_crop(seen), self._maps_of) for seen in poses.pixels / scale]
        joints = [np.dstack([one.pixels * scale, one.sd_px * scale.mean()]).reshape(-1, 3) for one in read]
        return replace(poses, joints=np.array(joints, np.float32).reshape(-1, len(JOINTS), 3))

    def close(self) -> None:
        """Let go of the model."""
        del self._maps_of
        super().close()


class EarlyMaps:
    """The encoder that `JointsHead` wants. It serves one thread at a time."""

    def __init__(self, file: ModelFile) -> None:
        self._network = _shared(_Encoder, file.path, "f32", usable_cores())
        self._request = self._network.maps.create_infer_request()

    def __call__(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The fine and the coarse maps of pictures with values from 0 to 1, channels first."""
        fine, coarse = zip(*(_run(self._request, one[None]) for one in pictures), strict=True)
        return np.concatenate(fine), np.concatenate(coarse)


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
            self.detector = _compiled(bundle.extract(_DETECTOR, folder), "f32", streams)
            self.landmarks = _compiled(bundle.extract(_LANDMARKS, folder), precision, streams, _without_outline)


class _Encoder:
    """The landmarks network up to the maps that joints are read from; shared likewise."""

    def __init__(self, path: Path, precision: Precision, streams: int) -> None:
        with zipfile.ZipFile(path) as bundle, tempfile.TemporaryDirectory(prefix="alignment-") as folder:
            self.maps = _compiled(bundle.extract(_LANDMARKS, folder), precision, streams, _early_maps)


_Kept = TypeVar("_Kept", _Networks, _Encoder)
_in_use: "WeakValueDictionary[tuple[type, Path, Precision, int], _Networks | _Encoder]" = WeakValueDictionary()
_opening = threading.Lock()


def _shared(kind: type[_Kept], path: Path, precision: Precision, streams: int) -> _Kept:
    """The networks of this kind that are in use already, or else newly compiled."""
    with _opening:
        found = _in_use.get((kind, path, precision, streams))
        if not isinstance(found, kind):
            found = _in_use[kind, path, precision, streams] = kind(path, precision, streams)
        return found


def _without_outline(network: "Model") -> "list[Output]":
    return [network.outputs[i] for i in _WANTED]


def _early_maps(network: "Model") -> "list[Output]":
    """The last sum of each of the two maps' shapes."""
    sums = {}
    for operation in network.get_ordered_ops():
        if operation.get_type_name() == "Add":
            sums[tuple(operation.output(0).get_partial_shape().get_max_shape())] = operation.output(0)
    return [sums[1, *shape] for shape in MAPS]


def _compiled(
    file: str, precision: Precision, streams: int, outputs_of: "Callable[[Model], list[Output]] | None" = None
) -> "CompiledModel":
    openvino = library()
    core = openvino.Core()
    network = core.read_model(file)
    if outputs_of is not None:
        network = openvino.Model(outputs_of(network), network.get_parameters(), "wanted")
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

        # Two threads whose first look at a tensor is at the same time wait for each other for ever, two times in five: one
        # holds Python's lock and waits for what the other prepares, which waits for the lock. The first look prepares it.
        _ = openvino.Tensor(openvino.Type.f32, openvino.Shape([1])).data
    return cast("ModuleType", openvino)


def _release() -> str:
    from importlib.metadata import version

    return version("openvino")
