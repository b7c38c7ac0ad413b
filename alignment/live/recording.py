"""Pictures in while filming; the last three minutes of them, compressed and in memory only, out as a film to be analyzed.

H.264 rather than single pictures: a tenth of the memory. Each second can be decoded by itself, so the oldest is dropped
when the time or the memory is used up. Nothing of it touches the disk.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import av
import numpy as np
from av.video.reformatter import VideoReformatter

from alignment.core.track import Frame, SourceFacts
from alignment.sources.clock import pace

#: How much is kept at most.
MOST_S: Final = 180.0
MOST_BYTES: Final = 400_000_000
#: Ticks a second of the recording's clock.
CLOCK_HZ: Final = 90_000
#: Pictures between those that can be decoded by themselves, and x264's preset and quality.
_START_EVERY: Final = 30
_X264: Final = {"preset": "ultrafast", "crf": "20", "tune": "zerolatency", "threads": "1"}


@dataclass(frozen=True)
class Piece:
    """One compressed picture with its time; `start` where decoding can begin."""

    time_s: float
    content: bytes
    start: bool


class Recorder:
    """Compresses pictures as they come and keeps the last ones. One thread adds; any may take what there is."""

    def __init__(self, most_s: float = MOST_S, most_bytes: int = MOST_BYTES) -> None:
        self._most_s, self._most_bytes = most_s, most_bytes
        self._pieces: deque[Piece] = deque()
        self._bytes = 0
        self._codec: av.VideoCodecContext | None = None
        self._reformatter = VideoReformatter()
        self._origin_s = 0.0
        self._last_tick = -1
        self._lock = threading.Lock()
        #: Whether the beginning was dropped because the time was used up.
        self.trimmed = False

    @property
    def bytes(self) -> int:
        """Memory used by what is kept."""
        return self._bytes

    @property
    def seconds(self) -> float:
        """From the first picture kept to the last one."""
        with self._lock:
            return self._length_s()

    def add(self, frame: av.VideoFrame, time_s: float) -> None:
        """Compress one more picture, whose own time stamp is overwritten.

        All are brought to the first one's size; a time that does not rise is left out.
        """
        if self._codec is None:
            self._origin_s = time_s
            self._codec = _encoder(frame.width, frame.height)
        tick = round((time_s - self._origin_s) * CLOCK_HZ)
        if tick <= self._last_tick:
            return
        codec = self._codec
        fitted = self._reformatter.reformat(frame, codec.width, codec.height, "yuv420p")
        fitted.pts, fitted.time_base = tick, Fraction(1, CLOCK_HZ)
        fitted.pict_type = av.video.frame.PictureType.NONE
        self._last_tick = tick
        self._keep(codec.encode(fitted))

    def finish(self) -> "Recording | None":
        """What is kept, as a film; None where nothing came. The recorder may not be used afterwards."""
        if self._codec is None:
            return None
        self._keep(self._codec.encode(None))
        with self._lock:
            pieces = tuple(self._pieces)
        return Recording(pieces, self._codec.width, self._codec.height) if pieces else None

    def _keep(self, packets: "list[av.Packet[av.VideoStream]]") -> None:
        with self._lock:
            for packet in packets:
                time_s = self._origin_s + float((packet.pts or 0) * Fraction(1, CLOCK_HZ))
                self._pieces.append(Piece(time_s, bytes(packet), packet.is_keyframe))
                self._bytes += packet.size
            while self._pieces and (self._length_s() > self._most_s or self._bytes > self._most_bytes):
                self._drop()

    def _length_s(self) -> float:
        return self._pieces[-1].time_s - self._pieces[0].time_s if self._pieces else 0.0

    def _drop(self) -> None:
        """Let go of the oldest pictures up to the next one with which decoding can begin."""
        self.trimmed = True
        self._bytes -= len(self._pieces.popleft().content)
        while self._pieces and not self._pieces[0].start:
            self._bytes -= len(self._pieces.popleft().content)


@dataclass(frozen=True)
class Recording:
    """A film in memory: a source like any other, which can be read again and again. Unmirrored; times begin at 0."""

    pieces: tuple[Piece, ...]
    width: int
    height: int
    facts: SourceFacts = field(init=False)

    def __post_init__(self) -> None:
        times_s = np.array([piece.time_s for piece in self.pieces])
        digest = hashlib.sha256()
        for piece in self.pieces:
            digest.update(piece.content)
        interval_s, varies = pace(times_s, 1 / CLOCK_HZ) if len(times_s) > 1 else (1 / 30, False)
        facts = SourceFacts(
            name="camera",
            sha256=digest.hexdigest(),
            fps=1 / interval_s,
            width=self.width,
            height=self.height,
            frames=len(times_s),
            duration_s=float(times_s[-1] - times_s[0]) + interval_s,
            rate_varies=varies,
        )
        object.__setattr__(self, "facts", facts)

    def __iter__(self) -> Iterator[Frame]:
        """The pictures (RGB), decoded one after the other."""
        decoder = av.CodecContext.create("h264", "r")
        first_s = self.pieces[0].time_s
        index = 0
        for piece in (*self.pieces, None):
            packet = None
            if piece is not None:
                packet = av.Packet(piece.content)
                packet.pts = packet.dts = round((piece.time_s - first_s) * CLOCK_HZ)
                packet.time_base = Fraction(1, CLOCK_HZ)
            for picture in decoder.decode(packet):
                yield Frame(index, (picture.pts or 0) / CLOCK_HZ, picture.to_ndarray(format="rgb24"))
                index += 1


def _encoder(width: int, height: int) -> av.VideoCodecContext:
    codec = av.CodecContext.create("libx264", "w")
    # x264 halves the colours' resolution, so it takes even sizes only.
    codec.width, codec.height, codec.pix_fmt = width - width % 2, height - height % 2, "yuv420p"
    codec.time_base = Fraction(1, CLOCK_HZ)
    codec.gop_size = _START_EVERY
    codec.options = _X264
    return codec
