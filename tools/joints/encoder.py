"""The landmark network up to its early maps, of pictures with values up to 255."""

from collections.abc import Callable

import numpy as np

from alignment.pose.engines import published_file
from alignment.pose.openvino import EarlyMaps


def encoder_of(variant: str) -> Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """What takes pictures (n, 256, 256, 3) with values up to 255 and gives their maps, channels first."""
    maps_of = EarlyMaps(published_file(variant, None))
    return lambda pictures: maps_of(pictures.astype(np.float32) / 255)
