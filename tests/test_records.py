"""What records hold, on a real SQLite and a real PostgreSQL: kept, found, changed, refused, migrated, and deleted."""

import json
import os
import shutil
import sqlite3
import stat
import sys
import unicodedata
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text, update

from alignment import records
from alignment.core.assessment import compare_results
from alignment.core.result import SCHEMA
from alignment.errors import InputError
from alignment.outputs import track_parquet
from alignment.pose.calibration import calibration_of
from alignment.records import ConflictError, Correction, Pain, Session, SessionFacts
from alignment.records.location import VARIABLE, find_location
from alignment.records.private_files import prepare_file
from alignment.records.schema import tables
from alignment.records.user_input import cleaned_code
from alignment.texts import text_of
from alignment.views import audit
from tests import first_records
from tests.keeping import FACTS, ROOT, analysis, own_mounts, run
from tests.results import make_result, make_track

FULL = SessionFacts(
    date(2024, 2, 29), "Turnschuhe, Größe 44", "left", 18.5, "first line\nsecond — 第二行", Pain(2, 5, 0, None)
)


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    """No test touches the records of whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/folder of records/mine.sqlite"
    return request.getfixturevalue("postgres")


@pytest.fixture
def kept(url):
    with records.open(url) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def first(request, tmp_path):
    """A place whose tables are those of the first version, with rows."""
    if request.param == "sqlite":
        shutil.copy(first_records.FILE, tmp_path / "first.sqlite")
        return f"sqlite:///{tmp_path}/first.sqlite"
    url = request.getfixturevalue("postgres")
    first_records.copy_to(url)
    return url


def code_of(call, *arguments, **named):
    """The code of the InputError that a call ends in; every one has a way out."""
    with pytest.raises(InputError) as caught:
        call(*arguments, **named)
    assert text_of(caught.value).remedy
    return caught.value.code


def session_of(kept, code="P1", facts=FACTS):
    return kept.add_session(kept.add_subject(code).key, facts)


# --- where they are ------------------------------------------------------------------------------------------------


def test_records_lie_in_the_users_data_folder_and_only_the_user_may_read_them(tmp_path):
    with records.open() as kept:
        session_of(kept)
        assert kept.location == str(tmp_path / "data" / "alignment" / "records.sqlite")
        folder = tmp_path / "data" / "alignment"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert {"records.sqlite", "records.sqlite-wal"} <= set(found)
        assert set(found.values()) == {0o600}


def test_the_environment_names_another_place(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/there.sqlite")
    with records.open() as kept:
        assert kept.location == str(tmp_path / "there.sqlite")
    assert not (tmp_path / "data").exists()


def test_a_server_is_told_without_its_password():
    found = find_location("postgresql://me:secret@db.example:5433/clinic")
    assert found.shown == "db.example:5433/clinic"
    assert found.url.drivername == "postgresql+psycopg"
    assert find_location("postgres://me@host/clinic").shown == "host/clinic"


@pytest.mark.parametrize(
    "bad",
    [
        "here",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/file",
        "mysql://me:secret@host/x",
        "postgresql://me:secret@host",
        "postgresql://me:secret@host:no/x",
        "://",
    ],
)
def test_a_url_that_names_no_place_is_refused_without_its_password(bad):
    with pytest.raises(InputError) as caught:
        records.open(bad)
    assert caught.value.code == "records_bad_url"
    assert "secret" not in str(caught.value)


def test_importing_loads_no_database():
    script = (
        "import sys, alignment, alignment.records, alignment.cli.app\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'psycopg', 'typst') if name in sys.modules])"
    )
    assert run(script).strip() == "[]"


# --- what they keep ------------------------------------------------------------------------------------------------


def test_everything_is_there_after_opening_again(url, tmp_path):
    track = make_track(frames=40, seed=3)
    result = make_result(track, curves=False)
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(2_500_000))
    new = replace(analysis(video=film), result=result, track=track_parquet(track))
    with records.open(url) as kept:
        subject = kept.add_subject("  Ärztin\t Ö-1 ", "Anna")
        session = kept.add_session(subject.key, FULL, "Anna")
        added = kept.add_analysis(session.key, new, "Anna")
        without = kept.add_analysis(session.key, analysis(seed=1, frames=0))
    film.unlink()
    with records.open(url) as kept:
        assert kept.subjects() == [subject]
        assert (subject.code, subject.version) == ("Ärztin Ö-1", 1)
        assert abs((datetime.now(UTC) - subject.created).total_seconds()) < 60
        assert kept.sessions(subject.key) == [session] == [kept.session(session.key)]
        assert session == Session(session.key, subject.key, FULL, 1)
        assert kept.analyses(session.key) == [added, without]
        assert kept.analysis(added.key) == added
        assert (added.result, added.corrections, added.has_video, without.has_video) == (result, (), True, False)
        found = kept.track(added.key)
        for part in fields(track):
            np.testing.assert_equal(getattr(found, part.name), getattr(track, part.name))
        assert kept.key_frames(added.key) == new.key_frames
        assert kept.key_frames(without.key) == ()
        assert sum(map(len, kept.video(added.key))) == 2_500_000
        assert kept.video(without.key) is None


def test_the_film_comes_as_it_was_and_a_megabyte_at_a_time(kept, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom((2 << 20) + 1))
    added = kept.add_analysis(session_of(kept).key, analysis(video=film))
    pieces = list(kept.video(added.key))
    assert [len(piece) for piece in pieces] == [1 << 20, 1 << 20, 1]
    assert b"".join(pieces) == film.read_bytes()


def test_a_film_that_is_deleted_while_it_is_read_is_told(kept, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(3 << 20))
    added = kept.add_analysis(session_of(kept).key, analysis(video=film))
    pieces = kept.video(added.key)
    next(pieces)
    kept.delete_analysis(added.key)
    assert code_of(lambda: list(pieces)) == "no_analysis"


def test_an_analysis_comes_whole_or_not_at_all(kept, tmp_path):
    session = session_of(kept)
    assert code_of(kept.add_analysis, session.key, replace(analysis(), video=tmp_path / "none.mp4")) == "missing_file"
    assert code_of(kept.add_analysis, session.key, replace(analysis(), track=b"no parquet")) == "bad_track_file"
    assert kept.analyses(session.key) == []
    assert [entry.what for entry in kept.audit(session.subject_key)] == ["session_added", "subject_added"]


def test_sessions_come_by_their_date_and_then_as_they_were_entered(kept):
    subject = kept.add_subject("P1")
    dates = [date(2026, 5, 1), date(2025, 1, 1), date(2026, 5, 1), date(2024, 12, 31)]
    added = [kept.add_session(subject.key, SessionFacts(day, notes=str(k))) for k, day in enumerate(dates)]
    assert kept.sessions(subject.key) == [added[3], added[1], added[0], added[2]]
    assert kept.sessions("nobody") == []


# --- codes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_code", "second"),
    [
        ("p7", "P7"),
        ("Äpfel", "äPFEL"),
        ("Äpfel", unicodedata.normalize("NFD", "äpfel")),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("李雷 2", " 李雷\u3000 2\n"),
        ("a b", "A\t\u200b b"),
        ("İz", "i\u0307z"),
    ],
)
def test_a_code_is_there_once_in_any_case_and_writing(kept, first_code, second):
    added = kept.add_subject(first_code)
    with pytest.raises(InputError) as caught:
        kept.add_subject(second)
    assert caught.value.code == "subject_exists"
    assert added.code in str(caught.value)
    assert kept.subject(second) == added == kept.subject(added.key)
    assert kept.subjects(second) == [added]


def test_a_code_is_kept_in_one_form_and_without_blanks_around():
    assert cleaned_code("  A\u0308pfel \x00 7\n") == "Äpfel 7"
    assert cleaned_code("x" * 100) == "x" * 100


@pytest.mark.parametrize("nothing", ["", "   ", "\t\n", "\u200b", "\x00\x07", "\u00a0", "\ud800"])
def test_a_code_that_shows_nothing_is_refused(kept, nothing):
    assert code_of(kept.add_subject, nothing) == "subject_empty"
    assert kept.subjects() == []


def test_a_code_that_is_too_long_is_refused(kept):
    assert code_of(kept.add_subject, "x" * 101) == "subject_too_long"


def test_subjects_are_found_by_a_part_and_stand_in_the_order_people_count(kept):
    for code in ("P10", "P2", "p1", "Ünal", "100%", "a_b", "axb"):
        kept.add_subject(code)
    assert [one.code for one in kept.subjects()] == ["100%", "a_b", "axb", "p1", "P2", "P10", "Ünal"]
    assert [one.code for one in kept.subjects("P")] == ["p1", "P2", "P10"]
    assert [one.code for one in kept.subjects("ÜN")] == ["Ünal"]
    assert [one.code for one in kept.subjects("%")] == ["100%"]
    assert [one.code for one in kept.subjects("_")] == ["a_b"]
    assert kept.subjects("nobody") == []


def test_a_subject_keeps_its_key_when_the_code_changes(kept):
    seen, other = kept.add_subject("before"), kept.add_subject("other")
    renamed = kept.rename_subject(seen, " After ", "Anna")
    assert (renamed.key, renamed.code, renamed.version) == (seen.key, "After", 2)
    renamed = kept.rename_subject(renamed, "AFTER")
    assert (renamed.code, renamed.version) == ("AFTER", 3)
    assert code_of(kept.rename_subject, renamed, "OTHER") == "subject_exists"
    assert code_of(kept.rename_subject, renamed, " ") == "subject_empty"
    assert code_of(kept.subject, "before") == "no_subject"
    with pytest.raises(ConflictError) as caught:
        kept.rename_subject(seen, "third")
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.was, conflict.theirs, conflict.yours) == ("code", "before", "AFTER", "third")
    assert caught.value.now == kept.subject("after")
    assert kept.subjects() == [caught.value.now, other]


# --- facts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pain": Pain(before=11)}, "records_pain"),
        ({"pain": Pain(next_morning=-1)}, "records_pain"),
        ({"step_height_cm": 0.0}, "records_step_height"),
        ({"step_height_cm": float("nan")}, "records_step_height"),
        ({"step_height_cm": 201.0}, "records_step_height"),
        ({"footwear": "x" * 201}, "records_text_too_long"),
        ({"notes": "x" * 20_001}, "records_text_too_long"),
    ],
)
def test_facts_that_cannot_be_are_refused_before_anything_is_written(kept, change, code):
    session = session_of(kept)
    assert code_of(kept.add_session, session.subject_key, replace(FACTS, **change)) == code
    assert code_of(kept.change_session, session, replace(FACTS, **change)) == code
    assert kept.sessions(session.subject_key) == [session]


def test_what_no_database_takes_is_left_out_of_texts(kept):
    session = session_of(kept, facts=replace(FACTS, notes=" a\x00b\r\nc\ud83d ", footwear="one\ntwo"))
    assert (session.facts.notes, session.facts.footwear) == ("ab\nc", "one two")


def test_a_film_whose_name_is_no_text_is_kept(kept):
    new = analysis()
    named = replace(new.result, source=replace(new.result.source, name="\udcff.mp4"))
    added = kept.add_analysis(session_of(kept).key, replace(new, result=named))
    assert added.result.source.name == "?.mp4"


# --- changes ---------------------------------------------------------------------------------------------------------


def test_each_field_of_a_session_can_be_changed(kept):
    session = session_of(kept)
    changed = kept.change_session(session, FULL, "Anna")
    assert changed == Session(session.key, session.subject_key, FULL, 2)
    assert kept.change_session(changed, FULL) == changed
    newest = kept.audit(session.subject_key)[0]
    assert (newest.operator, newest.what) == ("Anna", "session_changed")
    assert newest.details["date"] == "2026-11-02"
    assert newest.details["changes"][0] == {"field": "date", "before": "2026-11-02", "after": "2024-02-29"}
    told = audit.about(newest.details)
    for words in ("date: 2026-11-02 → 2024-02-29", "pain before: none → 2", "step height in cm: none → 18.5"):
        assert words in told
    assert len(kept.audit(session.subject_key)) == 3


def test_two_people_changing_different_fields_lose_nothing(kept):
    seen = session_of(kept)
    kept.change_session(seen, replace(seen.facts, footwear="shoes", pain=Pain(before=3)), "one")
    both = kept.change_session(seen, replace(seen.facts, notes="limping", pain=Pain(during=4)), "two")
    assert both.facts == replace(FACTS, footwear="shoes", notes="limping", pain=Pain(3, 4))
    assert both.version == 3


def test_two_people_changing_the_same_field_are_told_and_nothing_is_written(kept):
    seen = session_of(kept)
    theirs = kept.change_session(seen, replace(seen.facts, notes="theirs", footwear="shoes"))
    with pytest.raises(ConflictError) as caught:
        kept.change_session(seen, replace(seen.facts, notes="yours", footwear="shoes", step_height_cm=20.0))
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.was, conflict.theirs, conflict.yours) == ("notes", "", "theirs", "yours")
    assert caught.value.now == theirs == kept.session(seen.key)


def test_a_correction_stands_with_its_result_and_a_note_and_can_be_taken_back(kept):
    session = session_of(kept)
    added = kept.add_analysis(session.key, analysis())
    moved = (Correction(1.75, "left_knee", 101.25, 0.1 + 0.2), Correction(3.2, "right_hip", 5.0, 6.0))
    result = make_result(make_track(), curves=False, measured=False)
    corrected = kept.correct(added, moved, result, "Anna", "knee was on the trousers")
    assert corrected == kept.analysis(added.key) == kept.analyses(session.key)[0]
    assert (corrected.corrections, corrected.result, corrected.version) == (moved, result, 2)
    np.testing.assert_equal(kept.track(added.key).pixels, make_track().pixels)
    newest = kept.audit(session.subject_key)[0]
    assert (newest.operator, newest.what) == ("Anna", "corrected")
    for words in ("left knee at 1.75 s to 101, 0 px", "right hip at 3.20 s", "knee was on the trousers", "Übung 1.mp4"):
        assert words in audit.about(newest.details)
    back = kept.correct(corrected, (), added.result, "Ben")
    assert (back.corrections, back.result) == ((), added.result)
    newest = kept.audit(session.subject_key)[0]
    assert (newest.operator, newest.what) == ("Ben", "correction_undone")
    assert "left knee at 1.75 s as the model gave it" in audit.about(newest.details)


def test_two_people_correcting_one_analysis_are_told(kept):
    seen = kept.add_analysis(session_of(kept).key, analysis())
    one, two = (Correction(1.0, "left_knee", 1.0, 1.0),), (Correction(1.0, "left_knee", 2.0, 2.0),)
    theirs = kept.correct(seen, one, seen.result)
    with pytest.raises(ConflictError) as caught:
        kept.correct(seen, two, seen.result)
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.was, conflict.theirs, conflict.yours) == ("corrections", (), one, two)
    assert caught.value.now == theirs == kept.analysis(seen.key)


def test_the_audit_tells_who_did_what_the_newest_first(kept):
    subject = kept.add_subject("P1", " Anna\x00 ")
    session = kept.add_session(subject.key, FACTS, "Ben")
    added = kept.add_analysis(session.key, analysis(), "Çelik")
    kept.delete_analysis(added.key, "李")
    kept.delete_session(session.key)
    notes = kept.audit(subject.key)
    assert [(one.operator, one.what) for one in notes] == [
        ("", "session_deleted"),
        ("李", "analysis_deleted"),
        ("Çelik", "analysis_added"),
        ("Ben", "session_added"),
        ("Anna", "subject_added"),
    ]
    assert [one.time for one in notes] == sorted((one.time for one in notes), reverse=True)
    assert all(one.time.tzinfo is UTC for one in notes)


def test_what_is_gone_is_told_whatever_is_done_with_it(kept):
    session = session_of(kept)
    added = kept.add_analysis(session.key, analysis())
    kept.delete_session(session.key)
    for call in (kept.analysis, kept.track, kept.key_frames, kept.video, kept.delete_analysis):
        assert code_of(call, added.key) == "no_analysis"
    assert code_of(kept.correct, added, (), added.result) == "no_analysis"
    for call in (kept.session, kept.delete_session):
        assert code_of(call, session.key) == "no_session"
    assert code_of(kept.change_session, session, FULL) == "no_session"
    assert code_of(kept.add_analysis, session.key, analysis()) == "no_session"
    assert kept.analyses(session.key) == []
    kept.delete_subject(session.subject_key)
    assert code_of(kept.subject, "P1") == "no_subject"
    assert code_of(kept.add_session, session.subject_key, FACTS) == "no_subject"
    assert code_of(kept.delete_subject, "never there") == "no_subject"
    kept.delete_subject(session.subject_key)  # two people may ask for it


def test_an_analysis_of_another_schema_hides_no_other(kept):
    session = session_of(kept)
    foreign, whole = (kept.add_analysis(session.key, analysis(seed=seed)) for seed in (1, 2))
    newer = foreign.result.to_json().replace("alignment-result/2", "alignment-result/9")
    query = update(tables.ANALYSES).where(tables.ANALYSES.c.key == foreign.key).values(result=newer)
    kept.database.write(lambda connection: connection.execute(query))
    assert kept.analyses(session.key) == [whole]
    (told,) = kept.unreadable(session.key)
    assert told.code == code_of(kept.analysis, foreign.key) == "bad_result_file"
    assert kept.track(foreign.key).frames == 7


# --- deletion --------------------------------------------------------------------------------------------------------

MARK = "Zyxwvut-Qponml"


def marked(kept, tmp_path, code=MARK):
    """A subject whose every text and file holds a mark."""
    film = tmp_path / f"{code}.mp4"
    film.write_bytes(f"{code} film ".encode() * 90_000)
    new = analysis(video=film)
    named = replace(new.result, source=replace(new.result.source, name=f"{code}.mp4"))
    frames = tuple(replace(frame, jpeg=f"{code} picture".encode() * 500) for frame in new.key_frames)
    subject = kept.add_subject(code, f"{code} operator")
    for _ in range(2):
        session = kept.add_session(subject.key, replace(FACTS, notes=f"{code} notes", footwear=f"{code} shoes"))
        kept.change_session(session, replace(FACTS, notes=f"{code} other notes"))
        kept.add_analysis(session.key, replace(new, result=named, key_frames=frames))
    film.unlink()
    return subject


def files_with(mark, *folders):
    """Which files hold these letters."""
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in paths if mark.encode() in path.read_bytes())


def test_a_deleted_subject_leaves_no_trace_in_any_file(kept, url, tmp_path, request):
    folders = [tmp_path, *server_folders(url, request)]
    other = marked(kept, tmp_path, "Staying")
    before = state(kept, other)
    subject = marked(kept, tmp_path)
    checkpoint(kept, request)
    assert files_with(MARK, *folders)
    kept.delete_subject(subject.key)
    checkpoint(kept, request)
    assert files_with(MARK, *folders) == []
    assert files_with("Staying", *folders)
    assert kept.subjects() == [other]
    assert state(kept, other) == before
    # Nothing but a random key tells that somebody was there.
    assert rows_of(kept, "erasures") == [(subject.key, True)]


def server_folders(url, request):
    """Where a server keeps the tables of this database."""
    if url.startswith("sqlite"):
        return []
    server = request.getfixturevalue("server")
    return [server.folder / "data" / "base" / str(server.number_of(url.rpartition("/")[2]))]


def checkpoint(kept, request):
    if kept.database.is_sqlite:
        return
    server = request.getfixturevalue("server")
    server.run("CHECKPOINT")


def rows_of(kept, table):
    return [
        tuple(row)
        for row in kept.database.read(lambda connection: connection.execute(text(f"SELECT * FROM {table}")).all())
    ]


def state(kept, subject):
    """Everything that is kept of a subject."""
    sessions = kept.sessions(subject.key)
    analyses = [one for session in sessions for one in kept.analyses(session.key)]
    return (
        sessions,
        analyses,
        kept.audit(subject.key),
        [
            (kept.key_frames(one.key), b"".join(kept.video(one.key)), kept.track(one.key).pixels.tobytes())
            for one in analyses
        ],
    )


def test_a_deleted_subject_is_forgotten_in_every_backup_also_of_another_machine(first, tmp_path, monkeypatch):
    with records.open(first) as kept:
        folder = kept.database.location.backups
        elsewhere = tmp_path / "other machine" / "alignment" / "backups"
        shutil.copytree(folder, elsewhere)
        assert files_with("Äpfel-01", folder)
        kept.delete_subject("a" * 32)
        assert files_with("Äpfel-01", folder) == files_with("first visit", folder) == []
        assert files_with("李雷", folder)
        with records.open(f"sqlite:///{next(folder.iterdir())}") as backup:
            assert [one.code for one in backup.subjects()] == ["李雷"]
    # The other machine's backups are cleaned when it opens the records again.
    shutil.rmtree(folder)
    shutil.move(elsewhere, folder)
    assert files_with("Äpfel-01", folder)
    with records.open(first):
        assert files_with("Äpfel-01", folder) == []
    assert files_with("李雷", folder)


def test_a_backup_that_cannot_be_searched_is_named_and_keeps_nobody_from_working(kept, tmp_path):
    folder = kept.database.location.backups
    folder.mkdir(parents=True)
    (folder / "mine-0001-20250101T000000.sqlite").write_bytes(b"x" * 5000)
    subject = kept.add_subject("P1")
    with pytest.raises(InputError) as caught:
        kept.delete_subject(subject.key)
    assert caught.value.code == "records_erase_unfinished"
    assert "mine-0001" in str(caught.value)
    assert kept.subjects() == []
    assert rows_of(kept, "erasures") == [(subject.key, False)]
    with records.open(kept.database.location.url.render_as_string(hide_password=False)) as again:
        assert rows_of(again, "erasures") == [(subject.key, False)]
        next(folder.iterdir()).unlink()
    with records.open(kept.database.location.url.render_as_string(hide_password=False)) as again:
        assert rows_of(again, "erasures") == [(subject.key, True)]


def test_a_file_that_another_program_keeps_reading_is_cleaned_later(tmp_path):
    path = tmp_path / "mine.sqlite"
    with records.open(f"sqlite:///{path}") as kept:
        subject = marked(kept, tmp_path)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM subjects").fetchone()
            assert code_of(kept.delete_subject, subject.key, wait_s=0.2) == "records_erase_unfinished"
            assert kept.subjects() == []
            assert files_with(MARK, tmp_path)
    with records.open(f"sqlite:///{path}"):
        assert files_with(MARK, tmp_path) == []


def test_tables_that_somebody_keeps_reading_are_cleaned_later_and_keep_nobody_waiting(server, postgres):
    with records.open(postgres) as kept, records.open(postgres) as other:
        subject, staying = kept.add_subject("P1"), kept.add_subject("P2")
        with other.database.engine.connect() as reader:
            reader.execute(text("SELECT count(*) FROM subjects"))
            assert code_of(kept.delete_subject, subject.key, wait_s=0.5) == "records_erase_unfinished"
            assert kept.subjects() == [staying]
        assert rows_of(kept, "erasures") == [(subject.key, False)]
    with records.open(postgres) as kept:
        assert rows_of(kept, "erasures") == [(subject.key, True)]
        assert kept.database.read(lambda connection: connection.scalar(text("SHOW lock_timeout"))) == "1min"


def test_a_subject_is_deleted_by_its_code_as_well(kept):
    subject = kept.add_subject("Äpfel")
    kept.delete_subject("äpfel")
    assert rows_of(kept, "erasures") == [(subject.key, True)]


def test_only_the_owner_of_a_servers_tables_can_clean_its_files(server, postgres):
    with records.open(postgres) as kept:
        subject = kept.add_subject("P1")
        database = kept.database.location.url.database
    server.run(
        f"CREATE ROLE writer_{database} LOGIN",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO writer_{database}",
        database=database,
    )
    with records.open(server.url(database, f"writer_{database}")) as kept:
        with pytest.raises(InputError) as caught:
            kept.delete_subject(subject.key)
        assert caught.value.code == "records_erase_unfinished"
        assert "owner" in str(caught.value)
        assert kept.subjects() == []
    with records.open(postgres) as kept:
        assert rows_of(kept, "erasures") == [(subject.key, True)]


# --- migrations ------------------------------------------------------------------------------------------------------


def assert_first_rows(kept):
    """Everything of the first version's file is there."""
    assert [(one.key, one.code) for one in kept.subjects()] == [("a" * 32, "Äpfel-01"), ("b" * 32, "李雷")]
    assert {one.created for one in kept.subjects()} == {first_records.ENTERED.replace(tzinfo=UTC)}
    sessions = [one for subject in kept.subjects() for one in kept.sessions(subject.key)]
    assert [(one.key, one.subject_key, one.version) for one in sessions] == [
        (key, whose, 3) for key, whose, _ in first_records.SESSIONS
    ]
    for session, (_, _, told) in zip(sessions, first_records.SESSIONS, strict=True):
        assert session.facts == SessionFacts(*told[:5], pain=Pain(*told[5:]))
    analyses = [one for session in sessions for one in kept.analyses(session.key)]
    assert [(one.key, one.session_key) for one in analyses] == list(first_records.ANALYSES)
    assert [one.result for one in analyses] == [first_records.RESULT] * 2
    # Results of schema 1 are lifted, compare with new ones, and are written in the new schema.
    assert not compare_results(analyses[0].result, first_records.RESULT, calibration_of).warnings
    assert json.loads(analyses[0].result.to_json())["schema"] == SCHEMA
    assert [(one.has_video, one.corrections) for one in analyses] == [(True, ()), (False, ())]
    assert b"".join(kept.video(analyses[0].key)) == first_records.VIDEO
    frames = kept.key_frames(analyses[0].key)
    assert tuple((one.cycle, one.time_s, one.jpeg, one.drawn) for one in frames) == first_records.FRAMES
    for one in analyses:
        for part in fields(first_records.TRACK):
            np.testing.assert_equal(getattr(kept.track(one.key), part.name), getattr(first_records.TRACK, part.name))
    assert kept.audit("a" * 32) == []


def test_the_first_versions_file_is_what_its_maker_makes():
    assert first_records.FILE.stat().st_size < 200_000
    with closing(sqlite3.connect(f"{first_records.FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT version_num FROM alignment_version").fetchall() == [("0001",)]
        for table, content in first_records.rows():
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(content),)
        assert connection.execute("SELECT result FROM analyses").fetchone()[0] == first_records.RESULT_TEXT


def test_records_of_the_first_version_are_brought_up_with_a_backup_before(first):
    with records.open(first) as kept:
        assert_first_rows(kept)
        seen = kept.analysis("d" * 32)
        moved = (Correction(1.0, "left_knee", 2.0, 3.0),)
        kept.correct(seen, moved, seen.result, "Anna")
        folder = kept.database.location.backups
    (backup,) = folder.iterdir()
    assert "-0001-" in backup.name
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alignment_version").fetchone() == ("0001",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with records.open(first) as kept:
        assert kept.analysis("d" * 32).corrections == moved
    assert list(folder.iterdir()) == [backup]
    # A backup is as good as the records were.
    with records.open(f"sqlite:///{backup}") as kept:
        assert_first_rows(kept)


def test_the_last_five_backups_are_kept(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    other = [folder / f"mine-2-0001-2025010{k}T000000.sqlite" for k in range(3)]
    older = [folder / f"mine-0001-2025010{k}T000000.sqlite" for k in range(7)]
    for age, path in enumerate([*other, *older]):
        shutil.copy(first_records.FILE, path)
        os.utime(path, (1_700_000_000 + age, 1_700_000_000 + age))
    (folder / "mine-0001-20250101T000000.partial").write_bytes(b"left over")
    shutil.copy(first_records.FILE, tmp_path / "mine.sqlite")
    with records.open(f"sqlite:///{tmp_path}/mine.sqlite") as kept:
        assert_first_rows(kept)
    left = set(folder.iterdir())
    assert {*other, *older[3:]} < left
    assert len(left) == len(other) + 5


def test_the_tables_are_those_that_the_program_believes_in(kept):
    def differences(connection):
        context = MigrationContext.configure(
            connection, opts={"version_table": tables.VERSION_TABLE, "compare_type": True}
        )
        return compare_metadata(context, tables.METADATA)

    assert kept.database.read(differences) == []
    script = ScriptDirectory(str(ROOT / "alignment" / "records" / "migrations"))
    assert script.get_heads() == [tables.HEAD]
    assert tuple(one.revision for one in script.walk_revisions())[::-1] == tables.REVISIONS


def test_a_server_keeps_no_samples_of_what_people_wrote(server, postgres):
    with records.open(postgres) as kept:
        for number in range(30):
            kept.add_session(kept.add_subject(f"P{number}").key, replace(FACTS, notes="the same for all"))
        database = kept.database.location.url.database
        server.run("ANALYZE", database=database)
        found = kept.database.read(
            lambda connection: connection.execute(
                text("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'")
            ).all()
        )
    told = {(table, column) for table, column in found}
    assert told
    allowed = {"key", "version", "kind", "position", "number", "drawn", "size_bytes", "version_num", "clean"}
    assert {column for _, column in told if column not in allowed and not column.endswith("_key")} == set()


# --- what cannot be opened -------------------------------------------------------------------------------------------


def test_records_of_a_newer_version_are_left_alone(first):
    with records.open(first) as kept:
        kept.database.write(
            lambda connection: connection.execute(text("UPDATE alignment_version SET version_num = '0777'"))
        )
    with pytest.raises(InputError) as caught:
        records.open(first)
    assert caught.value.code == "records_newer"
    assert "0777" in str(caught.value)


def test_another_programs_sqlite_file_is_left_alone(tmp_path):
    path = tmp_path / "browser.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE subjects (name)")
        connection.commit()
    before = path.read_bytes()
    assert code_of(records.open, f"sqlite:///{path}") == "records_foreign"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_tables_on_a_server_are_left_alone(server, postgres):
    database = postgres.rpartition("/")[2]
    server.run("CREATE TABLE sessions (id int)", database=database)
    assert code_of(records.open, postgres) == "records_foreign"
    server.run("DROP TABLE sessions", "CREATE TABLE unrelated (id int)", database=database)
    with records.open(postgres) as kept:
        assert kept.add_subject("P1").code == "P1"


@pytest.mark.parametrize("spoil", ["no database", "cut short", "overwritten"])
def test_a_broken_file_is_told_with_the_way_back(tmp_path, spoil):
    path = tmp_path / "mine.sqlite"
    with records.open(f"sqlite:///{path}") as kept:
        session_of(kept)
    content = path.read_bytes()
    size = len(content)
    path.write_bytes(
        {
            "no database": b"a film, perhaps" * 1000,
            "cut short": content[: size // 3],
            "overwritten": content[:4096] + os.urandom(size - 4096),
        }[spoil]
    )
    with pytest.raises(InputError) as caught, records.open(f"sqlite:///{path}") as kept:
        kept.subjects()
    assert caught.value.code == "records_broken"
    assert str(tmp_path / "backups") in str(caught.value)


def test_a_folder_in_the_files_place_is_told(tmp_path):
    assert code_of(records.open, f"sqlite:///{tmp_path}") == "records_no_file"


def test_a_file_that_was_taken_away_meanwhile_is_told_and_one_put_back_is_used(tmp_path):
    path = tmp_path / "mine.sqlite"
    with records.open(f"sqlite:///{path}") as kept:
        session = session_of(kept)
    copy = shutil.copy(path, tmp_path / "copy")
    with records.open(f"sqlite:///{path}") as kept:
        kept.add_subject("P2")
        path.rename(tmp_path / "moved.sqlite")
        assert code_of(kept.add_subject, "P3") == "records_no_file"
        assert code_of(kept.subjects) == "records_no_file"
        for left in ("mine.sqlite-wal", "mine.sqlite-shm"):
            (tmp_path / left).unlink(missing_ok=True)
        shutil.copy(copy, path)
        assert kept.sessions(session.subject_key) == [session]
        assert [one.code for one in kept.subjects()] == ["P1"]


READ_ONLY = """
import subprocess, sys
from pathlib import Path
from alignment import records
from alignment.outputs import track_parquet
from alignment.errors import InputError

folder, mounted = Path(sys.argv[1]), sys.argv[2] == "mount"
if mounted:
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
for name in ("mine.sqlite", "new.sqlite", "new folder/new.sqlite"):
    try:
        records.open(f"sqlite:///{folder / name}")
    except InputError as fault:
        print(fault.code)
"""


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path):
    folder = tmp_path / "locked"
    with records.open(f"sqlite:///{folder}/mine.sqlite") as kept:
        session_of(kept)
    if os.geteuid() == 0:  # whom no rights of files hold back
        before = own_mounts()
        if not before:
            pytest.skip("this root may not mount anything")
        told = run(READ_ONLY, folder, "mount", before=before)
    else:
        (folder / "mine.sqlite").chmod(0o400)
        folder.chmod(0o500)
        told = run(READ_ONLY, folder, "rights")
        folder.chmod(0o700)
    assert told.split() == ["records_read_only"] * 3


@pytest.mark.parametrize(("mounted", "kind"), [("nfs4", "nfs4"), ("cifs", "cifs"), ("fuse.sshfs", "fuse.sshfs")])
def test_a_network_drive_is_refused(tmp_path, mounted, kind):
    mounts = tmp_path / "mounts"
    share = tmp_path / "a share"
    lines = [
        "22 1 8:1 / / rw - ext4 /dev/a rw",
        f"40 22 0:5 / {str(share).replace(' ', chr(92) + '040')} rw - {mounted} host:/x rw",
    ]
    mounts.write_text("\n".join(lines) + "\n")
    share.mkdir()
    with pytest.raises(InputError) as caught:
        prepare_file(find_location(f"sqlite:///{share}/below/mine.sqlite"), mounts)
    assert caught.value.code == "records_network_drive"
    assert kind in str(caught.value)
    assert "PostgreSQL" in str(caught.value)
    assert not (share / "below").exists()
    prepare_file(find_location(f"sqlite:///{tmp_path}/mine.sqlite"), mounts)
    assert (tmp_path / "mine.sqlite").is_file()


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(InputError) as caught:
        records.open("postgresql://me:secret@127.0.0.1:9/clinic")
    assert caught.value.code == "records_no_server"
    assert "secret" not in str(caught.value)
    assert "127.0.0.1:9/clinic" in str(caught.value)


def test_a_server_that_refuses_is_told(server, postgres):
    database = postgres.rpartition("/")[2]
    assert code_of(records.open, server.url("no_such_database")) == "records_no_server"
    assert code_of(records.open, server.url(database, "no_such_user")) == "records_no_server"
    server.run(f"CREATE ROLE guest_{database} LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC", database=database)
    assert code_of(records.open, server.url(database, f"guest_{database}")) == "records_no_rights"


def test_a_server_whose_encoding_lacks_letters_is_told(server):
    name = server.new_database("ENCODING 'LATIN1' TEMPLATE template0")
    assert code_of(records.open, server.url(name)) == "records_encoding"


def test_a_server_without_its_driver_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError) as caught:
        records.open("postgresql://127.0.0.1:9/clinic")
    assert caught.value.code == "records_no_driver"
    assert "pip install" in str(caught.value)
