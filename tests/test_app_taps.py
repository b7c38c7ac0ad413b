"""Two points put on the hips in the app, at a phone's width: seen followed, used, taken back, refused."""

import json

import numpy as np
import pytest
from playwright.sync_api import expect

from alignment.texts import say
from tests.browser import PHONE, overflows_px, settled
from tests.conftest import ROOT

pytestmark = pytest.mark.model

FILM = ROOT / "samples" / "marked" / "dots_squat_c.mp4"


def words(code, **values):
    return say(code, **values).message


@pytest.fixture(autouse=True)
def _model(lite):
    """The page looks at the film with the fast model."""


@pytest.fixture(scope="module")
def dots():
    """Where the dots are in the film's first picture, left and right."""
    series = json.loads(FILM.with_suffix(".truth.json").read_text())["series"]
    return [series[side]["pelvis_mark_px"][0] for side in ("left", "right")]


@pytest.fixture
def asked(open_page):
    """The settings of the film on a phone, with the points asked for."""
    page = open_page(size=PHONE)
    page.locator("input[type=file]").set_input_files(FILM)
    page.get_by_role("button", name=words("analyze_start"), exact=True).wait_for()
    settled(page)
    page.get_by_text(words("control_pelvis_points")).click()
    page.locator(".frame .handle").nth(1).wait_for()
    settled(page)
    return page


def place(page, which):
    """Where a ring is, in pixels of the film."""
    ring, box = page.locator(".frame .handle").nth(which).bounding_box(), page.locator(".frame").bounding_box()
    factor = 720 / box["width"]
    return [(ring[at] + ring[size] / 2 - box[at]) * factor for at, size in (("x", "width"), ("y", "height"))]


def move(page, which, at):
    """Drag a ring to a place of the film, which is 720 px wide."""
    ring, frame = page.locator(".frame .handle").nth(which), page.locator(".frame")
    frame.scroll_into_view_if_needed()
    settled(page)
    box, start = frame.bounding_box(), ring.bounding_box()
    factor = box["width"] / 720
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + at[0] * factor, box["y"] + at[1] * factor, steps=5)
    page.mouse.up()
    settled(page)


def test_points_are_seen_followed_before_they_are_used(asked, dots):
    page = asked
    page.get_by_text(words("tap_none")).wait_for()
    # Left and right are where the hips are seen, near the dots, which are 135 px apart.
    assert [np.hypot(*np.subtract(place(page, which), at)) < 40 for which, at in enumerate(dots)] == [True, True]
    expect(page.get_by_role("button", name=words("tap_lie_right"))).to_be_visible()
    # A ring that lies right need not be moved.
    move(page, 0, np.add(dots[0], [0.0, 1.5]))
    page.get_by_text(words("tap_followed")).wait_for()
    expect(page.get_by_text(words("tap_later", later_s=1.5))).to_be_visible()
    assert overflows_px(page) == 0
    page.get_by_role("button", name=words("tap_accept")).click()
    drop = page.get_by_role("button", name=words("tap_drop", time_s=0.0))
    drop.wait_for()
    settled(page)
    drop.click()
    expect(drop).to_have_count(0)


def test_plain_cloth_is_refused_with_its_reason(asked, dots):
    page = asked
    move(page, 0, dots[0])
    move(page, 1, [dots[1][0] + 20, dots[1][1] + 80])
    told = page.get_by_role("alert")
    told.wait_for()
    assert "right point" in told.inner_text()
    expect(page.get_by_role("button", name=words("tap_accept"))).to_have_count(0)
