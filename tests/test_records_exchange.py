"""Archives of records: the same state there and back, whatever the database, and nothing from archives nobody exported."""

import hashlib
import io
import json
import os
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
from sqlalchemy import select

from alignment import records
from alignment.errors import InputError
from alignment.outputs import track_parquet
from alignment.records import Correction, KeyFrame, NewAnalysis, Pain, SessionFacts, stored_files
from alignment.records.archive.archive_import import SubjectImport
from alignment.records.archive.contents import is_picture
from alignment.records.archive.reader import Reader, archive_reader
from alignment.records.schema.tables import ANALYSES, AUDIT, CORRECTIONS, ERASURES, FILES, SESSIONS, SUBJECTS
from alignment.texts import text_of
from tests.postgres import postgres, server
from tests.results import make_result, make_track

__all__ = ["postgres", "server"]  # fixtures

TRACK = make_track()
#: One piece and a bit, so that order and length of pieces count.
VIDEO = np.random.default_rng(1).bytes(stored_files.CHUNK_BYTES + 12_345)


def jpeg(seed=0, size=(40, 30)):
    image = np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8)
    return cv2.imencode(".jpg", image)[1].tobytes()


def facts(day=1, **more):
    return SessionFacts(date(2026, 3, day), **more)


@pytest.fixture
def place(tmp_path):
    """Opens new, empty records in a file of that name, closed at the end."""
    opened = []

    def open_(name="here"):
        opened.append(records.open(f"sqlite:///{tmp_path / name}.sqlite"))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def fill(kept, folder: Path) -> None:
    """Two subjects with every kind of thing that records hold."""
    film = folder / "Übung 1.mp4"
    film.write_bytes(VIDEO)
    one = kept.add_subject("P 07 – Zoë 李", "Ada")
    full = facts(
        footwear="Schuhe", complaint_side="left", step_height_cm=17.5, notes="a\n“b”\t\\", pain=Pain(0, 10, None, 3)
    )
    first = kept.add_session(one.key, full, "Ada")
    kept.add_session(one.key, facts(9), "")
    result = make_result(TRACK)
    frames = tuple(KeyFrame(k, float(TRACK.time_s[k]), jpeg(k), k == 1) for k in range(3))
    analysis = kept.add_analysis(first.key, NewAnalysis(result, track_parquet(TRACK), frames, film), "Bob")
    other = replace(result, findings=(), quality=replace(result.quality, grade="usable"))
    kept.add_analysis(first.key, NewAnalysis(other, track_parquet(TRACK)), "")
    moved = (Correction(float(TRACK.time_s[2]), "left_knee", 1 / 3, 200.25), Correction(0.1, "right_hip", -4.0, 1e3))
    kept.correct(analysis, moved, replace(result, findings=()), "Eve", "knee was on the bar")
    kept.change_session(first, replace(full, pain=Pain(1, 10, 2, 3)), "Bob")
    kept.rename_subject(one, "P 07 – Zoe", "Ada")
    kept.add_subject("empty")
    film.unlink()


def state(kept) -> dict[str, list]:
    """Every row of every table, with the files' contents; but for the notes that something was imported."""

    def work(connection):
        found = {}
        for table in (SUBJECTS, SESSIONS, ANALYSES, CORRECTIONS, AUDIT, FILES):
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
            if table is FILES:
                for row in rows:
                    row["content"] = stored_files.content(connection, row.pop("key"))
            found[table.name] = sorted((row for row in rows if row.get("what") != "imported"), key=repr)
        return found

    return kept.database.read(work)


def seen(kept) -> list:
    """The same as the rest of the program sees it."""
    found = []
    for subject in kept.subjects():
        sessions = kept.sessions(subject.key)
        analyses = [one for session in sessions for one in kept.analyses(session.key)]
        for one in analyses:
            track, frames, video = kept.track(one.key), kept.key_frames(one.key), kept.video(one.key)
            found.append((track.source, track.pixels.tobytes(), frames, None if video is None else b"".join(video)))
        audit = [entry for entry in kept.audit(subject.key) if entry.what != "imported"]
        found.append((subject, sessions, analyses, audit))
    return found


def test_export_delete_import_gives_the_same_state(place, tmp_path):
    kept, path = place(), tmp_path / "all.zip"
    fill(kept, tmp_path)
    before, as_seen = state(kept), seen(kept)
    assert {name: len(rows) for name, rows in before.items()} == {
        "subjects": 2,
        "sessions": 2,
        "analyses": 2,
        "corrections": 2,
        "audit": 9,
        "files": 6,
    }
    assert records.export(kept, path) == 2
    for subject in kept.subjects():
        kept.delete_subject(subject.key)
    assert not any(state(kept).values())
    found = records.import_archive(kept, path, "Ada")
    assert (found.subjects, found.sessions, found.analyses, found.unchanged, found.differing) == (2, 2, 2, 0, ())
    assert state(kept) == before
    assert seen(kept) == as_seen


def test_sqlite_to_postgresql_and_back_gives_the_same_state(place, postgres, tmp_path):
    kept = place("first")
    fill(kept, tmp_path)
    records.export(kept, tmp_path / "one.zip")
    with records.open(postgres) as server_kept:
        records.import_archive(server_kept, tmp_path / "one.zip")
        assert state(server_kept) == state(kept)
        assert seen(server_kept) == seen(kept)
        records.export(server_kept, tmp_path / "two.zip")
    back = place("back")
    records.import_archive(back, tmp_path / "two.zip")
    assert state(back)["files"] == state(kept)["files"]
    assert seen(back) == seen(kept)


def test_some_subjects_only(place, tmp_path):
    kept, other = place(), place("other")
    fill(kept, tmp_path)
    assert records.export(kept, tmp_path / "one.zip", ["p 07 – zoe"]) == 1
    records.import_archive(other, tmp_path / "one.zip")
    assert [one.code for one in other.subjects()] == ["P 07 – Zoe"]
    with pytest.raises(InputError, match="no subject nobody"):
        records.export(kept, tmp_path / "two.zip", ["nobody"])
    assert not (tmp_path / "two.zip").exists()


def test_the_archive_is_readable_by_people_and_for_its_owner_only(place, tmp_path):
    kept, path = place(), tmp_path / "all.zip"
    fill(kept, tmp_path)
    records.export(kept, path)
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        manifest = json.loads(zipped.read("records.json"))
        subject = next(one for one in manifest["subjects"] if one["code"] == "P 07 – Zoe")
        session, later = subject["sessions"]
        analysis = session["analyses"][0]
        folder = f"{subject['key']}/{session['key']}/{analysis['key']}"
        assert manifest["schema"] == "alignment-records/2"
        assert (session["date"], later["date"]) == ("2026-03-01", "2026-03-09")
        assert session["pain"] == {"before": 1, "during": 10, "hour_after": 2, "next_morning": 3}
        assert [one["landmark"] for one in analysis["corrections"]] == ["left_knee", "right_hip"]
        assert zipped.read(f"{folder}/video.mp4") == VIDEO
        assert zipped.read(f"{folder}/key_frame_02.jpg") == jpeg(1)
        assert zipped.read(f"{folder}/track.parquet") == track_parquet(TRACK)
        assert json.loads(zipped.read(f"{folder}/result.json"))["source"]["name"] == "Übung 1.mp4"
        listed = {member.path for member in archive_reader(path).__enter__().manifest.members}
        assert {*listed, "records.json"} == set(zipped.namelist())
        for entry in (analysis["result"], analysis["video"]):
            assert hashlib.sha256(zipped.read(entry["path"])).hexdigest() == entry["sha256"]


def test_a_film_is_never_in_memory_as_a_whole(place, tmp_path):
    kept, other = place(), place("other")
    film = tmp_path / "long.mp4"
    film.write_bytes(VIDEO * 16)
    session = kept.add_session(kept.add_subject("P1").key, facts())
    kept.add_analysis(session.key, NewAnalysis(make_result(TRACK), track_parquet(TRACK), (), film))
    tracemalloc.start()
    try:
        records.export(kept, tmp_path / "all.zip")
        records.import_archive(other, tmp_path / "all.zip")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 8 * stored_files.CHUNK_BYTES < film.stat().st_size / 2
    assert state(other)["files"] == state(kept)["files"]


# --- What is there already


@pytest.fixture
def pair(place, tmp_path):
    """Records with one subject, their archive, and other records that imported it."""
    here, there, path = place(), place("there"), tmp_path / "all.zip"
    fill(here, tmp_path)
    here.delete_subject(here.subject("empty").key)
    records.export(here, path)
    records.import_archive(there, path)
    return here, there, path


def test_importing_twice_changes_nothing(pair):
    _, there, path = pair
    before, notes = state(there), len(there.audit(there.subjects()[0].key))
    found = records.import_archive(there, path)
    assert (found.new, found.unchanged, found.differing) == (0, 5, ())
    assert state(there) == before
    assert len(there.audit(there.subjects()[0].key)) == notes


def test_what_was_added_meanwhile_on_either_side_is_kept(pair, tmp_path):
    here, there, _ = pair
    subject = here.subjects()[0]
    mine = there.add_session(subject.key, facts(20))
    theirs = here.sessions(subject.key)[0]
    added = here.add_analysis(theirs.key, NewAnalysis(make_result(TRACK), track_parquet(TRACK)))
    records.export(here, tmp_path / "later.zip")
    found = records.import_archive(there, tmp_path / "later.zip")
    assert (found.subjects, found.sessions, found.analyses, found.differing) == (0, 0, 1, ())
    assert there.session(mine.key) == mine
    assert there.analysis(added.key) == added
    assert {entry.what for entry in there.audit(subject.key)} >= {"analysis_added", "imported"}


def test_what_differs_is_kept_beside_and_told(pair):
    here, there, path = pair
    subject = there.subjects()[0]
    session = there.sessions(subject.key)[0]
    corrected, plain = there.analyses(session.key)
    there.change_session(session, replace(session.facts, notes="mine"), "me")
    there.correct(corrected, (), make_result(TRACK))
    there.rename_subject(subject, "Mine")
    before = state(there)
    found = records.import_archive(there, path, "me")
    assert (found.sessions, found.analyses) == (1, 1)
    assert len(found.differing) == 3
    assert "called Mine here" in str(found.differing[0])
    after = state(there)
    for name, rows in before.items():
        assert [row for row in rows if row not in after[name]] == []
    copy = next(one for one in there.sessions(subject.key) if one.facts.notes == session.facts.notes)
    assert copy.facts == here.sessions(subject.key)[0].facts
    (beside,) = there.analyses(copy.key)
    assert beside.corrections == corrected.corrections
    assert b"".join(there.video(beside.key)) == VIDEO
    assert there.analysis(plain.key).session_key == session.key
    again = records.import_archive(there, path, "me")
    assert (again.new, len(again.differing)) == (0, 3)
    assert state(there) == after


def test_a_code_of_somebody_else_is_refused_before_anything_is_written(place, pair, tmp_path):
    here, _, _ = pair
    here.add_subject("a first one")
    records.export(here, tmp_path / "both.zip")
    other = place("other")
    other.add_subject("p 07 – ZOE")
    before = state(other)
    with pytest.raises(InputError) as fault:
        records.import_archive(other, tmp_path / "both.zip")
    assert fault.value.code == "archive_code_taken"
    assert state(other) == before
    with pytest.raises(InputError) as fault:
        records.import_archive(other, tmp_path / "both.zip", as_code="P9")
    assert fault.value.code == "archive_as_code"


def test_one_subject_may_come_under_another_code(place, pair):
    _, _, path = pair
    other = place("other")
    other.add_subject("P 07 – Zoe")
    records.import_archive(other, path, as_code=" P9 ")
    assert [one.code for one in other.subjects()] == ["P9", "P 07 – Zoe"]
    assert len(other.sessions(other.subject("P9").key)) == 2
    with pytest.raises(InputError) as fault:
        records.import_archive(other, path, as_code="  ")
    assert fault.value.code == "subject_empty"


def test_who_is_brought_back_is_no_longer_marked_as_deleted(pair):
    here, _, path = pair
    key = here.subjects()[0].key
    here.delete_subject(key)
    records.import_archive(here, path)
    with here.database.engine.connect() as connection:
        assert connection.scalars(select(ERASURES.c.subject_key).where(ERASURES.c.subject_key == key)).all() == []
    with records.open(f"sqlite:///{here.location}") as again:
        assert len(again.sessions(key)) == 2


def test_a_key_of_another_subject_does_not_join_them(place, pair, tmp_path):
    _, there, path = pair
    subject = there.subjects()[0]

    def steal(manifest):
        entry = manifest["subjects"][0]
        entry.update(key="f" * 32, code="thief", audit=[])

    found = records.import_archive(there, tampered(path, tmp_path / "b.zip", steal))
    assert (found.subjects, found.sessions, found.analyses) == (1, 2, 2)
    assert len(there.sessions(subject.key)) == len(there.sessions("f" * 32)) == 2


@pytest.mark.parametrize("where", ["sqlite", "postgres"])
def test_two_who_import_the_same_at_once_bring_it_once(pair, tmp_path, request, where):
    here, _, path = pair
    url = f"sqlite:///{tmp_path}/both.sqlite" if where == "sqlite" else request.getfixturevalue("postgres")
    with records.open(url) as one, records.open(url) as other, ThreadPoolExecutor(2) as both:
        found = list(both.map(lambda kept: records.import_archive(kept, path), (one, other)))
        assert sorted(each.new for each in found) == [0, 5]
        assert seen(one) == seen(here)
        assert [entry.what for entry in one.audit(one.subjects()[0].key)].count("imported") == 1


# --- Whole or not at all


@pytest.mark.parametrize(("number", "code"), [(28, "archive_full"), (5, "archive_not_written")])
def test_an_export_that_the_disk_refuses_leaves_nothing(place, tmp_path, number, code):
    kept = place()
    fill(kept, tmp_path)

    class Disk(io.BufferedRandom):
        """Takes so much and no more."""

        def write(self, data):
            if self.tell() + len(data) > 50_000:
                raise OSError(number, os.strerror(number))
            return super().write(data)

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "all.zip").write_bytes(b"older")
    with pytest.raises(InputError) as fault:
        records.export(kept, tmp_path / "out" / "all.zip", create=lambda path: Disk(io.FileIO(path, "x+")))
    assert fault.value.code == code
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [b"older"]


def test_what_a_killed_export_left_is_removed_by_the_next(place, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".alignment.12345678.partial").write_bytes(b"half")
    records.export(place(), out / "a[1].zip")
    assert [path.name for path in out.iterdir()] == ["a[1].zip"]


def test_an_import_that_breaks_off_leaves_nothing_of_that_subject(place, pair):
    _, _, path = pair
    other = place("other")

    class Breaking(Reader):
        """An archive whose fourth file cannot be read to its end."""

        count = 0

        def pieces(self, member):
            self.count += 1
            yield from super().pieces(member)
            if self.count == 4:
                raise InputError("records_full", where="there")

    with zipfile.ZipFile(path) as zipped:
        breaking = Breaking(path, zipped)
        (entry,) = breaking.manifest.subjects
        with pytest.raises(InputError):
            other.database.write(SubjectImport(breaking, entry, "", other.database.now()).run)
    assert breaking.count == 4
    assert not any(state(other).values())


# --- What no export ever made


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """An archive of one subject."""
    folder = tmp_path_factory.mktemp("exported")
    with records.open(f"sqlite:///{folder}/here.sqlite") as kept:
        fill(kept, folder)
        records.export(kept, folder / "all.zip", ["P 07 – Zoe"])
    return folder / "all.zip"


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """Records that stay empty, because nothing that is brought to them is taken."""
    with records.open(f"sqlite:///{tmp_path_factory.mktemp('nothing')}/here.sqlite") as kept:
        yield kept


def tampered(path: Path, target: Path, edit=None, contents_of=None, *, seal=True, packing=zipfile.ZIP_DEFLATED) -> Path:
    """A copy with an edited manifest and other contents, by the end of their names; `seal` mends lengths and hashes."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(files.pop("records.json"))
    for name in list(files):
        for ending, content in (contents_of or {}).items():
            if name.endswith(ending):
                files[name] = content
    if seal:
        for member in members(manifest):
            content = files[member["path"]]
            member.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    if edit is not None:
        edit(manifest)
    with zipfile.ZipFile(target, "w", packing) as new:
        for name, content in files.items():
            new.writestr(name, content)
        new.writestr("records.json", json.dumps(manifest))
    return target


def members(manifest):
    for subject in manifest["subjects"]:
        for session in subject["sessions"]:
            for one in session["analyses"]:
                yield from (one["result"], one["track"], *(frame["file"] for frame in one["key_frames"]))
                if one["video"]:
                    yield one["video"]


def subject_of(manifest):
    return manifest["subjects"][0]


def session_of(manifest):
    return subject_of(manifest)["sessions"][0]


def analysis_of(manifest):
    return session_of(manifest)["analyses"][0]


def wide_jpeg():
    """A picture that claims to be 60000 pixels wide."""
    content = bytearray(jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = b"\xea\x60\xea\x60"
    return bytes(content)


EDITS = {
    "a field that is not known": lambda m: m.update(more=1),
    "a field that is missing": lambda m: session_of(m).pop("notes"),
    "a number in words": lambda m: subject_of(m).update(version="1"),
    "an endless number": lambda m: subject_of(m).update(version=10**400),
    "an infinite place": lambda m: analysis_of(m)["corrections"][0].update(x_px=float("inf")),
    "no number": lambda m: analysis_of(m)["corrections"][0].update(x_px=float("nan")),
    "pain beyond ten": lambda m: session_of(m)["pain"].update(before=11),
    "a step of a kilometre": lambda m: session_of(m).update(step_height_cm=99_999),
    "a step that is too high": lambda m: session_of(m).update(step_height_cm=900),
    "a side that is none": lambda m: session_of(m).update(complaint_side="up"),
    "no date": lambda m: session_of(m).update(date="2026-02-30"),
    "a time without zone": lambda m: subject_of(m).update(created="2026-01-01T00:00:00"),
    "a time before all": lambda m: subject_of(m).update(created="0001-01-01T00:00:00+14:00"),
    "a key that is none": lambda m: subject_of(m).update(key="../../etc/passwd"),
    "a key twice": lambda m: subject_of(m)["sessions"][1].update(key=session_of(m)["key"]),
    "a subject twice": lambda m: m["subjects"].append(dict(subject_of(m), key="0" * 32, sessions=[], audit=[])),
    "a code with blanks": lambda m: subject_of(m).update(code="  P  7 "),
    "no code": lambda m: subject_of(m).update(code=""),
    "a code of nothing seen": lambda m: subject_of(m).update(code="\u200b"),
    "a letter that no database takes": lambda m: session_of(m).update(notes="a\0b"),
    "a letter that no screen shows": lambda m: session_of(m).update(notes="a\x1b[2Jb"),
    "half a letter": lambda m: session_of(m).update(notes="\ud800"),
    "notes without end": lambda m: session_of(m).update(notes="x" * 30_000),
    "a landmark that is none": lambda m: analysis_of(m)["corrections"][0].update(landmark="tail"),
    "a file that is not there": lambda m: analysis_of(m)["video"].update(path="nowhere"),
    "a file used twice": lambda m: analysis_of(m)["key_frames"][0].update(file=analysis_of(m)["key_frames"][1]["file"]),
    "the manifest as a film": lambda m: analysis_of(m)["video"].update(path="records.json"),
    "a wrong length": lambda m: analysis_of(m)["video"].update(bytes=3),
    "a length beyond all": lambda m: analysis_of(m)["video"].update(bytes=1 << 60),
    "a wrong hash": lambda m: analysis_of(m)["video"].update(sha256="0" * 64),
    "a wrong hash of a picture": lambda m: analysis_of(m)["key_frames"][0]["file"].update(sha256="0" * 64),
    "an infinite value of a note": lambda m: subject_of(m)["audit"][0]["details"].update(code=float("inf")),
    "values of a note that are none": lambda m: subject_of(m)["audit"][0].update(details="words"),
    "subjects that are none": lambda m: m.update(subjects={}),
}
CONTENTS = {
    "a picture that is text": {"key_frame_02.jpg": b"no picture"},
    "a picture cut short": {"key_frame_02.jpg": jpeg()[:-200]},
    "a picture of 60000 pixels": {"key_frame_02.jpg": wide_jpeg()},
    "an empty picture": {"key_frame_02.jpg": b""},
    "only the header of a picture": {"key_frame_02.jpg": jpeg()[:4] + b"\xff\xd9"},
    "a result that is text": {"result.json": b"no result"},
    "a result of another form": {"result.json": b'{"schema": "alignment-result/1"}'},
    "a result of another time": {"result.json": b'{"schema": "alignment-result/9"}'},
    "a result in no encoding": {"result.json": b'{"schema": "\xff"}'},
    "a result nested without end": {"result.json": b"[" * 100_000},
    "a track that is none": {"track.parquet": b"PAR1PAR1"},
    "a track of another film": {"track.parquet": track_parquet(make_track(sha256="cd" * 32))},
    "a track of another length": {"track.parquet": track_parquet(make_track(9))},
}


def assert_refused(kept, path: Path, *codes: str) -> None:
    """Refused in one sentence with a way out, with nothing written."""
    before = state(kept)
    with pytest.raises(InputError) as fault:
        records.import_archive(kept, path)
    assert fault.value.code in (codes or ("archive_bad",))
    assert text_of(fault.value).remedy
    assert "\n" not in text_of(fault.value).message
    assert len(text_of(fault.value).message) < 600
    assert state(kept) == before


def test_tampering_that_changes_nothing_is_taken(pair, tmp_path):
    here, there, path = pair
    found = records.import_archive(there, tampered(path, tmp_path / "same.zip"))
    assert (found.new, found.differing) == (0, ())
    assert state(there) == state(here)


@pytest.mark.parametrize("name", EDITS)
def test_a_made_up_manifest_is_refused(nothing, exported, tmp_path, name):
    assert_refused(nothing, tampered(exported, tmp_path / "bad.zip", EDITS[name]))


@pytest.mark.parametrize("name", CONTENTS)
def test_made_up_files_are_refused(nothing, exported, tmp_path, name):
    assert_refused(nothing, tampered(exported, tmp_path / "bad.zip", contents_of=CONTENTS[name]))


def test_another_schema_is_told(nothing, exported, tmp_path):
    newer = tampered(exported, tmp_path / "newer.zip", lambda m: m.update(schema="alignment-records/3", news=[]))
    assert_refused(nothing, newer, "archive_schema")


def test_what_is_no_archive_is_refused(nothing, exported, tmp_path):
    kept, whole = nothing, exported.read_bytes()
    assert_refused(kept, tmp_path / "gone.zip", "missing_file")
    assert_refused(kept, tmp_path, "unreadable_file")
    for content in (b"", b"PK\5\6" + bytes(18), b"no zip", whole[: len(whole) // 2], whole[:-30], whole[100:]):
        (tmp_path / "bad.zip").write_bytes(content)
        assert_refused(kept, tmp_path / "bad.zip")
    at = whole.index(VIDEO[1000:1100])
    (tmp_path / "bad.zip").write_bytes(whole[:at] + b"\0" * 50 + whole[at + 50 :])
    assert_refused(kept, tmp_path / "bad.zip")


def test_a_manifest_that_is_none_is_refused(nothing, tmp_path):
    for text in ("", "[]", "1", '"x"', "{", '{"schema": 1}', "[" * 200_000, '{"a":' * 50_000, "\0"):
        with zipfile.ZipFile(tmp_path / "bad.zip", "w") as zipped:
            zipped.writestr("records.json", text)
        assert_refused(nothing, tmp_path / "bad.zip")


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b", "..\\up.txt", "C:/x"])
def test_paths_that_lead_elsewhere_are_refused(nothing, exported, tmp_path, name):
    path = tampered(exported, tmp_path / "bad.zip")
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(name, b"x")
    assert_refused(nothing, path)
    assert not (tmp_path.parent / "up.txt").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(nothing, exported, tmp_path):
    path = tampered(exported, tmp_path / "bad.zip")
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("records.json", b"{}")
    assert_refused(nothing, path)


def test_bombs_are_refused_unopened(nothing, exported, tmp_path):
    kept, path = nothing, tampered(exported, tmp_path / "bad.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("zeros", bytes(300 << 20))
    assert_refused(kept, path)
    shared = tampered(exported, tmp_path / "shared.zip", packing=zipfile.ZIP_STORED)
    with zipfile.ZipFile(shared, "a") as zipped:
        zipped.writestr("last", b"x")
        largest = max(zipped.infolist(), key=lambda info: info.file_size)
        for number in range(3):
            again = zipfile.ZipInfo(f"again{number}")
            for field in ("header_offset", "CRC", "compress_size", "file_size"):
                setattr(again, field, getattr(largest, field))
            zipped.filelist.append(again)
    assert_refused(kept, shared)


def test_a_locked_archive_is_refused(nothing, exported, tmp_path):
    content = bytearray(tampered(exported, tmp_path / "bad.zip").read_bytes())
    at = content.rindex(b"PK\1\2")
    content[at + 8] |= 1
    (tmp_path / "bad.zip").write_bytes(content)
    assert_refused(nothing, tmp_path / "bad.zip")


def test_a_track_that_unpacks_to_millions_of_numbers_is_refused(nothing, exported, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"time_s": pa.array(np.zeros(4_000_000))}), out, compression="zstd")
    assert len(out.getvalue()) < 100_000
    path = tampered(exported, tmp_path / "bad.zip", contents_of={"track.parquet": out.getvalue()})
    assert_refused(nothing, path)


def test_a_manifest_that_is_too_long_is_refused(exported):
    with pytest.raises(InputError, match=r"records\.json"), archive_reader(exported, most_manifest_bytes=100):
        pass


@pytest.mark.parametrize("size", [(1, 1), (960, 1707), (8192, 8)])
def test_pictures_of_films_are_pictures(size):
    assert is_picture(jpeg(size=size))
    gray = cv2.imencode(".jpg", np.zeros(size, np.uint8), [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()
    assert is_picture(gray)
