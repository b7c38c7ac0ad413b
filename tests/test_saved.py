"""Saved results read back: from a .zip or loose files, with what there is; and everything that is no such thing."""

import io
import zipfile

import numpy as np
import pytest

from alignment import outputs
from alignment.errors import InputError
from alignment.outputs import frames_parquet
from alignment.outputs.frames import FRAMES_SCHEMA, course_of_parquet
from alignment.texts import text_of
from tests.results import make_result, make_track

TRACK = make_track()
RESULT = make_result(TRACK)
JSON = RESULT.to_json().encode()
FRAMES = frames_parquet(RESULT.curves, "film.mp4")


def zipped(**contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def read(*given, **bounds):
    return outputs.read_saved([(name, io.BytesIO(content)) for name, content in given], **bounds)


def refused(*given, **bounds):
    with pytest.raises(InputError) as caught:
        read(*given, **bounds)
    assert text_of(caught.value).remedy
    return caught.value


def test_a_zip_gives_back_result_curves_and_film():
    content = zipped(squat__result_dot_json=JSON, squat__frames_dot_parquet=FRAMES, squat__overlay_dot_mp4=b"film")
    (one,) = read(("squat.zip", content))
    assert one.result == RESULT
    assert one.overlay == b"film"
    assert one.track is None
    assert one.course.time_s == pytest.approx(TRACK.time_s)
    assert set(one.course.by_measure) == set(RESULT.curves.by_measure)
    for key, curve in RESULT.curves.by_measure.items():
        found = one.course.by_measure[key]
        np.testing.assert_allclose(found.value, curve.value, rtol=1e-6)
        np.testing.assert_allclose(found.standard_error, curve.standard_error, rtol=1e-6)


def test_loose_files_are_known_by_their_names_also_as_a_browser_saves_them():
    given = [("my squat_result (1).json", JSON), ("my squat_frames.parquet", FRAMES), ("my squat_overlay.mp4", b"film")]
    (one,) = read(*given, ("my squat_cycles.csv", b"no matter"))
    assert (one.result, one.overlay) == (RESULT, b"film")
    assert one.course is not None


def test_landmarks_beside_a_result_are_handed_on_as_they_are():
    landmarks = outputs.track_parquet(TRACK)
    content = zipped(squat__result_dot_json=JSON, squat__track_dot_parquet=landmarks)
    assert read(("squat.zip", content))[0].track == landmarks
    given = [("my squat_result.json", JSON), ("my squat_track (1).parquet", landmarks)]
    assert read(*given)[0].track == landmarks


def test_the_result_alone_will_do():
    (one,) = read(("result.json", JSON))
    assert (one.result, one.course, one.overlay) == (RESULT, None, None)


def test_several_zips_are_several_results():
    content = zipped(result_dot_json=JSON)
    assert len(read(("a.zip", content), ("B.ZIP", content), ("result.json", JSON))) == 3


def test_a_macs_shadow_files_are_left_alone():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/result.json", JSON)
        archive.writestr("__MACOSX/a/result.json", b"shadow")
    assert read(("a.zip", out.getvalue()))[0].result == RESULT


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([("a.zip", b"no zip at all")], "saved_bad_zip"),
        ([("a.zip", b"")], "saved_bad_zip"),
        ([("a.zip", zipped(result_dot_json=JSON)[:-40])], "saved_bad_zip"),
        ([("a.zip", zipped(notes_dot_txt=b"x"))], "saved_no_result"),
        ([("overlay.mp4", b"x")], "saved_no_result"),
        ([("a.zip", zipped(a__result_dot_json=JSON, b__result_dot_json=JSON))], "saved_several"),
        ([("a_result.json", JSON), ("b_result.json", JSON)], "saved_several"),
        ([("result.json", b"{}")], "bad_result_file"),
        ([("result.json", JSON.replace(b'"squat"', b'"tango"'))], "bad_result_file"),
        ([("result.json", JSON.replace(b'"fppa"', b'"charm"'))], "bad_result_file"),
        ([("result.json", JSON), ("frames.parquet", b"PAR1 or not")], "bad_frames_file"),
        ([("result.json", JSON), ("frames.parquet", outputs.track_parquet(TRACK))], "bad_frames_file"),
    ],
)
def test_what_is_no_saved_result_is_refused(given, code):
    assert refused(*given).code == code


def test_a_changed_byte_in_a_packed_file_is_refused():
    content = bytearray(zipped(result_dot_json=JSON))
    content[len(content) // 2] ^= 0xFF
    assert refused(("a.zip", bytes(content))).code == "saved_bad_zip"


def test_curves_of_another_film_are_refused():
    other = make_track(frames=9)
    fault = refused(("result.json", JSON), ("frames.parquet", frames_parquet(make_result(other).curves, "x")))
    assert "9 pictures and the result 7" in text_of(fault).message


def test_more_than_fits_is_refused_before_it_is_unpacked():
    content = zipped(result_dot_json=JSON, overlay_dot_mp4=b"x" * 11)
    assert refused(("a.zip", content), most_bytes=len(JSON) + 10).code == "saved_too_large"


def test_times_that_do_not_rise_are_refused():
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"time_s": [0.0, 1.0, 1.0]}).replace_schema_metadata({"schema": FRAMES_SCHEMA})
    out = io.BytesIO()
    pq.write_table(table, out)
    with pytest.raises(InputError, match="its times do not rise"):
        course_of_parquet(out.getvalue(), "frames.parquet")
