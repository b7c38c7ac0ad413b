"""From a source to what an analysis leaves: the stages with effects, in their only order, and how far they have come.

Command line, app, live page, batch and records all come through here.
"""

import hashlib
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, TypeGuard

from alignment import marks, outputs, sources
from alignment.core import assessment, pipeline, quality, recognition
from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import Activity, Limits
from alignment.core.correction import Correction
from alignment.core.result import Occasion, Recognition, Result
from alignment.core.settings import Settings
from alignment.core.track import Frame, Source, SourceFacts, Track
from alignment.errors import InputError, Phrase, first_line, phrase
from alignment.outputs import Analysis, MemorySink, Output, Sink
from alignment.pose import model_files, tracking
from alignment.pose.calibration import calibration_of
from alignment.pose.engine import OpenEngine
from alignment.pose.engines import ready_engine
from alignment.request import Request, activity_named
from alignment.sources import elsewhere

#: A film's path, a folder of pictures, an earlier track.parquet, or a camera's number.
Where = Path | int

#: So much of a film, in so many pictures a second, shows what somebody does there.
GLANCE_S: Final = 12.0
GLANCE_FPS: Final = 15.0

#: Exit codes of one video: something was measured, or the film was analyzed and nothing could be.
MEASURED: Final = 0
NOTHING_MEASURED: Final = 3


class Stage(StrEnum):
    """What is being done; the catalogue has its words as `stage_<value>`."""

    WAIT = "waiting"
    FETCH = "fetching"
    READ = "reading"
    MODEL = "model"
    LANDMARKS = "landmarks"
    ASSESS = "assessment"
    OVERLAY = "overlay"
    WRITE = "writing"


#: Called with the stage and the share of it that is done, 0 to 1; None where that is not known. What it raises ends it.
Progress = Callable[[Stage, float | None], None]


def _no_progress(_stage: Stage, _share: float | None) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Outcome:
    """What one source gave. `left_out` says of outputs that could not be made, by their names, why not."""

    result: Result
    track: Track
    analysis: Analysis
    left_out: Mapping[str, Phrase] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """Whether anything could be measured."""
        return MEASURED if self.result.measured else NOTHING_MEASURED


def analyze(
    source: Where | Source,
    request: Request,
    engine: OpenEngine | None = None,
    sink: Sink | None = None,
    progress: Progress = _no_progress,
    *,
    made: Iterable[Output] | None = None,
    track: Track | None = None,
) -> Outcome:
    """Analyze one film, recording, camera or earlier track, and put what it leaves into the sink, whole or not at all.

    `engine` opens what looks for the body: the request's own where none is given. `made` are the outputs, those that the
    request asks for if not given. `track` are landmarks found earlier in this source, which are then not looked for again.
    InputError where the source, the request or the sink cannot be used.
    """
    request = request.check()
    if is_camera(source) and request.end_s is None:
        raise InputError("camera_needs_end")
    if is_camera(source) and request.pelvis_points:
        raise InputError("camera_has_no_taps")
    sink = sink or MemorySink()
    sink.check()
    frames = None
    if is_track(source):
        track = read_landmarks(source, request)
    elif track is None or not is_camera(source):
        frames = open_source(source, request) if isinstance(source, Path | int) else source
    if track is None:
        if frames is None:
            raise ValueError("there are neither pictures nor landmarks")
        track = find_landmarks(frames, request, engine, progress)
    return finish(track, request, sink, frames=None if is_camera(source) else frames, made=made, progress=progress)


def finish(
    track: Track,
    request: Request,
    sink: Sink,
    *,
    frames: Source | None = None,
    made: Iterable[Output] | None = None,
    progress: Progress = _no_progress,
) -> Outcome:
    """Assess landmarks that were found, and put what they leave into the sink; `frames` are the pictures once more.

    Where the request names no activity, the one that is recognized; InputError where none is, with the landmarks left in
    the sink.
    """
    progress(Stage.ASSESS, None)
    if not request.activity:
        request = _with_recognised_activity(track, request, sink)
    result = assess(track, request)
    analysis = Analysis(result, track, request, frames, progress=lambda share: progress(Stage.OVERLAY, share))
    left_out = _put(analysis, outputs.wanted_outputs(request) if made is None else made, sink)
    return Outcome(result, track, analysis, left_out)


def _with_recognised_activity(track: Track, request: Request, sink: Sink) -> Request:
    found = recognize(track, request)
    if found.sure and found.movement:
        return replace(request, activity=found.movement)
    with sink.receiving(_identity(track)), sink.open(outputs.TRACK) as file:
        file.write(outputs.track_parquet(track))
    raise InputError("movement_not_recognised", known=", ".join(ACTIVITIES))


def recognize(track: Track, request: Request) -> Recognition:
    """What the landmarks' person most likely does."""
    return recognition.recognize(track, calibration_of(track.model.variant), _settings(request))


def recognize_film(source: Path, request: Request, engine: OpenEngine | None = None) -> Recognition:
    """What the person in a film most likely does, from its first seconds and with the fastest model that is here.

    InputError where it cannot be read, or no model is here.
    """
    model = model_files.first_here(sorted(model_files.MODELS, key=lambda name: model_files.MODELS[name].size_bytes))
    begin_s = request.start_s or 0.0
    end_s = min(begin_s + GLANCE_S, math.inf if request.end_s is None else request.end_s)
    glance = replace(
        request, model=model.variant if model else request.model, joints="model", start_s=begin_s, end_s=end_s
    )
    film = sources.open(source, sources.Reading(GLANCE_FPS, **glance.values("reading")))
    return recognize(_track(film, glance, engine, _no_progress), glance)


def hips_at(source: Path, time_s: float, request: Request, engine: OpenEngine | None = None) -> marks.Places | None:
    """About where both front spines of the person's pelvis are in one picture of a film, left and right, in its pixels.

    With the fastest model that is here; None where nobody is seen. InputError where it cannot be read, or no model is here.
    """
    model = model_files.first_here(sorted(model_files.MODELS, key=lambda name: model_files.MODELS[name].size_bytes))
    asked = replace(
        request, model=model.variant if model else request.model, joints="model", quality="standard", workers=1
    )
    picture = sources.stills(source, [time_s], sources.Reading(mirrored=request.mirrored))
    track = _track(picture, asked, engine, _no_progress)
    return marks.spines(track.pixels[0]) if track.frames and track.seen[0] else None


def assess(track: Track, request: Request, corrections: Sequence[Correction] = ()) -> Result:
    """What landmarks tell, with what a person put right among them. InputError where a correction does not fit."""
    return pipeline.analyze(
        track,
        activity_named(request.activity),
        calibration_of(track.model.variant),
        _settings(request),
        corrections,
        limits=request.limits,
        asked={name: value for name, value in request.recorded_values().items() if name not in ("model", "engine")},
    )


def judge_occasion(results: Sequence[Result], limits: Limits | None = None) -> Occasion:
    """What results of several films of one person, made on one occasion, tell together (docs/assessment.md).

    `limits` is the table that they were judged by, the shipped one if none is given. InputError where there is no result, or
    where they do not go together: another movement, model, table of limits or height, or the same film twice.
    """
    if not results:
        raise InputError("occasion_empty")
    first = results[0]
    return assessment.judge_occasion(
        results,
        activity_named(first.activity),
        limits or assessment.shipped_limits(),
        calibration_of(first.software.model).of(first.software.joints),
    )


def _settings(request: Request) -> Settings:
    """What the core needs to know, by the options' names."""
    return Settings(**{one.name: request[one.name] for one in fields(Settings)})


def check_filming(
    source: Where, request: Request, engine: OpenEngine | None = None, progress: Progress = _no_progress
) -> quality.Filming:
    """The verdict on the filming alone, from a few pictures spread over the film or folder, within seconds.

    Without an activity, what all of them need is judged. InputError where it cannot be read, and for a camera or a track, of
    which no pictures are kept.
    """
    request = replace(request.check(), joints="model")
    if not isinstance(source, Path) or is_track(source):
        raise InputError("check_needs_film")
    film = sources.sample(source, sources.Reading(**request.values("reading")))
    track = _track(film, request, engine, progress)
    activity = activity_named(request.activity) if request.activity else None
    return quality.check_filming(track, activity, calibration_of(track.model.variant), _settings(request))


def open_source(where: Where, request: Request) -> Source:
    """The film's pictures as the activity needs them. InputError where it cannot be read."""
    return sources.open(where, sources.Reading(_max_fps(request), **request.values("reading")))


def same_landmarks(one: Request, other: Request, fps: float) -> bool:
    """Whether both requests find the same landmarks in a film of this rate, so that one need not look for them again."""
    rates = _max_fps(one), _max_fps(other)
    same_pictures = rates[0] == rates[1] or fps <= min(rates)
    return same_pictures and one.values("reading", "landmarks") == other.values("reading", "landmarks")


def _max_fps(request: Request) -> float:
    return activity_named(request.activity).max_fps if request.activity else Activity.max_fps


def find_landmarks(
    frames: Source, request: Request, engine: OpenEngine | None = None, progress: Progress = _no_progress
) -> Track:
    """The person's landmarks in every picture, and the marks that they wear; the model is fetched where it is missing.

    InputError where it cannot be.
    """
    reader = marks.FilmReader(request.values("landmarks"), frames.facts)
    track = _track(frames, request, engine, progress, watch=reader.add)
    return replace(track, marks=reader.marks(track, _Watched(frames, lambda: progress(Stage.LANDMARKS, None))))


@dataclass(frozen=True)
class _Watched:
    """The pictures of a source, before each of which something is called."""

    source: Source
    call: Callable[[], None]

    @property
    def facts(self) -> SourceFacts:
        """Those of the source."""
        return self.source.facts

    def __iter__(self) -> Iterator[Frame]:
        for frame in self.source:
            self.call()
            yield frame


def _track(
    frames: Source,
    request: Request,
    engine: OpenEngine | None,
    progress: Progress,
    watch: Callable[[Frame, marks.People], None] | None = None,
) -> Track:
    """The person's landmarks alone."""
    progress(Stage.MODEL, None)
    engine = engine or ready_engine(
        request.engine, request.model, request.joints, lambda done, total: progress(Stage.MODEL, done / total)
    )
    share = _share_of(frames, request)
    progress(Stage.LANDMARKS, 0.0)
    return tracking.track(
        frames,
        engine,
        person=request.person,
        quality=request.quality,
        workers=request.workers,
        progress=lambda time_s: progress(Stage.LANDMARKS, share(time_s)),
        watch=watch,
    )


def is_track(source: object) -> TypeGuard[Path]:
    """Whether this names landmarks, of an earlier analysis or another program's, and no film."""
    return isinstance(source, Path) and source.suffix in {Path(outputs.TRACK).suffix, *elsewhere.SUFFIXES}


def read_landmarks(source: Path, request: Request) -> Track:
    """The landmarks in such a file. InputError where it cannot be read, or another program's lack what is needed."""
    if source.suffix not in elsewhere.SUFFIXES:
        return outputs.read_track(source)
    return elsewhere.read(source, sources.Reading(_max_fps(request), **request.values("reading")), request.person)


def is_camera(source: object) -> TypeGuard[int]:
    """Whether this is the number of a camera."""
    return isinstance(source, int)


def _put(analysis: Analysis, made: Iterable[Output], sink: Sink) -> dict[str, Phrase]:
    """Make the outputs; why those that nothing depends on are not there, by their names."""
    left_out: dict[str, Phrase] = {}
    with sink.receiving(_identity(analysis.track)):
        for output in made:
            if not output.applies(analysis):
                continue
            try:
                output.write(analysis, sink)
            except Exception as fault:
                if output.essential:
                    raise
                sink.drop(output.filename)
                said = first_line(fault) or type(fault).__name__
                left_out[output.name] = phrase("output_failed", filename=output.filename, fault=said)
    return left_out


def _share_of(frames: Source, request: Request) -> Callable[[float], float | None]:
    """From a frame's time to the share of the film (of the part asked for) that lies before it; None if unknown."""
    first_s = request.start_s or 0.0
    length_s = frames.facts.duration_s or (request.end_s or 0.0) - first_s

    def share(time_s: float) -> float | None:
        return min(max((time_s - first_s) / length_s, 0.0), 1.0) if length_s > 0 else None

    return share


def _identity(track: Track) -> str:
    """What tells one film from another: its hash, or that of its landmarks where nothing of it was kept (a camera)."""
    return track.source.sha256 or hashlib.sha256(track.pixels.tobytes()).hexdigest()


# --- in the background ----------------------------------------------------------------------------------------------


class CancelledError(Exception):
    """The person does not want it any more."""


class Job:
    """An analysis in a thread of its own: how far it is, and in the end `outcome` or `fault`; neither if cancelled.

    Only the thread itself writes to it, but for `cancel`.
    """

    def __init__(
        self, work: Callable[[Progress], Outcome], name: str = "analysis", now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._work_on = work
        self._now_s = now_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.work, name=name, daemon=True)
        self.state: Literal["running", "done", "failed", "cancelled"] = "running"
        self.outcome: Outcome | None = None
        self.fault: Exception | None = None
        self.stage = Stage.MODEL
        self.share: float | None = None
        #: When the stage began, and how long looking for the body took.
        self.stage_began_s = now_s()
        self.landmarks_took_s = 0.0

    def start(self) -> "Job":
        """Begin in a thread that does not keep the process from ending; itself."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Stop as soon as the next picture is done; nothing is kept."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled and has not ended yet."""
        return self._stop.is_set() and self.state == "running"

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        self._thread.join(seconds)

    def work(self) -> None:
        """Do all of it here. Whatever goes wrong is kept, for somebody to say."""
        try:
            self.outcome = self._work_on(self.report)
            self.state = "done"
        except CancelledError:
            self.state = "cancelled"
        except Exception as fault:  # noqa: BLE001 - said on the page
            self.fault = fault
            self.state = "failed"

    def report(self, stage: Stage, share: float | None) -> None:
        """Take note of the progress. CancelledError where it was cancelled."""
        if self._stop.is_set():
            raise CancelledError
        if stage is not self.stage:
            now_s = self._now_s()
            if self.stage is Stage.LANDMARKS:
                self.landmarks_took_s = now_s - self.stage_began_s
            self.stage, self.stage_began_s = stage, now_s
        self.share = share
