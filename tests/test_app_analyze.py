"""The Analyze page in a real browser: from a dropped film to its result, and every way in which that may go otherwise."""

import io
import json
import re
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import TimeoutError, expect

from alignment import outputs
from alignment.texts import say
from alignment.views.wording import measure_name
from tests import films
from tests.browser import PHONE, overflows_px, settled
from tests.results import usual_files

pytestmark = pytest.mark.model

#: The first repetition of the sample lies within; its key moment is at 2.27 s.
SHORT_S = 3.7
KEY_S = 2.27
FEW = "Only one squat: here is what it shows; three make it firm."
TITLE = say("analyze_result_title", activity="Squat").message


def words(code, **values):
    return say(code, **values).message


@pytest.fixture(scope="session")
def short(tmp_path_factory, samples) -> Path:
    """The beginning of a sample, as a film of its own."""
    return films.small_beginning(samples / "squat_front.mp4", tmp_path_factory.mktemp("film") / "my squat.mp4", SHORT_S)


@pytest.fixture(autouse=True)
def _model(lite):
    """Every test here needs the fast model."""


def button(page, code):
    return page.get_by_role("button", name=words(code), exact=True)


def drop(page, film):
    page.locator("input[type=file]").set_input_files(film)


def choose_squat(page):
    """On the settings, say that the film shows a squat where that was not recognized."""
    button(page, "analyze_start").wait_for()
    settled(page)
    if button(page, "analyze_start").is_disabled():
        page.get_by_text(words("analyze_not_recognised")).wait_for()
        page.get_by_role("combobox", name=re.compile(words("analyze_activity"))).click()
        page.get_by_role("option", name="Squat", exact=True).click()
        settled(page)


def start(page):
    """On the settings, ask for the fast model and start."""
    choose_squat(page)
    page.get_by_text(words("analyze_more")).click()
    page.get_by_text(words("analyze_model_lite")).click()
    settled(page)
    button(page, "analyze_start").click()


def analyzed(page, film):
    """From the first page to the result of a film."""
    drop(page, film)
    start(page)
    page.get_by_role("heading", name=TITLE).wait_for()
    settled(page)


def film_s(page):
    """Where the film on the page stands, when it has stopped moving."""
    page.wait_for_function(
        "() => { const v = document.querySelector('video'); return v && v.readyState > 0 && !v.seeking }"
    )
    return page.evaluate("() => document.querySelector('video').currentTime")


def until(page, met, timeout_s=60.0):
    """Wait until the film stands where it should."""
    end_s = time.monotonic() + timeout_s
    while not met(film_s(page)) and time.monotonic() < end_s:
        page.wait_for_timeout(100)
    assert met(film_s(page)), film_s(page)


@pytest.fixture(scope="module")
def address(app, tabs, short):
    """Where the result of the short film is, once it has been analyzed."""
    tabs.let_in(app)
    with tabs.one() as page:
        page.goto(app.url)
        analyzed(page, short)
        return page.url.removeprefix(app.url).removeprefix("/")


@pytest.fixture
def result(open_page, address):
    """A page with the result of the short film."""
    page = open_page(address)
    page.get_by_role("heading", name=TITLE).wait_for()
    settled(page)
    return page


def test_a_dropped_film_leads_to_its_result(page, short):
    analyzed(page, short)
    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    page.get_by_text("my squat.mp4").first.wait_for()
    for code in ("analyze_table", "analyze_filming", "analyze_files"):
        page.get_by_role("heading", name=words(code)).wait_for()
    # One repetition is fewer than is firm, and said all the same.
    page.get_by_text(FEW).wait_for()
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    expect(page.locator("video")).to_have_count(1)
    # The one repetition's picture, and the words that go with it.
    page.get_by_text(words("analyze_only")).wait_for()
    page.get_by_text(words("app_remedy_roll_unknown")).wait_for()


def test_a_click_moves_the_film(result):
    page = result
    chart = page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.5 * box["height"])
    until(page, lambda at: 2.8 < at < SHORT_S)
    button(page, "analyze_show").click()
    until(page, lambda at: abs(at - KEY_S) < 0.2)
    key_s = film_s(page)
    button(page, "player_on").click()
    until(page, lambda at: 0.02 < at - key_s < 0.05)
    table = page.locator("[data-testid=stDataFrame]")
    table.scroll_into_view_if_needed()
    place = table.bounding_box()
    page.mouse.click(place["x"] + 20, place["y"] + 1.5 * 35)
    until(page, lambda at: abs(at - key_s) < 0.01)


def test_clinical_terms_keep_the_measure_chosen(result):
    page = result
    menu = page.get_by_role("combobox", name=words("analyze_measure"))
    plain, clinical = (measure_name("fppa", clinical=one) for one in (False, True))
    menu.click()
    page.get_by_role("option", name=plain, exact=False).first.click()
    page.get_by_text(words("plain_fppa"), exact=True).wait_for()
    switch = page.get_by_text(words("clinical"), exact=True)
    switch.click()
    page.get_by_text(words("meaning_fppa"), exact=True).wait_for()
    settled(page)
    expect(menu).to_have_value(clinical)
    switch.click()
    page.get_by_text(words("plain_fppa"), exact=True).wait_for()
    settled(page)
    expect(menu).to_have_value(plain[0].upper() + plain[1:])


def test_every_file_can_be_taken_away(result):
    page = result
    with page.expect_download() as one:
        page.get_by_role("button", name="result.json").click()
    content = json.loads(Path(one.value.path()).read_text())
    assert content["schema"] == "alignment-result/2"
    assert content["source"]["name"] == "my squat.mp4"
    with page.expect_download() as whole:
        button(page, "analyze_zip").click()
    assert whole.value.suggested_filename == "my squat.zip"
    with zipfile.ZipFile(io.BytesIO(Path(whole.value.path()).read_bytes())) as archive:
        names = {Path(name).name for name in archive.namelist()}
    assert names == usual_files()


def results_written(app):
    """Which results the app has written, and when."""
    return {path: path.stat().st_mtime_ns for path in app.temporary.rglob(outputs.RESULT)}


def test_the_second_analysis_of_a_film_is_the_first_one(result, open_page, app):
    page = result
    button(page, "analyze_again").click()
    button(page, "analyze_start").wait_for()
    settled(page)
    # What was chosen before stands there again.
    lite = page.get_by_role("radio", name=words("analyze_model_lite"))
    try:
        lite.wait_for(timeout=5_000)
    except TimeoutError:
        # On a busy machine the browser sometimes closes the fold again that the page opens.
        page.get_by_text(words("analyze_more")).click()
    expect(lite).to_be_checked()
    before = results_written(app)
    assert before
    button(page, "analyze_start").click()
    page.get_by_role("heading", name=TITLE).wait_for()
    assert results_written(app) == before
    other = open_page(page.url.removeprefix(app.url).removeprefix("/"))
    other.get_by_role("heading", name=TITLE).wait_for()


def test_a_run_outlives_a_reload_and_can_be_cancelled(page):
    page.get_by_role("button", name=words("analyze_pick")).first.click()
    start(page)
    page.get_by_role("heading", name=words("analyze_running_title")).wait_for()
    page.get_by_text(words("stage_landmarks")).wait_for()
    page.get_by_text(re.compile(r"about \d+ (s|min) left")).wait_for()
    address = page.url
    page.reload()
    page.get_by_role("heading", name=words("analyze_running_title")).wait_for()
    assert page.url == address
    page.get_by_text(re.compile(r"left$")).wait_for()
    button(page, "analyze_cancel").click()
    page.get_by_text(words("analyze_cancelled")).wait_for()
    button(page, "analyze_start").wait_for()


def test_what_is_no_film_is_refused_with_a_way_out(page, tmp_path):
    film = tmp_path / "notes.mp4"
    film.write_text("no film at all\n" * 50)
    drop(page, film)
    page.get_by_role("alert").wait_for()
    told = page.get_by_role("alert").inner_text()
    assert "We can't open notes.mp4." in told
    assert say("not_a_video", path="notes.mp4").remedy in told
    assert "/tmp" not in told
    expect(page.locator("input[type=file]")).to_have_count(1)


def test_a_film_that_breaks_off_is_analyzed_as_far_as_it_goes(page, tmp_path, samples):
    # Matroska has its index at the end, so that a part of it can still be read.
    whole = films.remuxed(
        films.small_beginning(samples / "squat_front.mp4", tmp_path / "whole.mp4", 3.0), tmp_path / "whole.mkv"
    )
    film = tmp_path / "cut.mkv"
    film.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    drop(page, film)
    start(page)
    page.get_by_role("heading", name=TITLE).wait_for()
    page.get_by_text(words("quality_damaged")).wait_for()


def test_a_person_that_is_not_there_leads_back_to_the_settings(page, short):
    drop(page, films.beginning(short, short.with_name("one second.mp4"), 1.0))
    choose_squat(page)
    page.get_by_text(words("analyze_more")).click()
    page.get_by_text(words("analyze_model_lite")).click()
    settled(page)
    number = page.get_by_role("spinbutton", name=words("control_person"))
    number.fill("3")
    number.press("Enter")
    settled(page)
    button(page, "analyze_start").click()
    page.get_by_role("alert").wait_for()
    assert words("app_remedy_no_person_number") in page.get_by_role("alert").inner_text()
    # What was chosen stands there, to be changed.
    assert page.get_by_role("spinbutton", name=words("control_person")).input_value() == "3"


def test_a_film_of_nobody_cannot_be_told(page, tmp_path):
    images = [np.full((240, 320, 3), 90 + k % 40, np.uint8) for k in range(45)]
    drop(page, films.write(tmp_path / "empty room.mp4", images))
    start(page)
    page.get_by_role("heading", name=words("analyze_cannot")).wait_for()
    told = page.locator(".al-refused").inner_text()
    assert "because nobody was found in it" in told
    assert say("quality_nobody").remedy in told
    page.locator("[data-testid=stMain]").get_by_text(words("quality_nobody")).first.wait_for()
    page.get_by_text(words("analyze_no_curve")).wait_for()
    button(page, "analyze_zip").wait_for()


def test_the_part_is_trimmed_with_a_preview_by_keyboard(page):
    page.get_by_role("button", name=words("analyze_pick")).first.press("Enter")
    page.get_by_text(words("analyze_last", time_s=13.0)).wait_for()
    thumb = page.get_by_role("slider").nth(1)
    for _ in range(3):
        thumb.press("ArrowLeft")
    page.get_by_text(words("analyze_last", time_s=12.7)).wait_for()


def test_a_drawn_line_tells_the_tilt(page):
    page.get_by_role("button", name=words("analyze_pick")).first.click()
    page.get_by_text(words("analyze_roll_line")).click()
    frame = page.locator(".frame")
    frame.wait_for()
    page.get_by_text(words("analyze_roll_none")).wait_for()
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    # Upright but for 1 in 20 to the right at its top: the picture is turned clockwise by 2.9 degrees.
    page.mouse.move(box["x"] + 60, box["y"] + 240)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 40, steps=4)
    page.mouse.up()
    page.get_by_text(re.compile(r"tilted by \+2\.\d°")).wait_for()
    # The same by keyboard: ten pixels further to the right.
    end = page.get_by_role("button", name=words("line_second_end"))
    end.press("Shift+ArrowRight")
    page.get_by_text(re.compile(r"tilted by \+5\.\d°")).wait_for()


def test_an_address_that_leads_nowhere_says_so(open_page):
    page = open_page("?film=0123456789abcdef&run=fedcba9876543210")
    page.get_by_text(words("analyze_gone")).wait_for()
    page.locator("input[type=file]").wait_for(state="attached")


def test_an_earlier_result_is_one_click_away(result):
    page = result
    button(page, "analyze_other").click()
    page.get_by_role("button", name="my squat.mp4 · Squat").first.click()
    page.get_by_role("heading", name=TITLE).wait_for()
    # The new step begins at its beginning.
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") == 0


@pytest.fixture
def three(short, samples, tmp_path):
    """Three films with a squat each: what one occasion may leave."""
    lengths_s = {"first.mp4": SHORT_S, "second.mp4": SHORT_S - 0.1, "third.mp4": SHORT_S - 0.2}
    return [
        films.small_beginning(samples / "squat_front.mp4", tmp_path / name, length_s, every=2)
        for name, length_s in lengths_s.items()
    ]


def test_films_of_one_occasion_give_one_answer(page, three, open_page, app):
    drop(page, three)
    page.get_by_role("heading", name=words("analyze_setup_several")).wait_for()
    settled(page)
    page.get_by_text(words("analyze_occasion")).click()
    start(page)
    page.get_by_role("heading", name=words("analyze_running_title")).wait_for()
    title = words("analyze_several_title", count=3, activity="Squat")
    page.get_by_role("heading", name=title).wait_for()
    settled(page)
    # Three squats are enough to be firm, and no film has an answer of its own.
    assert "all 3 squats" in page.locator(".al-row").first.inner_text()
    expect(page.get_by_text(FEW)).to_have_count(0)
    page.get_by_text(words("analyze_occasion_told", films=3)).wait_for()
    expect(page.get_by_role("heading", name=words("analyze_findings"))).to_have_count(1)
    for number, film in enumerate(three, start=1):
        page.get_by_text(words("occasion_film", number=number, name=film.name)).wait_for()
    assert overflows_px(page) == 0
    # The same in another window, and each film by itself.
    again = open_page(page.url.removeprefix(app.url).removeprefix("/"), size=PHONE)
    again.get_by_role("heading", name=title).wait_for()
    settled(again)
    assert overflows_px(again) == 0
    button(page, "analyze_look").first.click()
    page.get_by_role("heading", name=TITLE).wait_for()
    settled(page)
    page.get_by_text(FEW).wait_for()
    button(page, "analyze_other").click()
    page.get_by_role("heading", name=title).wait_for()
    settled(page)
    button(page, "analyze_other").click()
    page.locator("input[type=file]").wait_for(state="attached")


def test_several_films_of_which_one_is_none_are_not_begun(page, short, tmp_path):
    film = tmp_path / "notes.mp4"
    film.write_text("no film at all\n" * 50)
    drop(page, [short, film])
    page.get_by_role("alert").wait_for()
    assert "We can't open notes.mp4." in page.get_by_role("alert").inner_text()
    expect(page.get_by_role("alert")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_fits_a_phone(open_page, address, scheme):
    page = open_page(size=PHONE, scheme=scheme)
    page.get_by_role("button", name=words("analyze_pick")).first.wait_for()
    settled(page)
    assert overflows_px(page) == 0
    page = open_page(address, size=PHONE, scheme=scheme)
    page.get_by_role("heading", name=TITLE).wait_for()
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    settled(page)
    assert overflows_px(page) == 0
    wide = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stMain] button, video, img, canvas')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('[data-testid=stDataFrame]')).length"
    )
    assert wide == 0


def test_a_removed_film_is_gone(result, app):
    page = result
    assert {path.name for path in app.temporary.rglob("my squat*")} == {"my squat.mp4", "my squat"}
    button(page, "analyze_remove").click()
    page.locator("input[type=file]").wait_for(state="attached")
    end_s = time.monotonic() + 60
    while list(app.temporary.rglob("my squat*")) and time.monotonic() < end_s:
        time.sleep(0.1)
    assert list(app.temporary.rglob("my squat*")) == []


def test_the_server_spoke_to_nobody_outside(app):
    if app.log is None:
        pytest.skip("strace is not installed or may not trace; `make system` gets it")
    calls = app.network_calls()
    assert any("bind(" in call for call in calls), "the trace saw nothing"
    outside = [call for call in calls if not re.search(r'inet_addr\("127\.0\.0\.1"\)|inet_pton\(AF_INET6, "::1"', call)]
    assert outside == []
