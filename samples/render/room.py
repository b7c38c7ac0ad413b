"""What a room looks like in; the pictures of its surfaces out."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage


@dataclass(frozen=True)
class Room:
    """How the surroundings look: kind of wall and floor, their colours, how bright, and where the light comes from."""

    wall: str = "plaster"
    floor: str = "planks"
    wall_colour: tuple[int, int, int] = (205, 200, 190)
    floor_colour: tuple[int, int, int] = (150, 120, 90)
    key_light: float = 0.75
    light_from: float = 1.0
    seed: int = 0


def texture(kind: str, colour: tuple[int, int, int], seed: int, size: int = 512) -> np.ndarray:
    """A picture of a surface: plaster, bricks, planks, tiles or carpet, (size, size, 3)."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:size, 0:size]
    coarse = ndimage.gaussian_filter(random.normal(size=(size, size)), size / 16, mode="wrap")
    shade = 1.0 + 0.025 * coarse / coarse.std()
    fine = ndimage.gaussian_filter(random.normal(size=(size, size)), 1.2, mode="wrap")
    shade += (0.10 if kind == "carpet" else 0.03) * fine / fine.std()
    if kind == "bricks":
        high, wide = size // 16, size // 8
        row = rows // high
        joint = (rows % high < 3) | ((columns + (row % 2) * wide // 2) % wide < 3)
        shade *= random.uniform(0.85, 1.1, (64, 64))[row % 64, ((columns + (row % 2) * wide // 2) // wide) % 64]
        shade = np.where(joint, 1.15, shade)
    elif kind == "planks":
        wide = size // 8
        shade *= random.uniform(0.82, 1.1, 64)[columns // wide]
        grain = ndimage.gaussian_filter(random.normal(size=(size, size)), (40, 1), mode="wrap")
        shade += 0.05 * grain / grain.std()
        shade = np.where(columns % wide < 2, 0.6, shade)
    elif kind == "tiles":
        edge = size // 6
        shade = np.where((rows % edge < 4) | (columns % edge < 4), 0.75, shade)
    return np.clip(shade[..., None] * np.array(colour), 0, 255).astype(np.uint8)
