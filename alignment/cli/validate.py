"""`alignment validate` at work: a folder of clips with known truth in; tables on the screen and on disk out."""

from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment import accuracy, files
from alignment.assessment import parse_repeatability, repeatability_csv
from alignment.cli import jsonfile, progress, terminal
from alignment.texts import InputError, say


@dataclass(frozen=True)
class Request:
    """What was asked for: `json_file` is a path, `jsonfile.STDOUT`, or None for no JSON; `out` a Markdown file.

    `repeatability` is the CSV file whose rows of this model are made anew.
    """

    folder: Path
    how: accuracy.How
    by: accuracy.By = "activity"
    split: str | None = None
    json_file: str | None = None
    out: Path | None = None
    repeatability: Path | None = None


def validate(request: Request) -> None:
    """Run the program on every clip and show how far off it is. InputError where anything cannot be read or written."""
    jsonfile.check(request.json_file)
    clips = accuracy.clips_in(request.folder, request.split)
    if request.out is not None:
        _check(request.out, accuracy.marks(request.how.variant, request.by, request.split))
    compared = []
    for number, clip in enumerate(clips, start=1):
        with progress.bar(f"{clip.name} ({number}/{len(clips)})") as bar:
            compared.append(accuracy.compare(clip, request.how, bar.show))
    report = accuracy.report_of(compared, request.how, request.by, request.split)
    if request.out is not None:
        _write(request.out, report)
    if request.repeatability is not None:
        _write_repeatability(request.repeatability, report)
    if request.json_file is not None:
        jsonfile.write(request.json_file, report.to_json())
    if request.json_file != jsonfile.STDOUT:
        _show(report)


def _check(path: Path, marks: tuple[str, str]) -> None:
    """Ask before the long work whether the tables have a place. InputError where they have none."""
    try:
        if path.exists():
            accuracy.check_place(path.read_text(encoding="utf-8"), str(path), marks)
        elif not path.absolute().parent.is_dir():
            raise InputError(
                "table_not_writable", path=path, fault=say("fault_folder_missing", path=path.parent).message
            )
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError("table_not_writable", path=path, fault=str(fault)) from fault


def _write(path: Path, report: accuracy.Report) -> None:
    """Put the tables into a new file, or in their place in an older one."""
    try:
        older = path.read_text(encoding="utf-8") if path.exists() else None
        text = accuracy.markdown(report) if older is None else accuracy.placed(report, older, str(path))
        files.replace_text(path, text)
    except OSError as fault:
        raise InputError("table_not_writable", path=path, fault=fault.strerror or str(fault)) from fault


def _write_repeatability(path: Path, report: accuracy.Report) -> None:
    """Put this model's rows in place of its older ones; InputError where the file cannot be read or written."""
    try:
        older = parse_repeatability(path.read_text(encoding="utf-8")) if path.exists() else ()
        others = [row for row in older if row.model != report.model]
        files.replace_text(path, repeatability_csv([*others, *report.retest]))
    except (KeyError, ValueError) as fault:
        raise InputError("table_not_writable", path=path, fault=say("fault_no_repeatability").message) from fault
    except OSError as fault:
        raise InputError("table_not_writable", path=path, fault=fault.strerror or str(fault)) from fault


def _show(report: accuracy.Report) -> None:
    screen = terminal.console()
    screen.print(Styled(accuracy.about(report)))
    for table in accuracy.tables(report):
        shown = Table(box=None, pad_edge=False, title=escape(table.title), title_justify="left", title_style="bold")
        for position, word in enumerate(table.head):
            shown.add_column(
                escape(word), justify="right" if position else "left", overflow="fold", no_wrap=not position
            )
        for row in table.rows:
            shown.add_row(*map(escape, row))
        screen.print()
        screen.print(shown)
