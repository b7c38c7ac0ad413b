"""The two ends of a call from the browser: its camera's pictures into an engine, the engine's pictures back to it.

Both are made for one call. Nothing queues up between them: the newest picture is sent, older ones are not.
"""

import asyncio
from collections.abc import Callable
from copy import copy
from typing import Final

import av
from aioice import Candidate, Connection, ice, mdns
from aiortc import MediaStreamTrack
from aiortc.codecs import h264, vpx
from aiortc.mediastreams import MediaStreamError

#: Bits a second of the picture that is sent back; the library's own 0.5 to 1.5 million blur a large one.
BITRATE: Final = 4_000_000
#: Where both ends of a call are.
HERE: Final = "127.0.0.1"


def raise_bitrate() -> None:
    """Let pictures be sent at a rate that suits one machine talking to itself."""
    vpx.DEFAULT_BITRATE = vpx.MAX_BITRATE = BITRATE
    h264.DEFAULT_BITRATE = h264.MAX_BITRATE = BITRATE


def stay_here() -> None:
    """Let calls begin and end on this machine, also where no network leads out: none is sent anything, or asked for a name.

    What is bound to this address reaches no other machine, whatever a page says; the browser begins, and is answered.
    """
    ice.get_host_addresses = _own_address
    Connection.add_remote_candidate = _add_here  # type: ignore[method-assign]


def _own_address(use_ipv4: bool, use_ipv6: bool) -> list[str]:  # noqa: ARG001 - called by these names
    return [HERE]


_add = Connection.add_remote_candidate


async def _add_here(self: Connection, remote_candidate: Candidate | None) -> None:
    # A browser hides its address behind a name that only a question to the whole network tells.
    if remote_candidate is not None and mdns.is_mdns_hostname(remote_candidate.host):
        remote_candidate = copy(remote_candidate)
        remote_candidate.host = HERE
    await _add(self, remote_candidate)


class Inlet:
    """Takes the camera's pictures from a call and hands each to `put`, which must return at once; `ended` at the end."""

    kind = "video"

    def __init__(self, put: Callable[[av.VideoFrame], None], ended: Callable[[], None]) -> None:
        self._put, self._ended = put, ended
        self._track: MediaStreamTrack | None = None
        self._task: asyncio.Task[None] | None = None

    def addTrack(self, track: MediaStreamTrack) -> None:  # noqa: N802 - the name that is called
        """The call's incoming pictures."""
        self._track = track

    def hasTrack(self) -> bool:  # noqa: N802
        """Whether pictures can come."""
        return self._track is not None

    def start(self) -> None:
        """Begin to take them; called in the event loop of the call."""
        if self._track is not None and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._take(self._track))

    def stop(self) -> None:
        """Take no more."""
        if self._task is not None:
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)
        self._task = self._track = None

    async def _take(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                if isinstance(frame, av.VideoFrame):
                    self._put(frame)
        except MediaStreamError:
            pass
        finally:
            self._ended()


class Outlet(MediaStreamTrack):
    """Sends the newest of the pictures that it is given, each once."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._newest: av.VideoFrame | None = None
        self._came: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def give(self, frame: av.VideoFrame) -> None:
        """The next picture to send; from any thread."""
        self._newest = frame
        self._wake()

    async def recv(self) -> av.VideoFrame:
        """Wait for the next picture, for the sender."""
        if self._came is None:
            self._came, self._loop = asyncio.Event(), asyncio.get_running_loop()
        while self.readyState == "live":
            frame, self._newest = self._newest, None
            if frame is not None:
                return frame
            self._came.clear()
            if self._newest is None:
                await self._came.wait()
        raise MediaStreamError

    def stop(self) -> None:
        """Send no more."""
        super().stop()
        self._newest = None
        self._wake()

    def _wake(self) -> None:
        loop, came = self._loop, self._came
        if loop is not None and came is not None and not loop.is_closed():
            loop.call_soon_threadsafe(came.set)
