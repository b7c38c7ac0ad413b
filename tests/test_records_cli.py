"""`alignment records` as its user meets it: words, exit codes, what is kept; on a real database in a folder of its own."""

import io
import json
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from alignment import outputs, records
from alignment.cli import main
from alignment.cli.records import delete
from alignment.core.assessment import repeatability
from alignment.errors import InputError
from alignment.records import Correction
from alignment.records.store import analyses
from alignment.texts import say
from tests import films
from tests.results import make_result, make_track, summary, value
from tests.saved import folder_of
from tests.setups import HEAVY

FRAMES = 12


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Every test has a folder, records and settings of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ALIGNMENT_DATABASE_URL", raising=False)
    monkeypatch.delenv("ALIGNMENT_DEBUG", raising=False)


@pytest.fixture
def kept():
    with records.open() as opened:
        yield opened


def folder(name="knee", *, mean=-12.3, reason=None, film=True, activity="squat", version="0.1.0"):
    """A result folder whose one number is this."""
    track = make_track(FRAMES)
    made = make_result(track, cycles=cycles())
    row = summary("fppa", "left", "deg", mean, reason=reason)
    settings = {**made.software.settings, "activity": activity}
    software = replace(made.software, version=version, settings=settings)
    made = replace(made, summary=(row,), activity=activity, software=software)
    return folder_of(Path(name), made, track, film=film)


def cycles():
    made = make_result(make_track()).cycles[0]
    return (replace(made, start_s=0.0, end_s=0.3, key_s=0.1, values=(value("fppa", "left", "deg", "key", -12.3),)),)


def run(capfd, *words: object) -> tuple[int, str, str]:
    """The exit code and what was said on the standard and on the error output."""
    code = main(["records", *map(str, words)])
    said = capfd.readouterr()
    assert len(said.err.splitlines()) <= 1
    return code, said.out, said.err


def add(capfd, *words: object) -> str:
    code, out, err = run(capfd, "add", *words)
    assert (code, err) == (0, "")
    return out


# --- Add


def test_the_first_analysis_makes_subject_session_and_analysis(capfd, kept):
    said = add(
        capfd, folder(), "--subject", "P07", "--new", "--date", "2026-03-01", "--footwear", "barefoot", "--side", "left",
        "--step-height-cm", "17.5", "--notes", "Übung\nzwei", "--pain-before", "3", "--pain-next-morning", "0",
        "--operator", "Ada",
    )  # fmt: skip
    assert "Added to P07, session of 2026-03-01: Übung 1.mp4 (Squat), pictures: 1" in said
    assert f"Records: {kept.location}" in said
    (subject,) = kept.subjects()
    (session,) = kept.sessions(subject.key)
    pain = records.Pain(before=3, next_morning=0)
    assert session.facts == records.SessionFacts(date(2026, 3, 1), "barefoot", "left", 17.5, "Übung\nzwei", pain)
    (analysis,) = kept.analyses(session.key)
    assert analysis.result == outputs.read_result(Path("knee"))
    assert [frame.drawn for frame in kept.key_frames(analysis.key)] == [True]
    assert {entry.operator for entry in kept.audit(subject.key)} == {"Ada"}


def everything(kept):
    return [(one.code, kept.sessions(one.key), kept.audit(one.key)) for one in kept.subjects()]


def test_what_cannot_be_kept_to_the_end_is_not_begun(capfd, kept, monkeypatch):
    """Killed, or out of disk, in the last step: neither subject nor session stands there without the analysis."""
    add(capfd, folder("one"), "--subject", "P07", "--new", "--date", "2026-03-01")
    before = everything(kept)
    monkeypatch.setattr(analyses.stored_files, "put", lambda *_, **__: pytest.fail("the disk is full", pytrace=False))
    for words in (("P08", "--new"), ("P07", "--notes", "b")):
        with pytest.raises(pytest.fail.Exception):
            main(
                ["records", "add", str(folder(f"of-{words[0]}", mean=1.0)), "--date", "2026-03-01", "--subject", *words]
            )
        assert everything(kept) == before


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "P1"],
        ["delete", "P1", "--yes"],
        ["export", "all.zip"],
        ["add", "no", "--subject", "P1", "--new"],
    ],
)
def test_a_command_that_only_reads_or_is_refused_makes_no_records(capfd, tmp_path, words):
    run(capfd, *words)
    assert not (tmp_path / "data").exists()


def test_the_session_of_the_day_is_used_and_only_what_is_said_changes(capfd, kept):
    add(capfd, folder("one"), "--subject", "P07", "--new", "--date", "2026-03-01", "--notes", "a", "--pain-before", "3")
    add(capfd, folder("two", mean=1.0), "--subject", "p07", "--date", "2026-03-01", "--pain-during", "5")
    add(capfd, folder("three"), "--subject", "P07")
    today, first = sorted(kept.sessions(kept.subject("P07").key), key=lambda one: one.facts.date, reverse=True)
    assert first.facts.notes == "a"
    assert (first.facts.pain.before, first.facts.pain.during) == (3, 5)
    assert len(kept.analyses(first.key)) == 2
    assert today.facts == records.SessionFacts(date.today())


def test_the_operator_set_on_this_machine_is_noted(capfd, kept):
    from alignment.records.operator import set_operator

    set_operator("Grace")
    add(capfd, folder("one"), "--subject", "P07", "--new")
    add(capfd, folder("two", mean=1.0), "--subject", "P07", "--operator", "Ada")
    assert [entry.operator for entry in kept.audit(kept.subject("P07").key)] == ["Ada", "Grace", "Grace", "Grace"]


def test_without_pictures_it_says_how_to_get_them(capfd, kept):
    said = add(capfd, folder(film=False), "--subject", "P07", "--new")
    assert "pictures: 0" in said
    assert "--film takes them from the film." in said


@pytest.mark.parametrize("option", ["--film", "--video"])
def test_pictures_come_from_the_film_which_is_kept_only_if_asked_for(capfd, kept, option, tmp_path):
    film = films.write(tmp_path / "knee.mp4", [films.marked(i, 720, 1280) for i in range(FRAMES)])
    from alignment import sources

    track = replace(make_track(FRAMES), source=sources.open(film).facts)
    result = replace(make_result(track, cycles=cycles()), summary=())
    folder_of(Path("knee"), result, track, film=False)
    add(capfd, "knee", "--subject", "P07", "--new", option, film)
    (session,) = kept.sessions(kept.subject("P07").key)
    (analysis,) = kept.analyses(session.key)
    (frame,) = kept.key_frames(analysis.key)
    assert not frame.drawn
    video = kept.video(analysis.key)
    assert (b"".join(video) if video else None) == (film.read_bytes() if option == "--video" else None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", "--subject", "P07"], "There is no subject P07. Check the spelling with `alignment records list`"),
        (["nowhere", "--subject", "P07", "--new"], "There is no file nowhere/result.json."),
        (["nowhere", "--subject", " ", "--new"], "There is no file nowhere/result.json."),
        (["knee", "--subject", "\t", "--new"], "A subject needs a code."),
        (["knee", "--subject", "P" * 101, "--new"], "A code may have at most 100 characters."),
        (["knee", "--subject", "P07", "--new", "--date", "31.3.2026"], "31.3.2026 is no date like 2026-03-31"),
        (["knee", "--subject", "P07", "--new", "--pain-before", "11"], "--pain-before"),
        (["knee", "--subject", "P07", "--new", "--pain-before", "-1"], "--pain-before"),
        (["knee", "--subject", "P07", "--new", "--step-height-cm", "nan"], "--step-height-cm"),
        (["knee", "--subject", "P07", "--new", "--side", "up"], "--side"),
        (
            ["knee", "--subject", "P07", "--new", "--film", "a", "--video", "b"],
            "--film and --video each name the film.",
        ),
        (["knee", "--subject", "P07", "--new", "--film", "nowhere.mp4"], "There is no file nowhere.mp4."),
        (["knee", "--subject", "P07", "--new", "--film", "other.mp4"], "other.mp4 is not the film that was analyzed"),
    ],
)
def test_what_cannot_be_added_says_so_and_leaves_nothing(capfd, kept, words, said):
    folder()
    films.write(Path("other.mp4"), [films.marked(i) for i in range(3)])
    code, out, err = run(capfd, "add", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert kept.subjects() == []


def test_what_is_there_already_is_not_added_twice(capfd, kept):
    add(capfd, folder(), "--subject", "P07", "--new")
    code, _, err = run(capfd, "add", "knee", "--subject", "P07")
    assert (code, "Nothing was added." in err) == (2, True)
    code, _, err = run(capfd, "add", "knee", "--subject", "p07", "--new")
    assert (code, "There is a subject P07 already." in err) == (2, True)
    (session,) = kept.sessions(kept.subject("P07").key)
    assert len(kept.analyses(session.key)) == 1


# --- List and show


def test_where_nothing_is_there_yet_the_next_command_is_told(capfd, kept):
    code, out, _ = run(capfd, "list")
    assert code == 0
    assert "No subjects yet" in out
    assert "`alignment records add OUT/NAME --subject CODE --new`" in out
    assert json.loads(run(capfd, "list", "--json", "-")[1]) == []
    kept.add_subject("P07")
    assert "P07 has no sessions yet. `alignment records add OUT/NAME --subject P07`" in run(capfd, "show", "p07")[1]
    assert "No subject's code holds “x”." in run(capfd, "list", "x")[1]


def test_the_list_counts_sessions_and_searches(capfd, kept):
    for code, days in (("P10", 0), ("P2", 2), ("[Q]3", 1)):
        subject = kept.add_subject(code)
        for day in range(days):
            kept.add_session(subject.key, records.SessionFacts(date(2026, 3, 1 + day)))
    code, out, _ = run(capfd, "list")
    assert code == 0
    assert re.findall(r"^(\S+) +(\d) +(\S+)", out, re.MULTILINE) == [
        ("[Q]3", "1", "2026-03-01"),
        ("P2", "2", "2026-03-02"),
        ("P10", "0", "–"),
    ]
    found = json.loads(run(capfd, "list", "p", "--json", "-")[1])
    assert [(one["code"], one["sessions"], one["last_session"]) for one in found] == [
        ("P2", 2, "2026-03-02"),
        ("P10", 0, None),
    ]


def line_of(text: str, part: str) -> str:
    (line,) = [line for line in text.splitlines() if part in line]
    return line


def test_changed_is_said_only_beyond_what_two_films_differ(capfd, kept):
    for day, mean in ((1, -12.3), (15, -11.0), (29, 4.0)):
        name = f"knee{day}"
        add(
            capfd,
            folder(name, mean=mean),
            "--subject",
            "P07",
            *(["--new"] if day == 1 else []),
            "--date",
            f"2026-03-{day:02}",
        )
    code, out, _ = run(capfd, "show", "P07")
    assert code == 0
    # The means' own spread adds little to what two films differ.
    told = re.search(r"\+15\.0° +(\d+\.\d)° +changed", out)
    assert float(told[1]) == pytest.approx(repeatability(HEAVY, "squat", "fppa", "left").mdc, abs=0.2)
    least = re.escape(told[1]) + "°"
    first, second, third = (line for line in out.splitlines() if line.startswith("bend at the knee"))
    assert re.search(r"left +−12\.3 ± 0\.4° +3 *$", first)
    assert re.search(rf"left +−11\.0 ± 0\.4° +3 +\+1\.3° +{least} +no real change", second)
    assert re.search(rf"left +4\.0 ± 0\.4° +3 +\+15\.0° +{least} +changed", third)
    assert "Since 2026-03-01" in out
    assert "Since 2026-03-15" in out
    assert "Whether it is for the better, the numbers do not say." in out


def test_what_cannot_be_told_gives_its_reason_and_the_session_before_is_passed_over(capfd, kept):
    add(capfd, folder("a"), "--subject", "P07", "--new", "--date", "2026-03-01")
    add(capfd, folder("b", mean=None, reason="foot_hidden"), "--subject", "P07", "--date", "2026-03-08")
    add(capfd, folder("c", mean=-12.0), "--subject", "P07", "--date", "2026-03-15")
    add(capfd, folder("d", activity="step_down"), "--subject", "P07", "--date", "2026-03-22")
    out = run(capfd, "show", "P07")[1]
    assert "Numbers that cannot be told: 1" in out
    assert out.count("Since ") == 1
    assert "Since 2026-03-01" in out
    told = json.loads(run(capfd, "show", "P07", "--json", "-")[1])
    assert [one["analyses"][0]["since"] for one in told["sessions"]] == [None, None, "2026-03-01", None]
    assert told["sessions"][1]["analyses"][0]["summary"][0]["reason"] == "foot_hidden"


def test_a_session_shows_what_was_written_down(capfd, kept):
    add(
        capfd, folder(), "--subject", "P07", "--new", "--date", "2026-03-01", "--footwear", "[b]Schuhe[/b]",
        "--side", "both", "--step-height-cm", "17.5", "--notes", "knirscht", "--pain-before", "3", "--pain-during", "0",
    )  # fmt: skip
    line = line_of(run(capfd, "show", "P07")[1], "Schuhe")
    assert re.split(r" {2,}", line.strip()) == [
        "2026-03-01", "[b]Schuhe[/b]", "both", "17.5 cm", "3 · 0 · – · –", "1", "knirscht"
    ]  # fmt: skip


def test_other_versions_and_corrections_are_told(capfd, kept):
    add(capfd, folder("a"), "--subject", "P07", "--new", "--date", "2026-03-01")
    add(capfd, folder("b", version="0.2.0"), "--subject", "P07", "--date", "2026-03-08")
    session = kept.sessions(kept.subject("P07").key)[-1]
    (analysis,) = kept.analyses(session.key)
    kept.correct(analysis, (Correction(0.1, "left_knee", 1.0, 2.0),), analysis.result)
    out = run(capfd, "show", "P07")[1]
    assert "! The first was measured with version 0.1.0 of this program, the second with 0.2.0." in out
    assert "Landmarks placed by hand: 1" in out


def test_json_holds_everything_that_is_shown(capfd, kept):
    add(
        capfd,
        folder("a"),
        "--subject",
        "P07",
        "--new",
        "--date",
        "2026-03-01",
        "--pain-before",
        "3",
        "--operator",
        "Ada",
    )
    add(capfd, folder("b", mean=4.0), "--subject", "P07", "--date", "2026-03-08")
    code, out, _ = run(capfd, "show", "P07", "--json", "it.json")
    assert (code, "changed" in out) == (0, True)
    told = json.loads(Path("it.json").read_text())
    assert told == json.loads(run(capfd, "show", "P07", "--json", "-")[1])
    assert told["schema"] == "alignment-subject/2"
    assert told["subject"]["code"] == "P07"
    assert told["sessions"][0]["pain"] == {"before": 3, "during": None, "hour_after": None, "next_morning": None}
    row = told["sessions"][1]["analyses"][0]["summary"][0]
    assert (row["measure"], row["side"], row["unit"], row["mean"], row["n"]) == ("fppa", "left", "deg", 4.0, 3)
    assert (row["change"], row["changed"]) == (16.3, True)
    assert 9 < row["least_change"] < 11
    first = told["audit"][-1]
    assert (first["operator"], first["what"], first["details"], first["about"]) == (
        "Ada", "subject_added", {"code": "P07"}, "P07"
    )  # fmt: skip


def test_a_json_file_that_cannot_be_written_is_told_first(capfd, kept):
    kept.add_subject("P07")
    for words in (["list"], ["show", "P07"]):
        code, out, err = run(capfd, *words, "--json", "nowhere/it.json")
        assert (code, out) == (2, "")
        assert "there is no folder nowhere" in err


# --- Archives


def test_export_delete_import(capfd, kept):
    add(capfd, folder(), "--subject", "P07", "--new", "--date", "2026-03-01")
    before = kept.subject("P07")
    code, out, _ = run(capfd, "export", "all.zip")
    assert code == 0
    assert re.search(r"Exported subjects: 1 \(\d\.\d MB\): all\.zip It is not locked", out)
    code, out, _ = run(capfd, "delete", "p07", "--yes")
    assert (code, out) == (0, "Deleted: P07, sessions 1, analyses 1\n")
    assert kept.subjects() == []
    code, out, _ = run(capfd, "import", "all.zip", "--operator", "Ada")
    assert (code, out) == (0, "Imported: new subjects 1, new sessions 1, new analyses 1. There already: 0\n")
    assert kept.subject("P07") == before
    assert kept.audit(before.key)[0].operator == "Ada"
    assert "Everything in it is here already" in run(capfd, "import", "all.zip")[1]


def test_what_differs_is_told_one_by_one(capfd, kept):
    add(capfd, folder(), "--subject", "P07", "--new", "--date", "2026-03-01")
    run(capfd, "export", "all.zip")
    (session,) = kept.sessions(kept.subject("P07").key)
    kept.change_session(session, replace(session.facts, notes="new"))
    out = run(capfd, "import", "all.zip")[1]
    assert "• P07, session of 2026-03-01: what is written down about it; both are kept" in out


def test_archives_that_cannot_be_say_so(capfd, kept, tmp_path):
    assert "There is nothing to export" in run(capfd, "export", "all.zip")[2]
    kept.add_subject("P07")
    assert run(capfd, "export", "some.zip", "P07")[0] == 0
    for words, said in (
        (["export", "some.zip"], "some.zip is there already."),
        (["export", "nowhere/all.zip"], "there is no folder nowhere"),
        (["export", "all.zip", "P08"], "There is no subject P08."),
        (["import", "gone.zip"], "There is no file gone.zip."),
        (["import", "some.zip", "--as", " "], "A subject needs a code."),
    ):
        code, out, err = run(capfd, *words)
        assert (code, out) == (2, "")
        assert said in err
    kept.delete_subject(kept.subject("P07").key)
    kept.add_subject("P07")
    code, _, err = run(capfd, "import", "some.zip")
    assert (code, "The code P07 in some.zip belongs to another subject here." in err) == (2, True)
    assert run(capfd, "import", "some.zip", "--as", "P8")[0] == 0
    assert [one.code for one in kept.subjects()] == ["P07", "P8"]


# --- Delete


class Terminal(io.StringIO):
    """A keyboard at which somebody types this, or a screen."""

    buffer, mode, name = None, "r+", "terminal"  # as every TextIO has them

    def isatty(self):
        return True


def delete_typing(typed: str) -> str:
    """What is shown to somebody who deletes P07 and types this when asked."""
    terminal = Terminal()
    with suppress(InputError):
        delete.run("P07", asked=True, keyboard=Terminal(typed), screen=Console(file=terminal))
    return terminal.getvalue()


@pytest.mark.parametrize(("typed", "left"), [("P07\n", 0), ("p07\n", 1), ("yes\n", 1), ("\n", 1), ("", 1)])
def test_deleting_asks_for_the_code(capfd, kept, typed, left):
    add(capfd, folder(), "--subject", "P07", "--new")
    said = delete_typing(typed)
    assert "sessions 1, analyses 1" in said
    assert "Nothing can bring it back" in said
    assert len(kept.subjects()) == left


def test_another_answer_than_the_code_says_that_nothing_was_deleted(kept):
    kept.add_subject("P07")
    with pytest.raises(InputError, match="nothing was deleted") as fault:
        delete.run("P07", asked=True, keyboard=Terminal("P7\n"), screen=Console(file=Terminal()))
    assert fault.value.code == "records_delete_otherwise"


def test_where_nobody_can_be_asked_nothing_is_deleted(capfd, kept):
    kept.add_subject("P07")
    code, _, err = run(capfd, "delete", "P07")
    assert (code, "Add --yes" in err) == (2, True)
    assert len(kept.subjects()) == 1
    assert run(capfd, "delete", "P08", "--yes")[0] == 2


# --- The whole


def plain(text: str) -> str:
    """Only the words, as a frame and its width may cut them."""
    return " ".join(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("command", ["list", "show", "add", "export", "import", "delete"])
def test_every_command_explains_itself(capfd, command):
    code, out, _ = run(capfd, command, "--help")
    assert code == 0
    assert plain(say(f"help_records_{command}").message.split("\n")[0]) in plain(out)


def test_the_help_of_add_names_units(capfd):
    out = plain(run(capfd, "add", "--help")[1])
    assert "in centimetres" in out
    assert out.count("from 0 none to 10") == 4


def test_a_database_that_cannot_be_used_is_one_sentence(capfd, monkeypatch):
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", "mysql://me:secret@host/x")
    code, out, err = run(capfd, "list")
    assert (code, out) == (2, "")
    assert "secret" not in err


def test_the_help_needs_no_database():
    heavy = ("sqlalchemy", "alembic", "cv2", "pandas")
    look = f"import sys; from alignment.cli import commands; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
