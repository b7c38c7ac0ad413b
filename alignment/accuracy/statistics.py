"""Values beside their truth in; how far off they are, how sure of it and how often given, out. No film and no body in it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Bool, Float

#: Half the width of an interval that holds 95 % of a normal distribution, in standard deviations.
Z_95 = 1.96


@dataclass(frozen=True)
class Samples:
    """Numbers in one order: the truth, the program's value and its standard error, the baseline's value. NaN = none.

    `unsure` are values that the program does not stand for, since their standard errors are larger than is useful.
    """

    true: Float[np.ndarray, " samples"]
    value: Float[np.ndarray, " samples"]
    se: Float[np.ndarray, " samples"]
    baseline: Float[np.ndarray, " samples"]
    unsure: Float[np.ndarray, " samples"]

    @staticmethod
    def pool(parts: Iterable["Samples"]) -> "Samples":
        """Several clips' or sides' samples as one."""
        some = list(parts)
        return Samples(
            *(np.concatenate([np.empty(0), *(getattr(one, own.name) for one in some)]) for own in fields(Samples))
        )


@dataclass(frozen=True)
class Baseline:
    """The baseline's errors where the program gave a value, and (`rmse_all`, of `n_all`) wherever there is a truth."""

    rmse: float | None
    mean: float | None
    worst: float | None
    rmse_all: float | None
    n_all: int


@dataclass(frozen=True)
class Errors:
    """How a measure's values lie to the truth, value less truth; None where there are too few of them to say.

    `of` samples have a truth, `n` of them a value. `low` and `high` are the 95 % limits of agreement; `mean` and `worst`
    are of the error's size; `constant_rmse` is that of always answering the truth's own mean; `inside` counts the truths
    within ±1.96 standard errors, of the `with_error` values that were given with one. `rmse_all` is that of the values given
    and of those too unsure to be.
    """

    of: int
    n: int
    bias: float | None
    rmse: float | None
    rmse_all: float | None
    low: float | None
    high: float | None
    mean: float | None
    worst: float | None
    slope: float | None
    correlation: float | None
    constant_rmse: float | None
    with_error: int
    inside: int
    baseline: Baseline | None

    @property
    def coverage(self) -> float | None:
        """Share of the samples with a truth that have a value."""
        return self.n / self.of if self.of else None

    @property
    def inside_share(self) -> float | None:
        """How often the truth lies within ±1.96 standard errors."""
        return self.inside / self.with_error if self.with_error else None


def errors_of(samples: Samples, *, with_baseline: bool) -> Errors:
    """The figures of some samples; those without a truth count nowhere."""
    has_truth = np.isfinite(samples.true)
    given = has_truth & np.isfinite(samples.value)
    true, value = samples.true[given], samples.value[given]
    error = value - true
    sure = np.isfinite(samples.se[given])
    unsure = samples.unsure - samples.true
    low, high = _limits_of_agreement(error)
    slope, correlation = _line(true, value)
    return Errors(
        of=int(has_truth.sum()),
        n=len(error),
        bias=_mean(error),
        rmse=_rms(error),
        rmse_all=_rms(np.concatenate([error, unsure[np.isfinite(unsure)]])),
        low=low,
        high=high,
        mean=_mean(np.abs(error)),
        worst=_largest(error),
        slope=slope,
        correlation=correlation,
        constant_rmse=_rms(true - true.mean()) if len(true) else None,
        with_error=int(sure.sum()),
        inside=int((np.abs(error[sure]) <= Z_95 * samples.se[given][sure]).sum()),
        baseline=_baseline(samples, has_truth, given) if with_baseline else None,
    )


def _baseline(
    samples: Samples, has_truth: Bool[np.ndarray, " samples"], given: Bool[np.ndarray, " samples"]
) -> Baseline:
    error = samples.baseline - samples.true
    there = np.isfinite(error)
    beside, anywhere = error[given & there], error[has_truth & there]
    return Baseline(_rms(beside), _mean(np.abs(beside)), _largest(beside), _rms(anywhere), len(anywhere))


def _mean(values: Float[np.ndarray, " n"]) -> float | None:
    return float(values.mean()) if len(values) else None


def _rms(values: Float[np.ndarray, " n"]) -> float | None:
    return float(np.sqrt((values**2).mean())) if len(values) else None


def _largest(values: Float[np.ndarray, " n"]) -> float | None:
    return float(np.abs(values).max()) if len(values) else None


def _limits_of_agreement(error: Float[np.ndarray, " n"]) -> tuple[float | None, float | None]:
    """Bland and Altman 1986: mean ± 1.96 standard deviations of the differences."""
    if len(error) < 2:
        return None, None
    mean, spread = float(error.mean()), Z_95 * float(error.std(ddof=1))
    return mean - spread, mean + spread


def _line(true: Float[np.ndarray, " n"], value: Float[np.ndarray, " n"]) -> tuple[float | None, float | None]:
    """Slope of the values over the truth by least squares, and their correlation; None where one of them never changes."""
    if len(true) < 3 or np.ptp(true) < 1e-9:
        return None, None
    off = true - true.mean()
    slope = float(off @ (value - value.mean()) / (off @ off))
    return slope, float(np.corrcoef(true, value)[0, 1]) if np.ptp(value) > 1e-9 else None
