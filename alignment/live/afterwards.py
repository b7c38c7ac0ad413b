"""A recording in; what a film of it would have given out: result, landmarks and the overlay, all in memory."""

import io
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Final

import av

from alignment import files, pipeline, pose, reports, weights
from alignment.assessment import Activity
from alignment.files import tables
from alignment.live.recording import Recording
from alignment.result import Result
from alignment.run import Stage
from alignment.texts import InputError
from alignment.track import Track
from alignment.views import faces
from alignment.views.canvas import Image
from alignment.views.overlay import Painter
from alignment.views.report import Picture
from alignment.views.stills import Stills

#: The model of the analysis, and those that stand in where it is not on this machine.
WANTED: Final = "heavy"
INSTEAD: Final = ("full", "lite")
#: Ticks a second of the films made here, and x264's preset and quality as for overlays.
_CLOCK_HZ: Final = 90_000
_X264: Final = {"preset": "veryfast", "crf": "22"}

#: Called with the stage and the share of it that is done, None where that is not known.
Progress = Callable[[Stage, float | None], None]


@dataclass(frozen=True)
class Outcome:
    """What a recording gave; `overlay` is an .mp4 with faces blurred."""

    result: Result
    track: Track
    overlay: bytes
    #: The model that was used; not `WANTED` where that is missing.
    variant: str
    #: Key frames for the report.
    pictures: tuple[Picture, ...] = ()


class CancelledError(Exception):
    """The person does not want it any more."""


def model_for(wanted: str, instead: Iterable[str]) -> pose.Model:
    """The wanted model, or the first of the others, if it is on this machine. InputError where none is; asks no network."""
    for variant in (wanted, *instead):
        path = weights.find(variant)
        if path is not None:
            return pose.Model(variant, path, weights.MODELS[variant].sha256)
    raise InputError("live_no_model", variant=wanted)


def analyze(recording: Recording, activity: Activity, progress: Progress) -> Outcome:
    """Everything, the same as for a film. InputError where no model is here; what `progress` raises ends it."""
    model = model_for(WANTED, INSTEAD)
    length_s = recording.facts.duration_s
    progress(Stage.POSE, 0.0)
    track = pose.track(
        recording, model, progress=lambda time_s: progress(Stage.POSE, min(1.0, time_s / max(length_s, 1e-6)))
    )
    progress(Stage.ASSESS, None)
    result = pipeline.analyze(track, activity)
    painter, stills = Painter(result), Stills(result, track)
    total = result.source.analyzed_frames

    def painted() -> Iterator[tuple[float, Image]]:
        for position, frame in enumerate(islice(recording, total)):
            progress(Stage.OVERLAY, position / total)
            picture = painter.paint(frame.image, position)
            stills.offer(position, picture)
            yield frame.time_s, picture

    overlay = encoded(painted())
    return Outcome(result, track, overlay, model.variant, stills.pictures)


def film_of(recording: Recording, track: Track) -> bytes:
    """The recording itself as an .mp4, with the faces blurred that were found in it."""

    def blurred() -> Iterator[tuple[float, Image]]:
        covers = faces.covers(track.faces, track.time_s)
        for frame, circles in zip(recording, covers, strict=False):
            image = frame.image.copy()
            faces.blur(image, circles)
            yield frame.time_s, image

    return encoded(blurred())


def archive(outcome: Outcome) -> bytes:
    """The files that the analysis of a film leaves, overlay and reports among them, as one .zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr(files.RESULT, outcome.result.to_json() + "\n")
        archived.writestr(files.CYCLES, tables.cycles_csv(outcome.result))
        archived.writestr(files.TRACK, tables.track_parquet(outcome.track))
        if outcome.result.curves is not None:
            archived.writestr(files.FRAMES, tables.frames_parquet(outcome.result.curves, outcome.result.source.name))
        archived.writestr(files.OVERLAY, outcome.overlay)
        for name, pdf in reports.printed(outcome.result, outcome.pictures)[0].items():
            archived.writestr(name, pdf)
    return content.getvalue()


def encoded(pictures: Iterable[tuple[float, Image]]) -> bytes:
    """RGB pictures of one size with their times as an .mp4 that every browser plays; empty where there are none."""
    content = io.BytesIO()
    count = 0
    with av.open(content, "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=30, options=_X264)
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, _CLOCK_HZ)
        last_tick = -1
        for time_s, image in pictures:
            rows, columns = image.shape[:2]
            if not count:
                stream.width, stream.height = columns - columns % 2, rows - rows % 2
            even = image[: stream.height, : stream.width]
            frame = av.VideoFrame.from_ndarray(even, format="rgb24")
            last_tick = max(round(time_s * _CLOCK_HZ), last_tick + 1)
            frame.pts, frame.time_base = last_tick, Fraction(1, _CLOCK_HZ)
            film.mux(stream.encode(frame))
            count += 1
        if count:
            film.mux(stream.encode(None))
    return content.getvalue() if count else b""


class Job:
    """An analysis in a thread of its own: how far it is, and in the end `outcome` or `fault`; neither if cancelled."""

    def __init__(self, recording: Recording, activity: Activity) -> None:
        self.recording = recording
        self.activity = activity
        self.stage, self.share = Stage.POSE, None
        self.outcome: Outcome | None = None
        self.fault: Exception | None = None
        self.cancelled = False
        self._thread = threading.Thread(target=self._work, name="afterwards", daemon=True)

    stage: Stage
    share: float | None

    def start(self) -> "Job":
        """Begin; itself."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Stop as soon as the next picture is done."""
        self.cancelled = True

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        self._thread.join(seconds)

    def _work(self) -> None:
        try:
            self.outcome = analyze(self.recording, self.activity, self._report)
        except CancelledError:
            return
        except Exception as fault:  # noqa: BLE001 - said on the page
            self.fault = fault

    def _report(self, stage: Stage, share: float | None) -> None:
        if self.cancelled:
            raise CancelledError
        self.stage, self.share = stage, share
