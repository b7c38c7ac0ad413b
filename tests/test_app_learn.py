"""The Learn page in a real browser, and the notice of the first start: shown once, in nobody's way, then never again."""

import pytest
from playwright.sync_api import expect

from alignment.core.measures import MEASURES
from alignment.pages import learn
from alignment.pages.learn import notice
from alignment.texts import is_known, say
from alignment.views.tag_sheet import tag_sheet
from alignment.views.wording import measure_meaning
from tests.browser import DESKTOP, PHONE, overflows_px, settled


def words(code, **values):
    return say(code, **values).message


@pytest.fixture
def first_start(app):
    """As on a machine on which the app never ran; as before afterwards."""
    app.notice.unlink()
    yield
    app.notice.touch()


def signs():
    found = [words(f"learn_doctor_{number}") for number in range(1, 20) if is_known(f"learn_doctor_{number}")]
    assert len(found) == 6
    return found


def test_every_part_is_there_and_can_be_reached(open_page):
    page = open_page("learn")
    page.get_by_role("heading", name=words("learn_title")).wait_for()
    settled(page)
    for code in (*learn._PARTS, learn._DEFINITIONS):
        heading = page.get_by_role("heading", name=words(code), exact=True)
        assert heading.is_visible(), code
        assert page.locator(f"[data-testid=stMain] a[href='#{code}']").first.is_visible(), code
        expect(page.locator(f"#{code}")).to_have_count(1)
    for sign in signs():
        assert page.get_by_text(sign, exact=True).is_visible()
    for name in MEASURES:
        assert page.get_by_text(measure_meaning(name)).first.is_visible(), name
    assert page.get_by_text("30 January 2024").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_drawing_is_seen_with_words_and_fits(open_page, size, scheme):
    page = open_page("learn", size=size, scheme=scheme)
    page.locator(".al-figure").nth(6).wait_for()
    settled(page)
    drawings = page.locator(".al-figure img").all()
    assert len(drawings) == 1 + len(learn._FILMING) + len(learn._HIPS) + len(learn._BED)
    for drawing in drawings:
        assert drawing.evaluate("image => image.naturalWidth") > 0
        assert len(drawing.get_attribute("alt")) > 10
    assert overflows_px(page) == 0


def test_the_sheet_of_tags_can_be_taken_away(open_page):
    page = open_page("learn")
    with page.expect_download() as download:
        page.get_by_role("button", name=words("learn_hips_sheet")).click()
    assert download.value.suggested_filename == "tags.pdf"
    assert download.value.path().read_bytes() == tag_sheet()


def test_drawings_take_on_the_colours_of_the_ground(open_page):
    sources = set()
    for scheme in ("light", "dark"):
        page = open_page("learn", scheme=scheme)
        page.locator(".al-figure").nth(6).wait_for()
        sources.add(page.locator(".al-figure img").first.get_attribute("src"))
    assert len(sources) == 2


@pytest.mark.usefixtures("first_start")
def test_the_notice_is_shown_once_and_blocks_nothing(open_page, app):
    page = open_page(size=PHONE)
    page.get_by_text(words("notice_title")).wait_for()
    settled(page)
    for sign in signs():
        assert page.get_by_text(sign, exact=True).is_visible()
    assert overflows_px(page) == 0
    # The page below works with it, too.
    page.locator("input[type=file]").wait_for(state="attached")
    button = page.get_by_role("button", name=words("notice_done"))
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text(words("notice_title")).wait_for(state="detached")
    assert app.notice.read_bytes() == b""
    other = open_page()
    other.locator("input[type=file]").wait_for(state="attached")
    settled(other)
    expect(other.get_by_text(words("notice_title"))).to_have_count(0)


@pytest.mark.usefixtures("first_start")
def test_the_notice_leads_to_more(open_page):
    page = open_page()
    page.get_by_role("link", name=words("notice_more")).click()
    page.get_by_role("heading", name=words("learn_title")).wait_for()


def test_the_flag_is_told_from_the_home_folder_on(tmp_path):
    assert notice._display_path(tmp_path / "settings" / "notice-read", tmp_path) == "~/settings/notice-read"
    assert notice._display_path(tmp_path, tmp_path / "home") == str(tmp_path)
