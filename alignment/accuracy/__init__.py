"""What the numbers are worth: clips with known truth in; each measure's error, beside the plain way's, out."""

from alignment.accuracy.bench import Compared, How, compare
from alignment.accuracy.figures import By, Report, report_of
from alignment.accuracy.tables import Table, about, check_place, markdown, marks, placed, tables
from alignment.accuracy.truth import Clip, Truth, clips_in

__all__ = [
    "By",
    "Clip",
    "Compared",
    "How",
    "Report",
    "Table",
    "Truth",
    "about",
    "check_place",
    "clips_in",
    "compare",
    "markdown",
    "marks",
    "placed",
    "report_of",
    "tables",
]
