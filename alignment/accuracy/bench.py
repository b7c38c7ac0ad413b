"""One clip with known truth in; what the program makes of it, beside the truth and beside the baseline, out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment import marks, outputs, sources
from alignment.accuracy import baseline
from alignment.accuracy.matching import Matched, match
from alignment.accuracy.statistics import Samples
from alignment.accuracy.truth import Clip
from alignment.core import pipeline
from alignment.core.activities import ACTIVITIES
from alignment.core.assessment.values import MOMENT_S
from alignment.core.marks import Marks
from alignment.core.measures import MEASURES, sure_enough
from alignment.core.result import Cycle, Result, Value, Whose
from alignment.core.settings import Settings
from alignment.core.track import Frame, Source, Track
from alignment.errors import InputError
from alignment.files import sha256_of
from alignment.pose import tracking
from alignment.pose.calibration import calibration_of
from alignment.pose.engines import engine_named
from alignment.request import DEFAULT_ENGINE

#: Called with a code of the catalogue for what is being done, and the share of it that is done.
Progress = Callable[[str, float | None], None]


def _silent(_code: str, _share: float | None) -> None:
    """Nobody watches."""


_Numbers = Float[np.ndarray, " frames"]
_Key = tuple[str, Whose]

#: Endings of the landmarks that are kept, as the program and as the baseline found them.
_TRACK: Final = ".track.parquet"
_BASELINE: Final = ".baseline.parquet"


@dataclass(frozen=True)
class How:
    """How the clips are read: `vertical` gives the program the camera's true roll, `baseline` asks for the baseline as well.

    `tracks` is a folder of landmarks found earlier; those that it lacks are found and put there.
    """

    variant: str = "heavy"
    vertical: bool = True
    baseline: bool = True
    tracks: Path | None = None
    workers: int = 0


@dataclass(frozen=True)
class Compared:
    """A clip's result beside its truth: the samples of each measure in every frame and at every repetition's key moment."""

    clip: Clip
    result: Result
    matched: Matched
    frames: Mapping[_Key, Samples]
    keys: Mapping[_Key, Samples]


def compare(clip: Clip, how: How, progress: Progress = _silent) -> Compared:
    """Run the program on a clip and lay the truth beside it. InputError where film, model or a kept track cannot be used."""
    track = _landmarks(clip, how, _TRACK, progress)
    beside = (
        baseline.curves(_same_frames(_landmarks(clip, how, _BASELINE, progress), track, clip)) if how.baseline else {}
    )
    progress("assessment", None)
    roll_deg = clip.truth.camera.roll_deg if how.vertical else None
    settings = Settings(camera_roll_deg=roll_deg)
    activity, calibration = ACTIVITIES[clip.truth.activity], calibration_of(how.variant)
    result = pipeline.analyze(track, activity, calibration, settings)
    return compare_with_truth(clip, result, track.time_s, beside)


def compare_with_truth(clip: Clip, result: Result, time_s: _Numbers, beside: Mapping[_Key, _Numbers]) -> Compared:
    """A result with its curves, at the frames' times, beside the truth and the baseline's curves."""
    matched = match(clip.truth.repetitions, result.cycles)
    given = result.curves.by_measure if result.curves else {}
    unknown = np.full(len(time_s), np.nan)
    frames: dict[_Key, Samples] = {}
    keys: dict[_Key, Samples] = {}
    for measure in MEASURES.values():
        for whose in measure.whose:
            key = (measure.name, whose)
            curve = given.get(key)
            value, error = (curve.value, curve.standard_error) if curve else (unknown, unknown)
            sure = sure_enough(curve) if curve else np.isfinite(unknown)
            frames[key] = Samples(
                true=clip.truth.at(*key, time_s),
                value=np.where(sure, value, np.nan),
                se=error,
                baseline=beside.get(key, unknown),
                unsure=np.where(sure, np.nan, value),
            )
            keys[key] = _at_keys(matched, key, frames[key], time_s)
    return Compared(clip, result, matched, frames, keys)


def _at_keys(matched: Matched, key: _Key, frames: Samples, time_s: _Numbers) -> Samples:
    """One measure at the key moments of the true repetitions that are its leg's, NaN where there is no number.

    The program's number is the one in its result, at the moment that it took for the key; the truth's and the baseline's
    are the median about the true moment, as much later as the program judges this measure later than others.
    """
    rows = []
    for rep, cycle in matched.pairs:
        if key[1] != "body" and rep.side not in ("both", key[1]):
            continue
        given = _value_at_key(cycle, key)
        later_s = given.time_s - cycle.key_s if cycle and given and given.time_s is not None else 0.0
        around = np.abs(time_s - rep.key_s - later_s) <= MOMENT_S + 1e-6
        value = given.value if given and given.value is not None else np.nan
        se = given.standard_error if given and given.standard_error is not None else np.nan
        rows.append((_median(frames.true[around]), value, se, _median(frames.baseline[around]), np.nan))
    table = np.array(rows, float).reshape(-1, 5)
    return Samples(*table.T)


def _value_at_key(cycle: Cycle | None, key: _Key) -> Value | None:
    """What a result gives at a cycle's key moment; None where it gives nothing."""
    values = cycle.values if cycle else ()
    return next((one for one in values if (one.measure, one.side, one.at) == (*key, "key")), None)


def _median(values: _Numbers) -> float:
    """The median where most are known, else NaN."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) * 2 > len(values) else float("nan")


def _landmarks(clip: Clip, how: How, ending: str, report: Progress) -> Track:
    """The clip's landmarks from the folder of tracks, or found now and put there."""
    kept = how.tracks / f"{clip.name}{ending}" if how.tracks else None
    if kept is not None and kept.is_file():
        return _own_track(outputs.read_track(kept), kept, clip, how)
    track = _find_track(clip, how, ending, report)
    if kept is not None:
        outputs.save_track(kept, track)
    return track


def _find_track(clip: Clip, how: How, ending: str, report: Progress) -> Track:
    code = "baseline" if ending == _BASELINE else "landmarks"
    report("model", None)
    engine = engine_named(DEFAULT_ENGINE)
    model = engine.file(how.variant, lambda done, total: report("model", done / total))
    reading = sources.Reading(max_fps=ACTIVITIES[clip.truth.activity].max_fps, mirrored=clip.truth.mirrored)
    film = sources.open(clip.video, reading)
    length_s = max(film.facts.duration_s, 1e-9)

    def share(time_s: float) -> None:
        report(code, min(max(time_s / length_s, 0.0), 1.0))

    if ending == _BASELINE and engine.open_video is not None:
        return tracking.track_video_mode(film, partial(engine.open_video, model), progress=share)
    readers = _mark_readers(clip, film)

    def watch(frame: Frame, people: marks.People) -> None:
        for reader in readers:
            reader.add(frame, people)

    track = tracking.track(film, partial(engine.open, model), workers=how.workers, progress=share, watch=watch)
    return replace(track, marks=_most_seen(reader.marks(track, film) for reader in readers))


def _mark_readers(clip: Clip, film: Source) -> list[marks.FilmReader]:
    """What looks for marks: for tags in every film, for dots of any colour where the truth says that they are worn."""
    colours = marks.dots.HUES if clip.truth.worn == "dots" else (None,)
    return [marks.FilmReader({"pelvis_dots": colour}, film.facts) for colour in colours]


def _most_seen(found: Iterable[Marks | None]) -> Marks | None:
    """Of marks of several colours those that most pictures show."""
    known = [one for one in found if one is not None]
    return max(known, key=lambda one: int(np.isfinite(one.pixels).sum()), default=None)


def _own_track(track: Track, kept: Path, clip: Clip, how: How) -> Track:
    """The kept track, if it is this film's and this model's."""
    if track.source.sha256 != sha256_of(clip.video):
        raise InputError("track_of_other_film", path=kept, film=clip.video)
    if track.model.variant != how.variant:
        raise InputError("track_of_other_model", path=kept, found=track.model.variant, wanted=how.variant)
    return track


def _same_frames(beside: Track, track: Track, clip: Clip) -> Track:
    if not np.array_equal(beside.time_s, track.time_s):
        raise InputError("tracks_differ", clip=clip.name)
    return beside
