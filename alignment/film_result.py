"""What `alignment.analyze` gives: a film's result as tables, sentences and charts, for Python and notebooks."""

import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from alignment.core.result import Result
from alignment.errors import InputError
from alignment.outputs import cycles_csv
from alignment.texts import say
from alignment.views.palette import LIGHT
from alignment.views.wording import amount, few_text, told_findings

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True)
class FilmResult:
    """Everything that a film tells. `result` holds all of it; the rest shows parts of it."""

    result: Result

    @property
    def findings(self) -> list[str]:
        """The findings as sentences, the most telling first."""
        few = few_text(self.result.findings)
        return [*([few] if few else []), *(one.text for one in told_findings(self.result.findings))]

    @property
    def cycles(self) -> "pd.DataFrame":
        """A row per repetition, side and moment, as cycles.csv has it (docs/results.md)."""
        import pandas as pd

        return pd.read_csv(io.StringIO(cycles_csv(self.result)))

    @property
    def frames(self) -> "pd.DataFrame":
        """A row per analyzed frame: `time_s`, each measure and its standard error (`…_se`); NaN where undefined."""
        import pandas as pd

        columns = {}
        if self.result.curves is not None:
            columns["time_s"] = self.result.curves.track.time_s
            for curve in self.result.curves.by_measure.values():
                columns[curve.column] = curve.value
                columns[f"{curve.column}_se"] = curve.standard_error
        return pd.DataFrame(columns)

    def plot(self, measure: str | None = None) -> "alt.LayerChart":
        """A measure over time, with its error and the repetitions; the most telling one that was measured if none is named.

        InputError where that measure has no number in this film.
        """
        from alignment.views import charts

        measured = charts.measures_of(self.result)
        chosen = measure or (measured[0] if measured else "")
        if chosen not in measured:
            raise InputError("nothing_to_plot", name=chosen, known=", ".join(measured) or "–")
        return charts.curve_chart(self.result, chosen, LIGHT)

    def __str__(self) -> str:
        """The findings, a line each."""
        return "\n".join(self.findings)

    def _repr_html_(self) -> str:
        """The findings and the summary, as a notebook shows them."""
        sentences = "".join(f"<li>{escape(one)}</li>" for one in self.findings)
        head = "".join(
            f"<th>{escape(say(code).message)}</th>" for code in ("head_measure", "head_side", "head_mean", "head_n")
        )
        rows = "".join(
            f"<tr><td>{escape(say(f'measure_{row.measure}').message)}</td><td>{escape(say(f'side_{row.side}').message)}</td>"
            f"<td>{escape(amount(row.mean, row.unit))} ± {escape(amount(row.standard_error, row.unit))}</td>"
            f"<td>{row.n}</td></tr>"
            for row in self.result.summary
            if row.mean is not None
        )
        title = escape(self.result.source.name)
        return f"<h4>{title}</h4><ul>{sentences}</ul><table><tr>{head}</tr>{rows}</table>"
