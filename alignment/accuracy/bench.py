"""One clip with known truth in; what the program makes of it, beside the truth and beside the plain way, out."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment import files, pipeline, pose, sources, weights
from alignment.accuracy import plain
from alignment.accuracy.matching import Matched, match
from alignment.accuracy.statistics import Samples
from alignment.accuracy.truth import Clip
from alignment.activities import ACTIVITIES
from alignment.assessment.values import MOMENT_S
from alignment.measures import MEASURES, sure_enough
from alignment.result import Cycle, Result, Whose
from alignment.texts import InputError
from alignment.track import Track

#: Called with a code of the catalogue for what is being done, and the share of it that is done.
Progress = Callable[[str, float | None], None]

_Numbers = Float[np.ndarray, " frames"]
_Key = tuple[str, Whose]

#: Endings of the landmarks that are kept, as the program and as the plain way found them.
_TRACK: Final = ".track.parquet"
_PLAIN: Final = ".plain.parquet"


@dataclass(frozen=True)
class How:
    """How the clips are read: `vertical` gives the program the camera's true roll, `plain` asks for the plain way as well.

    `tracks` is a folder of landmarks found earlier; those that it lacks are found and put there.
    """

    variant: str = "heavy"
    vertical: bool = True
    plain: bool = True
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


def compare(clip: Clip, how: How, progress: Progress | None = None) -> Compared:
    """Run the program on a clip and lay the truth beside it. InputError where film, model or a kept track cannot be used."""
    report = progress or _silent
    track = _landmarks(clip, how, _TRACK, report)
    beside = plain.curves(_same_frames(_landmarks(clip, how, _PLAIN, report), track, clip)) if how.plain else {}
    report("stage_assess", None)
    roll_deg = clip.truth.camera.roll_deg if how.vertical else None
    settings = pipeline.Settings(camera_roll_deg=roll_deg)
    return compared(clip, pipeline.analyze(track, ACTIVITIES[clip.truth.activity], settings), track.time_s, beside)


def compared(clip: Clip, result: Result, time_s: _Numbers, beside: Mapping[_Key, _Numbers]) -> Compared:
    """A result with its curves, at the frames' times, beside the truth and the plain way's curves."""
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
                plain=beside.get(key, unknown),
                unsure=np.where(sure, np.nan, value),
            )
            keys[key] = _at_keys(matched, key, frames[key], time_s)
    return Compared(clip, result, matched, frames, keys)


def _at_keys(matched: Matched, key: _Key, frames: Samples, time_s: _Numbers) -> Samples:
    """One measure at the key moments of the true repetitions that are its leg's, NaN where there is no number.

    The program's number is the one in its result, at the moment that it took for the key; the truth's and the plain way's
    are the median about the true moment.
    """
    rows = []
    for rep, cycle in matched.pairs:
        if key[1] != "body" and rep.side not in ("both", key[1]):
            continue
        around = np.abs(time_s - rep.key_s) <= MOMENT_S + 1e-6
        rows.append((_median(frames.true[around]), *_given(cycle, key), _median(frames.plain[around]), np.nan))
    table = np.array(rows, float).reshape(-1, 5)
    return Samples(*table.T)


def _given(cycle: Cycle | None, key: _Key) -> tuple[float, float]:
    """The value and its standard error that a result gives at a cycle's key moment; NaN where it gives none."""
    for one in cycle.values if cycle else ():
        if (one.measure, one.side, one.at) == (*key, "key") and one.value is not None:
            return one.value, np.nan if one.standard_error is None else one.standard_error
    return np.nan, np.nan


def _median(values: _Numbers) -> float:
    """The median where most are known, else NaN."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) * 2 > len(values) else float("nan")


def _landmarks(clip: Clip, how: How, ending: str, report: Progress) -> Track:
    """The clip's landmarks from the folder of tracks, or found now and put there."""
    kept = how.tracks / f"{clip.name}{ending}" if how.tracks else None
    if kept is not None and kept.is_file():
        return _checked(files.read_track(kept), kept, clip, how)
    track = _found(clip, how, ending, report)
    if kept is not None:
        files.save_track(kept, track)
    return track


def _found(clip: Clip, how: How, ending: str, report: Progress) -> Track:
    code = "stage_plain" if ending == _PLAIN else "stage_pose"
    report("stage_model", None)
    path = weights.require(how.variant, progress=lambda done, total: report("stage_model", done / total))
    model = pose.Model(how.variant, path, weights.MODELS[how.variant].sha256)
    film = sources.open(
        clip.video, max_fps=ACTIVITIES[clip.truth.activity].max_fps, mirrored=clip.truth.mirrored, rate_hz=None
    )
    length_s = max(film.facts.duration_s, 1e-9)

    def share(time_s: float) -> None:
        report(code, min(max(time_s / length_s, 0.0), 1.0))

    if ending == _PLAIN:
        return pose.naive(film, model, progress=share)
    return pose.track(film, model, workers=how.workers, progress=share)


def _checked(track: Track, kept: Path, clip: Clip, how: How) -> Track:
    """The kept track, if it is this film's and this model's."""
    with clip.video.open("rb") as film:
        sha256 = hashlib.file_digest(film, "sha256").hexdigest()
    if track.source.sha256 != sha256:
        raise InputError("track_of_other_film", path=kept, film=clip.video)
    if track.model.variant != how.variant:
        raise InputError("track_of_other_model", path=kept, found=track.model.variant, wanted=how.variant)
    return track


def _same_frames(beside: Track, track: Track, clip: Clip) -> Track:
    if not np.array_equal(beside.time_s, track.time_s):
        raise InputError("tracks_differ", clip=clip.name)
    return beside


def _silent(_code: str, _share: float | None) -> None:
    """Nobody watches."""
