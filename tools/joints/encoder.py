"""The landmark network up to its early maps, opened in OpenVINO."""

import tempfile
import zipfile
from collections.abc import Callable

import numpy as np

from alignment.pose.engines import published_file
from alignment.pose.openvino import library

#: The two maps, as (channels, rows, columns): the last sum of each shape.
FINE, COARSE = (56, 32, 32), (112, 16, 16)


def encoder_of(variant: str) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """What takes pictures (n, 256, 256, 3) with values up to 255 and gives their maps, channels first."""
    openvino = library()
    core = openvino.Core()
    with zipfile.ZipFile(published_file(variant, None).path) as bundle, tempfile.TemporaryDirectory() as folder:
        network = core.read_model(bundle.extract("pose_landmarks_detector.tflite", folder))
    sums = {}
    for operation in network.get_ordered_ops():
        if operation.get_type_name() == "Add":
            sums[tuple(operation.output(0).get_partial_shape().get_max_shape())] = operation.output(0)
    part = openvino.Model([sums[1, *FINE], sums[1, *COARSE]], network.get_parameters(), "maps")
    how = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1}
    request = core.compile_model(part, "CPU", how).create_infer_request()

    def look(pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        fine, coarse = [], []
        for picture in pictures:
            found = request.infer([picture[None].astype(np.float32) / 255])
            fine.append(found[0][0].copy())
            coarse.append(found[1][0].copy())
        return np.stack(fine), np.stack(coarse)

    return look
