"""One video in, one folder of results out: the stages from film to files in their order, and how far they have come."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final, Literal, TypeGuard

import numpy as np
from jaxtyping import UInt8

from alignment import files, pipeline, pose, quality, reports, sources, weights
from alignment.assessment import Activity
from alignment.result import Result
from alignment.texts import InputError, Text
from alignment.track import Frame, Track
from alignment.views import film
from alignment.views.overlay import Painter
from alignment.views.report import Picture
from alignment.views.stills import Stills

#: A film's path, a folder of pictures, an earlier track.parquet, or a camera's number.
Where = Path | int

#: Exit codes of one video: something was measured, or the film was analyzed and nothing could be.
MEASURED: Final = 0
NOTHING_MEASURED: Final = 3


class Stage(StrEnum):
    """What is being done; the value is the catalogue's code of what to call it."""

    MODEL = "stage_model"
    POSE = "stage_pose"
    ASSESS = "stage_assess"
    OVERLAY = "stage_overlay"


#: Called with the stage and the share of it that is done, 0 to 1; None where that is not known.
Progress = Callable[[Stage, float | None], None]


@dataclass(frozen=True)
class Options:
    """How to read the film, which model to use and what to leave; everything that the core does not need to know.

    `rate_hz` gives the times where the film has none of its own. `workers` 0 leaves the number to the program.
    """

    variant: str = "heavy"
    quality: Literal["standard", "best"] = "standard"
    workers: int = 0
    mirrored: bool = False
    rate_hz: float | None = None
    overlay: bool = True
    blur_faces: bool = True
    report: bool = True


@dataclass(frozen=True)
class Outcome:
    """What one video gave, where it lies, and the exit code that says whether anything could be measured.

    `no_report` says why there are no reports where they were wanted and could not be made.
    """

    result: Result
    folder: Path
    exit_code: int
    no_report: Text | None = None


def analyze_video(
    where: Where,
    activity: Activity,
    settings: pipeline.Settings,
    options: Options,
    place: Path,
    progress: Progress | None = None,
) -> Outcome:
    """Analyze one film and leave its results in `place`, whole or not at all.

    An older result of the same film is replaced; beside another film's, the folder's name gets a hash. A track.parquet
    is assessed anew, without the model; neither it nor a camera gives an overlay, since no pictures are kept, and only where
    one is drawn are there key frames in the report.
    InputError where the film or the place cannot be used.
    """
    report = progress or _silent
    if is_camera(where) and settings.end_s is None:
        raise InputError("camera_needs_end")
    files.check_writable(place)
    if is_track(where):
        source, track = None, files.read_track(where)
    else:
        source = open_source(where, activity, settings, options)
        track = find_landmarks(source, settings, options, report)
    report(Stage.ASSESS, None)
    result = pipeline.analyze(track, activity, settings)
    place = files.own_place(place, _identity(track))
    with files.building(place) as folder:
        files.write_result(folder, result, track)
        pictures: tuple[Picture, ...] = ()
        if source is not None and has_overlay(where, options):
            pictures = draw_overlay(folder / files.OVERLAY, source, result, options, report)
        no_report = reports.leave(folder, result, pictures) if options.report else None
    return Outcome(result, place, MEASURED if result.measured else NOTHING_MEASURED, no_report)


def check_filming(
    where: Where,
    activity: Activity | None = None,
    settings: pipeline.Settings | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> quality.Filming:
    """The verdict on the filming alone, from a few pictures spread over the film or folder, within seconds.

    InputError where it cannot be read, and for a camera or a track, of which no pictures are kept.
    """
    settings, options = settings or pipeline.Settings(), options or Options()
    if not isinstance(where, Path) or is_track(where):
        raise InputError("check_needs_film")
    source = sources.sampled(
        where,
        start_s=settings.start_s,
        end_s=settings.end_s,
        mirrored=options.mirrored,
        rate_hz=options.rate_hz,
    )
    track = find_landmarks(source, settings, options, progress)
    roll_deg, person = settings.camera_roll_deg, settings.person or 1
    return quality.check_filming(track, activity, camera_roll_deg=roll_deg, person=person)


def is_track(where: Where) -> TypeGuard[Path]:
    """Whether this names landmarks of an earlier analysis and no film."""
    return isinstance(where, Path) and where.suffix == Path(files.TRACK).suffix


def is_camera(where: Where) -> TypeGuard[int]:
    """Whether this is the number of a camera."""
    return isinstance(where, int)


def has_overlay(where: Where, options: Options) -> bool:
    """Whether an overlay is drawn: where it is wanted, and the pictures can be looked at once more."""
    return options.overlay and not is_track(where) and not is_camera(where)


def _silent(_stage: Stage, _share: float | None) -> None:
    """Nobody watches."""


def open_source(where: Where, activity: Activity, settings: pipeline.Settings, options: Options) -> sources.Source:
    """The film's pictures as this activity needs them. InputError where it cannot be read."""
    return sources.open(
        where,
        max_fps=activity.max_fps,
        start_s=settings.start_s,
        end_s=settings.end_s,
        mirrored=options.mirrored,
        rate_hz=options.rate_hz,
    )


def find_landmarks(
    source: sources.Source, settings: pipeline.Settings, options: Options, progress: Progress | None = None
) -> Track:
    """The person's landmarks in every picture; the model is fetched where it is missing. InputError where it cannot be."""
    report = progress or _silent
    report(Stage.MODEL, None)
    path = weights.require(options.variant, progress=lambda done, total: report(Stage.MODEL, done / total))
    model = pose.Model(options.variant, path, weights.MODELS[options.variant].sha256)
    share = _share_of(source, settings)
    report(Stage.POSE, 0.0)
    return pose.track(
        source,
        model,
        person=settings.person,
        quality=options.quality,
        workers=options.workers,
        progress=lambda time_s: report(Stage.POSE, share(time_s)),
    )


def _share_of(source: sources.Source, settings: pipeline.Settings) -> Callable[[float], float | None]:
    """From a frame's time to the share of the film (of the part asked for) that lies before it; None if unknown."""
    first_s = settings.start_s or 0.0
    length_s = source.facts.duration_s or (settings.end_s or 0.0) - first_s

    def share(time_s: float) -> float | None:
        return min(max((time_s - first_s) / length_s, 0.0), 1.0) if length_s > 0 else None

    return share


def _identity(track: Track) -> str:
    """What tells one film from another: its hash, or that of its landmarks where nothing of it was kept (a camera)."""
    return track.source.sha256 or hashlib.sha256(track.pixels.tobytes()).hexdigest()


def draw_overlay(
    path: Path, source: Iterable[Frame], result: Result, options: Options, progress: Progress | None = None
) -> tuple[Picture, ...]:
    """Write the film with lines, angles and verdicts to `path`, and return its key frames; `source` is read once more.

    ValueError for a result without curves.
    """
    report = progress or _silent
    painter = Painter(result, blur_faces=options.blur_faces)
    total = result.source.analyzed_frames
    stills = Stills(result, painter.track)

    def painted() -> Iterator[tuple[float, UInt8[np.ndarray, "rows columns 3"]]]:
        for position, frame in enumerate(islice(source, total)):
            report(Stage.OVERLAY, position / total)
            picture = painter.paint(frame.image, position)
            stills.offer(position, picture)
            yield frame.time_s, picture

    film.write(path, painted())
    return stills.pictures
