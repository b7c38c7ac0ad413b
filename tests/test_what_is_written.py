"""Where something is written: through links, never in place of a pipe or a device; names that no system or text can hold."""

import os
import subprocess
import sys

import numpy as np
import pytest

from alignment import files
from alignment.cli import jsonfile
from alignment.errors import InputError
from alignment.outputs import RESULT, folder, video_encoder
from alignment.texts import text_of


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
    rename = type(place).rename

    def refuse(path, target):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(type(place), "rename", refuse)
    with pytest.raises(InputError) as refused, folder.building(place, ours={RESULT}) as new:
        (new / RESULT).write_text("new")
    assert refused.value.code == "out_not_writable"
    assert {path.name: path.read_text() for path in place.iterdir()} == {
        name: f"old {name}" for name in (RESULT, "a.txt", "b.txt")
    }
    assert [path.name for path in tmp_path.iterdir()] == ["squat"]


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
