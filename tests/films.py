"""Films made to order: numbered, marked pictures in; containers of any codec, rate and turn out, and read back."""

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from alignment import sources
from alignment.core.track import Frame, SourceFacts

#: Colours of the four corners of an upright picture.
TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT = (220, 40, 40), (40, 200, 40), (40, 40, 220), (220, 220, 220)
BITS = 8


def marked(number: int = 0, width: int = 128, height: int = 96) -> np.ndarray:
    """A picture with a colour in each corner and its number in black and white blocks along the middle."""
    image = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = TOP_LEFT
    image[: height // 2, width // 2 :] = TOP_RIGHT
    image[height // 2 :, : width // 2] = BOTTOM_LEFT
    image[height // 2 :, width // 2 :] = BOTTOM_RIGHT
    edges = np.linspace(0, width, BITS + 1).astype(int)
    for bit in range(BITS):
        image[height * 3 // 8 : height * 5 // 8, edges[bit] : edges[bit + 1]] = 255 * (number >> bit & 1)
    return image


def number_of(image: np.ndarray) -> int:
    """The number that an upright picture is marked with."""
    height, width, _ = image.shape
    edges = np.linspace(0, width, BITS + 1)
    middles = ((edges[:-1] + edges[1:]) / 2).astype(int)
    return sum(1 << bit for bit, x in enumerate(middles) if image[height // 2, x].mean() > 127)


def corners(image: np.ndarray) -> list[tuple[int, ...]]:
    """The colours near the corners: top left, top right, bottom left, bottom right."""
    height, width, _ = image.shape
    ys, xs = (height // 8, height - 1 - height // 8), (width // 8, width - 1 - width // 8)
    return [tuple(int(v) for v in image[y, x]) for y in ys for x in xs]


def write(
    path: Path,
    images: Iterable[np.ndarray],
    codec: str = "libx264",
    *,
    rate: int = 30,
    ticks: Sequence[int] | None = None,
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    aspect: Fraction | None = None,
    colours: tuple[str, int, int] | None = None,
) -> Path:
    """Encode pictures. `ticks` are times in milliseconds; `colours` = libswscale's name, the tag, the range."""
    quiet = {"x265-params": "log-level=none"} if codec == "libx265" else {}
    images = list(images)
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=rate, options={**quiet, **(options or {})})
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = pix_fmt
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if ticks is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        if colours is not None:
            stream.codec_context.colorspace, stream.codec_context.color_range = colours[1:]
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, "rgb24")
            if colours is not None:
                frame = frame.reformat(format=pix_fmt, dst_colorspace=colours[0], dst_color_range=colours[2])
                frame.colorspace, frame.color_range = colours[1:]
            if ticks is not None:
                frame.pts, frame.time_base = ticks[index], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def numbered(path: Path, count: int, codec: str = "libx264", **more: object) -> Path:
    """A film of `count` small marked pictures."""
    return write(path, [marked(number) for number in range(count)], codec, **more)


def remuxed(source: Path, path: Path, tags: dict[str, str] | None = None, **container_options: str) -> Path:
    """The same packets in another container, with tags such as a phone writes."""
    with av.open(str(source)) as old, av.open(str(path), "w", options=container_options) as new:
        new.metadata.update(tags or {})
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        for packet in old.demux(stream):
            if packet.dts is not None:
                packet.stream = copy
                new.mux(packet)
    return path


def beginning(source: Path, path: Path, end_s: float) -> Path:
    """The packets of a film's first seconds as a film of its own."""
    with av.open(str(source)) as old, av.open(str(path), "w") as new:
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        for packet in old.demux(stream):
            if packet.dts is not None and packet.pts * packet.time_base < end_s:
                packet.stream = copy
                new.mux(packet)
    return path


def small_beginning(source: Path, path: Path, end_s: float, *, width_px: int = 360, every: int = 1) -> Path:
    """A film's first seconds in small pictures, or in `every` second or third of them, so that its analysis takes less."""
    frames = list(sources.open(source, sources.Reading(end_s=end_s)))[::every]
    size = width_px, round(frames[0].image.shape[0] * width_px / frames[0].image.shape[1] / 2) * 2
    images = (cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA) for frame in frames)
    return write(path, images, ticks=[round(1000 * frame.time_s) for frame in frames])


def sound(path: Path, codec: str) -> Path:
    """A second of silence."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=44100, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 44100), np.int16), format="s16", layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def with_matrix(path: Path, a: int, b: int, c: int, d: int) -> Path:
    """Write a display matrix into the track header of an .mp4 or .mov: (x, y) is shown at (a x + c y, b x + d y)."""
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    one = 1 << 16
    content[at : at + 36] = struct.pack(">9i", a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30)
    path.write_bytes(content)
    return path


def with_avi_rate(path: Path, scale: int, rate: int, interval_us: int = 0) -> Path:
    """Write a rate into the headers of an .avi, all zero for none."""
    content = bytearray(path.read_bytes())
    stream, main = content.index(b"vids") + 20, content.index(b"avih") + 8
    content[stream : stream + 8] = struct.pack("<2I", scale, rate)
    content[main : main + 4] = struct.pack("<I", interval_us)
    path.write_bytes(content)
    return path


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG with the EXIF mark that says how the camera was held."""
    tag = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + tag + struct.pack("<I", 0)
    content = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def read(path: Path | str, **how: object) -> tuple[list[Frame], SourceFacts]:
    """All frames of a film, and its facts after that."""
    source = sources.open(path, sources.Reading(**how))
    return list(source), source.facts


def times(frames: list[Frame]) -> list[float]:
    """The frames' times."""
    return [frame.time_s for frame in frames]


def numbers(frames: list[Frame]) -> list[int]:
    """The numbers that the frames' pictures are marked with."""
    return [number_of(frame.image) for frame in frames]


def assert_upright(image: np.ndarray, tolerance: float = 25) -> None:
    """Every corner has its own colour."""
    assert np.abs(np.subtract(corners(image), (TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT))).max() < tolerance
