"""What `alignment.analyze` and `read_result` give: a film's result as tables, sentences and charts, for notebooks."""

import io
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from alignment import outputs
from alignment.core.result import Result
from alignment.errors import InputError
from alignment.outputs import columns, cycles_csv
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
    def film(self) -> "pd.Series":
        """What is known of the film: `film_key`, how the camera stood, rates, model, versions; missing where not known."""
        row = columns.film_cells(self.result) | {"quality_reasons": columns.reasons_cell(self.result)}
        return columns.data_frame((*columns.WHICH, *columns.FILM, columns.REASONS), [row]).iloc[0]

    @property
    def summary(self) -> "pd.DataFrame":
        """A row per measure and side, as summary.csv has it (docs/batch.md): mean, its error, verdict, range, limits."""
        key = {"film_key": columns.film_cells(self.result)["film_key"]}
        rows = [key | columns.summary_cells(row) for row in self.result.summary]
        return columns.data_frame((columns.WHICH[0], *columns.SUMMARY, *columns.LIMIT), rows)

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

    def export(self, folder: str | Path, *formats: str) -> list[Path]:
        """Write the result in formats of other programs: `export("out", "trc", "c3d")` (docs/formats.md); the files.

        InputError where there is no such format, or the result was read back without its frames.parquet.
        """
        return outputs.export_result(self.result, Path(folder), formats)

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


def read_result(where: str | Path) -> FilmResult:
    """A result that was left in a folder, by the folder's path or that of its result.json.

    Measures over time are there where frames.parquet is. InputError where there is no result that this version can show.
    """
    path = Path(where)
    folder = path.parent if path.name == outputs.RESULT else path
    if (folder / outputs.FRAMES).is_file():
        return FilmResult(outputs.analysis_of_folder(folder).result)
    return FilmResult(outputs.read_folder(folder).result)
