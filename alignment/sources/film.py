"""A film file in; its pictures out, upright and with square pixels, at the times they were filmed. Reads with libav."""

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from alignment.core.track import SourceFacts
from alignment.errors import InputError
from alignment.sources.clock import Clock, Timing
from alignment.sources.reading import Image, Reading, Recording, Shot, since

# Packets are generic in PyAV's stubs alone.
if TYPE_CHECKING:
    VideoPacket: TypeAlias = Packet[VideoStream]
else:
    VideoPacket = Packet

#: Packets looked at for the rate before the first picture is delivered.
PROBED: Final = 60
#: Seek this far ahead of the start, because libav seeks by decoding times, which lie before the times of showing.
SEEK_MARGIN_S: Final = 1.0
#: A film that ends this much and three pictures before its header says was cut.
CUT_S: Final = 0.25
#: The same where the header only tells the length of the file, which may be that of its sound.
CUT_FILE_S: Final = 1.0
#: Shapes of a pixel beyond this are mistakes in the header.
MAX_PIXEL_ASPECT: Final = 4.0
#: The share by which a picture's shape may differ from the first one's; beyond it landmarks would be in a wrong place.
SAME_SHAPE: Final = 0.02
#: What is read, by libav's names. Its other readers follow playlists to other files, draw text, wait for a broadcast, or
#: never come to an end.
FORMATS: Final = (
    *("mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "m4v"),
    *(
        "asf",
        "flv",
        "gif",
        "apng",
        "webp_anim",
        "ogg",
        "mxf",
        "ivf",
        "dv",
        "h264",
        "hevc",
        "av1",
        "obu",
        "mjpeg",
        "nut",
        "wtv",
    ),
)
#: What is read to say that it is something else: single pictures, and sound.
OTHERS: Final = (
    *("png_pipe", "jpeg_pipe", "bmp_pipe", "webp_pipe", "tiff_pipe", "gif_pipe", "jpegxl_pipe"),
    *("mp3", "wav", "flac", "aac", "aiff", "caf", "amr"),
)
#: The largest picture, in pixels: twice what 8K has. A header can promise one that no memory holds.
MOST_PIXELS: Final = 2 * 7680 * 4320
#: So much is read in search of the first picture that decodes.
FIRST_BYTES: Final = 256 << 20
FIRST_S: Final = 20.0
#: Nothing on a disk takes longer to answer than this.
_PATIENCE_S: Final = 60.0
#: A camera's rate this near to the film's, as a share, is the film's.
SAME_RATE: Final = 0.05


@dataclass(frozen=True)
class Geometry:
    """From the stored picture to the upright one: square pixels, then transposed, then flipped."""

    width: int
    height: int
    pixel_aspect: float
    transposed: bool
    flipped_x: bool
    flipped_y: bool
    rotation_deg: int

    @staticmethod
    def of(picture: VideoFrame, pixel_aspect: float) -> "Geometry":
        """Read off a decoded picture. `rotation_deg` is how far it is turned clockwise to stand upright."""
        # The display matrix sends the stored point (p, q) to (a p + c q, b p + d q), y pointing down.
        matrix = cast("bytes | None", picture.side_data.get("DISPLAYMATRIX"))
        a, b, _, c, d = (1, 0, 0, 0, 1) if matrix is None else np.frombuffer(matrix, np.int32)[:5].tolist()
        transposed = abs(b) > abs(a)
        turned = math.degrees(math.atan2(b, a) if a * d - b * c >= 0 else math.atan2(-b, -a))
        return Geometry(
            width=picture.width,
            height=picture.height,
            pixel_aspect=pixel_aspect,
            transposed=transposed,
            flipped_x=(c if transposed else a) < 0,
            flipped_y=(b if transposed else d) < 0,
            rotation_deg=round(turned / 90) % 4 * 90,
        )

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height of the full picture as shown."""
        width = max(1, round(self.width * self.pixel_aspect))
        return (self.height, width) if self.transposed else (width, self.height)

    def fits(self, picture: VideoFrame) -> bool:
        """Whether a later picture has the first one's shape, at whatever size."""
        return abs(picture.width * self.height / (picture.height * self.width) - 1) < SAME_SHAPE

    def turn(self, image: Image) -> Image:
        """The picture as shown."""
        if self.transposed:
            image = cv2.transpose(image)
        if self.flipped_x or self.flipped_y:
            image = cv2.flip(image, -1 if self.flipped_x and self.flipped_y else int(self.flipped_x))
        return image


class Film(Recording):
    """A film file. InputError at once where it holds no film, or where no picture of it can be decoded."""

    def __init__(self, path: Path, reading: Reading, sha256: Callable[[], str]) -> None:
        self._path = path
        with closing(_open(path)) as container:
            stream = _stream(container, path)
            _check_size(stream, path)
            first, self._timing = _probe(container, stream, path, reading.rate_hz)
            self._geometry = Geometry.of(first, _pixel_aspect(stream))
            announced_s, spare_s = _announced_duration(container, stream)
            slower = _slower(container, self._timing, reading.true_fps)
            self._timing, reading = self._timing.played_slower(slower), reading.played_slower(slower)
            announced_s, spare_s = announced_s / slower, spare_s / slower
            interval_s = self._timing.interval_s
            if self._timing.assumed:
                announced_s = stream.frames * interval_s
            average_s = announced_s / stream.frames if stream.frames and announced_s else interval_s
        self._cut_s = announced_s - spare_s
        width, height = self._geometry.upright
        part_s = reading.part_of(announced_s)
        facts = SourceFacts(
            name=path.name,
            # Of what is a film alone: a large file takes minutes.
            sha256=sha256(),
            fps=1 / interval_s,
            width=width,
            height=height,
            rotation_deg=self._geometry.rotation_deg,
            mirrored=reading.mirrored,
            frames=round(part_s / average_s),
            duration_s=part_s,
            rate_assumed=self._timing.assumed,
            slower=slower,
        )
        super().__init__(reading, facts, length_s=announced_s, tick_s=self._timing.tick_s)

    def with_length(self) -> "Film":
        """The same film; where its header does not say how long it is, that is counted from packets, without decoding."""
        if not self._length_s:
            with closing(_open(self._path)) as container:
                stamps = [
                    _stamp(packet, container)
                    for packet in _packets(container, _stream(container, self._path))
                    if packet is not None and packet.size
                ]
            timing = self._timing
            last = max((stamp for stamp in stamps if stamp is not None), default=timing.origin)
            known_s = (last - timing.origin) * timing.tick_s + timing.interval_s
            self._length_s = len(stamps) * timing.interval_s if timing.assumed else known_s
            part_s = self._reading.part_of(self._length_s)
            self.facts = replace(self.facts, duration_s=part_s, frames=round(part_s / timing.interval_s))
        return self

    def _shots(self) -> Generator[Shot, None, None]:
        start_s = self._reading.first_s
        if start_s > SEEK_MARGIN_S and not self._timing.assumed:
            with closing(self._decode(start_s - SEEK_MARGIN_S)) as shots:
                first = next(shots, None)
                if first is not None and first.time_s <= start_s:
                    yield first
                    yield from shots
                    return
            self._damaged = False
        # From the beginning, also where the container does not know its way to the start.
        with closing(self._decode(None)) as shots:
            yield from shots

    def glimpses(self, starts_s: Sequence[float]) -> Generator[Shot, None, None]:
        """One picture from each part that begins at these times: its key picture, else its first one."""
        # The beginning itself is wanted: many stand still there. Later, a part's key picture is the last one in it.
        end_s = min(self._reading.last_s, self._length_s)
        by_s = [*starts_s[:1], *(start_s - self._timing.interval_s for start_s in [*starts_s[2:], end_s])]
        with closing(_open(self._path)) as scout, ExitStack() as opened:
            stream = _stream(scout, self._path)
            shots = opened.enter_context(closing(self._decode(None)))
            last_s = -math.inf
            for start_s, key_by_s in zip(starts_s, by_s, strict=False):
                key_s = self._key_s(scout, stream, key_by_s)
                # Decoding on is cheaper than going back to where one has been.
                if key_s is not None and last_s < key_s <= key_by_s:
                    opened.close()
                    shots = opened.enter_context(closing(self._decode(key_s)))
                shot = since(shots, start_s)
                if shot is None or shot.time_s >= self._reading.last_s:
                    self.facts = replace(self.facts, damaged=start_s < self._cut_s)
                    return
                last_s = shot.time_s
                yield shot

    def _enter(self, time_s: float, last_s: float) -> Generator[Shot, None, None] | None:
        with closing(_open(self._path)) as scout:
            key_s = self._key_s(scout, _stream(scout, self._path), time_s)
        return self._decode(key_s) if key_s is not None and last_s < key_s <= time_s else None

    def _key_s(self, scout: InputContainer, stream: VideoStream, before_s: float) -> float | None:
        """When the last key picture before a film time is shown; None where the container does not know its way there."""
        if self._timing.assumed or not _seek(scout, stream, self._timing.ticks(before_s)):
            return None
        stamps = (
            _stamp(packet, scout) for packet in _packets(scout, stream) if packet is not None and packet.is_keyframe
        )
        stamp = next(stamps, None)
        return None if stamp is None else (stamp - self._timing.origin) * self._timing.tick_s

    def _decode(self, from_s: float | None) -> Generator[Shot, None, None]:
        """Pictures beginning at or before `from_s`, or with the first one of the film."""
        clock = Clock(self._timing)
        reformatter = VideoReformatter()
        with closing(_open(self._path)) as container:
            stream = _stream(container, self._path)
            stream.thread_type = "AUTO"
            if from_s is not None and not _seek(container, stream, self._timing.ticks(from_s)):
                return
            for picture in self._whole_and_broken(container, stream):
                time_s = clock.time_s(_stamp(picture, container))
                if not self._geometry.fits(picture):
                    self._damaged = True
                elif time_s is not None:
                    # Pictures ahead of the start may lack those that they build on.
                    self._damaged |= picture.is_corrupt and time_s >= self._reading.first_s
                    yield Shot(time_s, partial(self._render, reformatter, picture))
        self._damaged |= clock.last_s + 3 * self._timing.interval_s < self._cut_s

    def _whole_and_broken(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
        """Every picture that decodes, noting where something was lost."""
        for packet in _packets(container, stream):
            pictures = _pictures(packet)
            self._damaged |= pictures is None or (packet is not None and packet.is_corrupt)
            yield from pictures or ()

    def _render(self, reformatter: VideoReformatter, picture: VideoFrame) -> Image:
        width, height = self._reading.size_within(*self._geometry.upright)
        if self._geometry.transposed:
            width, height = height, width
        # One pass of libswscale reduces and converts; by area, so that nothing flickers.
        small = reformatter.reformat(picture, width=width, height=height, format="rgb24", interpolation="AREA")
        return self._geometry.turn(np.ascontiguousarray(small.to_ndarray()))


def _open(path: Path) -> InputContainer:
    """The container, of a kind in which people keep films; nothing else on this disk or elsewhere is opened for it."""
    try:
        return av.open(
            str(path.absolute()),
            container_options={"protocol_whitelist": "file", "format_whitelist": ",".join((*FORMATS, *OTHERS))},
            metadata_errors="replace",
            timeout=_PATIENCE_S,
        )
    except PermissionError:
        raise InputError("unreadable_file", path=path) from None
    except av.FFmpegError:
        raise InputError("not_a_video", path=path) from None


def _stream(container: InputContainer, path: Path) -> VideoStream:
    """The largest stream of moving pictures; a sound file's cover is none."""
    if container.format.name.endswith("_pipe"):
        raise InputError("single_image", path=path)
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not streams:
        raise InputError("no_picture_stream", path=path)
    decodable = [s for s in streams if s.codec_context is not None]
    if not decodable:
        raise InputError("unknown_codec", path=path)
    return max(decodable, key=lambda s: s.codec_context.width * s.codec_context.height)


def _check_size(stream: VideoStream, path: Path) -> None:
    """InputError where the header promises pictures that are too large; the decoder refuses them, too."""
    codec = stream.codec_context
    if codec.width * codec.height > MOST_PIXELS:
        raise InputError("too_many_pixels", path=path, width=codec.width, height=codec.height)
    codec.options = {**codec.options, "max_pixels": str(MOST_PIXELS)}


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[VideoPacket | None]:
    """The stream's packets to the end of the file; a last None where the file breaks off with an error."""
    try:
        yield from container.demux(stream)
    except av.FFmpegError:
        yield None


def _pictures(packet: VideoPacket | None) -> list[VideoFrame] | None:
    """What a packet brings to light; None where it cannot be decoded."""
    try:
        return None if packet is None else packet.decode()
    except av.FFmpegError:
        return None


def _stamp(item: VideoPacket | VideoFrame, container: InputContainer) -> int | None:
    """When it is shown, in ticks. AVI knows decoding times only; what comes out in their order is as good."""
    return item.dts if container.format.name == "avi" else item.pts


def _probe(
    container: InputContainer, stream: VideoStream, path: Path, rate_hz: float | None
) -> tuple[VideoFrame, Timing]:
    """The first picture that decodes, and how the film keeps time. InputError "no_frames" where none does."""
    first = None
    stamps: list[int] = []
    read_bytes, until_s = 0, time.monotonic() + FIRST_S
    for count, packet in enumerate(_packets(container, stream)):
        if packet is not None and (stamp := _stamp(packet, container)) is not None:
            stamps.append(stamp)
        if first is None:
            first = next(iter(_pictures(packet) or ()), None)
            read_bytes += packet.size if packet is not None else 0
            if first is None and (read_bytes > FIRST_BYTES or time.monotonic() > until_s):
                break
        elif count >= PROBED:
            break
    if first is None or not (first.width and first.height):
        raise InputError("no_frames", path=path)
    if container.format.name == "avi" and not _avi_has_rate(path):
        stamps = []
    origin = _stamp(first, container) if stamps else None
    return first, Timing.of(origin, stamps, float(stream.time_base or 1), rate_hz=rate_hz)


def _slower(container: InputContainer, timing: Timing, true_fps: float | None) -> float:
    """How many times slower than life a film plays, by its camera's rate: the one given, else the one that Android notes."""
    noted = container.metadata.get("com.android.capture.fps", "")
    try:
        true_fps = true_fps or float(noted)
    except ValueError:
        return 1.0
    slower = true_fps * timing.interval_s
    return slower if math.isfinite(slower) and slower > 0 and abs(slower - 1.0) > SAME_RATE else 1.0


def _avi_has_rate(path: Path) -> bool:
    """Whether an AVI's header gives a rate; libav silently takes 25 where it does not."""
    with path.open("rb") as file:
        header = file.read(65536)
    stream = header.find(b"vids")
    main = header.find(b"avih")
    scale, rate, interval_us = (
        int.from_bytes(header[at : at + 4], "little") for at in (stream + 20, stream + 24, main + 8)
    )
    return bool(scale and rate) or interval_us > 0


def _pixel_aspect(stream: VideoStream) -> float:
    """Width of a pixel over its height; 1 where the header says nothing or nonsense."""
    aspect = float(stream.sample_aspect_ratio or 1)
    return aspect if 1 / MAX_PIXEL_ASPECT <= aspect <= MAX_PIXEL_ASPECT else 1.0


def _announced_duration(container: InputContainer, stream: VideoStream) -> tuple[float, float]:
    """Seconds that the header promises (0 where it says nothing), and how far it may be off without harm."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base), CUT_S
    length_s = (container.duration or 0) / av.time_base
    if container.format.name.startswith("matroska"):
        # Its length counts from time 0, not from the first picture.
        length_s -= (container.start_time or 0) / av.time_base
    return max(length_s, 0.0), CUT_FILE_S


def _seek(container: InputContainer, stream: VideoStream, ticks: int) -> bool:
    """Move to the last key picture before a stamp; False where the container cannot."""
    try:
        container.seek(ticks, stream=stream)
    except av.FFmpegError:
        return False
    return True
