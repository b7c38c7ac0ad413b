"""Pictures with their times in; a film that every browser plays, in a file or a stream, out."""

import errno
import os
import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from fractions import Fraction
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from jaxtyping import UInt8

from alignment.errors import InputError
from alignment.files import is_full, write_fault

if TYPE_CHECKING:
    from av import VideoFrame

Image = UInt8[np.ndarray, "_ _ 3"]

#: Ticks a second of the film's own clock; the usual picture rates, 29.97 too, come out whole.
CLOCK_HZ: Final = 90_000
#: Of how many pictures the encoder may lag behind: enough to keep it busy, little enough for the memory.
_WAITING: Final = 4
#: x264's preset, and its quality (less is better): hardly a visible loss, and still faster than the painting.
_X264: Final = {"preset": "veryfast", "crf": "22"}
#: How many pictures lie between those from which playing can start, at most: two seconds of an ordinary film.
_START_EVERY: Final = 60
#: The numbers of BT.709 and of the 16–235 range in the video standards.
_BT709, _LIMITED = 1, 1


def write_file(path: Path, pictures: Iterable[tuple[float, Image]], *, temporary: Path | None = None) -> int:
    """Write RGB pictures with their times in seconds as H.264 and say how many they were; none leave no file.

    Intervals are kept, also uneven ones, and the film begins at 0. Odd sizes are made even by repeating the last row or
    column. One picture is encoded while the next one is made. The file stands under its name only when it is complete.
    InputError("disk_full" or "out_not_writable") if the disk refuses; what `pictures` raises passes through. In either
    case nothing is left behind, and an older film of that name stays. It is made at `temporary`, by default beside `path`.
    """
    temporary = temporary or path.with_name(f".{path.stem}.{secrets.token_hex(4)}.part")
    try:
        # The index comes first, so that a browser need not read the whole file before it plays.
        count = _encode(_Film(str(temporary), path, {"movflags": "+faststart"}), pictures)
        if count:
            with _refusals(path):
                temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def write_stream(stream: BufferedIOBase, pictures: Iterable[tuple[float, Image]]) -> int:
    """The same into a stream that can be sought in; its index comes last. Nothing is written where there is no picture."""
    return _encode(_Film(stream, None, {}), pictures)


def _encode(film: "_Film", pictures: Iterable[tuple[float, Image]]) -> int:
    """Hand every picture to the encoder's thread, which may lag a few behind, and wait for the last one."""
    count = 0
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="film") as encoder:
        try:
            for time_s, image in pictures:
                waiting.append(encoder.submit(film.add, time_s, image))
                count += 1
                if len(waiting) > _WAITING:
                    waiting.popleft().result()
            while waiting:
                waiting.popleft().result()
            encoder.submit(film.finish).result()
        finally:
            encoder.submit(film.close).result()
    return count


class _Film:
    """The film while it is being written. What the disk or the library refuses becomes an InputError about `path`."""

    def __init__(self, target: str | BufferedIOBase, path: Path | None, options: dict[str, str]) -> None:
        import av  # heavy, and only needed where a film is written
        from av.video.reformatter import Colorspace, VideoReformatter

        self._av = av
        self._target = target
        self._path = path
        self._written_bytes = 0
        self._first_s = 0.0
        self._last_tick = -1
        self._step_ticks = CLOCK_HZ // 30
        self._failed = False
        with _refusals(path):
            self._file = av.open(target, "w", format="mp4", options=options)
        self._stream = self._file.add_stream("libx264", rate=30, options=_X264)
        self._reformatter = VideoReformatter()
        self._colours = Colorspace.ITU709

    def add(self, time_s: float, image: Image) -> None:
        """Encode one more picture, at the size of the first. After a fault nothing more is written."""
        if self._failed:
            return
        rows, columns = image.shape[:2]
        if rows % 2 or columns % 2:
            image = cv2.copyMakeBorder(image, 0, rows % 2, 0, columns % 2, cv2.BORDER_REPLICATE)
        if self._last_tick < 0:
            self._first_s = time_s
            self._begin(image.shape[1], image.shape[0])
        codec = self._stream.codec_context
        frame = self._reformatter.reformat(
            self._av.VideoFrame.from_ndarray(image, format="rgb24"),
            codec.width,
            codec.height,
            "yuv420p",
            dst_colorspace=self._colours,
        )
        # Two pictures never share a tick, or the encoder would refuse the second.
        tick = max(round((time_s - self._first_s) * CLOCK_HZ), self._last_tick + 1)
        frame.pts, frame.time_base = tick, Fraction(1, CLOCK_HZ)
        if self._last_tick >= 0:
            self._step_ticks = tick - self._last_tick
        self._last_tick = tick
        self._encode(frame)

    def finish(self) -> None:
        """Write what the encoder still holds, and the file's index; check that all of it reached the disk."""
        if self._last_tick < 0:
            return
        self._encode(None)
        self.close()
        with _refusals(self._path):
            # The library does not report a refusal of the very last bytes.
            if isinstance(self._target, str) and Path(self._target).stat().st_size < self._written_bytes:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Let go of the file, complete or not."""
        with _refusals(self._path):
            self._file.close()

    def _begin(self, width: int, height: int) -> None:
        codec = self._stream.codec_context
        codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
        codec.time_base = self._stream.time_base = Fraction(1, CLOCK_HZ)
        codec.gop_size = _START_EVERY
        codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
        codec.color_range = _LIMITED

    def _encode(self, frame: "VideoFrame | None") -> None:
        # A file whose beginning could not be written must not be given more: the library would crash.
        self._failed = True
        with _refusals(self._path):
            try:
                for packet in self._stream.encode(frame):
                    # The container asks it of the last picture only, which shall stay as long as the one before.
                    packet.duration = self._step_ticks
                    self._written_bytes += packet.size
                    self._file.mux(packet)
            except self._av.FFmpegError as fault:
                if isinstance(fault, OSError):  # of the disk
                    raise
                # Of the library: no film is so large, or as long as a film whose times jump.
                codec, seconds = self._stream.codec_context, self._last_tick / CLOCK_HZ
                values = {"width": codec.width, "height": codec.height, "seconds": seconds}
                raise InputError("film_not_encoded", **values) from None
        self._failed = False


@contextmanager
def _refusals(path: Path | None) -> Iterator[None]:
    """Turn the disk's refusals into sentences for the person."""
    try:
        yield
    except OSError as fault:
        if path is None:
            raise
        raise write_fault(fault, path if is_full(fault) else path.parent) from fault
