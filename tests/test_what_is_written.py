"""Where something is written: through links, never in place of a pipe or a device; names that no system or text can hold."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from alignment import files, unfinished
from alignment.cli import jsonfile
from alignment.errors import InputError
from alignment.outputs import RESULT, exchange, folder, video_encoder
from alignment.texts import text_of
from tests import dying

ROOT = Path(__file__).parent.parent


def refusal(call, *arguments):
    with pytest.raises(InputError) as refused:
        call(*arguments)
    assert text_of(refused.value).remedy
    return refused.value.code


def test_what_is_no_file_is_neither_replaced_nor_opened(tmp_path):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        assert refusal(files.replace_text, path, "x") == "not_a_file"
        assert refusal(jsonfile.check, str(path)) == "not_a_file"
    # A device is only asked about: whoever may write there could lose it.
    assert refusal(jsonfile.check, os.devnull) == "not_a_file"
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path, there):
    target, link = tmp_path / "folder" / "target.json", tmp_path / "link.json"
    target.parent.mkdir()
    if there:
        target.write_text("before")
    link.symlink_to(target)
    files.replace_text(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert [path.name for path in target.parent.iterdir()] == ["target.json"]


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path):
    files.replace_text(tmp_path / ("x" * 255), "x")
    place = tmp_path / ("é" * 127)
    for content in ("one", "two"):
        with folder.building(place, ours={RESULT}) as new:
            (new / RESULT).write_text(content)
    assert (place / RESULT).read_text() == "two"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [(b"x" * 300, "name_refused"), (b"/".join([b"z" * 200] * 30), "name_refused"), (b"d\xff/x", "name_not_text")],
)
def test_a_place_that_cannot_be_named_is_said_before_the_work(tmp_path, name, code):
    place = tmp_path / os.fsdecode(name)
    assert refusal(folder.check_writable, place) == code
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_cannot_take_the_persons_own_files_along_leaves_all_as_it_was(tmp_path, monkeypatch):
    place = tmp_path / "squat"
    place.mkdir()
    for name in (RESULT, "a.txt", "b.txt"):
        (place / name).write_text(f"old {name}")
    unlink = type(place).unlink

    def refuse(path, *, missing_ok=False):
        if path.name == "b.txt" and (path.parent / RESULT).read_text() != "new":
            raise PermissionError(13, "Permission denied")
        return unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(place), "unlink", refuse)
    with pytest.raises(InputError) as refused, folder.building(place, ours={RESULT}) as new:
        (new / RESULT).write_text("new")
    assert refused.value.code == "out_not_writable"
    assert {path.name: path.read_text() for path in place.iterdir()} == {
        name: f"old {name}" for name in (RESULT, "a.txt", "b.txt")
    }
    assert [path.name for path in tmp_path.iterdir()] == ["squat"]


def test_a_json_file_whose_name_no_system_takes_is_refused_before_the_work():
    assert refusal(jsonfile.check, "a" * 300) == "json_not_writable"


def test_an_output_that_takes_nothing_is_said_where_something_can_be_said():
    command = [sys.executable, "-m", "alignment", "limits"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "No space left on device" in done.stderr
        assert subprocess.run([*command, "--no"], stderr=full, check=False, cwd=ROOT).returncode == 2
    read, written = os.pipe()
    os.close(read)
    unread = subprocess.run(command, stdout=written, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    os.close(written)
    assert (unread.returncode, unread.stderr) == (2, "")


# --- Killed on the way


@pytest.fixture(scope="module")
def deaths(tmp_path_factory):
    """What stood there whenever a program was killed at one of its steps on the disk, and after its next run."""
    kinds = ["older", "older-plain", "none", "file"]
    command = [sys.executable, "-m", "tests.dying", str(tmp_path_factory.mktemp("deaths")), *kinds]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


OWN = {"own": list(dying.OWN), "link": True}


@pytest.mark.parametrize(
    ("kind", "before", "most", "after"),
    [
        ("older", [{"versions": [name], **OWN} for name in ("old", "new")], 30, {"versions": ["newest"], **OWN}),
        # Without an exchange the place is empty for a moment, or the person's folders are not in it yet: until the next run.
        (
            "older-plain",
            [
                None,
                *({"versions": [name], **OWN} for name in ("old", "new")),
                {"versions": ["new"], **OWN, "own": [name for name in dying.OWN if "/" not in name]},
            ],
            30,
            {"versions": ["newest"], **OWN},
        ),
        (
            "none",
            [None, {"versions": ["new"], "own": [], "link": False}],
            10,
            {"versions": ["newest"], "own": [], "link": False},
        ),
        ("file", ["old", "new"], 5, "newest"),
    ],
)
def test_who_is_killed_leaves_it_as_it_was_or_as_it_is_to_be_and_the_next_run_tidies_up(
    deaths, kind, before, most, after
):
    if kind == "older" and exchange._renameat2() is None:
        pytest.skip("this system exchanges no folders")
    assert len(deaths[kind]) >= most
    for told in (one["then"] for one in deaths[kind]):
        assert told in before
    assert all(told in [one["then"] for one in deaths[kind]] for told in before)
    assert {json.dumps(one["after"]) for one in deaths[kind]} == {json.dumps(after)}
    assert {tuple(one["left"]) for one in deaths[kind]} == {()}


def test_what_somebody_else_is_at_work_on_is_left_alone(tmp_path):
    busy, left = tmp_path / ".squat.12345678.partial", tmp_path / ".squat.87654321.partial"
    file = tmp_path / ".alignment.12345678.partial"
    for folder_ in (busy, left):
        folder_.mkdir()
    file.write_text("half")
    with unfinished.held(busy), unfinished.held(file):
        with folder.building(tmp_path / "squat", ours={RESULT}) as new:
            (new / RESULT).write_text("new")
        files.replace_text(tmp_path / "a.json", "{}")
        assert busy.is_dir()
        assert file.is_file()
    assert not left.exists()


def test_where_no_system_tells_who_works_a_day_is_waited(tmp_path, monkeypatch):
    monkeypatch.setattr(unfinished, "_locked", lambda _: (None, unfinished.Holder.UNKNOWN))
    ages_s = {
        ".squat.00000001.partial": 2 * 86400,
        ".squat.00000002.partial": 60,
        ".squats.00000003.partial": 2 * 86400,
    }
    for name, age_s in ages_s.items():
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age_s,) * 2)
    (tmp_path / ".squat.00000004.old").mkdir()
    (tmp_path / ".squat.00000004.old" / "mine.txt").write_text("mine")
    with folder.building(tmp_path / "squat", ours={RESULT}) as new:
        (new / RESULT).write_text("new")
    assert (tmp_path / "squat" / "mine.txt").read_text() == "mine"
    names = [".squat.00000002.partial", ".squats.00000003.partial", "squat"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_two_files_of_the_person_with_one_name_are_both_kept(tmp_path):
    place, left = tmp_path / "squat", tmp_path / ".squat.12345678.ready"
    for where, text in ((place, "later"), (left, "earlier")):
        where.mkdir()
        (where / "notes.txt").write_text(text)
        (where / "same.txt").write_text("same")
    exchange.mend(place, {RESULT})
    assert not left.exists()
    assert sorted(path.read_text() for path in place.iterdir()) == ["earlier", "later", "same"]
    assert (place / "notes.txt").read_text() == "later"


def test_a_link_to_a_folder_of_results_stays_and_what_it_leads_to_is_replaced(tmp_path):
    target, link = tmp_path / "deep" / "results", tmp_path / "squat"
    target.mkdir(parents=True)
    (target / "notes.txt").write_text("mine")
    link.symlink_to(target)
    with folder.building(link, ours={RESULT}) as new:
        (new / RESULT).write_text("new")
    assert link.is_symlink()
    assert {path.name for path in target.iterdir()} == {"notes.txt", RESULT}


@pytest.mark.parametrize(("columns", "second_s"), [(20_000, 0.1), (64, 1e6)])
def test_pictures_that_make_no_film_are_said(tmp_path, columns, second_s):
    pictures = [(time_s, np.zeros((64, columns, 3), np.uint8)) for time_s in (0.0, second_s)]
    assert refusal(video_encoder.write_file, tmp_path / "a.mp4", pictures) == "film_not_encoded"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_librarys_warning_reaches_no_user_unless_asked_for(debug):
    program = (
        "import subprocess, sys, warnings; from alignment.cli import main\n"
        "sys.argv = ['alignment', '--version']; assert main() == 0; warnings.warn('here')\n"
        "subprocess.run([sys.executable, '-c', 'import warnings; warnings.warn(\"there\")'], check=True)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, env=environment | {"ALIGNMENT_DEBUG": debug}, capture_output=True, text=True, check=True
    )
    assert [word in done.stderr for word in ("here", "there")] == [bool(debug)] * 2
