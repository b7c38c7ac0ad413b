"""A CSV manifest in; its rows, checked, out: which videos there are, and what is known of each."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from alignment.activities import ACTIVITIES
from alignment.texts import InputError, say

SUFFIX: Final = ".csv"
#: Columns that say how one video is to be read; the same names as in result.json.
_NUMBERS: Final = {"start_s": (0.0, math.inf), "end_s": (0.0, math.inf), "camera_roll_deg": (-180.0, 180.0)}
_OURS: Final = frozenset({"path", "subject", "session", "activity", "person", "mirrored", *_NUMBERS})
_YES: Final = frozenset({"1", "yes", "true"})
_NO: Final = frozenset({"", "0", "no", "false"})


@dataclass(frozen=True)
class Wishes:
    """What a manifest says about reading one video; None where the command decides."""

    start_s: float | None = None
    end_s: float | None = None
    camera_roll_deg: float | None = None
    person: int | None = None
    mirrored: bool | None = None


@dataclass(frozen=True)
class Row:
    """One line of a manifest; an empty one for a video that none names. `extras` are its other columns, as they stand."""

    path: str = ""
    subject: str = ""
    session: str = ""
    activity: str = ""
    wishes: Wishes | None = None
    extras: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def read(path: Path) -> list[Row]:
    """The manifest's rows in their order. InputError naming the first fault and its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("missing_file", path=path) from None
    except UnicodeDecodeError:
        raise _fault(path, say("fault_not_text").message) from None
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    first_line = text.partition("\n")[0]
    delimiter = ";" if ";" in first_line and "," not in first_line else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", delimiter=delimiter, strict=True)
    try:
        rows = list(_rows(reader))
    except (ValueError, csv.Error) as fault:
        raise _fault(path, fault) from None
    if not rows:
        raise _fault(path, say("fault_limits_empty").message)
    return rows


def _fault(path: Path, fault: object) -> InputError:
    return InputError("batch_bad_manifest", path=path, fault=fault)


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
    numbers = {name: _number(name, cells.get(name, "")) for name in _NUMBERS}
    person = _number("person", cells.get("person", ""))
    wishes = Wishes(
        **numbers, person=None if person is None else int(person), mirrored=_flag(cells.get("mirrored", ""))
    )
    return Row(
        path=cells["path"],
        subject=cells.get("subject", ""),
        session=cells.get("session", ""),
        activity=activity,
        wishes=None if wishes == Wishes() else wishes,
        extras={name: cell for name, cell in cells.items() if name not in _OURS},
        line=line,
    )


def _number(name: str, cell: str) -> float | None:
    """A cell's number, None where it is empty. ValueError where it is none, or out of range."""
    if not cell:
        return None
    low, high = _NUMBERS.get(name, (1.0, math.inf))
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and low <= number <= high) or (name == "person" and number != int(number)):
        raise _wrong(name, cell, say("limits_count" if name == "person" else "limits_number").message)
    return number


def _flag(cell: str) -> bool | None:
    if cell.lower() in _YES:
        return True
    if cell.lower() in _NO:
        return False if cell else None
    raise _wrong("mirrored", cell, "yes / no")


def _wrong(column: str, word: str, known: str) -> ValueError:
    return ValueError(say("fault_limits_word", column=column, word=word, known=known).message)
