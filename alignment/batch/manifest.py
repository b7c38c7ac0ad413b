"""A CSV manifest in; its rows, checked, out: which videos there are, and what is known of each."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from alignment.core.activities import ACTIVITIES
from alignment.errors import InputError
from alignment.files import read_text
from alignment.request import OPTIONS, Option
from alignment.texts import say

SUFFIX: Final = ".csv"
#: Columns beside the options that a manifest may say for each video.
_OURS: Final = frozenset({"path", "subject", "session", "activity"})


@dataclass(frozen=True)
class Row:
    """One line of a manifest; an empty one for a video that none names. `extras` are its other columns, as they stand."""

    path: str = ""
    subject: str = ""
    session: str = ""
    activity: str = ""
    #: What it chooses for this video, by the names of options; None where the command decides.
    choices: Mapping[str, Any] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def occasion(self) -> str:
        """What tells the films apart that are judged as one; empty where this one is judged by itself."""
        return self.extras.get("occasion", "")


def read(path: Path) -> list[Row]:
    """The manifest's rows in their order. InputError naming the first fault and its line."""
    text = read_text(path, "batch_bad_manifest")
    first_line = text.partition("\n")[0]
    delimiter = ";" if ";" in first_line and "," not in first_line else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", delimiter=delimiter, strict=True)
    try:
        rows = list(_rows(reader))
    except (ValueError, csv.Error) as fault:
        raise InputError("batch_bad_manifest", path=path, fault=fault) from None
    if not rows:
        raise InputError("batch_bad_manifest", path=path, fault=say("fault_limits_empty").message)
    return rows


def _rows(reader: "csv.DictReader[str]") -> Iterator[Row]:
    """ValueError in words for the first fault."""
    names = [name.strip() for name in reader.fieldnames or ()]
    if "path" not in names:
        raise ValueError(say("fault_limits_column", column="path").message)
    if len(set(names)) < len(names) or "" in names:
        raise ValueError(say("fault_batch_columns").message)
    reader.fieldnames = names
    for cells in reader:
        try:
            row = _row(cells, reader.line_num)
        except ValueError as fault:
            raise ValueError(say("fault_limits_line", line=reader.line_num, fault=fault).message) from None
        yield row


def _row(found: Mapping[str, str], line: int) -> Row:
    if None in found:
        raise ValueError(say("fault_limits_cells").message)
    cells = {name: cell.strip() for name, cell in found.items()}
    if not cells["path"]:
        raise ValueError(say("fault_batch_no_path").message)
    activity = cells.get("activity", "")
    if activity and activity not in ACTIVITIES:
        raise _wrong("activity", activity, ", ".join(ACTIVITIES))
    options = {name: option for name, option in OPTIONS.items() if option.manifest}
    return Row(
        path=cells["path"],
        subject=cells.get("subject", ""),
        session=cells.get("session", ""),
        activity=activity,
        choices={name: _choice(option, cells[name]) for name, option in options.items() if cells.get(name)},
        extras={name: cell for name, cell in cells.items() if name not in _OURS and name not in options},
        line=line,
    )


def _choice(option: Option, cell: str) -> Any:  # noqa: ANN401 - of the option's kind
    """What a cell chooses. ValueError in words where it says none of the option's values."""
    try:
        return option.read(cell)
    except InputError as fault:
        wanted = fault.values.get("wanted") or fault.values["known"]
        raise _wrong(option.name, cell, str(wanted)) from None


def _wrong(column: str, word: str, known: str) -> ValueError:
    return ValueError(say("fault_limits_word", column=column, word=word, known=known).message)
