"""A part of the campaign of hostile inputs (`make hostile` runs all of it), and that it would see what is amiss."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import campaign

ROOT = Path(__file__).parent.parent


def test_of_two_hundred_hostile_inputs_none_does_harm(tmp_path):
    command = [sys.executable, "-m", "tests.hostile", "--count", "200"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("200 inputs")
    # Most are refused, and some are not: what comes through is still asked for its end.
    codes = {code: int(many) for code, many in re.findall(r"(\d+): (\d+)[,;]", done.stdout)}
    assert set(codes) <= {"0", "2", "3"}
    assert set(codes) >= {"0", "2"}


@pytest.mark.parametrize(
    ("harm", "amiss"),
    [
        ("raise SystemExit(1)", "exit code 1"),
        ("import os; os.abort()", "exit code -6"),
        ("raise ValueError", "Traceback on the error output"),
        ("open('notes.txt', 'w').close()", "lost: 'notes.txt'"),
        ("import os; os.unlink('notes.txt')", "lost: 'notes.txt'"),
        ("open('.a.12345678.partial', 'w').close()", r"left behind: \.a\.12345678\.partial"),
        ("import sys; sys.stderr.write('Error: no.'); raise SystemExit(2)", "no sentence with a remedy: 'Error: no.'"),
        ("import time; time.sleep(9)", "it took more than 4 s"),
        # As many GB as the tests' own process if that holds more, since a process begins as a copy of it.
        ("x = b'x' * 300_000_000", r"it took \d+\.\d GB"),
    ],
)
def test_the_campaign_sees_what_is_amiss(tmp_path, monkeypatch, harm, amiss):
    monkeypatch.setattr(campaign, "MOST_S", 4.0 if "sleep" in harm else 60.0)
    monkeypatch.setattr(campaign, "MOST_BYTES", 250_000_000)
    found = judged(tmp_path, harm)
    assert any(re.match(amiss, one) for one in found), found


def test_the_campaign_finds_nothing_amiss_where_nothing_is(tmp_path):
    said = "Error: There is no film. Name another one."
    assert judged(tmp_path, f"import sys; sys.stderr.write({said!r}); raise SystemExit(2)") == []


def judged(place, program):
    """What is amiss with a program that is run as a case, beside a file of the person's."""
    for name in ("case", "tmp"):
        (place / name).mkdir()
    (place / "case" / "notes.txt").write_text("mine")
    campaign.remember(place)
    case = campaign.Case("made up")
    with (place / "stderr").open("w") as said:
        command = [sys.executable, "-c", program]
        process = subprocess.Popen(command, cwd=place / "case", stderr=said, process_group=0)
        campaign.judge(case, place, process.pid)
        process.returncode = case.code
    return case.amiss
