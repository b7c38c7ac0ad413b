"""What the numbers are worth: clips with known truth in; each measure's error, beside the baseline's, out."""

from alignment.accuracy.bench import Compared, How, compare
from alignment.accuracy.figures import By, Report, report_of
from alignment.accuracy.tables import Table, about, csv_files, tables
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
    "clips_in",
    "compare",
    "csv_files",
    "report_of",
    "tables",
]
