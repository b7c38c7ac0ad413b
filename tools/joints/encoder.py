"""The landmark network up to its early maps, and the joints head on such maps, opened in OpenVINO."""

from collections.abc import Callable, Mapping

import numpy as np

from alignment.pose.engines import published_file
from alignment.pose.openvino import (
    COARSE,
    FINE,
    compiled,
    early_maps,
    landmarks_network,
    library,
    part_of,
    said_by_head,
)


def encoder_of(variant: str) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """What takes pictures (n, 256, 256, 3) with values up to 255 and gives their maps, channels first."""
    network = landmarks_network(published_file(variant, None).path)
    request = compiled(part_of(network, early_maps(network)), "f32", 1).create_infer_request()

    def look(pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        fine, coarse = [], []
        for picture in pictures:
            found = request.infer([picture[None].astype(np.float32) / 255])
            fine.append(found[0][0].copy())
            coarse.append(found[1][0].copy())
        return np.stack(fine), np.stack(coarse)

    return look


def layers_on_maps(weights: Mapping[str, np.ndarray]) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """What takes the maps of pictures and gives what the head's layers say of them."""
    maps = [library().opset13.parameter([1, *shape], np.float32) for shape in (FINE, COARSE)]
    said = said_by_head(*(one.output(0) for one in maps), weights)
    request = compiled(library().Model([said], maps, "head"), "f32", 1).create_infer_request()

    def say(fine: np.ndarray, coarse: np.ndarray) -> np.ndarray:
        pairs = zip(fine, coarse, strict=True)
        return np.concatenate([request.infer([one[None], other[None]])[0].copy() for one, other in pairs])

    return say
