"""What was read is what was written: a flipped bit is refused, and what no film gives, at every door the same."""

import io
import json
import random
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from alignment import outputs
from alignment.cli import main
from alignment.core.marks import PELVIS, Marks
from alignment.core.result import Result
from alignment.errors import InputError
from alignment.outputs.frames import course_of_parquet
from alignment.texts import text_of
from tests.results import make_result, make_track, write_result

TRACK = make_track()
RESULT = make_result(TRACK)
MARK = b"alignment-sha256:"


def flipped(content, bit):
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def refusal(read, content):
    with pytest.raises(InputError) as refused:
        read(content, "it")
    assert text_of(refused.value).remedy
    return str(refused.value)


@pytest.mark.parametrize(
    ("read", "content", "step"),
    [
        (outputs.track_of_parquet, outputs.track_parquet(TRACK), 1),
        (course_of_parquet, outputs.frames_parquet(RESULT.curves, "film.mp4"), 19),
    ],
)
def test_no_flipped_bit_is_read(read, content, step):
    read(content, "it")
    # Where the checksum itself stands, and its name, a flip must not make it a file that carries none.
    around = range((content.rindex(MARK) - 20) * 8, (content.rindex(MARK) + len(MARK) + 64) * 8, step)
    for bit in {*around, *random.Random(0).sample(range(len(content) * 8), 400 // step)}:
        refusal(read, flipped(content, bit))


def test_no_flipped_bit_of_a_result_gives_another_one():
    content = RESULT.to_json().encode()
    refused = 0
    for bit in random.Random(0).sample(range(len(content) * 8), 400):
        try:
            assert Result.from_json(flipped(content, bit)) == RESULT
        except InputError:
            refused += 1
    assert refused > 390


def test_a_result_that_is_laid_out_otherwise_is_the_same_and_one_that_says_something_else_is_not():
    content = json.loads(RESULT.to_json())
    assert Result.from_json(json.dumps(dict(reversed(content.items())), indent=7)) == RESULT
    content["summary"][0]["mean"] += 1e-9
    assert "it is not as it was written" in refusal(Result.from_json, json.dumps(content))
    del content["sha256"]  # whoever means it, and files of earlier versions
    assert Result.from_json(json.dumps(content)).summary[0].mean == pytest.approx(RESULT.summary[0].mean)


def without_checksum(content):
    table = pq.read_table(io.BytesIO(content))
    about = {name: value for name, value in table.schema.metadata.items() if name != b"sha256"}
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(about), out)
    return out.getvalue()


def test_a_track_of_an_earlier_version_is_read():
    track = outputs.track_of_parquet(without_checksum(outputs.track_parquet(TRACK)), "it")
    assert np.array_equal(track.pixels, TRACK.pixels, equal_nan=True)


def changed(name, value, at=0):
    array = getattr(TRACK, name).copy()
    array[at] = value
    return {name: array}


IMPLAUSIBLE = {
    "time_s: no film gives 0.0": lambda: changed("time_s", 0.0, 3),
    "time_s: no film gives nan": lambda: changed("time_s", np.nan, 2),
    "time_s: no film gives inf": lambda: changed("time_s", np.inf, 6),
    "pixels: no film gives -1e": lambda: changed("pixels", -1e30),
    "pixels: no film gives inf": lambda: changed("pixels", np.inf),
    "pixels: no film gives 'float64[7, 32, 2]'": lambda: {"pixels": TRACK.pixels[:, 1:]},
    "metres: no film gives 99": lambda: changed("metres", 99.0),
    "visibility: no film gives 1.5": lambda: changed("visibility", 1.5),
    "people: no film gives -1": lambda: changed("people", -1),
    "people: no film gives 'float64[7]'": lambda: {"people": TRACK.people.astype(float)},
    "mirrored_metres: no film gives -inf": lambda: changed("mirrored_metres", -np.inf),
    "faces: no film gives 1e+18": lambda: changed("faces", 1e18),
    "camera_steps: no film gives inf": lambda: {"camera_steps": np.full((7, 4), np.inf)},
    "camera_agreement: no film gives 2": lambda: {"camera_agreement": np.full(7, 2.0)},
    "joints: no film gives 1e+18": lambda: {"joints": np.full((7, 6, 3), 1e18)},
    "marks: no film gives 3": lambda: {"marks": Marks("tags", PELVIS, np.zeros((7, 2, 2)), np.full((7, 2), 3.0), 0.4)},
    "width: no film gives 0": lambda: {"source": replace(TRACK.source, width=0)},
    "fps: no film gives 'fast'": lambda: {"source": replace(TRACK.source, fps="fast")},
    "duration_s: no film gives nan": lambda: {"source": replace(TRACK.source, duration_s=float("nan"))},
    "rotation_deg: no film gives 91": lambda: {"source": replace(TRACK.source, rotation_deg=91)},
    "mirrored: no film gives 1": lambda: {"source": replace(TRACK.source, mirrored=1)},
    "variant: no film gives None": lambda: {"model": replace(TRACK.model, variant=None)},
}


@pytest.mark.parametrize("fault", IMPLAUSIBLE)
def test_what_no_film_gives_is_refused_whoever_sealed_it(fault):
    assert fault in refusal(outputs.track_of_parquet, outputs.track_parquet(replace(TRACK, **IMPLAUSIBLE[fault]())))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("source", "width", 0),
        ("source", "fps", -1.0),
        ("viewpoint", "facing_probability", 1.5),
        ("cleaning", "frames_dropped", -1),
    ],
)
def test_a_result_of_what_no_film_gives_is_refused(part, name, value):
    made = replace(RESULT, **{part: replace(getattr(RESULT, part), **{name: value})})
    assert f"({name}: no film gives {value})" in refusal(Result.from_json, made.to_json())


def test_a_cycle_that_ends_before_it_begins_is_refused():
    made = replace(RESULT, cycles=(replace(RESULT.cycles[0], end_s=0.5),))
    assert "end_s: no film gives 0.5" in refusal(Result.from_json, made.to_json())


def test_a_few_bytes_that_unpack_to_millions_of_numbers_are_not_unpacked():
    bomb = replace(TRACK, faces=np.zeros((7, 2000, 3)))
    assert "it unpacks to more than any film gives" in refusal(outputs.track_of_parquet, outputs.track_parquet(bomb))


def test_every_door_refuses_the_same_track(tmp_path, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "squat"
    folder.mkdir()
    write_result(folder, RESULT, TRACK)
    content = (folder / outputs.TRACK).read_bytes()
    (folder / outputs.TRACK).write_bytes(flipped(content, 8 * 999))
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"sqlite:///{tmp_path}/records.sqlite")
    for arguments in (
        ["analyze", "squat/track.parquet", "--activity", "squat"],
        ["batch", "squat/track.parquet", "--activity", "squat", "--out", "out"],
        ["records", "add", "squat", "--subject", "A", "--new", "--date", "2026-03-02"],
    ):
        assert main(arguments) == 2
        said = capfd.readouterr()
        told = (tmp_path / "out" / "failures.csv").read_text() if arguments[0] == "batch" else said.err
        assert "it is not as it was written" in told
