"""The Live page in a real browser whose camera plays a sample clip: list, counts, analysis, refusals; nobody is asked."""

import zipfile

import cv2
import pytest
from playwright.sync_api import expect

from alignment import sources
from alignment.core.result import Result
from alignment.texts import say
from tests.browser import CHROMIUM, DESKTOP, FLAGS, PATIENCE_MS, PHONE, Guard, overflows_px, settled

#: The person stands still for so long first: for the call to begin, the list and the countdown.
STANDING_S = 10
#: And so long at the end, until the film is over and begins anew: whoever was too slow for the first time waits no longer.
AFTERWARDS_S = 20
RATE_HZ = 30
CAMERA = ["--use-fake-device-for-media-stream", "--disable-features=WebRtcHideLocalIpsWithMdns"]


@pytest.fixture(scope="module")
def film(samples, tmp_path_factory):
    """Two squats from in front as a camera's pictures, one JPEG after the other."""
    path = tmp_path_factory.mktemp("camera") / "squats.mjpeg"
    pictures = []
    for frame in sources.open(samples / "squat_front.mp4", sources.Reading(end_s=6.9)):
        small = cv2.cvtColor(cv2.resize(frame.image, (360, 640), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR)
        wide = cv2.copyMakeBorder(small, 0, 0, 60, 60, cv2.BORDER_REPLICATE)
        pictures.append(cv2.imencode(".jpg", wide)[1].tobytes())
    first, last = [pictures[0]] * (STANDING_S * RATE_HZ), [pictures[-1]] * (AFTERWARDS_S * RATE_HZ)
    path.write_bytes(b"".join([*first, *pictures, *last]))
    return path


def start_of(page):
    """The button that starts the camera, in the frame of the component that shows it."""
    return page.frame_locator("iframe").get_by_role("button", name=say("live_start").message)


@pytest.fixture
def visit(app, playwright):
    """Opens the Live page in a browser of its own with these flags."""
    opened, guard = [], Guard()

    def visit(*flags, size=DESKTOP, scheme="light"):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *CAMERA, *flags])
        opened.append(browser)
        context = browser.new_context(viewport=size, color_scheme=scheme)
        context.set_default_timeout(PATIENCE_MS)
        context.request.get(app.door)
        context.on("request", lambda request: guard.asked.append(request.url))
        page = context.new_page()
        page.on("websocket", lambda one: guard.asked.append(one.url))
        page.goto(f"{app.url}/live")
        start_of(page).wait_for()
        settled(page)
        return page

    yield visit
    for browser in opened:
        browser.close()
    assert guard.asked
    assert guard.outside() == []


@pytest.mark.model
def test_a_camera_that_shows_two_squats_counts_two_and_they_are_analyzed(visit, film, lite, heavy):
    page = visit("--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    start_of(page).click()
    # The list turns green by itself, and it begins by itself.
    expect(page.locator("[data-check=body][data-state=met]")).to_be_visible(timeout=PATIENCE_MS)
    stop = page.get_by_role("button", name=say("live_stop").message)
    stop.wait_for()
    # Looked at while the squats are counted: what is filmed longer is analyzed longer.
    page.get_by_text(say("live_pace").message).click()
    page.get_by_text("pictures a second are looked at").wait_for()
    counted = page.get_by_test_id("stMetricValue")
    expect(counted).to_have_text("2", timeout=PATIENCE_MS)
    frame = next(frame for frame in page.frames if "streamlit_webrtc" in frame.url)
    before = frame.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames")
    # Standing still afterwards adds nothing, and the picture goes on.
    page.wait_for_timeout(1500)
    expect(counted).to_have_text("2")
    assert frame.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames") > before
    stop.click()
    page.get_by_text(say("live_keep").message).wait_for(timeout=5 * PATIENCE_MS)
    page.get_by_role("heading", name=say("analyze_table").message).wait_for()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name=say("live_keep_all").message).click()
    content = taken.value.path().read_bytes()
    assert content[:2] == b"PK"
    assert b"result.json" in content
    assert b"overlay.mp4" in content
    page.get_by_role("button", name=say("live_take").message).click()
    page.get_by_text(say("live_taken").message).wait_for()
    expect(page.get_by_role("button", name=say("live_take").message)).to_be_disabled()
    with zipfile.ZipFile(taken.value.path()) as archived:
        name = Result.from_json(archived.read("result.json")).source.name
    page.get_by_role("link", name=say("compare").message).click()
    page.get_by_text(name).first.wait_for()
    page.get_by_role("link", name=say("live").message).click()
    page.get_by_role("button", name=say("live_again").message).click()
    start_of(page).wait_for()


def test_a_camera_that_is_refused_is_said_and_can_be_tried_again(visit):
    page = visit("--deny-permission-prompts", size=PHONE)
    assert overflows_px(page) == 0
    page.get_by_text(say("live_refused").message).wait_for()
    start_of(page).click()
    page.frame_locator("iframe").get_by_text("NotAllowedError").wait_for()
    expect(start_of(page)).to_be_visible()
    expect(start_of(page)).to_be_enabled()
    assert overflows_px(page) == 0


def test_the_page_can_be_used_with_the_keyboard_and_in_the_dark(visit):
    page = visit("--use-fake-ui-for-media-stream", size=PHONE, scheme="dark")
    expect(page.get_by_text(say("control_pelvis_dots").message)).to_be_visible()
    start_of(page).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=say("live_begin").message).wait_for()
    assert overflows_px(page) == 0
    page.get_by_role("button", name=say("live_cancel").message).focus()
    page.keyboard.press("Enter")
    start_of(page).wait_for()
