"""OpenVINO as an engine: the networks of the same bundle that MediaPipe runs, faster. The only file that imports openvino.

Each picture is looked at by itself, as in MediaPipe's IMAGE mode. Finding the person anew takes a fifth of the time; in
return the crops are MediaPipe's, no picture's landmarks depend on another's, and threads may share a film.
"""

import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Mapping, Sequence
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
#: The networks in a bundle: what finds people, and what finds one person's landmarks.
NETWORKS: Final = ("pose_detector.tflite", "pose_landmarks_detector.tflite")
#: The landmarks network's outputs but the outline of the body, which nothing needs and which takes a tenth of the time.
_WANTED: Final = (0, 1, 3, 4)
#: The maps that joints are read from: channels, rows, columns.
FINE, COARSE = (56, 32, 32), (112, 16, 16)


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
        self._network = _shared(_JointsNetwork, file.path, "f32", usable_cores())
        self._request = self._network.said.create_infer_request()

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:
        """All poses in one picture, their legs' joints included."""
        poses = super().detect(image, size)
        scale = np.array([size[0] / image.shape[1], size[1] / image.shape[0]])
        read = [self._head.read(image, seen, legs_crop(seen), self._said_of) for seen in poses.pixels / scale]
        joints = [np.dstack([one.pixels * scale, one.sd_px * scale.mean()]).reshape(-1, 3) for one in read]
        return replace(poses, joints=np.array(joints, np.float32).reshape(-1, len(JOINTS), 3))

    def close(self) -> None:
        """Let go of the model."""
        del self._request, self._network
        super().close()

    def _said_of(self, pictures: np.ndarray) -> np.ndarray:
        return np.concatenate([_run(self._request, one[None])[0] for one in pictures])


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
            detector, landmarks = (library().Core().read_model(bundle.extract(one, folder)) for one in NETWORKS)
        self.detector = compiled(detector, "f32", streams)
        self.landmarks = compiled(part_of(landmarks, [landmarks.outputs[i] for i in _WANTED]), precision, streams)


class _JointsNetwork:
    """The landmarks network up to the early maps, and the joints head on them; shared likewise."""

    def __init__(self, path: Path, precision: Precision, streams: int) -> None:
        network = landmarks_network(path)
        said = said_by_head(*early_maps(network), JointsHead().weights)
        self.said = compiled(part_of(network, [said]), precision, streams)


_Kept = TypeVar("_Kept", _Networks, _JointsNetwork)
_in_use: "WeakValueDictionary[tuple[type, Path, Precision, int], _Networks | _JointsNetwork]" = WeakValueDictionary()
_opening = threading.Lock()


def _shared(kind: type[_Kept], path: Path, precision: Precision, streams: int) -> _Kept:
    """The networks of this kind that are in use already, or else newly compiled."""
    with _opening:
        found = _in_use.get((kind, path, precision, streams))
        if not isinstance(found, kind):
            found = _in_use[kind, path, precision, streams] = kind(path, precision, streams)
        return found


def landmarks_network(path: Path) -> "Model":
    """The landmarks network of a bundle, not compiled yet."""
    with zipfile.ZipFile(path) as bundle, tempfile.TemporaryDirectory(prefix="alignment-") as folder:
        return library().Core().read_model(bundle.extract(NETWORKS[1], folder))


def early_maps(network: "Model") -> "tuple[Output, Output]":
    """The landmarks network's fine and coarse maps that joints are read from: the last sum of each shape."""
    sums = {}
    for operation in network.get_ordered_ops():
        if operation.get_type_name() == "Add":
            sums[tuple(operation.output(0).get_partial_shape().get_max_shape())] = operation.output(0)
    return sums[1, *FINE], sums[1, *COARSE]


def said_by_head(fine: "Output", coarse: "Output", weights: Mapping[str, np.ndarray]) -> "Output":
    """What the joints head says of every cell of the fine map. In numpy two threads' matrices would wait for each other."""
    library()
    from openvino import opset13 as op

    def mixed(layer: str, maps: "Output", *, around: bool = False) -> "Output":
        weight = weights[f"{layer}.weight"]
        pads = [weight.shape[-1] // 2] * 2
        if around:
            # Each channel by itself.
            summed = op.group_convolution(maps, op.constant(weight[:, None]), [1, 1], pads, pads, [1, 1])
        else:
            summed = op.convolution(maps, op.constant(weight), [1, 1], pads, pads, [1, 1])
        bias = weights.get(f"{layer}.bias")
        return (summed if bias is None else op.add(summed, op.constant(bias[None, :, None, None]))).output(0)

    below = mixed("coarse", coarse)
    channels, rows, columns = below.get_shape()[1:]
    twice = op.broadcast(
        op.reshape(below, [1, channels, rows, 1, columns, 1], False), [1, channels, rows, 2, columns, 2]
    )
    felt = op.relu(op.add(mixed("fine", fine), op.reshape(twice, [1, channels, 2 * rows, 2 * columns], False))).output(
        0
    )
    for block in range(sum(name.startswith("near.") and name.endswith(".weight") for name in weights)):
        wide = op.relu(mixed(f"wide.{block}", mixed(f"near.{block}", felt, around=True))).output(0)
        felt = op.add(felt, mixed(f"back.{block}", wide)).output(0)
    return mixed("say", felt)


def part_of(network: "Model", outputs: "Sequence[Output]") -> "Model":
    """The network as far as these outputs need it."""
    return library().Model(list(outputs), network.get_parameters(), "part")


def compiled(network: "Model", precision: Precision, streams: int) -> "CompiledModel":
    """A network ready to run, so many pictures at once."""
    how = {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": usable_cores()}
    return library().Core().compile_model(network, "CPU", {**how, "ENABLE_CPU_PINNING": False})


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
