"""The sheet of tags measured as it is printed: where the tags are, what is written beside them, and the command."""

from functools import cache
from itertools import groupby

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from alignment.cli import main
from alignment.marks import tags as tag_reader
from alignment.views.tag_sheet import APART_MM, EDGE_MM, LEAST_EDGE_PX, NUMBERS, farthest_m, tag_sheet

PX_PER_MM = 10.0
#: The strip, as long as the page is wide.
TOP_MM, BOTTOM_MM = 62.0, 142.0


@cache
def page() -> np.ndarray:
    """The page as a picture in grey, ten pixels a millimetre."""
    document = pdfium.PdfDocument(tag_sheet())
    assert len(document) == 1
    return np.array(document[0].render(scale=PX_PER_MM * 25.4 / 72, grayscale=True).to_pil())


def corners_mm(picture: np.ndarray) -> dict[int, np.ndarray]:
    """The corners of each tag found, from its own upper left one clockwise, in millimetres."""
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    found, numbers, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(picture)
    return {int(number): one[0] / PX_PER_MM for number, one in zip(numbers.ravel(), found, strict=True)}


def test_both_tags_have_their_size_and_distance_in_millimetres():
    tags = corners_mm(page())
    assert set(tags) == set(NUMBERS.values()) == {5, 6}
    assert (NUMBERS["left"], NUMBERS["right"]) == tag_reader.IDS
    for corners in tags.values():
        edges = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
        assert edges == pytest.approx(EDGE_MM, abs=0.3)
    left, right = (tags[NUMBERS[side]].mean(axis=0) for side in ("left", "right"))
    # Worn in front, the person's right is on the left of who looks at them.
    assert left - right == pytest.approx([APART_MM, 0.0], abs=0.3)


def test_turned_upside_down_the_left_tag_is_on_the_left_as_it_is_behind():
    tags = corners_mm(np.ascontiguousarray(np.rot90(page(), 2)))
    assert tags[NUMBERS["right"]].mean(axis=0)[0] - tags[NUMBERS["left"]].mean(axis=0)[0] == pytest.approx(200, abs=0.3)


def test_the_page_fits_on_a4_and_letter_and_the_tags_have_white_around_them():
    high_mm, wide_mm = (size / PX_PER_MM for size in page().shape)
    assert (wide_mm, high_mm) == (pytest.approx(279.4, abs=0.1), pytest.approx(210.0, abs=0.1))
    for corners in corners_mm(page()).values():
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        assert left > 9.5
        assert right < wide_mm - 9.5
        assert top - TOP_MM == pytest.approx(10.0, abs=0.3)
        assert BOTTOM_MM - bottom == pytest.approx(10.0, abs=0.3)
        around = page()[
            round(10 * (top - 9)) : round(10 * (bottom + 9)), round(10 * (left - 9)) : round(10 * (right + 9))
        ]
        inside = around[85:-85, 85:-85]
        assert (around < 128).sum() == (inside < 128).sum() > 0


def test_the_ruler_is_ten_centimetres_long():
    rows = (page() < 128)[300:500]
    runs = [sum(1 for _ in run) for row in rows[rows.any(axis=1)] for dark, run in groupby(row) if dark]
    assert max(runs) / PX_PER_MM == pytest.approx(100.0, abs=0.4)


def test_each_edge_of_the_strip_says_whose_side_is_where():
    text = pdfium.PdfDocument(tag_sheet())[0].get_textpage()
    place = {}
    for words in ("IN FRONT:", "BEHIND:", "your LEFT", "your RIGHT"):
        search, found = text.search(words, match_case=True), []
        while match := search.get_next():
            left, bottom, right, top = text.get_rect(text.count_rects(match[0], match[1]) - 1)
            found.append(((left + right) / 2 / 72 * 25.4, 210 - (bottom + top) / 2 / 72 * 25.4))
        place[words] = [one for one in found if TOP_MM < one[1] < BOTTOM_MM]
    middle_x, middle_y = 279.4 / 2, (TOP_MM + BOTTOM_MM) / 2
    assert [y < middle_y for _, y in place["IN FRONT:"]] == [True]
    assert [y > middle_y for _, y in place["BEHIND:"]] == [True]
    assert [x > middle_x for x, _ in place["your LEFT"]] == [True, True]
    assert [x < middle_x for x, _ in place["your RIGHT"]] == [True, True]
    assert f"at most {farthest_m():g} m" in text.get_text_range()


def test_as_far_away_as_it_says_a_tag_is_large_enough_in_the_picture_and_half_a_metre_farther_not():
    focal_px = 640 / np.tan(np.radians(32.5))
    assert focal_px * EDGE_MM / 1000 / farthest_m() >= LEAST_EDGE_PX
    assert focal_px * EDGE_MM / 1000 / (farthest_m() + 0.5) < LEAST_EDGE_PX


def test_the_same_sheet_has_the_same_bytes():
    assert tag_sheet() == tag_sheet()


def test_the_command_writes_the_sheet_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["tags"]) == 0
    assert (tmp_path / "tags.pdf").read_bytes() == tag_sheet()
    assert "tags.pdf" in capsys.readouterr().out
    assert main(["tags", "--out", str(tmp_path / "nowhere" / "tags.pdf")]) == 2
    assert "Choose another place with --out." in " ".join(capsys.readouterr().err.split())


def test_the_command_writes_to_the_standard_output_and_nothing_else_there(capfdbinary):
    assert main(["tags", "--out", "-"]) == 0
    assert capfdbinary.readouterr().out == tag_sheet()
