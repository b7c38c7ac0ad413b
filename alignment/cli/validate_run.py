"""What `alignment validate` does: a folder of clips with known truth in; tables on the screen and on disk out."""

from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment import accuracy
from alignment.cli import jsonfile, progress, terminal
from alignment.core.calibration import parse_calibration, with_repeatability
from alignment.core.settings import MODEL
from alignment.errors import InputError
from alignment.files import refused_as, replace_text
from alignment.texts import say


@dataclass(frozen=True)
class Job:
    """What was asked for: `json_file` is a path, `jsonfile.STDOUT`, or None for no JSON; `out` a folder for CSV files.

    `repeatability` is the model's calibration file, whose rows are made anew.
    """

    folder: Path
    how: accuracy.How
    by: accuracy.By = "activity"
    split: str | None = None
    json_file: str | None = None
    out: Path | None = None
    repeatability: Path | None = None


def run(job: Job) -> None:
    """Run the program on every clip and show how far off it is. InputError where anything cannot be read or written."""
    jsonfile.check(job.json_file)
    clips = accuracy.clips_in(job.folder, job.split)
    if job.out is not None:
        with refused_as("table_not_writable", path=job.out):
            job.out.mkdir(parents=True, exist_ok=True)
    compared = []
    for number, clip in enumerate(clips, start=1):
        with progress.bar(f"{clip.name} ({number}/{len(clips)})") as bar:
            compared.append(accuracy.compare(clip, job.how, bar.show))
    report = accuracy.report_of(compared, job.how, job.by, job.split)
    if job.out is not None:
        _write(job.out, report)
    if job.repeatability is not None:
        _write_repeatability(job.repeatability, report)
    if job.json_file is not None:
        jsonfile.write(job.json_file, report.to_json())
    if job.json_file != jsonfile.STDOUT:
        _show(report)


def _write(folder: Path, report: accuracy.Report) -> None:
    """Put each table into a file of its own, in place of the one that an earlier run of this kind left."""
    for name, content in accuracy.csv_files(report).items():
        with refused_as("table_not_writable", path=folder / name):
            replace_text(folder / name, content)


def _write_repeatability(path: Path, report: accuracy.Report) -> None:
    """Put the rows into the model's calibration file; InputError where it is none or cannot be read or written."""
    try:
        with refused_as("table_not_writable", path=path):
            older = path.read_text(encoding="utf-8")
            known = parse_calibration(older)
            if known.model != report.model:
                raise InputError("calibration_of_other_model", path=path, model=report.model)
            joints = report.joints if known.read else MODEL
            replace_text(path, with_repeatability(older, report.retest, joints))
    except (KeyError, TypeError, ValueError) as fault:
        raise InputError("table_not_writable", path=path, fault=say("fault_no_repeatability").message) from fault


def _show(report: accuracy.Report) -> None:
    screen = terminal.console()
    screen.print(Styled(accuracy.about(report)))
    for table in accuracy.tables(report):
        shown = Table(box=None, pad_edge=False, collapse_padding=True, title=escape(table.title), title_justify="left")
        for position, (name, cells) in enumerate(table.columns.items()):
            left = not position or isinstance(cells[0], str)
            shown.add_column(
                escape(name.replace("_", " ")),
                justify="left" if left else "right",
                overflow="fold",
                no_wrap=not position,
            )
        for row in zip(*table.columns.values(), strict=True):
            shown.add_row(*(escape("–" if cell is None else str(cell).replace("-", "−")) for cell in row))
        screen.print()
        screen.print(shown)
