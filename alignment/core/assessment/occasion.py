"""Results of several films of one occasion in; one assessment of all their repetitions out: docs/assessment.md."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from alignment.core.assessment.activity import Activity
from alignment.core.assessment.change import filmed_alike, repeatability
from alignment.core.assessment.limits import Limits
from alignment.core.assessment.summary import Counted, rows_of, summary_of, with_verdicts
from alignment.core.assessment.verdicts import Sample, pool
from alignment.core.calibration import Calibration
from alignment.core.measures import MEASURES
from alignment.core.result import (
    Cycle,
    CycleSide,
    Facing,
    Occasion,
    OccasionFilm,
    Result,
    Summary,
    Viewpoint,
    Whose,
    findings,
)
from alignment.errors import InputError


def judge_occasion(results: Sequence[Result], activity: Activity, limits: Limits, calibration: Calibration) -> Occasion:
    """What several films of one person, made on one occasion, tell together: each repetition counts as in one film.

    `activity`, `limits` and `calibration` are those of the results. InputError where these do not go together: another
    movement, model, table of limits or height, or the same film twice.
    """
    _refuse_others(results, activity, limits, calibration)
    activity = activity.worn() if any(result.pelvis for result in results) else activity
    films, judged, summary = judge_together(results, activity, limits, calibration)
    leg_m = next((result.leg_m for result in results if result.leg_m is not None), None)
    return Occasion(
        activity=activity.name,
        films=films,
        cycles=judged,
        summary=summary,
        findings=findings(summary, judged, activity.name, leg_m, films),
    )


def judge_together(
    results: Sequence[Result], activity: Activity, limits: Limits, calibration: Calibration
) -> tuple[tuple[OccasionFilm, ...], tuple[Cycle, ...], tuple[Summary, ...]]:
    """Films, or stretches of one film, one after another; all their cycles with verdicts, and the rows of all of them."""
    films: list[OccasionFilm] = []
    cycles: list[Cycle] = []
    for result in results:
        first = len(cycles)
        films.append(OccasionFilm(result.source.name, result.source.sha256, first))
        cycles += [replace(cycle, index=first + at) for at, cycle in enumerate(result.cycles)]
    together = _Together.of(results, cycles, films, partial(_sem, calibration, activity.name))
    rows = list(rows_of(together, activity, limits.seen_from(*together.facings)))
    return tuple(films), with_verdicts(cycles, rows), tuple(summary_of(row) for row in rows)


def _sem(calibration: Calibration, activity: str, measure: str, side: str) -> float | None:
    """By how much the same movement filmed from two places differs, as one standard deviation; None where nobody knows."""
    row = repeatability(calibration, activity, measure, side)
    return None if row is None else row.sem


@dataclass(frozen=True)
class _Together:
    """Several films' cycles that count; from where each was filmed; and by how much places differ, by measure and side."""

    films: Sequence[Counted]
    cameras: Sequence[int]
    facings: Sequence[Facing | None]
    sem: Callable[[str, str], float | None]

    @staticmethod
    def of(
        results: Sequence[Result],
        cycles: Sequence[Cycle],
        films: Sequence[OccasionFilm],
        sem: Callable[[str, str], float | None],
    ) -> "_Together":
        counted = []
        for result, film in zip(results, films, strict=True):
            refused: dict[tuple[str, Whose], str] = {
                (row.measure, row.side): row.reason for row in result.summary if row.reason and row.side != "difference"
            }
            mine = cycles[film.first_cycle : film.first_cycle + len(result.cycles)]
            counted.append(Counted.of(mine, refused))
        views = [result.viewpoint for result in results]
        return _Together(counted, _cameras(views), [view.facing for view in views], sem)

    @property
    def cycles(self) -> Sequence[Cycle]:
        """Those of all films."""
        return [cycle for film in self.films for cycle in film.cycles]

    def sample(self, name: str, whose: Whose, side: CycleSide | None = None) -> Sample:
        """One measure's values at the key moment, of all films."""
        at = self._exact(name)
        samples = [self.films[i].sample(name, whose, side) for i in at]
        return pool(samples, [self.cameras[i] for i in at], self.sem(name, whose))

    def difference(self, name: str) -> Sample:
        """Pair by pair within each film, whose camera errs oppositely on the two legs."""
        at = self._exact(name)
        return pool(
            [self.films[i].difference(name) for i in at], [self.cameras[i] for i in at], self.sem(name, "difference")
        )

    def _exact(self, name: str) -> list[int]:
        """The films that show a measure exactly enough to judge it; all of them where none does."""
        exact = [at for at, facing in enumerate(self.facings) if facing in MEASURES[name].judged_from]
        return exact or list(range(len(self.films)))


def _cameras(views: Sequence[Viewpoint]) -> list[int]:
    """For each film the first one that may have been made from the same place."""
    return [next(at for at, other in enumerate(views) if filmed_alike(other, view)) for view in views]


def _refuse_others(results: Sequence[Result], activity: Activity, limits: Limits, calibration: Calibration) -> None:
    """InputError where a result does not belong to the others."""
    for result in results:
        name, settings = result.source.name, result.software.settings
        if result.activity != activity.name:
            raise InputError("occasion_other_activity", film=name, found=result.activity, known=activity.name)
        if result.software.model != calibration.model:
            raise InputError("occasion_other_model", film=name, found=result.software.model, known=calibration.model)
        if settings.get("limits_sha256") != limits.sha256:
            raise InputError("occasion_other_limits", film=name)
    tall = {float(height) for one in results if (height := one.software.settings.get("height_m")) is not None}
    if len(tall) > 1:
        raise InputError("occasion_other_height", heights=" / ".join(f"{height:g} m" for height in sorted(tall)))
    for at, result in enumerate(results):
        if any(_overlap(result, earlier) for earlier in results[:at]):
            raise InputError("occasion_same_film", film=result.source.name)


def _overlap(one: Result, other: Result) -> bool:
    """Whether two results tell of the same part of a film, whose repetitions would count twice."""
    if one.source.sha256 is None or one.source.sha256 != other.source.sha256:
        return False
    parts = [result.part_s or (0.0, result.source.duration_s) for result in (one, other)]
    return max(start_s for start_s, _ in parts) < min(end_s for _, end_s in parts)
