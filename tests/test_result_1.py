"""Results of schema 1, which held sentences: they open, show, compare and print as they did."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from alignment import outputs, workflow
from alignment.cli import show
from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import compare_results
from alignment.core.result import SCHEMA, Result
from alignment.outputs.report import report_of_folder
from alignment.pose.calibration import calibration_of
from alignment.request import Request
from alignment.views.report import About
from alignment.views.wording import finding_text, reason_words
from tests.analyses import analyze, analyzed
from tests.results import make_track
from tests.synthetic import Camera

DATA = Path(__file__).parent / "data"
FOLDERS = ("squat_yaw12", "stairs_up_behind")


def content(folder: str) -> dict:
    return json.loads((DATA / "result_1" / folder / "result.json").read_text(encoding="utf-8"))


#: What those files say in words, as it is said now.
SAID_NOW = {
    "camera_yaw": ("The camera stood about 12° to your left. The knee results allow for that.", None),
    "roll_unknown": (
        "We don't know whether the phone was level. For the knees that is fine.",
        "Level the phone, or say how far it was tilted, and leaning and weight become surer.",
    ),
    "raised_thigh": (
        "Whether your hips stay level cannot be told while one leg is bent more than the other: the program sees them move"
        " along with it.",
        "Watch whether your waistband stays level.",
    ),
}


def said_now(reason: dict) -> tuple[str, str, str]:
    """A reason's code, sentence and remedy of that time as they are said now."""
    message, remedy = SAID_NOW.get(reason["code"], (None, None))
    return reason["code"], message or reason["message"], remedy or reason["remedy"]


def lifted(folder: str, **changes) -> Result:
    return Result.from_json(json.dumps({**content(folder), **changes}))


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_says_what_its_sentences_said(folder):
    old, result = content(folder), lifted(folder)
    assert result.schema == SCHEMA
    assert [(one.side, one.verdict) for one in result.findings] == [
        (one["side"], one["verdict"]) for one in old["findings"]
    ]
    told = [(one.code, reason_words(one).message, reason_words(one).remedy) for one in result.quality.reasons]
    assert told == [said_now(one) for one in old["quality"]["reasons"]]
    assert told
    # From its facts, and not because it kept the sentences.
    assert not any("text" in one.values for one in (*result.findings, *result.quality.reasons))


@pytest.mark.parametrize("folder", FOLDERS)
def test_its_numbers_are_near_those_that_this_version_measures(folder):
    """The same repetitions, and means within their errors: two standing feet level the camera now."""
    track = outputs.read_track(DATA / "result_1" / folder / "track.parquet")
    fresh = analyze(track, ACTIVITIES[content(folder)["activity"]])
    result = lifted(folder)
    assert (result.source, result.activity, result.cleaning) == (fresh.source, fresh.activity, fresh.cleaning)
    assert [(one.start_s, one.end_s, one.rejected) for one in result.cycles] == [
        (one.start_s, one.end_s, one.rejected) for one in fresh.cycles
    ]
    again = {(row.measure, row.side): row for row in fresh.summary}
    compared = [(row, again[row.measure, row.side]) for row in result.summary if row.mean is not None]
    assert len(compared) > 5
    for old, new in compared:
        assert old.mean == pytest.approx(new.mean, abs=1.96 * new.standard_error), (old.measure, old.side)


@pytest.mark.parametrize("folder", FOLDERS)
def test_its_table_of_cycles_is_the_one_that_was_written_then(folder):
    rows = list(csv.reader(io.StringIO(outputs.cycles_csv(lifted(folder)))))
    kept = [at for at, title in enumerate(rows[0]) if not title.endswith("_verdict")]
    old = list(csv.reader(io.StringIO((DATA / "result_1" / folder / "cycles.csv").read_text(encoding="utf-8"))))
    assert [[row[at] for at in kept] for row in rows] == old


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_is_written_in_the_new_schema(folder):
    result = lifted(folder)
    written = json.loads(result.to_json())
    assert written["schema"] == SCHEMA
    assert "vfov_deg" not in written["viewpoint"]
    assert written["viewpoint"]["pitch_deg"] is None
    assert Result.from_json(result.to_json()) == result


def test_its_folder_is_read_shown_and_printed(tmp_path):
    folder = shutil.copytree(DATA / "result_1" / "squat_yaw12", tmp_path / "squat")
    result = outputs.read_result(folder)
    with Path("/dev/null").open("w") as nowhere:
        screen = Console(width=200, record=True, soft_wrap=True, file=nowhere)
        track = make_track()
        analysis = outputs.Analysis(result, track, Request("squat"))
        show.outcome(screen, workflow.Outcome(result, track, analysis), Path("out"))
    text = screen.export_text()
    for finding in result.findings:
        assert f"• {finding_text(finding)}" in text
    for told in content("squat_yaw12")["quality"]["reasons"]:
        assert "! {1} {2}".format(*said_now(told)) in text
    for kind in ("full", "plain"):
        assert report_of_folder(folder, about=About(), kind=kind).startswith(b"%PDF")


def test_it_is_compared_with_a_new_one():
    before, after = lifted("squat_yaw12"), analyzed("squat", Camera(yaw_deg=-10.0))
    comparison = compare_results(before, after, calibration_of)
    assert {one.changed for one in comparison.changes} <= {True, False, None}
    assert any(one.changed is not None for one in comparison.changes)
    assert "change_filmed_other_yaw" in [one.code for one in comparison.warnings]
    assert compare_results(before, Result.from_json(before.to_json()), calibration_of).warnings == ()


def reason(code: str, *measures: str) -> dict:
    return {"code": code, "message": f"About {code}.", "remedy": "Do it.", "measures": list(measures)}


def test_where_the_file_does_not_hold_the_facts_it_keeps_its_own_sentence():
    quality = {"grade": "usable", "reasons": [reason("seldom_seen", "fppa"), reason("of_another_time", "fppa")]}
    told = [reason_words(one) for one in lifted("squat_yaw12", quality=quality).quality.reasons]
    assert [str(one) for one in told] == ["About seldom_seen. Do it.", "About of_another_time. Do it."]
    findings = [{"code": "fppa_within", "side": "left", "verdict": "within", "message": "All well."}]
    (finding,) = lifted("squat_yaw12", findings=findings).findings
    assert (finding_text(finding), finding.side, finding.verdict) == ("All well.", "left", "within")


def test_facts_of_the_file_fill_the_sentences_of_this_version():
    codes = ("swaps", "several_people", "few_cycles", "wrong_activity", "camera_yaw", "camera_yaw", "hip_line")
    cleaning = {**content("squat_yaw12")["cleaning"], "swaps_mended": 7}
    cycles = [
        {**one, "rejected": "too_shallow", "values": []} if one["index"] == 3 else one
        for one in content("squat_yaw12")["cycles"]
    ]
    summary = [
        {**one, "mean": None, "reason": "camera_yaw"} if one["measure"] == "fppa" else one
        for one in content("squat_yaw12")["summary"]
    ]
    reasons = [reason(code, *(["fppa"] if at == 5 else [])) for at, code in enumerate(codes)]
    quality = {"grade": "usable", "reasons": reasons}
    result = lifted("squat_yaw12", quality=quality, cleaning=cleaning, cycles=cycles, summary=summary)
    assert [reason_words(one).message for one in result.quality.reasons] == [
        "The program mixed up left and right in 7 pictures, and put them back.",
        "Several people are in the picture; person 1 was followed.",
        "3 of 4 repetitions count. The others do not, mostly because it is too shallow.",
        "We found nothing that counts as squat, because it is too shallow.",
        "The camera stood about 12° to your left. The knee results allow for that.",
        "The camera stands too far to one side for this.",
        "Whether your hips stay level cannot be told: the program sees them square to the trunk, whatever they do.",
    ]


def test_a_film_in_which_nobody_was_found_is_lifted():
    summary = [
        {**one, "mean": None, "standard_error": None, "verdict": None, "reason": "nobody"}
        for one in content("squat_yaw12")["summary"]
    ]
    message = "Nothing can be told from this film, because nobody was found in it."
    findings = [{"code": "nothing", "side": "body", "verdict": "unknown", "message": message}]
    quality = {"grade": "unusable", "reasons": [reason("nobody", "fppa")]}
    result = lifted("squat_yaw12", summary=summary, findings=findings, cycles=[], quality=quality)
    # In today's words, which are those for several films, too.
    assert [finding_text(one) for one in result.findings] == ["Nothing can be told, because nobody was found in it."]
    assert [reason_words(one).message for one in result.quality.reasons] == ["Nobody was found in the film."]
