"""What people have from version 0.1, a database and an archive, opens, shows, compares, and goes out and in again.

Both were made by that version: the landmarks of two clips (every second frame of their first seven seconds, rounded)
analyzed as squats, added by `alignment records add` on two days, one session changed, one knee corrected, the subject
renamed, exported.
"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from alignment import records
from alignment.cli import main
from alignment.records import Correction
from alignment.views import audit

DATA = Path(__file__).parent / "data"
#: What version 0.1 said on this database by `alignment records show "P 07" --json`.
MEANS = {
    "2026-03-02": {
        "knee_over_toe left": 1.35,
        "fppa right": -6.17,
        "fppa_image right": -12.55,
        "trunk_lean body": -0.73,
    },
    "2026-04-13": {
        "knee_over_toe left": -3.29,
        "fppa right": -11.85,
        "fppa_image right": -39.46,
        "trunk_lean body": 3.83,
    },
}


@pytest.fixture(params=["database", "archive"])
def kept(request, tmp_path, monkeypatch):
    """Records of version 0.1, from either."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"sqlite:///{tmp_path}/mine.sqlite")
    if request.param == "database":
        shutil.copy(DATA / "records_0_1.sqlite", tmp_path / "mine.sqlite")
    with records.open() as opened:
        if request.param == "archive":
            assert records.import_archive(opened, DATA / "records_0_1.zip").new == 5
        yield opened


def analyses_of(kept):
    sessions = kept.sessions(kept.subject("P 07").key)
    return [one for session in sessions for one in kept.analyses(session.key)]


def test_everything_in_it_is_there(kept):
    first, second = kept.sessions(kept.subject("P 07").key)
    assert first.facts == records.SessionFacts(
        date(2026, 3, 2), "shoes", notes="Übung eins", pain=records.Pain(before=3, during=4)
    )
    assert (second.facts.footwear, second.version) == ("barefoot", 1)
    assert [one for session in (first, second) for one in kept.unreadable(session.key)] == []
    one, other = analyses_of(kept)
    assert one.corrections == ()
    assert [(each.landmark, round(each.time_s, 2)) for each in other.corrections] == [("left_knee", 2.2)]
    assert (one.result.source.name, other.result.source.name) == ("squat_front.mp4", "squat_yaw12.mp4")
    assert kept.track(other.key).frames == 104


def test_it_is_shown_and_compared_as_version_0_1_did(kept, capfd):
    assert main(["records", "show", "P 07"]) == 0
    shown = capfd.readouterr().out
    assert "Since 2026-03-02" in shown
    assert "Landmarks placed by hand: 1" in shown
    assert main(["records", "show", "P 07", "--json", "-"]) == 0
    told = json.loads(capfd.readouterr().out)
    for session in told["sessions"]:
        (analysis,) = session["analyses"]
        means = {f"{row['measure']} {row['side']}": row["mean"] for row in analysis["summary"]}
        for name, mean in MEANS[session["date"]].items():
            assert means[name] == mean
    changed = {f"{row['measure']} {row['side']}" for row in analysis["summary"] if row["changed"]}
    assert changed == {"fppa_image right", "trunk_lean body"}


def test_its_notes_stay_the_sentences_that_they_were(kept):
    notes = [(one.operator, audit.deed(one.what), audit.about(one.details, one.about)) for one in old_notes(kept)]
    assert notes == [
        ("Bob", "Subject's code changed", "code: P07 → P 07"),
        (
            "Ada",
            "Landmarks corrected",
            "squat, squat_yaw12.mp4, session of 2026-04-13: left knee at 2.20 s to 456, 862 px: knee was beside its place",
        ),
        ("Bob", "Session changed", "session of 2026-03-02: footwear: barefoot → shoes; pain while moving: none → 4"),
        ("Ada", "Analysis added", "squat, squat_yaw12.mp4, session of 2026-04-13"),
        ("Ada", "Session added", "session of 2026-04-13"),
        ("Ada", "Analysis added", "squat, squat_front.mp4, session of 2026-03-02"),
        ("Ada", "Session added", "session of 2026-03-02"),
        ("Ada", "Subject added", "P07"),
    ]


def old_notes(kept):
    """Without the note of the import."""
    return [one for one in kept.audit(kept.subject("P 07").key) if one.what != "imported"]


def test_a_correction_of_it_can_be_taken_back_and_made_again(kept):
    analysis = analyses_of(kept)[1]
    track = kept.track(analysis.key)
    back = kept.correct(analysis, (), records.recompute(analysis, track, ()), "Eve")
    assert back.corrections == ()
    moved = (Correction(analysis.corrections[0].time_s, "left_hip", 400.0, 700.0),)
    assert kept.correct(back, moved, records.recompute(back, track, moved), "Eve").corrections == moved


def test_it_goes_out_and_in_again(kept, tmp_path):
    subject = kept.subject("P 07")
    before = analyses_of(kept), kept.audit(subject.key), kept.sessions(subject.key)
    records.export(kept, tmp_path / "again.zip")
    kept.delete_subject(subject.key)
    records.import_archive(kept, tmp_path / "again.zip", "Eve")
    newest, *notes = kept.audit(subject.key)
    assert (newest.operator, newest.what, newest.details) == ("Eve", "imported", {"sessions": 2, "analyses": 2})
    assert (analyses_of(kept), notes, kept.sessions(subject.key)) == before
