"""Pictures in; a film as a phone would store it out: blurred, noisy, dark, shaken, turned, and H.264."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from scipy import ndimage

MOST_BYTES = 560_000


@dataclass(frozen=True)
class Lens:
    """What camera and light do to a picture."""

    blur_px: float = 0.5
    noise: float = 1.5
    #: Share of the light that arrives.
    light: float = 1.0


class Sensor:
    """Makes the pictures that a camera stores out of sharp ones."""

    def __init__(self, lens: Lens, shape: tuple[int, int, int], seed: int) -> None:
        self.lens, self.random = lens, np.random.default_rng(seed)
        # Neighbouring pixels share some of their noise.
        grain = ndimage.gaussian_filter(self.random.normal(size=shape).astype(np.float32), (0.6, 0.6, 0))
        self.grain = lens.noise * grain / grain.std()

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        """The picture as stored, (height, width, 3) of whole numbers."""
        blurred = ndimage.gaussian_filter(picture.astype(np.float32), (self.lens.blur_px, self.lens.blur_px, 0))
        # The same grain elsewhere: as good as new.
        rows, columns = self.random.integers(0, self.grain.shape[:2])
        noise = np.roll(self.grain, (rows, columns), axis=(0, 1))
        return np.clip(blurred * self.lens.light + noise, 0, 255).astype(np.uint8)


def shake_deg(time_s: np.ndarray, strength_deg: float, seed: int) -> np.ndarray:
    """A hand's tremor and drift about the camera's three axes, (frames, 3); nothing at strength 0."""
    random = np.random.default_rng(seed)
    total = np.zeros((len(time_s), 3))
    for rate_hz, share in ((0.25, 0.6), (0.7, 0.3), (2.1, 0.15), (5.5, 0.06)):
        phase = random.uniform(0, 2 * np.pi, 3)
        total += share * np.sin(2 * np.pi * rate_hz * time_s[:, None] * random.uniform(0.8, 1.2, 3) + phase)
    return strength_deg * total * [1.0, 1.0, 0.6]


def write(
    path: Path,
    pictures: Sequence[np.ndarray],
    fps: int,
    *,
    ticks_ms: Sequence[int] | None = None,
    turned: bool = False,
    most_bytes: int = MOST_BYTES,
) -> None:
    """Encode the pictures, as well as fits into `most_bytes`. `turned`: stored on its side, with the matrix righting it."""
    for quality in (23, 26, 29, 32, 35, 38):
        _encode(path, pictures, fps, quality, ticks_ms, turned)
        if path.stat().st_size <= most_bytes:
            break
    if turned:
        _turn(path)


def _encode(
    path: Path, pictures: Sequence[np.ndarray], fps: int, quality: int, ticks_ms: Sequence[int] | None, turned: bool
) -> None:
    options = {"crf": str(quality), "preset": "medium", "threads": "1"}
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps, options=options)
        first = np.rot90(pictures[0]) if turned else pictures[0]
        stream.height, stream.width = first.shape[:2]
        stream.pix_fmt = "yuv420p"
        if ticks_ms is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for number, picture in enumerate(pictures):
            image = np.ascontiguousarray(np.rot90(picture)) if turned else picture
            frame = av.VideoFrame.from_ndarray(image, "rgb24")
            if ticks_ms is not None:
                frame.pts, frame.time_base = ticks_ms[number], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _turn(path: Path) -> None:
    """Write the matrix of a quarter turn clockwise into the track's header, as phones do."""
    data = bytearray(path.read_bytes())
    header = data.index(b"tkhd")
    # Version 0: 4 bytes of version and flags, 20 of times and number, 16 of layer and volume, then the matrix.
    start = header + 4 + 4 + 20 + 16
    one = 1 << 16
    struct.pack_into(">9i", data, start, 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(bytes(data))
