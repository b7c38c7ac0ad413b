"""One clip with known truth in; what the program makes of it, beside the truth and beside the baseline, out."""

from collections.abc import Callable, Mapping
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
from alignment.accuracy.truth import Clip, Repetition, Truth
from alignment.core import pipeline
from alignment.core.activities import ACTIVITIES
from alignment.core.measures import MEASURES, sure_enough
from alignment.core.result import Cycle, Result, Value, Whose
from alignment.core.settings import READ, Reading, Settings
from alignment.core.track import Source, Track
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
#: What is compared with: MediaPipe as it comes.
_BASELINE_ENGINE: Final = "mediapipe"
#: The picture in which beads are tapped.
_TAPPED_S: Final = 0.5


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
    joints: Reading = READ


@dataclass(frozen=True)
class Compared:
    """A clip's result beside its truth: the samples of each measure in every frame and at every repetition's key moment."""

    clip: Clip
    result: Result
    matched: Matched
    time_s: _Numbers
    frames: Mapping[_Key, Samples]
    keys: Mapping[_Key, Samples]

    def key_times_s(self, whose: Whose) -> Float[np.ndarray, " keys"]:
        """The true key moments of `keys`, in their order."""
        return np.array([rep.key_s for rep, _ in _pairs_of(self.matched, whose)], float)


def compare(clip: Clip, how: How, progress: Progress = _silent) -> Compared:
    """Run the program on a clip and lay the truth beside it. InputError where film, model or a kept track cannot be used."""
    track = with_marks(_landmarks(clip, how, _TRACK, progress), clip)
    beside = (
        baseline.curves(_same_frames(_landmarks(clip, how, _BASELINE, progress), track, clip)) if how.baseline else {}
    )
    progress("assessment", None)
    roll_deg = clip.truth.camera.roll_deg if how.vertical else None
    settings = Settings(camera_roll_deg=roll_deg, joints=how.joints)
    activity, calibration = ACTIVITIES[clip.truth.activity], calibration_of(how.variant)
    result = pipeline.analyze(track, activity, calibration, settings)
    return compare_with_truth(clip, result, track.time_s, beside)


def compare_with_truth(clip: Clip, result: Result, time_s: _Numbers, beside: Mapping[_Key, _Numbers]) -> Compared:
    """A result with its curves, at the frames' times, beside the truth and the baseline's curves."""
    matched = match(clip.truth.shown, result.cycles)
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
    return Compared(clip, result, matched, time_s, frames, keys)


def _at_keys(matched: Matched, key: _Key, frames: Samples, time_s: _Numbers) -> Samples:
    """One measure at the key moments of the true repetitions that are its leg's, NaN where there is no number.

    The program's number is the one in its result, at the moment that it took for the key; the truth's and the baseline's
    are the median about the true moment, as much later as the program judges this measure later than others; at the true
    contact where it judges a measure at contact.
    """
    rows = []
    within_s = max(MEASURES[key[0]].around_s, 0.51 * float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0)
    for rep, cycle in _pairs_of(matched, key[1]):
        given = _value_at_key(cycle, key)
        moment_s = rep.key_s
        if cycle and given and given.time_s is not None:
            at_contact = given.time_s != cycle.key_s and abs(given.time_s - cycle.start_s) <= within_s
            moment_s = rep.start_s if at_contact else rep.key_s + given.time_s - cycle.key_s
        around = np.abs(time_s - moment_s) <= within_s + 1e-6
        value = given.value if given and given.value is not None else np.nan
        se = given.standard_error if given and given.standard_error is not None else np.nan
        rows.append((_median(frames.true[around]), value, se, _median(frames.baseline[around]), np.nan))
    table = np.array(rows, float).reshape(-1, 5)
    return Samples(*table.T)


def _pairs_of(matched: Matched, whose: Whose) -> list[tuple[Repetition, Cycle | None]]:
    """The true repetitions that are a leg's, with what was found of them; all of them for the body."""
    return [pair for pair in matched.pairs if whose == "body" or pair[0].side in ("both", whose)]


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
    engine = engine_named(_BASELINE_ENGINE if ending == _BASELINE else DEFAULT_ENGINE)
    model = engine.file(how.variant, lambda done, total: report("model", done / total))
    film = _film(clip)
    length_s = max(film.facts.duration_s, 1e-9)

    def share(time_s: float) -> None:
        report(code, min(max(time_s / length_s, 0.0), 1.0))

    if ending == _BASELINE and engine.open_video is not None:
        return tracking.track_video_mode(film, partial(engine.open_video, model), progress=share)
    return tracking.track(film, engine.opened_by(model, how.joints), workers=how.workers, progress=share)


def with_marks(track: Track, clip: Clip) -> Track:
    """The landmarks with the marks that the truth says are worn, read from the film unless the landmarks hold any."""
    if clip.truth.worn is None or track.marks is not None:
        return track
    film = _film(clip)
    reader = marks.FilmReader(_asked(clip.truth), film.facts)
    seen = track.seen
    for i, frame in enumerate(film):
        reader.add(frame, track.pixels[i : i + 1][seen[i : i + 1]])
    return replace(track, marks=reader.marks(track, film))


def _asked(truth: Truth) -> dict[str, str]:
    """What somebody who wears these marks asks for: nothing for tags, a colour for dots, and beads are tapped."""
    if truth.worn is not None and truth.worn.kind == "dots":
        return {"pelvis_dots": truth.worn.colour or ""}
    if truth.beads_px is None:
        return {}
    at = int(np.searchsorted(truth.time_s, _TAPPED_S))
    left, right = ((float(x), float(y)) for x, y in truth.beads_px[at])
    return {"pelvis_points": marks.taps.format_taps((marks.taps.Tap(float(truth.time_s[at]), (left, right)),))}


def _film(clip: Clip) -> Source:
    activity = ACTIVITIES[clip.truth.activity]
    reading = sources.Reading(activity.max_fps, mirrored=clip.truth.mirrored, true_fps=clip.truth.true_fps)
    return sources.open(clip.video, reading)


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
