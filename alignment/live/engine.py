"""A camera's pictures in, as fast as they come; pictures drawn on, the state and in the end the recording out.

Four threads, so that nothing waits for what is slower: one looks for the body in the newest picture (older ones are
dropped), one draws, one judges a few times a second, one compresses what is kept. Where looking takes longer than
`PATIENCE_S`, the newest picture is shown with the landmarks of an earlier one, so that the picture keeps moving.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

import av
import cv2
import numpy as np
from av.video.reformatter import VideoReformatter
from jaxtyping import Float

from alignment.core.assessment import Activity
from alignment.core.cleaning import MIN_VISIBILITY
from alignment.core.track import ModelFacts
from alignment.live import detector
from alignment.live.drawing import draw
from alignment.live.hips import HipLine, HipWatcher
from alignment.live.latency import Latency, LatencyMeter
from alignment.live.recent_poses import Moment, RecentPoses
from alignment.live.recording import Recorder, Recording
from alignment.live.state import INITIAL, Phase, State
from alignment.live.state_machine import StateMachine
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses
from alignment.pose.tracking import VIDEO_MODE
from alignment.views.canvas import Image

#: How long the picture may stand still while the body in the next one is looked for.
PATIENCE_S: Final = 0.07
#: How often is judged, and how often a mirrored picture is looked at before the start and after it.
LOOK_EVERY_S: Final = 0.25
MIRROR_BEFORE_S, MIRROR_AFTER_S = 0.3, 1.5
#: Without pictures for so long the threads end; with the next one they begin anew.
IDLE_S: Final = 4.0
#: Pictures that may wait to be compressed; beyond that they are left out of the recording.
WAITING: Final = 12
#: A picture this much larger than what was looked at so far, or of another shape, begins the landmarks anew.
LARGER, SAME_SHAPE = 1.2, 0.03
#: The eye tells brightness from every so many pixels as well.
_COARSE: Final = 8


@dataclass(frozen=True)
class _Shot:
    """A picture that came in: its time on the camera's clock, and when it arrived here.

    `stamp` is the frame's own, which is overwritten when the frame is kept.
    """

    frame: av.VideoFrame
    stamp: tuple[int | None, Fraction | None]
    time_s: float
    arrived_s: float


@dataclass(frozen=True)
class _Look:
    """What was seen in a picture."""

    shot: _Shot
    image: Image
    points: Float[np.ndarray, "landmarks 2"] | None
    #: Size of the picture that the points are px of.
    width: int
    poses: Poses
    #: The line between the marks that somebody wears on the pelvis.
    hips: HipLine | None


class Engine:
    """One filming: `put` pictures in, `on_painted` gets those to show; `state` tells how far it has come.

    `told` are values of options, of which those count that say what marks somebody wears.

    `put`, `begin` and `stop` may be called from any thread and return at once (`stop` when the last kept picture is
    compressed). What goes wrong in a thread ends the filming and stands in `fault`.
    """

    def __init__(
        self,
        activity: Activity,
        model: ModelFile,
        on_painted: Callable[[av.VideoFrame], None],
        *,
        by_itself: bool = True,
        target: bool = True,
        told: Mapping[str, Any] | None = None,
    ) -> None:
        self.target = target
        self.latency_meter = LatencyMeter()
        self.fault: Exception | None = None
        self.model = model
        self._on_painted = on_painted
        self._machine = StateMachine(activity, by_itself)
        self._hips = HipWatcher(told or {}, seated=activity.stance.straight == "never")
        self._recorder = Recorder()
        self._recording: Recording | None = None
        self._recent: RecentPoses | None = None
        self._facts = ModelFacts("", model.variant, model.sha256, VIDEO_MODE)
        self._state = INITIAL
        self._condition = threading.Condition()
        self._newest: _Shot | None = None
        self._look: _Look | None = None
        self._painted: _Shot | None = None
        self._painted_s = 0.0
        self._to_keep: deque[_Shot] = deque(maxlen=WAITING)
        self._threads: dict[str, threading.Thread] = {}
        self._closed = False
        self._first_s: float | None = None

    @property
    def state(self) -> State:
        """How far the filming has come."""
        recorder = self._recorder
        return replace(
            self._state, recorded_s=recorder.seconds, recorded_bytes=recorder.bytes, trimmed=recorder.trimmed
        )

    @property
    def latency(self) -> Latency | None:
        """How fast it is."""
        return self.latency_meter.latency()

    def put(self, frame: av.VideoFrame) -> None:
        """The camera's next picture. One that comes while another waits to be looked at takes its place."""
        now_s = time.perf_counter()
        camera_s = frame.time if frame.time is not None else now_s
        with self._condition:
            if self._closed or self._state.phase is Phase.STOPPED:
                return
            if self._first_s is None:
                self._first_s = camera_s
            shot = _Shot(frame, (frame.pts, frame.time_base), camera_s - self._first_s, now_s)
            self._newest = shot
            if self._state.phase in (Phase.READY, Phase.RUNNING):
                self._to_keep.append(shot)
            self._condition.notify_all()
            self._start()

    def begin(self) -> None:
        """Begin now, whatever the list says."""
        self._machine.begin()

    def stop(self) -> Recording | None:
        """End the filming; what was kept, None where nothing was. Later calls give the same."""
        self._end()
        for thread in list(self._threads.values()):
            if thread is not threading.current_thread():
                thread.join()
        if self._recording is None:
            self._recording = self._recorder.finish()
        return self._recording

    def close(self) -> None:
        """End without keeping anything; the recording is let go of."""
        self._closed = True
        self.stop()
        self._recording = None
        self._recorder = Recorder()

    # --- the threads ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """Begin each thread that is not there: at the first picture, and after a pause in which it ended."""
        for work in (self._see, self._paint, self._judge_all, self._keep):
            thread = self._threads.get(work.__name__)
            if thread is None or not thread.is_alive():
                name = f"live{work.__name__}"
                thread = threading.Thread(target=self._guard, args=(work,), name=name, daemon=True)
                self._threads[work.__name__] = thread
                thread.start()

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:  # noqa: BLE001 - told to the person by the page
            self._end(fault)

    def _end(self, fault: Exception | None = None) -> None:
        with self._condition:
            self.fault = fault or self.fault
            self._machine.stop()
            self._state = self._machine.state
            self._condition.notify_all()

    def _on(self) -> bool:
        return not self._closed and self._state.phase is not Phase.STOPPED

    def _next_shot(self, after: _Shot | None) -> _Shot | None:
        """The newest picture, once there is one that is not `after`; None at the end or where none comes."""
        with self._condition:
            self._condition.wait_for(lambda: not self._on() or self._newest is not after, IDLE_S)
            return self._newest if self._on() and self._newest is not after else None

    def _see(self) -> None:
        """Look for the body in the newest picture, again and again."""
        with detector.video_detector(self.model) as engine:
            self._facts = replace(engine.facts, quality=VIDEO_MODE)
            shot = None
            while (shot := self._next_shot(shot)) is not None:
                image = _rgb(shot.frame)
                recent = self._recent_for(shot.frame)
                poses = engine.detect_next(image, shot.time_s, (recent.width, recent.height))
                recent.add(Moment.of(shot.time_s, poses, _brightness(image)))
                size = recent.width, recent.height
                hips = self._hips.look(image, shot.time_s, poses.pixels[:1].astype(float), size, self._state.phase)
                with self._condition:
                    self._look = _Look(shot, image, _points(poses), recent.width, poses, hips)
                    self._condition.notify_all()
                self.latency_meter.analyzed(time.perf_counter())

    def _recent_for(self, frame: av.VideoFrame) -> RecentPoses:
        """Where the landmarks of pictures of this size are kept: coordinates are those of the largest size so far."""
        recent = self._recent
        if recent is not None:
            shape = frame.width * recent.height / (frame.height * recent.width)
            if abs(shape - 1) < SAME_SHAPE and frame.width < LARGER * recent.width:
                return recent
        self._recent = RecentPoses(frame.width, frame.height, self._facts)
        return self._recent

    def _paint(self) -> None:
        """Draw each look's picture as soon as it is there, and the newest picture where looking takes too long."""
        while self._on() and self._alive():
            with self._condition:
                self._condition.wait_for(lambda: not self._on() or self._due() is not None, PATIENCE_S / 4)
                look, shot = self._look, self._due()
            if shot is not None and self._on():
                self._painted, self._painted_s = shot, time.perf_counter()
                self._show(shot, look, own=look is not None and look.shot is shot)

    def _due(self) -> _Shot | None:
        """Which picture to draw now, None while none is due."""
        look, newest, painted = self._look, self._newest, self._painted
        if look is None or newest is None:
            return None
        if painted is None or look.shot.arrived_s > painted.arrived_s:
            return look.shot
        waited_s = time.perf_counter() - self._painted_s
        return newest if waited_s > PATIENCE_S and newest.arrived_s > painted.arrived_s else None

    def _show(self, shot: _Shot, look: _Look | None, *, own: bool) -> None:
        image = look.image if own and look is not None else _rgb(shot.frame)
        points = look.points if look is not None else None
        scale = image.shape[1] / look.width if look is not None else 1.0
        hips = look.hips if look is not None else None
        picture = draw(image, points, self.state, target=self.target, scale=scale, hips=hips)
        frame = _yuv(picture)
        frame.pts, frame.time_base = shot.stamp
        self._on_painted(frame)
        self.latency_meter.shown(time.perf_counter() - shot.arrived_s, late=not own)

    def _judge_all(self) -> None:
        """Judge the last seconds a few times a second; look at a mirrored picture now and then."""
        mirrored_s = 0.0
        with detector.mirrored_detector(self.model) as mirror:
            while self._on() and self._alive():
                time.sleep(LOOK_EVERY_S)
                look, recent = self._look, self._recent
                if look is None or recent is None:
                    continue
                every_s = MIRROR_AFTER_S if self._state.phase is Phase.RUNNING else MIRROR_BEFORE_S
                if time.perf_counter() - mirrored_s >= every_s:
                    mirrored_s = time.perf_counter()
                    metres = mirror(look.image, look.poses, (recent.width, recent.height))
                    if metres is not None:
                        recent.add_mirrored(look.shot.time_s, metres)
                self._take(self._machine.update(recent.track()))

    def _take(self, state: State) -> None:
        """Make the judged state the engine's own, unless it has been stopped meanwhile."""
        with self._condition:
            if self._state.phase is Phase.STOPPED:
                return
            if self._state.phase is Phase.READY and state.phase is Phase.CHECKING:
                self._forget()
            self._state = state

    def _keep(self) -> None:
        """Compress what is to be kept, in order."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: not self._on() or bool(self._to_keep), 0.5)
                shot = self._to_keep.popleft() if self._to_keep else None
            if shot is not None:
                self._recorder.add(shot.frame, shot.time_s)
            elif not self._on() or not self._alive():
                return

    def _forget(self) -> None:
        """Let go of what was kept while standing ready, since it did not begin after all."""
        self._to_keep.clear()
        self._recorder = Recorder()

    def _alive(self) -> bool:
        newest = self._newest
        return newest is not None and time.perf_counter() - newest.arrived_s < IDLE_S


def _brightness(image: Image) -> float:
    """Mean brightness of a picture, 0 to 255, from a coarse grid of its pixels."""
    coarse = image[::_COARSE, ::_COARSE].astype(np.float32)
    return float(coarse.mean(axis=(0, 1)) @ np.array([0.299, 0.587, 0.114]))


def _points(poses: Poses) -> Float[np.ndarray, "landmarks 2"] | None:
    """The pose's landmarks that are believed, NaN otherwise; None where nobody was found."""
    if not len(poses):
        return None
    points: np.ndarray = np.where(poses.visibility[0][:, None] >= MIN_VISIBILITY, poses.pixels[0], np.nan)
    return points


def _rgb(frame: av.VideoFrame) -> Image:
    """The picture, for any thread: a frame's own conversion must not be used by two at once, or they wait for ever."""
    if frame.format.name == "yuv420p" and not frame.width % 2 and not frame.height % 2:
        return cv2.cvtColor(frame.to_ndarray(), cv2.COLOR_YUV2RGB_I420)
    image: Image = VideoReformatter().reformat(frame, format="rgb24").to_ndarray()
    return image


def _yuv(picture: Image) -> av.VideoFrame:
    """As the encoder wants it, by the faster of two ways."""
    rows, columns = picture.shape[:2]
    if rows % 2 or columns % 2:
        return av.VideoFrame.from_ndarray(picture, format="rgb24")
    return av.VideoFrame.from_ndarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), format="yuv420p")
