"""A small network's own reading of the legs' joints: what its layers say of a picture in, places out.

The layers stand on two early maps of the landmark network, and an engine runs both. A picture is read plain and mirrored,
and both readings are averaged. How the weights were made, and from what: `weights.json` beside them and tools/joints/.
"""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np
from jaxtyping import Float, Float32, UInt8

from alignment.core.joints import PARTS
from alignment.core.skeleton import LANDMARKS
from alignment.pose.crop import Crop

#: The side of the pictures that the encoder takes, with values from 0 to 1.
SIDE_PX: Final = 256
#: The crop is so much larger than the legs.
_MARGIN: Final = 1.35
_HELD: Final = tuple(
    LANDMARKS.index(f"{side}_{part}") for side in ("left", "right") for part in (*PARTS[:3], "heel", "toe")
)
#: The landmark that each of the points told is looked for around.
_NEAREST: Final = tuple(
    LANDMARKS.index(f"{side}_{part}") for side in ("left", "right") for part in (*PARTS, *PARTS[:3])
)
#: A joint lies within so much of the crop's side of its landmark, or little beyond: the other leg's looks the same.
_WITHIN, _BEYOND = 0.12, 0.03
_CELLS: Final = 32
#: A cell's offset is written in eighths of the crop.
_OFFSET: Final = 1 / 8
#: Points that the head tells of each leg: `PARTS`, then hip, knee and ankle where people have them.
_TOLD: Final = 7

#: Pictures in; what the head's layers say of each cell out.
Layers = Callable[[Float32[np.ndarray, "pictures side side 3"]], Float32[np.ndarray, "pictures said 32 32"]]


@dataclass(frozen=True)
class Reading:
    """Where the joints of both legs are in the picture (px), left first, and their standard deviations along x or y."""

    pixels: Float[np.ndarray, "2 parts 2"]
    sd_px: Float[np.ndarray, "2 parts"]


def legs_crop(pixels: Float[np.ndarray, "landmarks 2"]) -> Crop:
    """The square to look at: around the landmarks of both legs, hips to toes."""
    return crop_around(pixels[list(_HELD)])


def crop_around(points: Float[np.ndarray, "points 2"]) -> Crop:
    """The square to look at for legs that have these points."""
    low, high = points.min(axis=0), points.max(axis=0)
    x_px, y_px = ((low + high) / 2).tolist()
    return Crop(x_px, y_px, _MARGIN * float((high - low).max()))


def mirrored(points: Float[np.ndarray, "2 parts 2"]) -> Float[np.ndarray, "2 parts 2"]:
    """Points of both legs, from 0 to 1 of the crop, as the mirror image has them."""
    turned: np.ndarray = points[::-1].copy()
    turned[..., 0] = 1 - turned[..., 0]
    return turned


def reads_maps_of(model_sha256: str) -> bool:
    """Whether the head was made for the maps of this model's file."""
    facts = json.loads((files("alignment.pose.joints") / "weights.json").read_text())
    return bool(facts["encoder"]["sha256"] == model_sha256)


class JointsHead:
    """The head's weights, and how places come from maps. Of each leg, left first, it reads `PARTS`.

    The hips are those of the rendered bodies' skeleton, as in the samples' truth.
    """

    def __init__(self) -> None:
        folder = files("alignment.pose.joints")
        packed = (folder / "weights.npz").read_bytes()
        self.facts: dict[str, object] = json.loads((folder / "weights.json").read_text())
        self.sha256 = hashlib.sha256(packed).hexdigest()
        if self.sha256 != self.facts["sha256"]:
            raise ValueError("the joints head's weights are not those that it was published with")
        with np.load(io.BytesIO(packed)) as kept:
            self.weights = {name: kept[name].astype(np.float32) for name in kept.files}

    def read(
        self,
        image: UInt8[np.ndarray, "rows columns 3"],
        pixels: Float[np.ndarray, "landmarks 2"],
        crop: Crop,
        layers: Layers,
    ) -> Reading:
        """The joints in a picture (RGB) with the landmarks `pixels`, of whose legs this is the crop, which is not turned."""
        cut = crop.cut(image, SIDE_PX).astype(np.float32) / 255
        near = (pixels[list(_NEAREST)].reshape(2, _TOLD, 2) - [crop.x_px, crop.y_px]) / crop.side_px + 0.5
        # Left and right change places in the mirror.
        places, sds = self.places(layers(np.stack([cut, cut[:, ::-1]])), np.stack([near, mirrored(near)]))
        places[1], sds[1] = mirrored(places[1]), sds[1, ::-1].copy()
        # Both readings see the same picture: their errors are taken for one and the same.
        pixels = crop.to_picture(places.mean(axis=0)[:, : len(PARTS)].reshape(-1, 2)).reshape(2, len(PARTS), 2)
        return Reading(pixels, sds.mean(axis=0)[:, : len(PARTS)] * crop.side_px)

    def places(
        self,
        said: Float32[np.ndarray, "pictures said 32 32"],
        near: Float[np.ndarray, "pictures 2 told 2"] | None = None,
    ) -> tuple[Float[np.ndarray, "pictures 2 told 2"], Float[np.ndarray, "pictures 2 told"]]:
        """Places from 0 to 1 of the crop, and their standard deviations in the same unit; looked for near these places."""
        cells = said.reshape(len(said), 4, 2 * _TOLD, _CELLS * _CELLS).astype(float)
        middles = (np.arange(_CELLS) + 0.5) / _CELLS
        if near is not None:
            x, y = (near.reshape(len(said), -1, 2)[..., i, None] for i in (0, 1))
            away = np.hypot(np.tile(middles, _CELLS) - x, np.repeat(middles, _CELLS) - y)
            cells[:, 0] -= (np.maximum(away - _WITHIN, 0) / _BEYOND) ** 2 / 2
        heat = np.exp(cells[:, 0] - cells[:, 0].max(axis=-1, keepdims=True))
        heat /= heat.sum(axis=-1, keepdims=True)
        x = (heat * (np.tile(middles, _CELLS) + cells[:, 1] * _OFFSET)).sum(axis=-1)
        y = (heat * (np.repeat(middles, _CELLS) + cells[:, 2] * _OFFSET)).sum(axis=-1)
        sds = np.exp((heat * cells[:, 3]).sum(axis=-1))
        return np.stack([x, y], axis=-1).reshape(-1, 2, _TOLD, 2), sds.reshape(-1, 2, _TOLD)
