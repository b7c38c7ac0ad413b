"""The Clinic page in a real browser on a real SQLite: subjects, sessions, two people at once, what changed, every end."""

import html
import re
import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from alignment import outputs, records
from alignment.pages import live
from alignment.pages.clinic import store
from alignment.pose.calibration import calibration_of
from alignment.records import Pain, SessionFacts
from alignment.texts import say
from alignment.views.trends import Dated, course_sentence, courses
from tests.analyses import analyzed, filmed, result_of
from tests.browser import PHONE, free_port, overflows_px, served, settled
from tests.saved import folder_of, zip_of
from tests.synthetic import Camera, film, squat

DAYS = date(2026, 3, 3), date(2026, 4, 14)


def words(what, /, **values):
    return say(what, **values).message


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """An app of its own, with records that nobody else fills."""
    with served(tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="module")
def later():
    """Other knees, and a camera further aside."""
    return film(squat(reps=2, inwards_deg=(-25.0, 15.0)), Camera(yaw_deg=15.0))


@pytest.fixture(scope="module")
def second(later):
    return result_of(later)


@pytest.fixture(scope="module")
def folders(tmp_path_factory, later, second):
    root = tmp_path_factory.mktemp("saved")
    return (
        folder_of(root / "first", analyzed("squat"), filmed("squat")),
        folder_of(root / "second", second, later),
    )


@pytest.fixture(scope="module")
def kept(app, open_first):
    """The app's own records, opened a second time from here."""
    with records.open(f"sqlite:///{app.records}") as opened:
        yield opened


@pytest.fixture(scope="module")
def open_first(app, tabs):
    """The page opened once, so that the app has made its records; what it said then."""
    tabs.let_in(app)
    with tabs.one() as page:
        page.goto(f"{app.url}/clinic")
        page.get_by_text(words("clinic_empty")).wait_for()
        return page.locator("[data-testid=stMain]").inner_text()


@pytest.fixture(scope="module")
def followed(kept, folders):
    """A subject with two sessions and a squat in each, the first made by an older version."""
    subject = kept.add_subject("P-017", "AB")
    facts = (
        SessionFacts(DAYS[0], "barefoot", "left", pain=Pain(2, 5, 2, 3)),
        SessionFacts(DAYS[1], "running shoes", "left", pain=Pain(1, 1, 0, None)),
    )
    for fact, folder in zip(facts, folders, strict=True):
        session = kept.add_session(subject.key, fact, "AB")
        new = records.gather(folder)
        if fact.date == DAYS[0]:
            software = replace(new.result.software, version="0.0.9")
            new = replace(new, result=replace(new.result, software=software))
        kept.add_analysis(session.key, new, "AB")
    return subject


def button(page, what, **values):
    return page.get_by_role("button", name=words(what, **values), exact=True)


def at(place, **more):
    return "clinic?" + "&".join(f"{name}={value}" for name, value in {**place, **more}.items())


def heading(page, text):
    page.get_by_role("heading", name=text, exact=True).wait_for()
    settled(page)


def pick(page, label, value):
    """Choose a number from 0 to 10."""
    page.get_by_role("radiogroup", name=label, exact=True).get_by_role("radio", name=str(value), exact=True).click()


def test_it_begins_by_saying_what_it_is_and_where_records_are(open_first, app):
    assert words("clinic_empty_where", location=str(app.records)) in open_first
    assert say("clinic_empty").remedy in open_first
    assert app.records.is_file()


def test_from_a_new_subject_to_its_report_and_to_its_end(open_page, kept, folders, tmp_path):
    page = open_page("clinic")
    code = "Ä-ж 9"
    page.get_by_role("searchbox", name=words("clinic_search")).press_sequentially(code)
    # As it is typed, without a key for the end.
    button(page, "clinic_add", code=code).click()
    heading(page, code)
    page.get_by_text(words("clinic_no_session")).wait_for()
    button(page, "clinic_new_session").click()
    page.get_by_label(words("clinic_footwear")).fill("socks")
    for when, value in (("before", 1), ("during", 3), ("hour_after", 0)):
        pick(page, words(f"clinic_ask_{when}"), value)
    button(page, "clinic_save").click()
    page.get_by_role("heading", name=words("clinic_load")).wait_for()
    settled(page)
    (session,) = kept.sessions(kept.subject(code).key)
    assert session.facts.footwear == "socks"
    assert session.facts.pain == Pain(1, 3, 0, None)
    page.get_by_text(words("clinic_load_during_not", pain=3)).wait_for()
    page.get_by_text(words("clinic_load_hour_after_met", pain=0)).wait_for()
    page.get_by_text(words("clinic_load_next_morning_none")).wait_for()
    # The next morning is asked a day later, with one click.
    pick(page, words("clinic_ask_next_morning"), 1)
    page.get_by_text(words("clinic_load_next_morning_met", pain=1, before=1)).wait_for()
    assert kept.session(session.key).facts.pain == Pain(1, 3, 0, 1)
    attached(page, folders[0])
    (analysis,) = kept.analyses(session.key)
    assert analysis.result.summary == analyzed("squat").summary
    assert kept.key_frames(analysis.key)
    assert not analysis.has_video
    button(page, "clinic_open").click()
    page.get_by_role("heading", name=words("clinic_report")).wait_for()
    page.reload()
    page.get_by_role("heading", name=words("clinic_report")).wait_for()
    settled(page)
    for kind in ("full", "plain"):
        with page.expect_download() as report:
            button(page, f"clinic_report_{kind}").click()
        assert report.value.path().read_bytes().startswith(b"%PDF")
    taken_away_deleted_and_brought_back(page, kept, code, tmp_path)


def attached(page, folder):
    """A saved result is brought and attached to the session that the page shows."""
    page.get_by_text(words("clinic_attach_bring")).click()
    page.locator("input[type=file]").set_input_files(zip_of(folder))
    button(page, "clinic_attach_now").click()
    page.get_by_text(words("clinic_attach_all")).wait_for()
    settled(page)


def taken_away_deleted_and_brought_back(page, kept, code, folder):
    subject = kept.subject(code)
    page.goto(re.sub(r"\?.*", f"?subject={subject.key}&part=data", page.url))
    page.get_by_role("heading", name=words("clinic_erase")).wait_for()
    settled(page)
    with page.expect_download() as download:
        button(page, "clinic_export_one").click()
    archive = folder / "one.zip"
    download.value.save_as(archive)
    typed = page.get_by_label(words("clinic_erase_type"))
    typed.fill("P-9")
    button(page, "clinic_erase_now", code=code).click()
    page.get_by_text(words("clinic_erase_other")).wait_for()
    assert kept.subject(code) == subject
    typed.fill(code)
    button(page, "clinic_erase_now", code=code).click()
    heading(page, words("clinic_title"))
    page.get_by_text(words("clinic_empty")).wait_for()
    assert kept.subjects() == []
    page.get_by_text(words("clinic_import")).click()
    page.locator("input[type=file]").set_input_files(archive)
    button(page, "clinic_import_now").click()
    page.get_by_text(re.compile("^Brought in: 1 new subjects")).wait_for()
    assert kept.subject(code).key == subject.key
    kept.delete_subject(subject.key)


def test_two_windows_keep_both_and_ask_where_both_wrote_the_same(open_page, kept):
    subject = kept.add_subject("P-2")
    session = kept.add_session(subject.key, SessionFacts(DAYS[0], footwear="barefoot", notes="first"))
    place = {"subject": subject.key, "session": session.key}
    one, other = open_page(at(place, part="edit")), open_page(at(place, part="edit"))
    for page, notes in ((one, "mine"), (other, "theirs")):
        page.get_by_label(words("clinic_notes")).fill(notes)
    # The other one also changes what nobody else does.
    other.get_by_label(words("clinic_footwear")).fill("socks")
    button(other, "clinic_save").click()
    other.get_by_role("heading", name=words("clinic_load")).wait_for()
    assert kept.session(session.key).facts.notes == "theirs"
    pick(one, words("clinic_ask_before"), 4)
    button(one, "clinic_save").click()
    one.get_by_text(words("clinic_conflict")).wait_for()
    one.get_by_text(words("clinic_conflict_was", value="first")).wait_for()
    one.get_by_text(words("clinic_conflict_theirs", value="theirs")).wait_for()
    expect(one.get_by_role("radio", name=words("clinic_conflict_yours", value="mine"))).to_be_checked()
    # Nothing is written before the choice.
    assert kept.session(session.key).facts == SessionFacts(DAYS[0], footwear="socks", notes="theirs")
    button(one, "clinic_conflict_save").click()
    one.get_by_role("heading", name=words("clinic_load")).wait_for()
    assert kept.session(session.key).facts == SessionFacts(DAYS[0], footwear="socks", notes="mine", pain=Pain(before=4))
    one.get_by_text("mine", exact=True).wait_for()
    # A session that is deleted in one window is told of in the other.
    kept.delete_session(session.key)
    button(other, "clinic_edit").click()
    other.get_by_text(words("clinic_gone")).wait_for()
    kept.delete_subject(subject.key)


def test_a_number_counts_as_changed_only_beyond_the_band_and_says_so(open_page, followed, second):
    page = open_page(at({"subject": followed.key, "part": "trend"}))
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    settled(page)
    # The first one was made by an older version, and is computed anew from its landmarks.
    page.get_by_text(re.compile(re.escape("3 Mar 2026 (it was version 0.0.9)"))).wait_for()
    found = courses([Dated("a", DAYS[0], analyzed("squat")), Dated("b", DAYS[1], second)], calibration_of)
    known = [one for one in found if one.latest.changed is not None]
    changed = [one for one in known if one.latest.changed]
    assert 0 < len(changed) < len(known)
    counts = words("clinic_trend_counts", since="3 Mar 2026", on="14 Apr 2026", changed=len(changed), told=len(known))
    page.get_by_text(counts).wait_for()
    for one in [one for one in found if one.measure == found[0].measure]:
        page.get_by_text(course_sentence(one)).wait_for()
    page.get_by_text(words("clinic_trend_every")).click()
    settled(page)
    for one in found:
        expect(page.get_by_text(course_sentence(one))).to_have_count(1)
    assert page.locator("[data-testid=stVegaLiteChart]").count() >= len({one.measure for one in known})
    # From the other date, the question is turned round.
    settled(page)
    box = page.get_by_role("combobox", name=re.compile(words("clinic_trend_reference")))
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name="14 Apr 2026").click()
    counts = words("clinic_trend_counts", since="14 Apr 2026", on="3 Mar 2026", changed=len(changed), told=len(known))
    page.get_by_text(counts).wait_for()


def test_two_sessions_stand_beside_each_other_with_what_was_different(open_page, followed):
    page = open_page(at({"subject": followed.key, "part": "pair"}))
    heading(page, words("compare_changes"))
    page.get_by_text(words("clinic_other_footwear", before="barefoot", after="running shoes")).wait_for()
    page.get_by_text(re.compile("^The camera stood .* the first time")).wait_for()
    heads = page.locator(".al-changes thead th").all_inner_texts()
    assert heads[1:3] == ["3 Mar 2026", "14 Apr 2026"]
    expect(page.get_by_role("img").and_(page.locator("[data-testid=stImage] img"))).to_have_count(2)
    # An older version is no difference any more once it is computed anew.
    assert page.get_by_text(words("change_other_version", before="0.0.9", after="0.1.0")).count() == 0


def test_whoever_wrote_something_stands_in_the_notes(open_page, kept, followed):
    page = open_page(at({"subject": followed.key}))
    page.get_by_role("button", name=words("clinic_operator_none")).click()
    page.get_by_label(words("clinic_operator")).fill("Q. R.")
    button(page, "clinic_operator_save").click()
    page.get_by_role("button", name=words("clinic_operator_is", name="Q. R.")).wait_for()
    page.keyboard.press("Escape")
    button(page, "clinic_new_session").click()
    button(page, "clinic_save").click()
    page.get_by_role("heading", name=words("clinic_load")).wait_for()
    settled(page)
    page.get_by_role("button", name=words("clinic_delete")).click()
    button(page, "clinic_delete_session").click()
    heading(page, "P-017")
    wrote = [(entry.operator, entry.what) for entry in kept.audit(followed.key)[:2]]
    assert wrote == [("Q. R.", "session_deleted"), ("Q. R.", "session_added")]
    page.get_by_role("radio", name=words("clinic_part_data")).click()
    page.locator("[data-testid=stDataFrame]").wait_for()


def test_it_fits_a_phone(open_page, followed, kept):
    visit = kept.sessions(followed.key)[0]
    (analysis,) = kept.analyses(visit.key)
    place = {"subject": followed.key, "session": visit.key}
    places = [
        {"subject": followed.key},
        {"subject": followed.key, "part": "new"},
        {"subject": followed.key, "part": "trend"},
        {"subject": followed.key, "part": "pair"},
        place,
        {**place, "analysis": analysis.key},
    ]
    page = open_page(at(places[0]), size=PHONE, scheme="dark")
    for one in places:
        page.goto(f"{page.url.partition('?')[0]}?{at(one).partition('?')[2]}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
        assert overflows_px(page) == 0, one


# --- the page alone -------------------------------------------------------------------------------------------------


def clinic():
    """The page alone, as a script."""
    from alignment.pages import clinic, style

    clinic.show()
    style.finish()


def said(app):
    """Everything that stands on the page as HTML."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", one.value)) for one in app.get("html"))


@pytest.fixture
def own_main(monkeypatch):
    """Streamlit puts the page in the place of the main module, and processes started later would begin with the page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.mark.usefixtures("own_main")
def test_a_server_that_is_down_is_told_of_and_asked_again(monkeypatch, tmp_path):
    store._RECORDS.clear()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"postgresql://somebody:secret@127.0.0.1:{free_port()}/records")
    page = AppTest.from_function(clinic, default_timeout=60).run()
    assert words("clinic_unreachable") in said(page)
    assert "ALIGNMENT_DATABASE_URL" in said(page)
    assert "secret" not in said(page)
    # What is put in there would leave the machine, and the page's foot says so.
    assert words("app_private_server") in said(page)
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'records.sqlite'}")
    page.button(key="clinic_retry").click().run()
    assert words("clinic_unreachable") not in said(page)
    assert words("clinic_empty") in said(page)
    assert words("app_private") in said(page)
    store._RECORDS.clear()


@pytest.mark.usefixtures("own_main")
def test_what_was_just_filmed_live_can_be_attached(monkeypatch, tmp_path, folders):
    store._RECORDS.clear()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'records.sqlite'}")
    result, track = analyzed("squat"), filmed("squat")
    made = {outputs.OVERLAY: (folders[0] / outputs.OVERLAY).read_bytes()}
    job = SimpleNamespace(outcome=SimpleNamespace(result=result, track=track))
    with records.open() as kept:
        session = kept.add_session(kept.add_subject("P-1").key, SessionFacts(DAYS[0]))
        page = AppTest.from_function(clinic, default_timeout=60)
        page.session_state[live._FILMING] = SimpleNamespace(job=job, files=SimpleNamespace(files=made))
        page.query_params.update({"subject": session.subject_key, "session": session.key})
        page.run()
        assert any(words("clinic_from_live") in name for name in page.selectbox[0].options)
        attach = next(one for one in page.button if one.label == words("clinic_attach_now"))
        attach.click().run()
        assert not page.exception
        (analysis,) = kept.analyses(session.key)
        assert analysis.result.summary == result.summary
        # Its pictures come with their lines, from the film with lines that Live had made.
        assert {frame.drawn for frame in kept.key_frames(analysis.key)} == {True}
        assert kept.track(analysis.key).frames == track.frames
    store._RECORDS.clear()
