"""Every number of a result with its errors, in clinical terms: a result in, a table's head and rows out."""

from dataclasses import dataclass

from alignment.core.assessment import repeatability
from alignment.core.calibration import CalibrationOf
from alignment.core.result import LimitUsed, Occasion, Result, Summary, Verdict
from alignment.errors import InputError
from alignment.texts import say
from alignment.views.wording import amount, bare_amount, measure_name, reason_text, with_error


@dataclass(frozen=True)
class Row:
    """One measure of one side: its cells, and the verdict that colours them."""

    verdict: Verdict | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SummaryTable:
    """A head, and a row for each measure and side."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


#: The heads of its columns; the first, second and last hold words, the others numbers.
_HEADS = ("head_measure", "head_side", "head_mean", "clinical_head_sd", "head_n", "clinical_head_interval")
_LAST_HEADS = ("clinical_head_mdc", "head_usual", "head_verdict")


def summary_table(result: Result | Occasion, calibration_of: CalibrationOf) -> SummaryTable:
    """Mean ± standard error, spread, 95 % interval, least detectable change, usual range and verdict of every row."""
    head = tuple(say(code).message for code in (*_HEADS, *_LAST_HEADS))
    # How far two occasions of several films each differ by error alone was never measured.
    least = {id(row): mdc(result, row, calibration_of) for row in result.summary} if isinstance(result, Result) else {}
    return SummaryTable(head, tuple(Row(row.verdict, _cells(row, least.get(id(row)))) for row in result.summary))


def mdc(result: Result, row: Summary, calibration_of: CalibrationOf) -> float | None:
    """The least change between two films of this movement that is more than error; None where it was never measured."""
    try:
        known = repeatability(
            calibration_of(result.software.model).of(result.software.joints), result.activity, row.measure, row.side
        )
    except InputError:  # nothing is known of this model
        return None
    return None if known is None else known.mdc


def _cells(row: Summary, least: float | None) -> tuple[str, ...]:
    name = measure_name(row.measure, clinical=True)
    low, high = (bare_amount(end, row.unit) for end in (row.interval_low, row.interval_high))
    return (
        name[:1].upper() + name[1:],
        say(f"side_{row.side}").message,
        amount(None, row.unit) if row.mean is None else with_error(row.mean, row.standard_error, row.unit),
        amount(row.sd, row.unit),
        str(row.n),
        amount(None, row.unit) if row.mean is None else say("usual_between", low=low, high=high).message,
        amount(least, row.unit),
        _usual(row.limit, row.unit),
        _verdict(row),
    )


def _verdict(row: Summary) -> str:
    if row.verdict is None and row.mean is not None:
        return say("verdict_none").message
    if row.verdict in (None, Verdict.UNKNOWN):
        return say("verdict_unknown_why", reason=reason_text(row.reason)).message
    return say(f"verdict_{row.verdict}").message


def _usual(limit: LimitUsed | None, unit: str) -> str:
    if limit is None or (limit.low is None and limit.high is None):
        return ""
    low, high = ("" if end is None else amount(end, unit) for end in (limit.low, limit.high))
    code = "usual_between" if low and high else "usual_from" if low else "usual_to"
    return say(code, low=low, high=high).message
