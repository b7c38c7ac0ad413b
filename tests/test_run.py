"""From a film to its folder of results, with a made-up model: what is written, passed on and left behind."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from alignment import files, run
from alignment.activities import ACTIVITIES
from alignment.pipeline import Settings
from alignment.texts import InputError
from alignment.track import ModelFacts
from tests import films
from tests.results import make_result, make_track

FRAMES = 12
SQUAT = ACTIVITIES["squat"]


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "films" / "Knie beugen.mp4"
    path.parent.mkdir()
    return films.write(path, [films.marked(i) for i in range(FRAMES)])


def landmarks_of(source, model, calls, *, progress=None, **options):
    """What stands for the model: one person in the middle of every picture."""
    calls.append({"model": model, **options})
    times_s = []
    for frame in source:
        times_s.append(frame.time_s)
        if progress:
            progress(frame.time_s)
    made = make_track(len(times_s), samples=(0,))
    return replace(
        made,
        time_s=np.array(times_s),
        pixels=np.clip(made.pixels, 0, 90),
        source=source.facts,
        model=ModelFacts("0.10.33", model.variant, model.sha256, options["quality"]),
    )


@pytest.fixture
def calls(monkeypatch):
    """Calls of the made-up model; results are made up too."""
    made = []
    monkeypatch.setattr(run.weights, "require", lambda variant, **_: Path(f"{variant}.task"))
    monkeypatch.setattr(run.pose, "track", lambda source, model, **rest: landmarks_of(source, model, made, **rest))
    monkeypatch.setattr(run.pipeline, "analyze", lambda track, *_: make_result(track))
    return made


def analyze(where, out, *, options=run.Options(), settings=Settings(), progress=None):  # noqa: B008
    place = files.places([where if isinstance(where, Path) else Path("camera_0")], out)[0]
    return run.analyze_video(where, SQUAT, settings, options, place, progress)


def entries(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_film_leaves_its_folder_of_results(film, tmp_path, calls):
    outcome = analyze(film, tmp_path / "out")
    assert outcome.exit_code == 0
    assert outcome.folder == tmp_path / "out" / "Knie beugen"
    assert entries(tmp_path / "out") == [
        "Knie beugen",
        *(f"Knie beugen/{name}" for name in sorted(files.OURS)),
    ]
    assert files.read_result(outcome.folder) == outcome.result
    assert files.read_track(outcome.folder / files.TRACK).frames == FRAMES
    assert len(calls) == 1


def test_the_overlay_shows_every_analyzed_frame(film, tmp_path, calls):
    outcome = analyze(film, tmp_path / "out")
    with av.open(str(outcome.folder / files.OVERLAY)) as overlay:
        assert sum(1 for _ in overlay.decode(video=0)) == FRAMES


def test_no_overlay_where_none_is_wanted(film, tmp_path, calls):
    outcome = analyze(film, tmp_path / "out", options=run.Options(overlay=False))
    assert not (outcome.folder / files.OVERLAY).exists()
    assert (outcome.folder / files.RESULT).exists()


def test_no_report_where_none_is_wanted_and_none_is_missed_where_it_cannot_be_made(film, tmp_path, calls, monkeypatch):
    outcome = analyze(film, tmp_path / "out", options=run.Options(report=False))
    assert files.REPORT not in entries(outcome.folder)
    assert outcome.no_report is None

    def fails(*_args, **_options):
        raise MemoryError("no room")

    monkeypatch.setattr(run.reports.report, "report", fails)
    outcome = analyze(film, tmp_path / "out")
    assert entries(outcome.folder) == sorted(files.OURS - {files.REPORT, files.REPORT_PLAIN})
    assert "no room" in outcome.no_report.message
    assert outcome.exit_code == 0


def test_nothing_measured_is_code_3_and_leaves_its_files(film, tmp_path, calls, monkeypatch):
    monkeypatch.setattr(run.pipeline, "analyze", lambda track, *_: make_result(track, measured=False))
    outcome = analyze(film, tmp_path / "out")
    assert outcome.exit_code == 3
    assert (outcome.folder / files.RESULT).exists()


def test_options_reach_film_and_model(film, tmp_path, calls, monkeypatch):
    opened = []
    really_open = run.sources.open
    monkeypatch.setattr(run.sources, "open", lambda where, **given: opened.append(given) or really_open(where, **given))
    options = run.Options(variant="lite", quality="best", workers=3, mirrored=True, rate_hz=25.0)
    analyze(film, tmp_path / "out", options=options, settings=Settings(start_s=0.1, end_s=0.3, person=2))
    wanted = {"max_fps": SQUAT.max_fps, "start_s": 0.1, "end_s": 0.3, "mirrored": True, "rate_hz": 25.0}
    assert opened == [wanted]
    (call,) = calls
    model = run.weights.MODELS["lite"]
    assert call == {
        "model": run.pose.Model("lite", Path("lite.task"), model.sha256),
        "person": 2,
        "quality": "best",
        "workers": 3,
    }


@pytest.mark.parametrize("settings", [Settings(), Settings(start_s=0.1), Settings(start_s=0.1, end_s=0.3)])
def test_progress_goes_through_the_stages_and_each_share_rises(film, tmp_path, calls, settings):
    seen = []
    analyze(film, tmp_path / "out", settings=settings, progress=lambda *step: seen.append(step))
    assert list(dict(seen)) == [run.Stage.MODEL, run.Stage.POSE, run.Stage.ASSESS, run.Stage.OVERLAY]
    for stage in (run.Stage.POSE, run.Stage.OVERLAY):
        shares = [share for at, share in seen if at is stage]
        assert shares == sorted(shares)
        assert shares[0] == 0
        assert 0.8 < shares[-1] <= 1


def test_fetching_the_model_is_progress(film, tmp_path, calls, monkeypatch):
    def require(_variant, progress):
        progress(5, 20)
        return Path("heavy.task")

    monkeypatch.setattr(run.weights, "require", require)
    seen = []
    analyze(film, tmp_path / "out", progress=lambda *step: seen.append(step))
    assert seen[:2] == [(run.Stage.MODEL, None), (run.Stage.MODEL, 0.25)]


def broken(*_args, **_options):
    raise RuntimeError("broken")


@pytest.mark.parametrize("stage", ["pose.track", "pipeline.analyze", "film.write", "Painter"])
def test_a_failure_at_any_stage_leaves_what_was_there(film, tmp_path, calls, monkeypatch, stage):
    out = tmp_path / "out"
    monkeypatch.setattr(f"alignment.run.{stage}", broken)
    with pytest.raises(RuntimeError, match="broken"):
        analyze(film, out)
    assert not out.exists()
    monkeypatch.undo()
    place = out / "Knie beugen"
    place.mkdir(parents=True)
    (place / files.RESULT).write_text("old")
    with monkeypatch.context() as again:
        again.setattr(run.weights, "require", lambda *_, **__: Path("heavy.task"))
        again.setattr(run.pose, "track", broken)
        with pytest.raises(RuntimeError, match="broken"):
            analyze(film, out)
    assert entries(out) == ["Knie beugen", "Knie beugen/result.json"]


def test_the_same_film_replaces_and_another_of_that_name_does_not(film, tmp_path, calls):
    first = analyze(film, tmp_path / "out")
    again = analyze(film, tmp_path / "out", options=run.Options(overlay=False))
    assert again.folder == first.folder
    assert not (first.folder / files.OVERLAY).exists()
    other = tmp_path / film.name
    films.write(other, [films.marked(i + 1) for i in range(FRAMES)])
    beside = analyze(other, tmp_path / "out")
    assert beside.folder != first.folder
    assert beside.folder.name.startswith("Knie beugen-")
    assert analyze(other, tmp_path / "out").folder == beside.folder
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_track_is_assessed_anew_without_film_and_model(film, tmp_path, calls, monkeypatch):
    first = analyze(film, tmp_path / "out")
    film.unlink()
    monkeypatch.setattr(run.pose, "track", broken)
    again = analyze(first.folder / files.TRACK, tmp_path / "out")
    assert again.folder == first.folder
    assert again.result == first.result
    assert entries(first.folder) == sorted(files.OURS - {files.OVERLAY})


def test_a_place_closed_to_us_is_refused_before_the_work(film, tmp_path, calls):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="cannot be written"):
        analyze(film, tmp_path / "out")
    assert calls == []


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


def test_a_camera_records_until_its_end_and_each_recording_is_kept(tmp_path, calls, monkeypatch):
    made = make_track(3)
    facts = replace(made.source, name="camera 0", sha256=None, width=96, height=96)
    frames = [run.Frame(i, i / 30, films.marked(i)) for i in range(3)]
    seeds = iter((1, 2))

    def track(source, *_args, **_options):
        assert len(list(source)) == 3
        return replace(make_track(3, seed=next(seeds)), source=source.facts)

    monkeypatch.setattr(run.sources, "open", lambda *_, **__: Recorded(run.sources.FrameList(frames, facts)))
    monkeypatch.setattr(run.pose, "track", track)
    with pytest.raises(InputError, match="--end"):
        analyze(0, tmp_path / "out")
    first, second = (analyze(0, tmp_path / "out", settings=Settings(end_s=1.0)) for _ in range(2))
    assert first.folder == tmp_path / "out" / "camera_0"
    assert second.folder.name.startswith("camera_0-")
    assert entries(second.folder) == sorted(files.OURS - {files.OVERLAY})
