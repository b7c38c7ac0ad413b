"""Several people at one place of records, and what may befall them: processes killed, servers gone, disks full."""

import os
import random
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from alignment import records
from alignment.errors import InputError
from alignment.records import ConflictError, Correction, Pain, Records, backup
from alignment.records.database import Database
from alignment.records.location import VARIABLE, find_location
from alignment.records.upgrade import upgrade
from tests.keeping import FACTS, analysis, done, own_mounts, run, start
from tests.test_records import assert_first_rows, files_with, first, rows_of, server_folders, url

__all__ = ["first", "url"]

WRITERS = 3
EACH = 4


@pytest.fixture(autouse=True)
def own_data(tmp_path, monkeypatch):
    """No test touches the records of whoever runs it; processes that it starts neither."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv(VARIABLE, raising=False)


def whole(kept):
    """The number of analyses, each of which is there with its files as they were put in."""
    count = 0
    for subject in kept.subjects():
        for session in kept.sessions(subject.key):
            for one in kept.analyses(session.key):
                assert kept.track(one.key).frames == 7
                assert len(kept.key_frames(one.key)) == 2
                video = kept.video(one.key)
                assert video is None or sum(map(len, video)) > 0
                count += 1
    return count


# --- at once -------------------------------------------------------------------------------------------------------

WRITER = """
import sys
from dataclasses import replace
from alignment import records
from tests.keeping import FACTS, analysis

url, me, each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with records.open(url) as kept:
    (subject,) = kept.subjects("shared")
    (shared,) = [one for one in kept.sessions(subject.key) if one.facts.footwear == "shared"]
    for turn in range(each):
        session = kept.add_session(subject.key, replace(FACTS, notes=f"{me} {turn}"), f"writer {me}")
        added = kept.add_analysis(session.key, analysis(seed=10 * me + turn), f"writer {me}")
        seen = kept.session(shared.key)
        pain = replace(seen.facts.pain, **{("before", "during", "hour_after", "next_morning")[me]: turn})
        kept.change_session(seen, replace(seen.facts, pain=pain), f"writer {me}")
        kept.add_subject(f"P {me} {turn}")
        print(session.key, added.key)
"""


def test_several_processes_writing_at_once_lose_nothing(url):
    with records.open(url) as kept:
        subject = kept.add_subject("shared")
        shared = kept.add_session(subject.key, replace(FACTS, footwear="shared"))
        writers = [start(WRITER, url, me, EACH) for me in range(WRITERS)]
        told = [line.split() for writer in writers for line in done(writer).splitlines()]
        assert len(told) == WRITERS * EACH
        last = EACH - 1
        assert kept.session(shared.key).facts.pain == Pain(last, last, last)
        assert kept.session(shared.key).version == 1 + WRITERS * EACH
        sessions = {one.key: one for one in kept.sessions(subject.key)}
        assert {key for key, _ in told} | {shared.key} == set(sessions)
        assert {added for _, added in told} == {one.key for key in sessions for one in kept.analyses(key)}
        assert whole(kept) == WRITERS * EACH
        assert len(kept.subjects()) == 1 + WRITERS * EACH
        notes = kept.audit(subject.key)
        assert len(notes) == 2 + 3 * WRITERS * EACH
        assert {one.operator for one in notes} == {"", *(f"writer {me}" for me in range(WRITERS))}


def at_once(*works):
    """Run works in threads that begin together; what each returned or raised."""
    results, gate = [None] * len(works), threading.Barrier(len(works))

    def one(number):
        gate.wait()
        try:
            results[number] = works[number]()
        except (InputError, ConflictError) as fault:
            results[number] = fault

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_many_threads_with_one_opening_lose_nothing(url):
    with records.open(url) as kept:
        subject = kept.add_subject("shared")
        added = at_once(*(lambda k=k: kept.add_session(subject.key, replace(FACTS, notes=str(k))) for k in range(24)))
        assert sorted(one.key for one in added) == sorted(one.key for one in kept.sessions(subject.key))


def test_of_two_people_with_the_same_code_one_gets_it(url):
    with records.open(url) as kept:
        found = at_once(*(lambda code=code: kept.add_subject(code) for code in ("ärzte", "Ärzte", "ÄRZTE") * 3))
        refused = [one for one in found if isinstance(one, InputError)]
        assert [one.code for one in refused] == ["subject_exists"] * 8
        assert len(kept.subjects()) == 1


def test_of_two_people_with_the_same_field_one_gets_it_and_others_are_told(url):
    with records.open(url) as kept:
        seen = kept.add_session(kept.add_subject("P1").key, FACTS)
        found = at_once(
            *(lambda k=k: kept.change_session(seen, replace(FACTS, notes=str(k))) for k in range(6)),
            lambda: kept.change_session(seen, replace(FACTS, footwear="shoes")),
        )
        conflicts = [one for one in found if isinstance(one, ConflictError)]
        assert len(conflicts) == 5
        assert {one.conflicts[0].field for one in conflicts} == {"notes"}
        now = kept.session(seen.key)
        assert (now.version, now.facts.footwear) == (3, "shoes")
        assert now.facts.notes == conflicts[0].conflicts[0].theirs


def test_of_two_people_correcting_at_once_one_is_told(url):
    with records.open(url) as kept:
        seen = kept.add_analysis(kept.add_session(kept.add_subject("P1").key, FACTS).key, analysis())
        moved = [(Correction(1.0, "left_knee", float(k), 1.0),) for k in range(5)]
        found = at_once(*(lambda one=one: kept.correct(seen, one, seen.result) for one in moved))
        kinds = [type(one) for one in found]
        assert sorted(kind.__name__ for kind in kinds) == ["Analysis"] + ["ConflictError"] * 4
        (winner,) = [one for one in found if not isinstance(one, ConflictError)]
        assert kept.analysis(seen.key) == winner


def test_adding_to_what_somebody_else_deletes_is_told_or_kept(url):
    with records.open(url) as kept:
        for _ in range(4):
            subject = kept.add_subject("P1")
            session = kept.add_session(subject.key, FACTS)
            found = at_once(
                partial(kept.add_analysis, session.key, analysis()),
                partial(kept.add_session, subject.key, FACTS),
                partial(kept.delete_session, session.key),
                partial(kept.delete_subject, subject.key),
            )
            codes = {one.code for one in found if isinstance(one, InputError)}
            assert codes <= {"no_session", "no_subject"}
            assert kept.subjects() == []
        for table in ("sessions", "analyses", "files", "chunks", "audit"):
            assert rows_of(kept, table) == []


def test_somebody_elses_long_writing_is_waited_for(url):
    with records.open(url) as kept:
        subject = kept.add_subject("P1")
        held, release = threading.Event(), threading.Event()

        def long_writing(connection):
            if not kept.database.is_sqlite:
                connection.execute(text("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE"))
            held.set()
            release.wait(20)

        other = threading.Thread(target=kept.database.write, args=(long_writing,))
        other.start()
        held.wait(20)
        threading.Timer(2.5, release.set).start()
        began = time.monotonic()
        kept.add_session(subject.key, FACTS)
        assert time.monotonic() - began > 2
        other.join()
        assert len(kept.sessions(subject.key)) == 1


def test_who_waits_too_long_is_told_what_to_do(tmp_path):
    with Records(Database(find_location(f"sqlite:///{tmp_path}/mine.sqlite"), busy_s=0.1)) as kept:
        kept.add_subject("P1")
        with closing(sqlite3.connect(tmp_path / "mine.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(InputError) as caught:
                kept.add_subject("P2")
            assert caught.value.code == "records_busy"
            assert [one.code for one in kept.subjects()] == ["P1"]
            other.execute("ROLLBACK")
        kept.add_subject("P2")


OPENER = """
import sys
from alignment import records
with records.open(sys.argv[1]) as kept:
    kept.add_subject(f"P{sys.argv[2]}")
    print(len(kept.subjects()))
"""


def test_several_that_open_a_new_place_at_once_make_it_once(url):
    openers = [start(OPENER, url, k) for k in range(3)]
    assert max(int(done(one)) for one in openers) == 3
    with records.open(url) as kept:
        assert len(kept.subjects()) == 3


def test_several_that_migrate_at_once_do_it_once(first):
    other = start(OPENER, first, 1)
    found = at_once(*(partial(records.open, first) for _ in range(4)))
    done(other)
    assert [one for one in found if isinstance(one, InputError)] == []
    for one in found:
        one.close()
    with records.open(first) as kept:
        assert [one.code for one in kept.subjects()] == ["P1", "Äpfel-01", "李雷"]
        assert len(list(kept.database.location.backups.iterdir())) == 1


# --- killed ----------------------------------------------------------------------------------------------------------

VICTIM = """
import sys
from dataclasses import replace
from pathlib import Path
from alignment import records
from tests.keeping import FACTS, analysis

url, film, round = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
with records.open(url) as kept:
    subject = kept.add_subject(f"P{round}")
    for turn in range(1000):
        session = kept.add_session(subject.key, replace(FACTS, notes=str(turn)))
        print("session", session.key, flush=True)
        added = kept.add_analysis(session.key, analysis(film if turn % 2 else None))
        print("analysis", added.key, flush=True)
"""


def test_a_process_that_is_killed_while_it_writes_leaves_all_it_had_finished(url, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(12_000_000))
    told = []
    for turn in range(2):
        victim = start(VICTIM, url, film, turn)
        finished = 0
        while finished < 3 + 2 * turn:
            told.append(victim.stdout.readline().split())
            finished += told[-1][0] == "analysis"
        time.sleep(random.Random(turn).uniform(0.02, 0.15))  # the next one has a film
        victim.send_signal(signal.SIGKILL)
        told += [line.split() for line in victim.communicate()[0].splitlines()]
        with records.open(url) as kept:
            for kind, key in told:
                assert kept.session(key) if kind == "session" else kept.analysis(key)
            # What was being written is there as a whole, or not at all; at most one thing was not told any more.
            count = whole(kept)
            assert count - len([1 for kind, _ in told if kind == "analysis"]) <= turn + 1
            keys = {row[0] for row in rows_of(kept, "analyses")}
            assert {row[1] for row in rows_of(kept, "files")} == keys


STOPPING = """
import sys, time
from pathlib import Path
import alignment.records.{module} as module
from alignment import records

real = module.{name}

def stopping(*arguments, **named):
    if {after}:
        real(*arguments, **named)
    {extra}
    print("there", flush=True)
    time.sleep(60)

module.{name} = stopping
kept = records.open(sys.argv[1])
{then}
"""


def stopped(url, module, name, *, after=True, extra="pass", then="pass"):
    """Kill a process where it has just done (or is about to do) something."""
    script = STOPPING.format(module=module, name=name, after=after, extra=extra, then=then)
    victim = start(script, url)
    assert victim.stdout.readline().strip() == "there", victim.communicate()[1]
    victim.send_signal(signal.SIGKILL)
    victim.communicate()


def test_a_process_that_is_killed_while_it_migrates_leaves_the_old_or_the_new(first):
    stopped(first, "upgrade", "migrate")
    database = Database(find_location(first))
    tables = "SELECT version_num FROM alignment_version"
    assert database.read(lambda connection: connection.scalar(text(tables))) == "0001"
    database.close()
    with records.open(first) as kept:
        assert_first_rows(kept)
        backups = list(kept.database.location.backups.iterdir())
        assert {path.suffix for path in backups} == {".sqlite"}
        for path in backups:
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_process_that_is_killed_while_it_backs_up_leaves_no_half_backup(first):
    module = "private_file" if first.startswith("sqlite") else "_copy_tables"
    stopped(first, "backup", module)
    folder = find_location(first).backups
    assert [path.suffix for path in folder.iterdir()] == [".partial"]
    with records.open(first) as kept:
        assert_first_rows(kept)
    (backup,) = folder.iterdir()
    assert backup.suffix == ".sqlite"


def test_a_process_that_is_killed_while_it_deletes_leaves_the_rest_to_the_next(first, tmp_path, request):
    with records.open(first):
        pass
    folders = [tmp_path, *server_folders(first, request)]
    stopped(first, "erasure", "_clean", after=False, then="kept.delete_subject('a' * 32)")
    backups = find_location(first).backups
    assert files_with("Äpfel-01", backups)
    with records.open(first) as kept:
        assert [one.code for one in kept.subjects()] == ["李雷"]
        assert rows_of(kept, "erasures") == [("a" * 32, True)]
        if not kept.database.is_sqlite:
            request.getfixturevalue("server").run("CHECKPOINT")
        assert files_with("first visit", *folders) == []
        assert files_with("Äpfel-01", backups) == []


# --- servers gone ------------------------------------------------------------------------------------------------------


def test_a_server_that_is_killed_and_comes_back_loses_nothing_that_was_finished(server, postgres):
    with records.open(postgres) as kept:
        subject, finished, stop = kept.add_subject("P1"), [], threading.Event()

        def write(me):
            while not stop.is_set():
                finished.append(kept.add_session(subject.key, replace(FACTS, notes=str(me))).key)

        threads = [threading.Thread(target=write, args=(me,)) for me in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(2):
            reached = len(finished)
            server.kill()
            deadline = time.monotonic() + 20
            while len(finished) < reached + 9 and time.monotonic() < deadline:
                time.sleep(0.02)
            assert len(finished) >= reached + 9
        stop.set()
        for thread in threads:
            thread.join()
        found = [one.key for one in kept.sessions(subject.key)]
        # Each is there once, also where its connection broke at the last word.
        assert sorted(found) == sorted(finished)
        assert len(kept.audit(subject.key)) == 1 + len(found)


def test_what_was_kept_although_its_connection_broke_is_not_kept_twice(url, tmp_path):
    film = tmp_path / "film"
    film.write_bytes(b"film")
    broken = []

    class Breaking(Database):
        """Loses its connection after every other time that something was kept."""

        def _write_once(self, work):
            done_ = super()._write_once(work)
            if len(broken) % 2 == 0:
                broken.append(1)
                if self.is_sqlite:
                    fault = sqlite3.OperationalError("busy")
                    fault.sqlite_errorcode = sqlite3.SQLITE_BUSY
                else:
                    import psycopg

                    fault = psycopg.OperationalError("server closed the connection unexpectedly")
                raise OperationalError("COMMIT", {}, fault)
            broken.append(1)
            return done_

    with Records(Breaking(find_location(url))) as kept:
        subject = kept.add_subject("P1")
        session = kept.add_session(subject.key, FACTS)
        changed = kept.change_session(session, replace(FACTS, notes="new"))
        added = kept.add_analysis(session.key, analysis(film))
        corrected = kept.correct(added, (Correction(1.0, "left_knee", 1.0, 1.0),), added.result)
        renamed = kept.rename_subject(subject, "P2")
        assert kept.subjects() == [renamed]
        assert kept.sessions(subject.key) == [changed]
        assert kept.analyses(session.key) == [corrected]
        assert len(kept.audit(subject.key)) == 6
        kept.delete_analysis(added.key)
        kept.delete_session(session.key)
        assert len(kept.audit(subject.key)) == 8
        kept.delete_subject(subject.key)
        assert kept.subjects() == []
        assert len(broken) >= 18


# --- full disks --------------------------------------------------------------------------------------------------------

FULL_DISK = """
import os, resource, subprocess, sys
from dataclasses import replace
from pathlib import Path
from alignment import records
from alignment.errors import InputError
from alignment.texts import text_of
from tests.keeping import FACTS, analysis
from tests.test_records_together import whole

folder, how = Path(sys.argv[1]), sys.argv[2]
small, film = folder / "small", folder / "film.mp4"
small.mkdir()
film.write_bytes(os.urandom(5_000_000))
if how == "mount":
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small], check=True)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, resource.RLIM_INFINITY))

def refused(work):
    try:
        work()
    except InputError as fault:
        assert fault.code == "records_full" or (how == "limit" and fault.code == "records_disk"), fault
        assert text_of(fault).remedy
        return True
    return False

with records.open(f"sqlite:///{small}/mine.sqlite") as kept:
    session = kept.add_session(kept.add_subject("P1").key, FACTS)
    first = kept.add_analysis(session.key, analysis())
    assert refused(lambda: kept.add_analysis(session.key, analysis(film)))
    assert kept.analyses(session.key) == [first] and whole(kept) == 1
    if how == "mount":
        assert os.statvfs(small).f_bavail * 4096 > 3 << 20  # nothing is left of the film
    # A film too large does not keep small things out.
    kept.change_session(session, replace(FACTS, notes="there is room"))
    filler = small / "filler"
    finished = []
    if how == "mount":
        filler.write_bytes(bytes(os.statvfs(small).f_bavail * 4096 - (300 << 10)))
    for turn in range(2000):
        if refused(lambda: finished.append(kept.add_session(session.subject_key, replace(FACTS, notes="x" * 20_000)).key)):
            break
    else:
        raise AssertionError("never full")
    assert finished
    assert {one.key for one in kept.sessions(session.subject_key)} == {session.key, *finished}
    assert kept.session(session.key).facts.notes == "there is room"
    assert whole(kept) == 1
    assert refused(lambda: records.open(f"sqlite:///{small}/other.sqlite").close()) or how != "mount"
    if how == "mount":
        filler.unlink()
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    later = kept.add_analysis(session.key, analysis(seed=5))
    assert kept.analyses(session.key) == [first, later]
with records.open(f"sqlite:///{small}/mine.sqlite") as kept:
    assert whole(kept) == 2
    kept.delete_subject(session.subject_key)
    assert kept.subjects() == []
print("well", len(finished))
"""


@pytest.mark.parametrize("how", ["mount", "limit"])
def test_a_full_disk_is_told_and_leaves_everything_before_it(tmp_path, how):
    before = own_mounts() if how == "mount" else ()
    if how == "mount" and not before:
        pytest.skip("nothing may be mounted here")
    assert run(FULL_DISK, tmp_path, how, before=before).startswith("well")


def test_a_servers_full_disk_is_told_and_leaves_everything_before_it(server, tmp_path):
    if server.small is None:
        pytest.skip("nothing may be mounted here")
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(40_000_000))
    filler = server.small_from_here / "filler"
    filler.write_bytes(bytes(4 << 20))
    server.run(f"CREATE TABLESPACE small LOCATION '{server.small}'")
    name = server.new_database("TABLESPACE small")
    try:
        with records.open(server.url(name)) as kept:
            session = kept.add_session(kept.add_subject("P1").key, FACTS)
            first_one = kept.add_analysis(session.key, analysis())
            with pytest.raises(InputError) as caught:
                kept.add_analysis(session.key, analysis(film))
            assert caught.value.code == "records_full"
            assert kept.analyses(session.key) == [first_one]
            assert whole(kept) == 1
            film.write_bytes(os.urandom(1_000_000))
            filler.unlink()
            kept.add_analysis(session.key, analysis(film))
            assert whole(kept) == 2
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)", "DROP TABLESPACE small")


def test_a_migration_without_room_for_its_backup_changes_nothing(first):
    def full(*_):
        raise OSError(28, os.strerror(28))

    database = Database(find_location(first))
    with pytest.raises(InputError) as caught:
        upgrade(database, partial(backup.make, sync=full))
    database.close()
    assert caught.value.code == "records_full"
    assert str(find_location(first).backups) in str(caught.value)
    assert list(find_location(first).backups.iterdir()) == []
    with records.open(first) as kept:
        assert_first_rows(kept)
