"""What was named on the command line, as the list of videos: each once, in order, with a folder of its own."""

import zipfile
from pathlib import Path

import cv2
import fsspec
import numpy as np
import pytest

from alignment import outputs
from alignment.batch import remote
from alignment.batch.inputs import gather
from alignment.batch.tables import NAMES
from alignment.errors import InputError


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def touch(*names):
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def found(*arguments):
    return gather(arguments, NAMES)


def names(*arguments):
    return [video.name for video in found(*arguments).videos]


def places(*arguments):
    return [video.place for video in found(*arguments).videos]


def test_a_folder_is_searched_to_its_bottom_in_order():
    touch(
        "in/b.mp4", "in/sub/a.MOV", "in/sub/deep/c.webm", "in/.hidden/d.mp4", "in/._b.mp4", "in/notes.txt", "in/b.json"
    )
    inputs = found("in")
    assert [video.name for video in inputs.videos] == ["in/b.mp4", "in/sub/a.MOV", "in/sub/deep/c.webm"]
    assert [video.place for video in inputs.videos] == ["b", "sub/a", "sub/deep/c"]
    assert inputs.videos[0].where == str(Path("in/b.mp4").absolute())
    assert inputs.left_aside == ("in/b.json", "in/notes.txt")


def test_results_among_the_videos_are_none():
    touch("in/a.mp4", "in/out/a/overlay.mp4", "in/out/a/result.json", "in/out/b/overlay.mp4", "in/out/b/mine.mp4")
    assert names("in") == ["in/a.mp4", "in/out/b/mine.mp4", "in/out/b/overlay.mp4"]


def test_the_same_video_is_taken_once():
    touch("in/a.mp4", "in/b.mp4")
    assert names("in", "in/a.mp4", str(Path("in/b.mp4").absolute()), "in/*.mp4") == ["in/a.mp4", "in/b.mp4"]


def test_patterns_and_odd_names():
    touch("in/squat [1].mp4", "in/x/y.avi", "in/z.avi")
    assert names("in/squat [1].mp4") == ["in/squat [1].mp4"]
    assert names("in/**/*.avi") == ["in/x/y.avi", "in/z.avi"]
    assert places("in/z.avi", "in/x/y.avi") == ["y", "z"]
    with pytest.raises(InputError, match=r"No file or folder is called like in/\*\.mov"):
        found("in/*.mov")


def test_a_file_that_is_not_there_is_a_video_that_will_fail():
    assert names("nowhere.mp4") == ["nowhere.mp4"]


def test_a_folder_without_videos_is_a_fault_unless_it_is_a_film_of_pictures():
    touch("empty/notes.txt")
    with pytest.raises(InputError) as fault:
        found("empty")
    assert fault.value.code == "batch_empty_folder"
    Path("frames").mkdir()
    cv2.imwrite("frames/1.png", np.zeros((8, 8, 3), np.uint8))
    assert [(video.name, video.place) for video in found("frames").videos] == [("frames", "frames")]


def test_every_video_has_a_folder_of_its_own():
    touch("in/a.mp4", "in/a.mov", "in/A.avi", "in/b.mp4", "in/b/c.mp4", "in/run.json.mp4", "in/d.mp4")
    given = places("in")
    assert len({place.casefold() for place in given}) == 7
    assert given[-2:] == ["d", given[-1]]
    assert {place for place in given if "-" not in place} == {"b/c", "d"}
    assert all(not Path(a).is_relative_to(b) for a in given for b in given if a != b)
    assert places("in/d.mp4", "in") == given


def test_a_track_is_placed_by_its_own_folder():
    touch(f"one/{outputs.TRACK}", f"two/{outputs.TRACK}")
    assert places(f"*/{outputs.TRACK}") == ["one", "two"]


MANIFEST = """path,subject,session,activity,side,age,end_s,mirrored
films/a.mp4,S1,before,squat,left,31,,
films/a.mp4,S1,before,squat,left,31,12.5,yes
films/b.mp4,S2,,stairs,"right, dominant",44,,no
"""


def test_a_manifest_names_videos_and_what_is_known_of_them():
    touch("study/films/a.mp4", "study/films/b.mp4")
    Path("study/list.csv").write_text(MANIFEST)
    inputs = found("study/list.csv")
    assert [video.name for video in inputs.videos] == ["films/a.mp4", "films/a.mp4", "films/b.mp4"]
    assert {video.where for video in inputs.videos} == {
        str(Path(f"study/films/{name}.mp4").absolute()) for name in "ab"
    }
    assert inputs.extras == ("side", "age")
    first, second, third = (video.row for video in inputs.videos)
    assert (first.subject, first.session, first.activity, first.choices) == ("S1", "before", "squat", {})
    assert second.choices == {"end_s": 12.5, "mirrored": True}
    assert third.extras == {"side": "right, dominant", "age": "44"}
    assert third.choices["mirrored"] is False
    assert inputs.videos[2].place == "films/b"
    assert len({video.place for video in inputs.videos}) == 3


def test_a_manifest_may_use_semicolons_and_a_byte_order_mark():
    touch("ä.mp4")
    Path("list.csv").write_text("\ufeffpath;subject\nä.mp4;Jörg\n", encoding="utf-8")
    (video,) = found("list.csv").videos
    assert (video.name, video.row.subject) == ("ä.mp4", "Jörg")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file,activity\na.mp4,squat\n", "it lacks the column path"),
        ("path,activity\n", "it holds no row"),
        ("path,activity\na.mp4,jumping\n", "line 2: activity is 'jumping' instead of cycling"),
        ("path,end_s\na.mp4,soon\n", "line 2: end_s is 'soon' instead of a number"),
        ("path,person\na.mp4,1.5\n", "line 2: person is '1.5' instead of a whole number"),
        ("path,mirrored\na.mp4,perhaps\n", "line 2: mirrored is 'perhaps' instead of yes / no"),
        ("path,note\na.mp4,one,two\n", "line 2: it has more cells"),
        ("path,a,a\na.mp4,1,2\n", "two columns have one name"),
        ("path,a\n,1\n", "line 2: path is empty"),
        ("path,a\na.mp4,1\na.mp4,2\n", "names a.mp4 twice, in lines 2 and 3"),
    ],
)
def test_a_fault_of_a_manifest_is_told_with_its_line(text, said):
    Path("list.csv").write_text(text)
    with pytest.raises(InputError) as fault:
        found("list.csv")
    assert said in str(fault.value)


def test_a_manifest_that_is_none():
    with pytest.raises(InputError, match=r"There is no file list\.csv"):
        found("list.csv")
    Path("list.csv").write_bytes(b"path\n\xff\xfe\n")
    with pytest.raises(InputError, match="not a UTF-8 text"):
        found("list.csv")


def test_urls_of_folders_patterns_and_files_also_chained():
    memory = fsspec.filesystem("memory")
    for name in ("a.mp4", "sub/b.mov", "notes.txt"):
        memory.pipe(f"/films/{name}", b"x")
    try:
        inputs = found("memory://films")
        assert [video.name for video in inputs.videos] == ["memory:///films/a.mp4", "memory:///films/sub/b.mov"]
        assert [video.place for video in inputs.videos] == ["a", "sub/b"]
        assert inputs.left_aside == ("memory:///films/notes.txt",)
        assert names("memory://films/*.mp4") == ["memory:///films/a.mp4"]
        assert names("memory://films/a.mp4") == ["memory://films/a.mp4"]
        assert names("memory://films/c.mp4") == ["memory://films/c.mp4"]
        with pytest.raises(InputError, match="No file or folder is called like memory"):
            found("memory://films/*.avi")
    finally:
        memory.rm("/films", recursive=True)
    with zipfile.ZipFile("films.zip", "w") as archive:
        archive.writestr("x/a.mp4", b"content")
    (video,) = found(f"zip://x::file://{Path('films.zip').absolute()}").videos
    copy = remote.fetch(video.where, Path.cwd())
    assert (copy.name, copy.read_bytes()) == ("a.mp4", b"content")
    assert video.place == "a"


def test_a_file_url_is_a_path():
    touch("in/ä b.mp4")
    assert names(f"file://{Path.cwd()}/in/ä%20b.mp4") == [f"{Path.cwd()}/in/ä b.mp4"]


def test_an_unknown_protocol_is_told():
    with pytest.raises(InputError, match="nonsense://x cannot be read") as fault:
        found("nonsense://x")
    assert fault.value.code == "batch_url"


def test_a_remote_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"There is no file memory://none\.mp4"):
        remote.fetch("memory://none.mp4", tmp_path)


def test_what_a_store_tells_of_a_file_changes_with_it():
    memory = fsspec.filesystem("memory")
    try:
        memory.pipe("/a.mp4", b"one")
        first = remote.signature("memory://a.mp4")
        assert first
        assert remote.signature("memory://a.mp4") == first
        memory.pipe("/a.mp4", b"two")
        assert remote.signature("memory://a.mp4") != first
    finally:
        memory.rm("/a.mp4")
    assert remote.signature("memory://a.mp4") == ""
    for content in ("one", "two"):
        with zipfile.ZipFile(f"{content}.zip", "w") as archive:
            archive.writestr("a.mp4", content)
    one, two = (remote.signature(f"zip://a.mp4::{Path.cwd()}/{content}.zip") for content in ("one", "two"))
    assert one != two
