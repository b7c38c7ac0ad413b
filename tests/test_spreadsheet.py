"""Text for spreadsheets, and workbooks, each read back by openpyxl."""

import io
from dataclasses import dataclass

import openpyxl
import pytest

from alignment.outputs.spreadsheet import plain_cell, workbook


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-1+cmd|' /C calc'!A0", "--1"]
)
def test_what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-1.5", "+3", "-2e-5", "-0,4", "Müller", "a=b", "'=1", "007", "−5"])
def test_numbers_and_other_text_stay_as_they_are(text):
    assert plain_cell(text) == text


@dataclass
class Column:
    name: str
    kind: str = "text"
    unit: str = ""
    meaning: str = "what it means"


def test_a_table_too_long_for_a_spreadsheet_says_where_it_stands_and_the_same_content_is_the_same_file():
    rows = [{"n": str(n)} for n in range(5)]
    sheets = {
        "a": ([Column("n", "whole", "s")], rows),
        "b": ([Column("n", "whole")], rows[:4]),
        "c": ([Column("x")], []),
    }
    made = workbook(sheets, title="t", most_rows=4)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert {sheet.title: [row[0].value for row in sheet] for sheet in book} == {
        "a": ["n", "5 rows are too many for a spreadsheet; they stand in a.csv, and of cycles in cycles.parquet"],
        "b": ["n", 0, 1, 2, 3],
        "c": ["x"],
    }
    assert book["a"]["A1"].comment.text == "what it means [s]"
    assert workbook(sheets, title="t", most_rows=4) == made


def test_letters_that_xml_cannot_hold_do_not_make_a_file_that_nothing_opens():
    made = workbook({"a": ([Column("x")], [{"x": "a\x00b\ud800\nc"}])}, title="t")
    assert openpyxl.load_workbook(io.BytesIO(made))["a"]["A2"].value == "a\ufffdb\ufffd\nc"
