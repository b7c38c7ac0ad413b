"""From a source to what it leaves, with a made-up engine: what is written, passed on and left behind."""

import io
import time
import zipfile
from dataclasses import replace

import av
import numpy as np
import pytest

from alignment import outputs, sources, workflow
from alignment.core.track import Frame, ModelFacts
from alignment.errors import InputError
from alignment.outputs import FolderSink, MemorySink, ZipSink
from alignment.pose.fake import FakeEngine
from alignment.pose.people import Poses
from alignment.request import Request
from alignment.sources import FrameList
from alignment.workflow import CancelledError, Job, Stage
from tests import films
from tests.analyses import filmed
from tests.painted_marks import paint_tags
from tests.results import make_track, usual_files

FRAMES = 12
SQUAT = Request("squat")
PDFS = {outputs.REPORT, outputs.REPORT_PLAIN}


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "films" / "Knie beugen.mp4"
    path.parent.mkdir()
    return films.write(path, [films.marked(i) for i in range(FRAMES)])


@pytest.fixture
def figure(tmp_path):
    """Landmarks of the stick figure's squats, as an earlier analysis left them."""
    path = tmp_path / "figure" / outputs.TRACK
    outputs.save_track(path, filmed("squat"))
    return path


@pytest.fixture
def engine():
    return FakeEngine()


class BrokenError(Exception):
    pass


def fails(*_args):
    raise BrokenError


def entries(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def into(folder, film):
    return FolderSink(outputs.places([film], folder)[0])


def test_a_film_leaves_its_folder_of_results(film, tmp_path, engine):
    sink = into(tmp_path / "out", film)
    outcome = workflow.analyze(film, SQUAT, engine, sink)
    assert sink.folder == tmp_path / "out" / "Knie beugen"
    assert entries(tmp_path / "out") == ["Knie beugen", *(f"Knie beugen/{name}" for name in sorted(usual_files()))]
    assert outputs.read_result(sink.folder) == outcome.result
    assert outputs.read_track(sink.folder / outputs.TRACK).frames == FRAMES
    assert engine.open_count == 0


def test_the_same_goes_into_memory_and_into_a_zip(film, tmp_path, engine):
    stream = io.BytesIO()
    memory, zipped, folder = MemorySink(), ZipSink(stream, "my squat"), into(tmp_path / "out", film)
    for sink in (memory, zipped, folder):
        workflow.analyze(film, SQUAT, engine, sink)
    assert sorted(memory.files) == sorted(usual_files())
    with zipfile.ZipFile(stream) as archive:
        assert sorted(archive.namelist()) == sorted(f"my squat/{name}" for name in usual_files())
        for name in set(memory.files) - {outputs.OVERLAY}:
            assert memory.files[name] == (folder.folder / name).read_bytes() == archive.read(f"my squat/{name}"), name


def pictures_of(path):
    with av.open(path) as film:
        stream = film.streams.video[0]
        tags = [stream.codec_context.colorspace, stream.codec_context.color_range, stream.width, stream.height]
        return tags, np.stack([frame.to_ndarray(format="rgb24") for frame in film.decode(stream)])


def test_an_overlay_in_memory_is_that_of_a_folder(tmp_path, engine):
    """The live page's and a file's overlay of the same frames: one size, one colour, also where the sides are odd."""
    odd = films.write(tmp_path / "odd.mkv", [films.marked(i, 131, 97) for i in range(6)], "ffv1", pix_fmt="bgr0")
    memory, folder = MemorySink(), into(tmp_path / "out", odd)
    for sink in (memory, folder):
        workflow.analyze(odd, SQUAT, engine, sink)
    (tmp_path / "memory.mp4").write_bytes(memory.files[outputs.OVERLAY])
    live, filed = (pictures_of(str(path)) for path in (tmp_path / "memory.mp4", folder.folder / outputs.OVERLAY))
    assert live[0] == filed[0]
    assert live[0][2] % 2 == live[0][3] % 2 == 0
    assert live[0][0] == 1, "BT.709"
    assert live[1].shape == filed[1].shape
    assert np.abs(live[1].astype(int) - filed[1]).mean() < 1


def test_the_overlay_shows_every_analyzed_frame(film, tmp_path, engine):
    sink = into(tmp_path / "out", film)
    workflow.analyze(film, SQUAT, engine, sink)
    with av.open(str(sink.folder / outputs.OVERLAY)) as overlay:
        assert sum(1 for _ in overlay.decode(video=0)) == FRAMES


@pytest.mark.parametrize(("choice", "missing"), [({"overlay": False}, {outputs.OVERLAY}), ({"report": False}, PDFS)])
def test_what_is_not_wanted_is_not_made(film, tmp_path, engine, choice, missing):
    sink = into(tmp_path / "out", film)
    outcome = workflow.analyze(film, replace(SQUAT, **choice), engine, sink)
    assert set(entries(sink.folder)) == usual_files() - missing
    assert outcome.left_out == {}


class Output:
    """An output that is begun and fails."""

    name, filename, mime, option = "made_up", "made_up.txt", "text/plain", ""

    def __init__(self, *, essential):
        self.essential = essential

    def applies(self, _analysis):
        return True

    def write(self, _analysis, sink):
        with sink.open(self.filename) as stream:
            stream.write(b"half")
        raise MemoryError("no room")


def test_nothing_fails_for_want_of_an_output_that_nothing_depends_on(film, tmp_path, engine):
    sink = into(tmp_path / "out", film)
    made = [*outputs.wanted_outputs(SQUAT), Output(essential=False)]
    outcome = workflow.analyze(film, SQUAT, engine, sink, made=made)
    assert entries(sink.folder) == sorted(usual_files())
    assert list(outcome.left_out) == ["made_up"]
    assert "made_up.txt could not be written (no room)" in str(outcome.left_out["made_up"])
    with pytest.raises(MemoryError):
        workflow.analyze(film, SQUAT, engine, into(tmp_path / "other", film), made=[Output(essential=True)])
    assert not (tmp_path / "other").exists()


def test_exit_codes_tell_whether_something_was_measured(film, figure, tmp_path, engine):
    sink = into(tmp_path / "out", film)
    assert workflow.analyze(film, SQUAT, engine, sink).exit_code == 3
    assert (sink.folder / outputs.RESULT).exists()
    assert workflow.analyze(figure, SQUAT).exit_code == 0


def test_choices_reach_film_engine_and_result(film, figure):
    engine = FakeEngine(facts=ModelFacts("fake 1", "lite", "1" * 64))
    request = Request(
        "squat", model="lite", quality="best", workers=3, mirrored=True, start_s=0.1, end_s=0.3, overlay=False
    )
    track = workflow.analyze(film, request, engine).track
    assert track.source.mirrored
    assert track.time_s[0] == pytest.approx(0.1)
    assert track.time_s[-1] < 0.3
    assert (track.model.variant, track.model.quality) == ("lite", "best")
    rolled = workflow.analyze(figure, replace(SQUAT, camera_roll_deg=2.0)).result
    assert (rolled.viewpoint.roll_deg, rolled.viewpoint.roll_given) == (2.0, True)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"activity": "yoga"}, "unknown_activity"),
        ({"model": "enormous"}, "unknown_model"),
        ({"person": 0}, "option_out_of_range"),
        ({"camera_roll_deg": 200.0}, "option_out_of_range"),
        ({"start_s": float("nan")}, "option_out_of_range"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_before_the_work(film, engine, choice, code):
    with pytest.raises(InputError) as refused:
        workflow.analyze(film, replace(SQUAT, **choice), engine)
    assert refused.value.code == code


@pytest.mark.parametrize("choice", [{}, {"start_s": 0.1}, {"start_s": 0.1, "end_s": 0.3}])
def test_progress_goes_through_the_stages_and_each_share_rises(film, engine, choice):
    seen = []
    workflow.analyze(film, replace(SQUAT, workers=1, **choice), engine, progress=lambda *step: seen.append(step))
    assert list(dict(seen)) == [Stage.MODEL, Stage.LANDMARKS, Stage.ASSESS, Stage.OVERLAY]
    for stage in (Stage.LANDMARKS, Stage.OVERLAY):
        shares = [share for at, share in seen if at is stage]
        assert shares == sorted(shares)
        assert shares[0] == 0
        assert 0.8 < shares[-1] <= 1


@pytest.mark.parametrize("stage", ["engine", "output"])
def test_a_failure_at_any_stage_leaves_what_was_there(film, tmp_path, stage):
    out = tmp_path / "out"
    broken = FakeEngine(fails if stage == "engine" else FakeEngine().poses)
    made = [*outputs.wanted_outputs(SQUAT), Output(essential=True)]
    fault = BrokenError if stage == "engine" else MemoryError
    with pytest.raises(fault):
        workflow.analyze(film, SQUAT, broken, into(out, film), made=made)
    assert not out.exists()
    place = out / "Knie beugen"
    place.mkdir(parents=True)
    (place / outputs.RESULT).write_text("old")
    with pytest.raises(fault):
        workflow.analyze(film, SQUAT, broken, into(out, film), made=made)
    assert entries(out) == ["Knie beugen", "Knie beugen/result.json"]


def test_the_same_film_replaces_and_another_of_that_name_does_not(film, tmp_path, engine):
    def analyze(film, request=SQUAT):
        sink = into(tmp_path / "out", film)
        workflow.analyze(film, request, engine, sink)
        return sink.folder

    first = analyze(film)
    (first / "notes.txt").write_text("mine")
    assert analyze(film, replace(SQUAT, overlay=False)) == first
    assert not (first / outputs.OVERLAY).exists()
    assert (first / "notes.txt").read_text() == "mine"
    other = films.write(tmp_path / film.name, [films.marked(i + 1) for i in range(FRAMES)])
    beside = analyze(other)
    assert beside != first
    assert beside.name.startswith("Knie beugen-")
    assert analyze(other) == beside
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_track_is_assessed_anew_without_film_and_engine(film, tmp_path, engine):
    sink = into(tmp_path / "out", film)
    first = workflow.analyze(film, SQUAT, engine, sink)
    film.unlink()
    track = sink.folder / outputs.TRACK
    again = into(tmp_path / "out", track)
    outcome = workflow.analyze(track, SQUAT, FakeEngine(fails), again)
    assert again.folder == sink.folder
    assert outcome.result == first.result
    assert entries(again.folder) == sorted(usual_files() - {outputs.OVERLAY})


def test_a_place_closed_to_us_is_refused_before_the_work(film, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="cannot be written"):
        workflow.analyze(film, SQUAT, FakeEngine(fails), into(tmp_path / "out", film))


class Recorded:
    """A camera: pictures that can be read once, and no hash."""

    def __init__(self, source):
        self._source = source
        self._read = False
        self.facts = source.facts

    def __iter__(self):
        assert not self._read
        self._read = True
        return iter(self._source)


def test_a_camera_records_until_its_end_and_each_recording_is_kept(tmp_path, monkeypatch):
    facts = replace(make_track(3).source, name="camera 0", sha256=None, width=128, height=96)
    frames = [Frame(i, i / 30, films.marked(i)) for i in range(3)]
    monkeypatch.setattr(sources, "open", lambda *_, **__: Recorded(FrameList(frames, facts)))
    place = tmp_path / "out" / "camera_0"
    with pytest.raises(InputError, match="--end"):
        workflow.analyze(0, SQUAT, FakeEngine(), FolderSink(place))
    request = replace(SQUAT, end_s=1.0)
    first, second = FolderSink(place), FolderSink(place)
    workflow.analyze(0, request, FakeEngine(), first)
    # Another recording has other landmarks, which tell it from the first.
    other = replace(workflow.analyze(0, request, FakeEngine()).track, source=facts)
    workflow.finish(replace(other, pixels=other.pixels * 0 + 1.0), request, second)
    assert first.folder == place
    assert second.folder.name.startswith("camera_0-")
    assert entries(first.folder) == sorted(usual_files() - {outputs.OVERLAY})


# --- in the background


def test_a_job_ends_with_an_outcome_or_a_fault(figure):
    done = Job(lambda report: workflow.analyze(figure, SQUAT, progress=report, made=())).start()
    done.wait(30.0)
    assert (done.state, done.fault) == ("done", None)
    assert done.outcome.result.measured
    failed = Job(fails).start()
    failed.wait(30.0)
    assert (failed.state, failed.outcome) == ("failed", None)
    assert isinstance(failed.fault, BrokenError)


def test_a_cancelled_job_stops_at_the_next_picture_and_leaves_nothing(film, tmp_path):
    def slow(_image):
        time.sleep(0.05)
        return FakeEngine().poses(_image)

    sink = into(tmp_path / "out", film)
    request = replace(SQUAT, workers=1)
    job = Job(lambda report: workflow.analyze(film, request, FakeEngine(slow), sink, report)).start()
    job.cancel()
    job.wait(10.0)
    assert (job.state, job.outcome, job.fault, job.stopping) == ("cancelled", None, None, False)
    assert not (tmp_path / "out").exists()
    with pytest.raises(CancelledError):
        job.report(Stage.ASSESS, None)


def test_marks_are_found_beside_the_landmarks_and_stay_with_them():
    film = paint_tags(edge_px=40.0)
    middle = film.track.pixels.mean(axis=0)[None].astype(np.float32)
    metres = np.concatenate([middle / 370, np.zeros((1, 33, 1), np.float32)], axis=2)
    poses = Poses(middle, metres, np.ones((1, 33), np.float32))
    track = workflow.find_landmarks(film.film, SQUAT, FakeEngine(lambda _image: poses))
    assert track.marks.kind == "tags"
    assert np.isfinite(track.marks.pixels[6:]).mean() > 0.9
    sink = MemorySink()
    kept = workflow.analyze(film.film, SQUAT, sink=sink, made=[outputs.by_filename()[outputs.TRACK]], track=track).track
    assert kept is track
    assert outputs.track_of_parquet(sink.files[outputs.TRACK], "kept").marks.error_px == track.marks.error_px


def test_a_film_that_is_only_glanced_at_is_not_read_for_marks(film, engine, monkeypatch):
    monkeypatch.setattr("alignment.marks.FilmReader.__init__", fails)
    workflow.check_filming(film, SQUAT, engine)
    workflow.recognize_film(film, SQUAT, engine)
    with pytest.raises(BrokenError):
        workflow.analyze(film, SQUAT, engine)
