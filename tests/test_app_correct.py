"""Correcting a landmark in a real browser: dragged by mouse and touch, moved by keys, kept, taken back, in conflict."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import cv2
import numpy as np
import pytest
from playwright.sync_api import expect

from alignment import records
from alignment.core.skeleton import INDEX, SIDES
from alignment.outputs import track_parquet
from alignment.records import Correction, KeyFrame, NewAnalysis, SessionFacts
from alignment.texts import say
from alignment.views import audit
from tests.analyses import result_of, without
from tests.browser import PATIENCE_MS, PHONE, ROOT, free_port, overflows_px, settled
from tests.synthetic import film, squat

#: Deepest at 2 and 5 s; the model has the right knee 30 px beside its place in the first repetition.
TRUE = film(squat(reps=2, inwards_deg=(10.0, -5.0)))
KNEE, OFF_PX = INDEX["right_knee"], 30.0

SCRIPT = """
import streamlit as st
from alignment import records
from alignment.pages import style
from alignment.pages.clinic import correct

style.prepare()
kept = records.open({url!r})
try:
    correct.show(kept, kept.analysis(st.query_params["key"]), st.query_params.get("who", ""))
finally:
    kept.close()
"""


def words(code, **values):
    return say(code, **values).message


@dataclass
class Served:
    """The page part alone, served with records of its own."""

    url: str
    records: str

    @property
    def door(self) -> str:
        """The address that lets a browser in: no guard stands before this page."""
        return self.url


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """A page with nothing but the correction."""
    folder = tmp_path_factory.mktemp("correct")
    place = f"sqlite:///{folder / 'records.sqlite'}"
    script = folder / "page.py"
    script.write_text(SCRIPT.format(url=place), encoding="utf-8")
    port = free_port()
    options = {"headless": "true", "port": str(port), "address": "127.0.0.1", "fileWatcherType": "none"}
    flags = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags, "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _until_healthy(url)
        yield Served(url, place)
    finally:
        process.terminate()
        process.wait(60)


def _until_healthy(url):
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the page did not start")


@pytest.fixture(scope="module")
def kept(app):
    with records.open(app.records) as opened:
        yield opened


def misplaced():
    pixels = TRUE.pixels.copy()
    pixels[np.abs(TRUE.time_s - 2.0) < 0.5, KNEE, 0] += OFF_PX
    return replace(TRUE, pixels=pixels)


def picture(time_s, rows=960):
    """The figure as it truly stands, as JPEG."""
    scale = rows / TRUE.source.height
    image = np.full((rows, round(TRUE.source.width * scale), 3), 90, np.uint8)
    points = TRUE.pixels[int(np.abs(TRUE.time_s - time_s).argmin())] * scale
    for side in SIDES:
        chain = [
            tuple(int(v) for v in points[INDEX[f"{side}_{part}"]])
            for part in ("shoulder", "hip", "knee", "ankle", "toe")
        ]
        for start, end in pairwise(chain):
            cv2.line(image, start, end, (140, 120, 60), 22)
    return cv2.imencode(".jpg", image)[1].tobytes()


def frames(drawn=False):
    return tuple(KeyFrame(at, time_s, picture(time_s), drawn) for at, time_s in enumerate((2.0, 5.0)))


@pytest.fixture
def add(kept):
    """Keeps an analysis of the misplaced knee for a new subject; says its key."""

    def added(track=None, key_frames=None):
        track = misplaced() if track is None else track
        subject = kept.add_subject(f"P-{len(kept.subjects()) + 1}")
        session = kept.add_session(subject.key, SessionFacts(date(2026, 9, 1)))
        pictures = frames() if key_frames is None else key_frames
        return kept.add_analysis(session.key, NewAnalysis(result_of(track), track_parquet(track), pictures)).key

    return added


def subject_of(kept, key):
    return kept.session(kept.analysis(key).session_key).subject_key


def opened(open_page, key, who="Anna Müller", **options):
    page = open_page(f"?key={key}&who={who}", **options)
    page.locator(".handle").first.wait_for()
    settled(page)
    return page


def handle(page, name):
    return page.locator(f'.handle[data-name="{name}"]')


def centre(page, name):
    box = handle(page, name).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def css_px(page):
    """Pixels of the page in one pixel of the film."""
    left, right = centre(page, "left_ankle"), centre(page, "right_ankle")
    film_px = TRUE.pixels[60, INDEX["left_ankle"]] - TRUE.pixels[60, INDEX["right_ankle"]]
    return float(np.hypot(left[0] - right[0], left[1] - right[1]) / np.hypot(*film_px))


def drag(page, name, dx_px, dy_px):
    """Drag a handle by so many pixels of the film with the mouse."""
    (x, y), scale = centre(page, name), css_px(page)
    page.mouse.move(x + 3, y - 2)
    page.mouse.down()
    page.mouse.move(x + 3 + dx_px * scale / 2, y - 2 + dy_px * scale / 2, steps=3)
    expect(page.locator(".loupe")).to_be_visible()
    page.mouse.move(x + 3 + dx_px * scale, y - 2 + dy_px * scale, steps=3)
    page.mouse.up()
    expect(page.locator(".loupe")).to_be_hidden()


def choose(page, number):
    """Choose a repetition, and wait for its picture."""
    page.get_by_role("combobox", name=re.compile(words("correct_repetition"))).click()
    page.get_by_role("option", name=re.compile(f"Repetition {number}")).click()
    page.locator(f'.frame[data-token$="_{2.0 if number == 1 else 5.0:.4f}"]').wait_for()
    settled(page)


def moved_title(number, time_s):
    name = words("correct_frame", name=f"Repetition {number}", time_s=time_s)
    return words("correct_frame_moved", name=name)


def button(page, code):
    return page.get_by_role("button", name=words(code), exact=True)


def test_a_joint_is_dragged_to_its_place_kept_with_a_note_and_taken_back(open_page, kept, add):
    key = add()
    page = opened(open_page, key)
    page.get_by_text(words("correct_nothing_moved")).wait_for()
    # Every joint of both legs and both shoulders has a handle with a name.
    expect(page.locator(".handle")).to_have_count(12)
    expect(handle(page, "right_knee")).to_have_attribute("aria-label", f"Right knee: {words('drag_as_model')}")
    choose(page, 1)
    # Put there and undone, nothing is moved.
    drag(page, "right_knee", -OFF_PX, 0)
    page.get_by_text(re.compile(r"^Right knee in repetition 1 moved by 30 px, \d+\.\d % of leg length$")).wait_for()
    page.locator(".al-corrected").wait_for()
    button(page, "drag_undo").click()
    page.get_by_text(words("correct_nothing_moved")).wait_for()
    # Kept at once after the handle is let go.
    drag(page, "right_knee", -OFF_PX, 0)
    page.get_by_label(words("correct_note"), exact=True).fill("Covered by the hand rail")
    button(page, "correct_save").click()
    page.get_by_text(words("correct_saved")).wait_for()
    settled(page)
    analysis = kept.analysis(key)
    [one] = analysis.corrections
    assert (one.landmark, one.time_s) == ("right_knee", 2.0)
    assert (one.x_px, one.y_px) == pytest.approx(tuple(TRUE.pixels[60, KNEE]), abs=1.5)
    assert [reason.code for reason in analysis.result.quality.reasons].count("by_hand") == 1
    assert analysis.result == records.recompute(analysis, kept.track(key))
    wanted, found = (_knee(result) for result in (result_of(TRUE), analysis.result))
    assert abs(_knee(result_of(misplaced())) - wanted) > 5.0
    assert found == pytest.approx(wanted, abs=0.6)
    note = kept.audit(subject_of(kept, key))[0]
    assert note.operator == "Anna Müller"
    for part in ("right knee at 2.00 s to ", "moved by 30 px", "% of leg length", "Covered by the hand rail"):
        assert part in audit.about(note.details)
    # The page goes on from there, and all can be taken back.
    expect(handle(page, "right_knee")).to_have_attribute("data-moved", "true")
    page.get_by_text(words("correct_has")).wait_for()
    button(page, "correct_take_back").click()
    button(page, "correct_take_back_yes").click()
    page.get_by_text(words("correct_taken_back")).wait_for()
    settled(page)
    assert kept.analysis(key).corrections == ()
    assert kept.analysis(key).result == result_of(misplaced())
    assert kept.audit(subject_of(kept, key))[0].operator == "Anna Müller"


def _knee(result):
    values = result.cycles[0].values
    return next(one.value for one in values if (one.measure, one.side, one.at) == ("knee_over_toe", "right", "key"))


def test_keys_move_the_focused_joint_and_saving_at_once_loses_nothing(open_page, kept, add):
    key = add()
    page = opened(open_page, key, who="")
    choose(page, 2)
    handle(page, "left_ankle").focus()
    for press in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowUp"):
        page.keyboard.press(press)
    expect(handle(page, "left_ankle")).to_have_attribute("aria-label", re.compile("^Left ankle: moved by 10 px"))
    page.get_by_text(re.compile("^Left ankle in repetition 2 moved by 10 px")).wait_for()
    settled(page)
    page.get_by_text(words("correct_unsigned")).wait_for()
    before = kept.track(key).pixels[150, INDEX["left_ankle"]]
    handle(page, "left_ankle").focus()
    page.keyboard.press("Shift+ArrowRight")
    # Within the half second in which more steps are waited for.
    button(page, "correct_save").click()
    page.get_by_text(words("correct_saved")).wait_for()
    settled(page)
    # The page stays with this repetition.
    expect(page.get_by_role("combobox")).to_have_value(moved_title(2, 5.0))
    [one] = kept.analysis(key).corrections
    assert (one.x_px - before[0], one.y_px - before[1]) == pytest.approx((12.0, -10.0), abs=0.7)
    assert kept.audit(subject_of(kept, key))[0].operator == ""


def test_a_finger_drags_a_joint_on_a_phone_and_the_page_fits(app, browser, kept, add):
    key = add()
    context = browser.new_context(viewport=PHONE, color_scheme="dark", has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        page.goto(f"{app.url}/?key={key}&who=Anna")
        handle(page, "left_knee").wait_for()
        settled(page)
        handle(page, "left_knee").scroll_into_view_if_needed()
        assert overflows_px(page) == 0
        assert handle(page, "left_knee").bounding_box()["width"] >= 44
        (x, y), finger = centre(page, "left_knee"), context.new_cdp_session(page)
        before = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")

        def touch(kind, *points):
            places = [{"x": px, "y": py} for px, py in points]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

        touch("touchStart", (x + 6, y + 5))
        for part in (0.3, 0.6, 1.0):
            touch("touchMove", (x + 6 + 20 * part, y + 5 + 10 * part))
        expect(page.locator(".loupe")).to_be_visible()
        # What the finger covers is seen above it.
        loupe = page.locator(".loupe").bounding_box()
        assert loupe["y"] + loupe["height"] < y + 15
        assert loupe["x"] >= 0
        assert loupe["x"] + loupe["width"] <= PHONE["width"]
        touch("touchEnd")
        assert centre(page, "left_knee") == pytest.approx((x + 20, y + 10), abs=1.5)
        page.get_by_text(re.compile(r"^Left knee in repetition \d moved by \d+ px")).wait_for()
        assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") == before
        settled(page)
        assert overflows_px(page) == 0
    finally:
        context.close()


def test_who_was_faster_is_named_and_neither_ones_move_is_lost(open_page, kept, add):
    key = add()
    page = opened(open_page, key)
    choose(page, 1)
    drag(page, "right_knee", -OFF_PX, 0)
    page.get_by_text(re.compile("^Right knee in repetition 1 moved")).wait_for()
    expect(page.get_by_role("combobox")).to_have_value(moved_title(1, 2.0))
    settled(page)
    seen = kept.analysis(key)
    theirs = Correction(5.0, "left_hip", 400.0, 690.0)
    kept.correct(seen, (theirs,), records.recompute(seen, kept.track(key), (theirs,)), "Bo Lind", "Belt")
    button(page, "correct_save").click()
    page.get_by_text(re.compile("^Bo Lind changed this analysis meanwhile: left hip in repetition 2")).wait_for()
    settled(page)
    assert kept.analysis(key).corrections == (theirs,)
    page.get_by_text(re.compile("^Right knee in repetition 1 moved by 30 px")).wait_for()
    button(page, "correct_save").click()
    page.get_by_text(words("correct_saved")).wait_for()
    both = kept.analysis(key).corrections
    assert [(one.landmark, one.time_s) for one in both] == [("right_knee", 2.0), ("left_hip", 5.0)]


def test_moves_on_several_pictures_are_kept_together_and_a_joint_that_was_not_seen_can_be_placed(open_page, kept, add):
    hidden = without(TRUE, "toe", frames=np.abs(TRUE.time_s - 5.0) < 0.3)
    key = add(track=hidden, key_frames=frames(drawn=True))
    page = opened(open_page, key)
    page.get_by_text(words("correct_drawn")).wait_for()
    for number, name in ((2, "left_toe"), (1, "left_knee")):
        choose(page, number)
        if number == 2:
            expect(handle(page, name)).to_have_attribute("data-seen", "false")
            expect(handle(page, name)).to_have_attribute("aria-label", f"Left toe: {words('drag_unseen')}")
        handle(page, name).focus()
        page.keyboard.press("Shift+ArrowDown")
        page.get_by_text(re.compile(f"in repetition {number} ")).first.wait_for()
        settled(page)
    page.get_by_text(re.compile("^Left toe in repetition 2 placed by hand")).wait_for()
    button(page, "correct_save").click()
    page.get_by_text(words("correct_saved")).wait_for()
    assert [one.landmark for one in kept.analysis(key).corrections] == ["left_knee", "left_toe"]


def test_without_pictures_it_says_so_with_the_way_out(open_page, add):
    page = open_page(f"?key={add(key_frames=())}")
    page.get_by_text(words("correct_no_frames")).wait_for()
    page.get_by_text(say("correct_no_frames").remedy).wait_for()
    expect(page.locator(".handle")).to_have_count(0)
