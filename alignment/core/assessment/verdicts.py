"""Values of one row's repetitions and its limits in; a verdict for each of them, and one for all, out: docs/assessment.md.

What is unsure has two parts: what all repetitions of a film share (where the camera stood, how long the legs are, the
model's habits) and what is each one's own. The first moves all of them together, the second lets the largest of many lie
far out by chance; the rule allows for both. Of several films, it also allows for what each film has to itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
import scipy
from jaxtyping import Bool, Float, Int

from alignment.core.assessment.limits import Limit
from alignment.core.result import Verdict, commonest

#: One number for each repetition.
Each = Float[np.ndarray, " n"]

#: Two-sided 95 % of a normal distribution, and one-sided.
INTERVAL: Final = 1.96
_ONE_SIDED: Final = 1.645
#: A single repetition that alone lies outside must differ from the others by so many of its own errors.
_ALONE: Final = 2.0
#: Repetitions differ if chance would make them differ as much in fewer than this share of films.
_CHANCE: Final = 0.05


@dataclass(frozen=True)
class Films:
    """Of which film each repetition is, from where it was filmed, and what of its error only that film's repetitions share.

    Films of one `camera` were filmed from the same place, so that `apart` does not average out between them.
    """

    film: Int[np.ndarray, " n"]
    camera: Int[np.ndarray, " n"]
    apart: Each

    @property
    def number(self) -> int:
        """Of how many films there is a repetition."""
        return len(np.unique(self.film))

    @property
    def averaged_out(self) -> float:
        """The variance that a mean over all repetitions loses because they were filmed from several places."""
        places = self.camera == np.unique(self.camera)[:, None]
        together = (places * self.apart).sum(axis=1) / len(self.apart)
        return float(self.apart.mean() ** 2 - (together**2).sum())


@dataclass(frozen=True)
class Sample:
    """What the repetitions say of one row: for each its value, standard error and the part of that which is its own.

    `cycles` are their indices in the result; `reason` says why there are none, where there are none. `films` is None
    where all are of one film.
    """

    values: Each
    errors: Each
    own: Each
    cycles: Int[np.ndarray, " n"]
    reason: str = ""
    films: Films | None = None

    @property
    def n(self) -> int:
        """How many repetitions have a value."""
        return len(self.values)

    @property
    def shared(self) -> float:
        """The part of the standard error that all repetitions of a film share: the mean over them."""
        return float(_shared(self).mean()) if self.n else 0.0

    @property
    def apart(self) -> Each:
        """The part of that which other films do not share; 0 where there are none."""
        return np.zeros(self.n) if self.films is None else self.films.apart

    @property
    def averaged_out(self) -> float:
        """The variance that their mean loses because the camera stood elsewhere in other films."""
        return 0.0 if self.films is None or not self.n else self.films.averaged_out

    @property
    def differ(self) -> bool:
        """Whether the repetitions differ by more than their own errors, and their films', let them."""
        if self.n < 2:
            return False
        film = np.zeros(self.n, int) if self.films is None else self.films.film
        own, spread, means, variances = np.maximum(self.own, 1e-9), 0.0, [], []
        for one in np.unique(film):
            mine = film == one
            means.append(self.values[mine].mean())
            variances.append((self.apart[mine] ** 2).mean() + (own[mine] ** 2).mean() / mine.sum())
            spread += float((((self.values[mine] - means[-1]) / own[mine]) ** 2).sum())
        middle = np.average(means, weights=1 / np.array(variances))
        spread += float(((np.array(means) - middle) ** 2 / variances).sum())
        return spread > float(scipy.stats.chi2.isf(_CHANCE, self.n - 1))

    def excess(self, row: Limit) -> Each:
        """How far each lies beyond the usual range; negative inside."""
        return np.max([sign * (self.values - inner) for sign, inner in row.inner], axis=0)


def pool(films: Sequence[Sample], cameras: Sequence[int], sem: float | None) -> Sample:
    """What the repetitions of several films say of one row; `cameras` tells for each film from which place it was made.

    `sem` is by how much the same movement filmed from two places differs: that part of what a film's repetitions share is
    the film's, the rest the model's and the body's. Where it is None nobody knows, and the rule takes for each purpose what
    claims less: that all is the film's where the largest may stray, and that nothing averages out in the mean.
    """
    told = [(camera, one) for camera, one in zip(cameras, films, strict=True) if one.n]
    if len(told) < 2:
        return told[0][1] if told else replace(films[0], reason=commonest(one.reason for one in films))
    counts = [one.n for _, one in told]
    apart = np.concatenate([_shared(one) for _, one in told])
    camera = np.repeat([place for place, _ in told], counts)
    if sem is None:
        camera = np.zeros_like(camera)
    else:
        apart = np.minimum(apart, sem)
    values, errors, own, cycles = (
        np.concatenate([getattr(one, name) for _, one in told]) for name in ("values", "errors", "own", "cycles")
    )
    of_films = Films(np.repeat(np.arange(len(told)), counts), camera, apart)
    return Sample(values, errors, own, cycles, films=of_films)


def _shared(sample: Sample) -> Each:
    """The part of each standard error that all repetitions of its film share."""
    return np.sqrt(np.clip(sample.errors**2 - sample.own**2, 0.0, None))


def repetition_verdicts(sample: Sample, row: Limit) -> list[Verdict]:
    """How each repetition lies to the limits.

    Outside: beyond the outer limit by more than its error, and so far beyond the usual range as even the largest of so
    many is by chance in at most 5 % of films. Near the edge: beyond the usual range.
    """
    outside, near = _outside(sample, row), sample.excess(row) > 0
    return [
        Verdict.OUTSIDE if out else Verdict.EDGE if beyond else Verdict.WITHIN
        for out, beyond in zip(outside, near, strict=True)
    ]


def film_verdict(sample: Sample, row: Limit) -> tuple[Verdict, str | None]:
    """How the repetitions lie together, and the code of why that cannot be told.

    Outside with two repetitions that are, or one that differs from the others' median by more than twice its own error.
    Near the edge where any is beyond the usual range by more than its own error. Inside only if the mean's error does not
    reach beyond an outer limit: what is that unsure cannot be told.
    """
    if not sample.n:
        return Verdict.UNKNOWN, sample.reason
    outside = np.flatnonzero(_outside(sample, row))
    if len(outside) > 1 or (len(outside) == 1 and _stands_out(sample, int(outside[0]))):
        return Verdict.OUTSIDE, None
    if (sample.excess(row) > _strays_by(sample)).any():
        return Verdict.EDGE, None
    mean = float(sample.values.mean())
    error = float(np.sqrt(sample.shared**2 - sample.averaged_out + (sample.own**2).mean() / sample.n))
    if any(sign * (mean - outer) + error > 0 for sign, outer in row.outer):
        return Verdict.UNKNOWN, "too_unsure"
    return Verdict.WITHIN, None


def _outside(sample: Sample, row: Limit) -> Bool[np.ndarray, " n"]:
    """Which repetitions lie outside."""
    margin = np.maximum(row.sem, sample.errors)
    beyond = np.zeros(sample.n, dtype=bool)
    for sign, outer in row.outer:
        beyond |= sign * (sample.values - outer) > margin
    if not sample.n:
        return beyond
    mean, sd = _largest_of(sample.n)
    film_mean, film_sd = _largest_of(_films(sample))
    common = np.clip(sample.shared**2 - sample.apart**2, 0.0, None)
    spread = np.sqrt(common + (sd * sample.own) ** 2 + (film_sd * sample.apart) ** 2)
    by_chance = mean * sample.own + film_mean * sample.apart + _ONE_SIDED * spread
    return beyond & (sample.excess(row) > by_chance)


def _strays_by(sample: Sample) -> Each:
    """How far the largest of the repetitions strays by its own error, and by its film's, on average."""
    own = max(1.0, _largest_of(sample.n)[0]) * sample.own
    strays: Each = own + _largest_of(_films(sample))[0] * sample.apart
    return strays


def _films(sample: Sample) -> int:
    return 1 if sample.films is None else sample.films.number


def _stands_out(sample: Sample, index: int) -> bool:
    """Whether a repetition differs from the others' median by more than twice its own error, and its film's; the only one
    does.
    """
    others, stray = np.delete(sample.values, index), np.hypot(sample.own[index], sample.apart[index])
    return not len(others) or bool(abs(sample.values[index] - np.median(others)) > _ALONE * stray)


@cache
def _largest_of(n: int) -> tuple[float, float]:
    """Mean and standard deviation of the largest of n numbers drawn from a standard normal distribution."""
    at = np.linspace(-8.0, 8.0, 2001)
    density = n * scipy.stats.norm.pdf(at) * scipy.stats.norm.cdf(at) ** (n - 1)
    density /= density.sum()
    mean = float((density * at).sum())
    return mean, float(np.sqrt((density * (at - mean) ** 2).sum()))
