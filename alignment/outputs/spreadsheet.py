"""Tables for spreadsheets: text that no program takes for a formula, and workbooks of typed cells with frozen heads."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, Protocol

from alignment.texts import say

if TYPE_CHECKING:
    import xlsxwriter

#: "any" is somebody's own column, whose cells are numbers where all of them are.
Kind = Literal["text", "whole", "number", "flag", "any"]
#: What begins a formula somewhere, the wide forms of Asian keyboards among them; a tab or an end of line hides one.
_BEGINS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
#: A number that loses nothing where it is read as one: not a code such as 007, nor one longer than a number's digits.
_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?")
#: Longer tables are no matter for a spreadsheet, which would take minutes to open them.
MOST_ROWS: Final = 25_000
#: What one cell of Excel holds.
_MOST_LETTERS: Final = 32_767
#: A head's letters are bold, and an arrow to filter by stands behind them.
_BOLD, _ARROW = 1.1, 3
#: How numbers of a unit are shown; the cells hold all of them.
_SHOWN: Final = {**dict.fromkeys(("deg", "pct"), "0.00"), **dict.fromkeys(("s", "share", "ratio"), "0.000")}
#: Widths of columns in letters, and how many rows they are measured by.
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 200
#: Would make a file that no program opens.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
#: The same content is the same file, whenever it is written.
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def plain_cell(text: str) -> str:
    """The text as a CSV's cell: with an apostrophe before what a spreadsheet would take for a formula. Numbers stay."""
    return f"'{text}" if text.startswith(_BEGINS) and not _NUMBER.fullmatch(text) else text


def shown_text(cell: str) -> str:
    """The text that a CSV's cell stands for, without the apostrophe that `plain_cell` gave it."""
    return cell[1:] if cell.startswith("'") and plain_cell(cell[1:]) == cell else cell


class SheetColumn(Protocol):
    """One column of a sheet: its unit ("" for none), and what it means in words."""

    @property
    def name(self) -> str:
        """Its head."""

    @property
    def kind(self) -> Kind:
        """What its cells are."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def meaning(self) -> str:
        """What it means, with the sign where there is one."""


class Rows(Protocol):
    """Rows that can be counted and gone through again and again; cells are text by column, those left out are empty."""

    def __len__(self) -> int:
        """How many."""

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        """One after the other."""


#: A sheet's columns and its rows.
Sheet = tuple[Sequence[SheetColumn], Rows]


def workbook(sheets: Mapping[str, Sheet], *, title: str, most_rows: int = MOST_ROWS) -> bytes:
    """An .xlsx with a sheet for each table, by its name: numbers as numbers, each head with its unit and meaning as a note.

    Of a table with more rows than that, the sheet tells where it stands. No text becomes a formula or a link.
    """
    import xlsxwriter

    content = io.BytesIO()
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(content, {"constant_memory": True, **never}) as book:
        book.set_properties({"title": title, "created": _MADE})
        for name, (columns, rows) in sheets.items():
            if len(rows) > most_rows:
                sheet = _write_sheet(book, name, columns, [])
                sheet.write_string(1, 0, say("sheet_too_long", rows=len(rows), table=name).message)
            else:
                _write_sheet(book, name, columns, rows)
    return content.getvalue()


def _kind(column: SheetColumn, rows: Iterable[Mapping[str, str]]) -> Kind:
    """What a column's cells are."""
    if column.kind != "any":
        return column.kind
    cells = {row.get(column.name, "") for row in rows} - {""}
    return "number" if cells and all(map(_PLAIN_NUMBER.fullmatch, cells)) else "text"


def _write_sheet(
    book: "xlsxwriter.Workbook", name: str, columns: Sequence[SheetColumn], rows: Rows
) -> "xlsxwriter.worksheet.Worksheet":
    kinds = [_kind(one, rows) for one in columns]
    first = list(islice(rows, _LOOKED_AT))
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(columns):
        longest = max((len(row.get(column.name, "")) for row in first), default=0)
        head_width = round(_BOLD * len(column.name)) + _ARROW
        width = min(max(head_width, longest + 1, _NARROWEST), _WIDEST)
        shown = book.add_format({"num_format": _SHOWN[column.unit]}) if column.unit in _SHOWN else None
        sheet.set_column(at, at, width, shown)
        sheet.write_string(0, at, column.name[:_MOST_LETTERS], head)
        note = f"{column.meaning} [{column.unit}]" if column.unit else column.meaning
        sheet.write_comment(0, at, note, {"author": "", "x_scale": 2.0})
    for last, row in enumerate(rows, start=1):
        for at, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
            _write_cell(sheet, last, at, row.get(column.name, ""), kind)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return sheet


def _write_cell(sheet: "xlsxwriter.worksheet.Worksheet", row: int, at: int, cell: str, kind: Kind) -> None:
    if not cell:
        return
    if kind == "text":
        sheet.write_string(row, at, _NOT_IN_XML.sub("\ufffd", cell)[:_MOST_LETTERS])
    elif kind == "flag":
        sheet.write_boolean(row, at, cell == "true")
    else:
        sheet.write_number(row, at, float(cell))
