"""The Compare page in a real browser: saved results brought in, what changed in words, films in step, every other way."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from alignment import outputs
from alignment.core.assessment import compare_results
from alignment.pose.calibration import calibration_of
from alignment.texts import say
from alignment.views.normalized_cycles import matching_cycles
from alignment.views.wording import reason_words
from tests import films
from tests.analyses import analyzed, filmed, result_of
from tests.browser import PHONE, overflows_px, served, settled
from tests.saved import folder_of, zip_of
from tests.synthetic import Camera, film, squat


def words(code, **values):
    return say(code, **values).message


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """An app of its own: what others analyzed would be offered here, too. Only the last test analyzes here."""
    with served(tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="module")
def before():
    return analyzed("squat")


@pytest.fixture(scope="module")
def later():
    """Other knees, and a camera further aside."""
    return film(squat(reps=2, inwards_deg=(-25.0, 15.0)), Camera(yaw_deg=15.0))


@pytest.fixture(scope="module")
def after(later):
    return result_of(later)


@pytest.fixture(scope="module")
def folders(tmp_path_factory, before, after, later) -> dict[str, Path]:
    """Result folders: two squats that differ, and one on one leg."""
    root = tmp_path_factory.mktemp("saved")
    return {
        "first": folder_of(root / "first", before, filmed("squat")),
        "second": folder_of(root / "second", after, later),
        "leg": folder_of(root / "leg", analyzed("left_squat"), filmed("left_squat")),
    }


@pytest.fixture(scope="module")
def zips(folders) -> dict[str, Path]:
    return {name: zip_of(folder) for name, folder in folders.items()}


@pytest.fixture(scope="module")
def here() -> list[str]:
    """The names of what the app has been brought, where the next test can go on with it."""
    return []


@pytest.fixture
def page(open_page, here):
    """The page with nothing on it: what an earlier test brought is let go of."""
    page = open_page("compare")
    # One of these says how much is there; none of them stands there before the page has run.
    empty, one = page.get_by_text(words("compare_empty")), page.get_by_text(words("compare_one"))
    several = page.get_by_text(words("compare_bring"))
    empty.or_(one).or_(several).wait_for()
    settled(page)
    if not empty.is_visible():
        if several.is_visible():
            several.click()
        # Not by a click: while the expander opens, the button moves away from under it.
        button(page, "compare_let_go").press("Enter")
        empty.wait_for()
        settled(page)
    here.clear()
    return page


def button(page, code):
    return page.get_by_role("button", name=words(code), exact=True)


def bring(page, *paths):
    page.locator("input[type=file]").first.set_input_files(list(paths))


@pytest.fixture
def pair(request, open_page, zips, here):
    """The page with two squats; no test changes them."""
    if here == ["first", "second"]:
        page = open_page("compare")
        compared(page)
        return page
    page = request.getfixturevalue("page")
    bring(page, zips["first"], zips["second"])
    compared(page)
    here += ["first", "second"]
    return page


def compared(page):
    page.get_by_role("heading", name=words("compare_changes")).wait_for()
    settled(page)


def times_s(page):
    """Where the films stand, when they have stopped moving."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].every(v => v.readyState > 0 && !v.seeking && v.paused)"
    )
    return page.evaluate("() => [...document.querySelectorAll('video')].map(v => v.currentTime)")


def until_at(page, *wanted_s, within_s=0.06, timeout_s=60.0):
    """Wait until the films stand at these moments."""
    end_s = time.monotonic() + timeout_s
    while (found := times_s(page)) != pytest.approx(wanted_s, abs=within_s) and time.monotonic() < end_s:
        page.wait_for_timeout(100)
    assert found == pytest.approx(wanted_s, abs=within_s)


def select(page, label, option):
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option).first.click()
    settled(page)


def test_with_nothing_here_it_says_what_to_do(page):
    page.get_by_text(say("compare_empty").remedy).wait_for()
    page.get_by_role("link", name=words("compare_to_analyze")).click()
    page.get_by_role("heading", name=words("analyze_title")).wait_for()


def test_one_result_asks_for_another_and_loose_files_are_one(page, zips, folders):
    bring(page, zips["first"])
    page.get_by_text(words("compare_one")).wait_for()
    page.get_by_text(analyzed("squat").source.name).first.wait_for()
    bring(page, folders["second"] / outputs.RESULT)
    compared(page)
    # Neither film nor curves of the second one are there, and each part says so.
    page.get_by_text(words("compare_no_film")).wait_for()
    page.get_by_text(words("compare_no_curves")).wait_for()
    expect(page.locator("video")).to_have_count(1)


def test_the_table_says_what_changed_beyond_what_two_films_differ(pair, before, after):
    page = pair
    changes = compare_results(before, after, calibration_of).changes
    told = [one for one in changes if one.changed is not None]
    changed = [one for one in told if one.changed]
    assert 1 < len(changed) < len(told)
    page.get_by_text(words("compare_some_changed", changed=len(changed), told=len(told))).wait_for()
    rows = page.locator(".al-changes tbody tr")
    expect(rows).to_have_count(len(changes))
    expect(page.locator(".al-changes tr[data-changed=true]")).to_have_count(len(changed))
    first = rows.first.inner_text()
    assert words("compare_changed") in first
    rows.nth(len(changed)).get_by_text(words("compare_unchanged")).wait_for()
    # Each with a symbol beside its words.
    expect(page.locator(".al-changes .al-said img")).to_have_count(len(changes))
    warning = compare_results(before, after, calibration_of).warnings[0]
    page.get_by_text(reason_words(warning).message).wait_for()
    page.get_by_text(re.compile(re.escape(reason_words(warning).remedy))).wait_for()


def test_both_films_stand_at_the_same_part_of_their_repetition(pair, before, after):
    page = pair
    pairs = matching_cycles(before, after)
    assert len(pairs) == 2
    until_at(page, *(cycle.key_s for cycle in pairs[0]))
    select(page, words("compare_repetition"), f"{words('chart_kind_rep')} 2")
    until_at(page, *(cycle.key_s for cycle in pairs[1]))
    button(page, "duet_start").click()
    until_at(page, *(cycle.start_s for cycle in pairs[1]))
    page.get_by_role("slider", name=words("duet_bar")).fill("25")
    until_at(page, *(cycle.start_s + 0.25 * (cycle.end_s - cycle.start_s) for cycle in pairs[1]))
    # Played together, both come to the end of theirs.
    button(page, "duet_play").click()
    button(page, "duet_pause").wait_for()
    button(page, "duet_play").wait_for()
    until_at(page, *(cycle.end_s for cycle in pairs[1]))


def test_a_click_in_a_chart_moves_both_films(pair, before, after):
    page = pair
    chart = page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first
    chart.wait_for()
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.5 * box["height"])
    one, other = matching_cycles(before, after)[0]
    expect(page.locator("output")).to_have_text(re.compile("^[678]. %$"))
    shares = [
        (at - cycle.start_s) / (cycle.end_s - cycle.start_s)
        for at, cycle in zip(times_s(page), (one, other), strict=True)
    ]
    assert 0.55 < shares[0] < 0.9
    assert shares[0] == pytest.approx(shares[1], abs=0.04)


def test_a_reload_keeps_the_two_and_a_swap_turns_them_round(pair):
    page = pair
    first = page.locator(".al-changes tbody tr").first.inner_text()
    address = page.url
    assert "before=" in address
    page.reload()
    compared(page)
    assert page.locator(".al-changes tbody tr").first.inner_text() == first
    times_s(page)
    button(page, "compare_swap").click()
    expect(page).not_to_have_url(address)
    expect(page.locator(".al-changes tbody tr").first).not_to_have_text(first, use_inner_text=True)


def test_other_movements_are_not_compared(page, zips):
    bring(page, zips["first"], zips["leg"])
    state = page.locator(".al-refused")
    state.wait_for()
    assert words("compare_other", before="Squat", after="Single-leg squat") in state.inner_text()
    expect(page.locator("video")).to_have_count(0)


def test_what_is_no_saved_result_is_refused_with_a_way_out(page, zips, tmp_path):
    broken = tmp_path / "my results.zip"
    broken.write_bytes(b"no archive at all")
    bring(page, broken)
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert words("saved_bad_zip", name="my results.zip") in alert.inner_text()
    assert say("saved_bad_zip", name="").remedy in alert.inner_text()
    # The next one is not refused with it.
    bring(page, zips["first"])
    page.get_by_text(words("compare_one")).wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_pair_that_is_gone_says_so(pair, open_page):
    address = re.sub(r"before=\w+", "before=0123456789abcdef", pair.url)
    page = open_page(f"compare?{address.partition('?')[2]}")
    page.get_by_text(words("compare_gone")).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(pair, open_page, scheme):
    page = open_page("compare", size=PHONE, scheme=scheme)
    compared(page)
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    assert overflows_px(page) == 0
    boxes = [page.locator("video").nth(number).bounding_box() for number in range(2)]
    # Both films upright stay beside each other.
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[1]["x"] > boxes[0]["x"] + boxes[0]["width"] - 1
    assert boxes[1]["x"] + boxes[1]["width"] <= PHONE["width"]


@pytest.mark.model
def test_what_was_analyzed_here_is_offered(page, open_page, zips, samples, lite, tmp_path):
    short = films.small_beginning(samples / "squat_front.mp4", tmp_path / "my squat.mp4", 3.7, every=2)
    other = open_page()
    other.locator("input[type=file]").set_input_files(short)
    button(other, "analyze_start").wait_for()
    settled(other)
    other.get_by_text(words("analyze_more")).click()
    other.get_by_text(words("analyze_model_lite")).click()
    settled(other)
    button(other, "analyze_start").click()
    other.get_by_role("heading", name=words("analyze_result_title", activity="Squat")).wait_for()
    settled(other)
    other.get_by_role("link", name=words("compare")).click()
    other.get_by_text(words("compare_one")).wait_for()
    bring(other, zips["first"])
    compared(other)
    expect(other.locator("video")).to_have_count(2)
    # The saved one is the first, the new one the second; they were made with different models.
    other.get_by_text(words("change_other_model", before="heavy", after="lite")).wait_for()
