"""A row of words per repetition: a result in, a table's head and cells out."""

from dataclasses import dataclass

from alignment.core.result import Cycle, Result, Whose
from alignment.texts import say
from alignment.views.wording import amount, cycle_title, measure_name, reason_text, with_error


@dataclass(frozen=True)
class Table:
    """A head and rows of as many cells; the moment each row is about, in film time."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    times_s: tuple[float, ...]


def table(result: Result, *, clinical: bool = False) -> Table:
    """Every repetition with each measure at its key moment, in clinical terms ± its standard error; or why there is none."""
    columns: dict[tuple[str, Whose, str], None] = {}
    for row in result.summary:
        for cycle in result.cycles:
            for value in cycle.values:
                if value.measure == row.measure and value.at == "key":
                    columns[value.measure, value.side, value.unit] = None
    head = [say(code).message for code in ("table_repetition", "table_from", "table_to")]
    head += [_title(measure, side, clinical=clinical) for measure, side, _ in columns]
    rejected = any(cycle.rejected for cycle in result.cycles)
    head += [say("table_not_counted").message] if rejected else []
    rows = [_row(cycle, result, list(columns), rejected=rejected, clinical=clinical) for cycle in result.cycles]
    return Table(tuple(head), tuple(rows), tuple(cycle.key_s for cycle in result.cycles))


def _title(measure: str, side: Whose, *, clinical: bool) -> str:
    name = measure_name(measure, clinical=clinical)
    name = name[0].upper() + name[1:]
    return name if side == "body" else f"{name}, {say(f'side_{side}').message}"


def _row(
    cycle: Cycle, result: Result, columns: list[tuple[str, Whose, str]], *, rejected: bool, clinical: bool
) -> tuple[str, ...]:
    at_key = {(value.measure, value.side): value for value in cycle.values if value.at == "key"}
    cells = [cycle_title(cycle, result.cycles), f"{cycle.start_s:.1f} s", f"{cycle.end_s:.1f} s"]
    for measure, side, unit in columns:
        value = at_key.get((measure, side))
        if value is None:
            cells.append("")
        elif value.value is None:
            cells.append(say("verdict_unknown").message)
        else:
            error = value.standard_error
            cells.append(with_error(value.value, error, unit) if clinical else amount(value.value, unit))
    return (*cells, reason_text(cycle.rejected)) if rejected else tuple(cells)
