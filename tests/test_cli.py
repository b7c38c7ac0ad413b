"""The command line as its user meets it: words, exit codes, files; the landmark model is made up unless marked."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import psutil
import pytest
from rich.console import Console

from alignment import outputs, sources, workflow
from alignment.cli import main, options, show, terminal
from alignment.core.activities import ACTIVITIES
from alignment.core.measures import MEASURES
from alignment.core.result import LimitUsed, Quality, Reason, Result, Verdict, findings
from alignment.errors import InputError
from alignment.pose import model_files
from alignment.pose.engines import ENGINES
from alignment.pose.fake import FakeEngine
from alignment.request import DEFAULT_ENGINE, Request
from alignment.texts import ENGLISH, say
from alignment.views.overlay import Painter
from alignment.views.wording import measure_name
from tests import films
from tests.conftest import ROOT
from tests.fakes import engine_replaced
from tests.results import make_result, make_track, summary, usual_files

FRAMES = 12
#: One sentence, and one with a remedy, in one line.
ERROR = re.compile(r"Error: [^\n]+[.)] [^\n]+\.\n")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Every test works in a folder of its own, where `out` is the default."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ALIGNMENT_DEBUG", raising=False)


@pytest.fixture
def film(tmp_path):
    return films.write(tmp_path / "knee.mp4", [films.marked(i) for i in range(FRAMES)])


@pytest.fixture
def no_model():
    """The engine finds nobody; the rest is real."""
    with engine_replaced(FakeEngine()):
        yield


@pytest.fixture
def made_up(no_model, monkeypatch):
    """The engine finds nobody, and results are made up with values all the same."""
    monkeypatch.setattr(workflow, "assess", lambda track, *_: make_result(track))
    monkeypatch.setattr(Painter, "paint", lambda _self, image, _position: image)


def left_behind(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# --- Analyze


def test_a_video_gives_a_table_its_place_and_code_0(film, made_up, capfd):
    assert main(["analyze", str(film), "--activity", "squat", "--clinical"]) == 0
    said = capfd.readouterr()
    assert re.search(r"FPPA +left +−12\.3 ± 0\.4° .* 3 .*shown, not judged", said.out)
    assert "Results: out/knee" in said.out
    assert said.err == ""
    assert left_behind(Path("out")) == ["knee", *(f"knee/{name}" for name in sorted(usual_files()))]


def test_json_on_stdout_is_alone_there(film, made_up, capfd):
    assert main(["analyze", str(film), "--activity", "squat", "--json", "-"]) == 0
    said = capfd.readouterr()
    assert Result.from_json(said.out) == outputs.read_result(Path("out/knee"))
    assert "Results: out/knee" in said.err
    assert "±" not in said.err


def test_several_videos_give_a_list_and_go_on_after_a_bad_one(film, made_up, capfd):
    other = films.write(Path("other.mp4"), [films.marked(i) for i in range(3)])
    assert main(["analyze", str(film), "nowhere.mp4", str(other), "--activity", "squat", "--json", "all.json"]) == 2
    found = json.loads(Path("all.json").read_text())
    assert [result["source"]["name"] for result in found] == ["knee.mp4", "other.mp4"]
    assert "Error: There is no file nowhere.mp4." in capfd.readouterr().err
    assert sorted(path.name for path in Path("out").iterdir()) == ["knee", "other"]


def test_a_single_bad_video_gives_no_json(made_up, capfd):
    assert main(["analyze", "nowhere.mp4", "--activity", "squat", "--json", "-"]) == 2
    assert capfd.readouterr().out == ""
    assert main(["analyze", "nowhere.mp4", "--activity", "squat", "--json", "it.json"]) == 2
    assert left_behind(Path()) == []


def test_videos_of_one_name_get_folders_of_their_own(film, made_up):
    other = films.write(Path("knee.mov"), [films.marked(i) for i in range(3)])
    assert main(["analyze", str(film), str(other), "--activity", "squat"]) == 0
    assert len(list(Path("out").glob("knee-*/result.json"))) == 2


@pytest.fixture
def asked(monkeypatch):
    """What the command asks for; nothing is done."""
    found = []

    def analyze(where, request, _engine, sink, _progress):
        found.append((where, request, sink.folder))
        raise InputError("missing_file", path="it")

    monkeypatch.setattr(workflow, "analyze", analyze)
    return found


def test_options_arrive(film, asked):
    Path("my limits.csv").write_bytes(ROOT.joinpath("alignment/limits.csv").read_bytes())
    told = "--activity squat --out elsewhere --model lite --quality best --start 1 --end 2.5 --mirrored --person 2"
    also = (
        "--workers 1 --camera-roll -4 --fps 25 --pelvis-dots green --no-overlay --no-report --no-blur-faces --clinical"
    )
    points = "--pelvis-points 2,3,1,3@1"
    assert main(["analyze", str(film), *told.split(), *also.split(), *points.split(), "--limits", "my limits.csv"]) == 2
    where, request, folder = asked[0]
    assert (where, folder) == (film, Path("elsewhere/knee"))
    wanted = Request(
        "squat",
        start_s=1.0,
        end_s=2.5,
        mirrored=True,
        rate_hz=25.0,
        person=2,
        camera_roll_deg=-4.0,
        model="lite",
        quality="best",
        pelvis_dots="green",
        pelvis_points="2,3,1,3@1",
        workers=1,
        overlay=False,
        report=False,
        blur_faces=False,
        clinical=True,
    )
    assert request == wanted


def test_defaults(film, asked):
    main(["analyze", str(film), "7", "--activity", "squat"])
    assert asked == [(film, Request("squat"), Path("out/knee")), (7, Request("squat"), Path("out/camera_7"))]


def test_a_camera_needs_an_end(made_up, capfd):
    assert main(["analyze", "0", "--activity", "squat"]) == 2
    assert "--end" in capfd.readouterr().err


def test_a_track_instead_of_a_video(film, made_up, capfd):
    assert main(["analyze", str(film), "--activity", "squat"]) == 0
    capfd.readouterr()
    assert main(["analyze", "out/knee/track.parquet", "--activity", "squat"]) == 0
    said = capfd.readouterr().out
    assert "Results: out/knee" in said
    assert "No overlay was drawn" in said


# --- Exit codes


@pytest.mark.parametrize(
    ("codes", "counts"),
    [([], 0), ([0, 0], 0), ([0, 3], 3), ([3, 2, 0], 2), ([2, 1, 3], 1), ([1, 130, 2], 130)],
)
def test_the_worst_code_counts(codes, counts):
    assert terminal.worst(codes) == counts


def test_nothing_measured_is_code_3(film, no_model, capfd):
    assert main(["analyze", str(film), "--activity", "squat"]) == 3
    said = capfd.readouterr()
    assert "Nothing could be measured." in said.out
    assert said.err == ""
    assert outputs.read_result(Path("out/knee")).measured is False


@pytest.mark.parametrize("kind", [ImportError, OSError])
def test_a_bare_system_is_told_which_packages_to_install(kind, film, made_up, monkeypatch, capfd):
    def bare(*_args, **_kwargs):
        raise kind("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(workflow, "assess", bare)
    assert main(["analyze", str(film), "--activity", "squat"]) == 2
    said = capfd.readouterr().err
    assert "Error: The system library libGL.so.1 is missing" in said
    assert "sudo apt-get install" in said


def test_an_unforeseen_error_is_one_sentence_and_code_1(film, made_up, monkeypatch, capfd):
    def fail(*_):
        raise ZeroDivisionError("a line\nanother")

    monkeypatch.setattr(workflow, "assess", fail)
    assert main(["analyze", str(film), "--activity", "squat"]) == 1
    said = capfd.readouterr().err
    assert said == (
        "Error: Something unforeseen went wrong (ZeroDivisionError: a line). "
        "Run again with ALIGNMENT_DEBUG=1 to see where.\n"
    )
    assert left_behind(Path()) == ["knee.mp4"]
    monkeypatch.setenv("ALIGNMENT_DEBUG", "1")
    assert main(["analyze", str(film), "--activity", "squat"]) == 1
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["analyze", "--activity", "squat"], "Missing argument 'VIDEO'"),
        (["analyze", "x.mp4", "--nonsense"], "No such option: --nonsense"),
        (["analyze", "x.mp4", "--start", "soon"], "Invalid value for '--start'"),
        (["analyze", "x.mp4", "--start", "-1"], "Invalid value for '--start'"),
        (["analyze", "x.mp4", "--camera-roll", "nan"], "Invalid value for '--camera-roll'"),
        (["analyze", "x.mp4", "--end", "inf"], "less than or equal to 604800"),
        (["analyze", "x.mp4", "--person", "0"], "Invalid value for '--person'"),
        (["analyze", "x.mp4", "--quality", "superb"], "superb"),
        (["analyze", "x.mp4", "--pelvis-dots", "red"], "green, blue, magenta"),
        (["analyze", "x.mp4", "--pelvis-points", "1,2@3"], "x,y,x,y@s"),
        (["analyze", "x.mp4", "--model", "huge"], "There is no model huge. Choose one of: lite, full, heavy."),
        (["analyze", "x.mp4", "--activity", "flying"], "There is no activity flying. Choose one of: "),
        (["analyze", "x.mp4", "--activity", "squat", "--limits", "none.csv"], "There is no file none.csv."),
        (["analyze", "x.mp4", "--activity", "squat", "--json", "no/it.json"], "there is no folder no"),
        (["analyze", "x.mp4", "--activity", "squat", "--json", "."], "it is a folder"),
        (["models", "fetch", "huge"], "There is no model huge."),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_wrong_use_is_one_sentence_with_a_remedy(given, sentence, capfd):
    assert main(given) == 2
    said = capfd.readouterr()
    assert sentence in said.err
    assert ERROR.fullmatch(said.err), said.err
    assert said.out == ""
    assert left_behind(Path()) == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b,c\n1,2,3\n", b""])
def test_a_bad_table_of_limits_is_said_so(film, content, capfd):
    Path("mine.csv").write_bytes(content)
    assert main(["analyze", str(film), "--activity", "squat", "--limits", "mine.csv"]) == 2
    said = capfd.readouterr().err
    assert "The table of limits mine.csv cannot be used" in said
    assert ERROR.fullmatch(said), said


# --- Bad input, one by one


def empty(path):
    path.touch()


def renamed_text(path):
    path.write_text("Dear diary, today I did twenty squats.\n" * 20)


def header_cut_off(path):
    films.write(path, [films.marked(i) for i in range(30)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def sound_only(path):
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=8000)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
        sound.sample_rate = 8000
        container.mux(stream.encode(sound))
        container.mux(stream.encode())


def zero_size(path):
    path.write_bytes(
        b"GIF89a" + bytes(7) + b"\x21\xf9\x04" + bytes(5) + b"\x2c" + bytes(9) + b"\x02\x02\x44\x01\x00\x3b"
    )


def empty_folder(path):
    path.mkdir()


def folder_of_texts(path):
    path.mkdir()
    (path / "notes.txt").write_text("no picture")


def picture(path):
    import cv2

    assert cv2.imwrite(str(path), films.marked(1))


def missing(_path):
    """Nothing is made."""


def closed(path):
    films.write(path, [films.marked(1)])
    path.chmod(0)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("empty.mp4", empty, "empty.mp4 is empty (0 bytes)."),
        ("diary.mp4", renamed_text, "We can't open diary.mp4."),
        ("cut.mp4", header_cut_off, "cut.mp4"),
        ("song.mp4", sound_only, "song.mp4 holds no film"),
        ("still.png", picture, "still.png is a single picture"),
        ("nothing.gif", zero_size, "nothing.gif"),
        ("nowhere.mp4", missing, "There is no file nowhere.mp4."),
        ("a folder", empty_folder, "The folder a folder holds no pictures."),
        ("texts", folder_of_texts, "The folder texts holds no pictures."),
        ("[bold]odd[/bold] {name}.mp4", missing, "There is no file [bold]odd[/bold] {name}.mp4."),
        ("ends.parquet", renamed_text, "ends.parquet is not a track that this version can read"),
    ],
)
def test_unusable_input_is_one_sentence_code_2_and_no_file(name, make, sentence, no_model, capfd):
    make(Path(name))
    before = left_behind(Path())
    assert main(["analyze", name, "--activity", "squat"]) == 2
    said = capfd.readouterr()
    assert sentence in said.err
    assert ERROR.fullmatch(said.err), said.err
    assert said.out == ""
    assert left_behind(Path()) == before


def test_an_unreadable_file_is_said_so(no_model, film, monkeypatch, capfd):
    really_open = Path.open

    def refused(self, *given, **more):
        if self.name == film.name:
            raise PermissionError(13, "Permission denied")
        return really_open(self, *given, **more)

    monkeypatch.setattr(Path, "open", refused)
    assert main(["analyze", film.name, "--activity", "squat"]) == 2
    said = capfd.readouterr().err
    assert said == "Error: knee.mp4 may not be read. Allow reading it, or copy it to a folder of your own.\n"
    assert left_behind(Path()) == ["knee.mp4"]


def cut_at_the_end(path):
    """A film whose header comes first, and whose last third is missing."""
    noise = np.random.default_rng(0).integers(0, 255, (30, 96, 128, 3), dtype=np.uint8)
    films.write(path, noise, container_options={"movflags": "faststart"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def one_frame(path):
    films.write(path, [films.marked(0)])


def umlauts(path):
    path.parent.mkdir()
    films.write(path, [films.marked(i) for i in range(4)])


@pytest.mark.parametrize(
    ("name", "make"),
    [("cut.mp4", cut_at_the_end), ("one.mp4", one_frame), ("Meine Übungen/Kniebeuge links.mp4", umlauts)],
)
def test_poor_input_gives_a_result_that_says_what_is_wrong(name, make, no_model, capfd):
    path = Path(name)
    make(path)
    assert main(["analyze", name, "--activity", "squat"]) == 3
    assert capfd.readouterr().err == ""
    result = outputs.read_result(Path("out") / path.stem)
    assert result.quality.grade == "unusable"
    assert result.quality.reasons


# --- Being stopped

STOPPABLE = """
    import sys, time
    from pathlib import Path
    from alignment import outputs
    from alignment.cli import main
    from alignment.pose.fake import FakeEngine, see_nobody
    from tests.fakes import engine_replaced

    def wait(seconds=60):
        Path("ready").touch()
        time.sleep(seconds)

    def look_slowly(image):
        wait(0.5)
        return see_nobody(image)

    class HalfAnOverlay(outputs.OverlayOutput):
        def write(self, _analysis, sink):
            sink.path(self.filename).write_bytes(b"half a film")
            wait()

    outputs.OUTPUTS["overlay"] = HalfAnOverlay()
    with engine_replaced(FakeEngine(look_slowly if sys.argv[1] == "landmarks" else see_nobody)):
        code = main(sys.argv[2:])
    sys.exit(code)
"""


def wait_for(path, process):
    for _ in range(600):
        if path.exists():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    pytest.fail("the program did not get so far")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize(
    ("stage", "signals"),
    [
        ("landmarks", [signal.SIGINT]),
        ("overlay", [signal.SIGTERM]),
        ("overlay", [signal.SIGINT, signal.SIGINT]),
    ],
)
def test_stopping_leaves_no_half_results_and_an_older_one_whole(film, stage, signals):
    old = Path("out/knee/result.json")
    old.parent.mkdir(parents=True)
    old.write_text(json.dumps({"source": {"sha256": sources.open(film).facts.sha256}}))
    before = left_behind(Path())
    command = [sys.executable, "-c", textwrap.dedent(STOPPABLE), stage, "analyze", str(film), "--activity", "squat"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        wait_for(Path("ready"), process)
        Path("ready").unlink()
        for number in signals:
            process.send_signal(number)
            time.sleep(0.02)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert said == "Stopped before the end. Nothing was left half; what was finished before stays.\n"
    # Further pictures may have been looked at meanwhile.
    Path("ready").unlink(missing_ok=True)
    assert left_behind(Path()) == before


# --- Results in words


def shown(result, *, width=120, clinical=False):
    screen = Console(width=width, record=True, soft_wrap=True, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    track = make_track()
    outcome = workflow.Outcome(result, track, outputs.Analysis(result, track, Request("squat", clinical=clinical)))
    show.outcome(screen, outcome, Path("out/knee"))
    screen.file.close()
    return screen.export_text()


def judged():
    both = LimitUsed(-3.5, -2.2, 3.5, 5.2, 3, "a study")
    upper = replace(both, low_outside=None, low=None)
    lower = replace(both, high=None, high_outside=None)
    rows = (
        summary("knee_over_toe", "left", "pct", 1.26, limit=upper, verdict=Verdict.WITHIN),
        summary("knee_over_toe", "right", "pct", 4.0, limit=both, verdict=Verdict.EDGE),
        summary("knee_ankle_ratio", "body", "ratio", 0.856, limit=lower, verdict=Verdict.OUTSIDE),
        summary("pelvic_obliquity", "body", "deg", None, limit=both, verdict=Verdict.UNKNOWN, reason="roll_unknown"),
        summary("fppa", "difference", "deg", -2.0),
        summary("trunk_lean", "body", "deg", None, reason="new_reason"),
    )
    reason = Reason("roll_unknown", {"roll_se_deg": 3.0}, ("pelvic_obliquity",))
    result = make_result(make_track())
    (finding,) = findings(rows[1:2], result.cycles, result.activity)
    return replace(result, summary=rows, quality=Quality("usable", (reason,)), findings=(finding,))


def rows_of(text):
    """The table's rows: measure and side, and what follows."""
    names = {measure_name(measure, clinical=True): measure for measure in MEASURES}
    cells = (re.split(r"  +", line.strip()) for line in text.splitlines())
    named = (
        [found[0][:1].lower() + found[0][1:] if "FPPA" not in found[0] else found[0], *found[1:]] for found in cells
    )
    return {(names[found[0]], found[1]): found[2:] for found in named if found[0] in names}


def test_every_verdict_in_its_words():
    rows = rows_of(shown(judged(), width=220, clinical=True))
    assert {name: (cells[0], *cells[-2:]) for name, cells in rows.items() if name[0] not in ("fppa", "trunk_lean")} == {
        ("knee_over_toe", "left"): ("1.3 ± 0.4 %", "3.5 % or less", "inside the usual range"),
        ("knee_over_toe", "right"): ("4.0 ± 0.4 %", "−2.2 % to 3.5 %", "near its edge"),
        ("knee_ankle_ratio", "body"): ("0.86 ± 0.44", "−2.20 or more", "outside the usual range"),
        ("pelvic_obliquity", "body"): (
            *("–", "−2.2° to 3.5°", "cannot tell: it is not known whether the phone was level"),
        ),
    }
    assert (rows["fppa", "left − right"][0], rows["fppa", "left − right"][-1]) == ("−2.0 ± 0.4°", "shown, not judged")
    assert (rows["trunk_lean", "body"][0], rows["trunk_lean", "body"][-1]) == ("–", "cannot tell: new reason")


def test_numbers_and_their_errors_are_said_in_clinical_terms_alone():
    plain, clinical = (shown(judged(), width=220, clinical=wanted) for wanted in (False, True))
    for words in ("±", "MDC", "FPPA", "Mean"):
        assert words not in plain
        assert words in clinical
    assert "add --clinical" in plain
    assert "add --clinical" not in clinical


def test_findings_reasons_and_rejected_repetitions_are_told():
    text = shown(judged())
    assert "Übung 1.mp4: " in text
    assert "Counted repetitions: 1" in text
    assert "Not counted at 3.0 s: it is too shallow" in text
    assert "• Right knee: about 4 % of leg length inwards" in text
    assert "! We don't know whether the phone was level. For the knees that is fine. Level the phone" in text
    assert "Results: out/knee" in text


def test_a_narrow_terminal_loses_no_words():
    words = set(shown(judged(), width=60, clinical=True).split())
    assert words >= {"inside", "outside", "cannot", "0.86"}


def test_results_never_judge_health():
    text = shown(judged(), width=200) + shown(make_result(make_track(), measured=False))
    said = "".join(str(text) for code, text in ENGLISH.items() if code.startswith(("verdict_", "overlay_", "usual_")))
    assert not re.search(r"\b(ab)?normal|\bpoor|\brisk|\bdamage|\bdiagnos", text + said, re.IGNORECASE)


# --- The other commands


def test_choices_of_the_help_are_the_activities_there_are():
    assert options.activity_names() == sorted(ACTIVITIES)


def test_help_of_a_command_says_units_and_signs(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["analyze", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "+ anticlockwise as seen from behind it, so that the picture turns clockwise" in said
    assert "130 stopped by Ctrl-C" in said
    for name in ACTIVITIES:
        assert name in said


def test_help_without_a_command(capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert "analyze" in said.out
    assert said.err == ""


def test_help_loads_nothing_heavy():
    heavy = ["numpy", "cv2", "av", "mediapipe", "pandas", "pyarrow", "scipy", "pydantic"]
    look = f"sys.exit(any(name in sys.modules for name in {heavy}))"
    script = f"import sys; from alignment.cli import main; main(['--help']); {look}"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"alignment {version('alignment')}\n"


def test_the_shipped_limits_are_printed_as_they_are(capfdbinary):
    assert main(["limits"]) == 0
    assert capfdbinary.readouterr().out == ROOT.joinpath("alignment/limits.csv").read_bytes()


def test_activities_are_listed_with_how_to_film_them(capsys):
    assert main(["activities"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for name in ACTIVITIES:
        assert f"{name} {say(f'activity_{name}').message}" in said
        assert say(f"activity_{name}_how").message in said


def test_models_are_listed_with_where_they_are(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(model_files, "folders", lambda: iter([tmp_path]))
    (tmp_path / model_files.MODELS["lite"].filename).write_bytes(b"something else")
    assert main(["models", "list"]) == 0
    said = capsys.readouterr().out
    assert "lite   5.8 MB" in said
    assert "not the tested file" in said
    assert "`alignment models fetch heavy` gets it" in said


def test_models_are_fetched_one_by_one(monkeypatch, capsys):
    fetched = []

    def fetch(variant, progress):
        progress(1, 2)
        fetched.append(variant)
        return Path(f"/models/{variant}.task")

    monkeypatch.setattr(model_files, "fetch", fetch)
    assert main(["models", "fetch"]) == 0
    assert main(["models", "fetch", "lite", "full"]) == 0
    assert fetched == ["heavy", "lite", "full"]
    assert capsys.readouterr().out.splitlines() == [f"{name}: /models/{name}.task" for name in fetched]


def test_a_model_that_cannot_be_had_is_one_sentence(film, no_model, capsys):
    def file(*_):
        raise InputError("model_missing", variant="heavy", fault="offline", filename="x.task", folder="/models")

    ENGINES[DEFAULT_ENGINE] = replace(ENGINES[DEFAULT_ENGINE], file=file)
    assert main(["analyze", str(film), "--activity", "squat"]) == 2
    assert "alignment models fetch heavy" in capsys.readouterr().err
    assert not Path("out").exists()


def test_demo_says_where_the_results_lie_and_how_long_it_took(made_up, capsys):
    assert main(["demo", "--out", "shown"]) == 0
    said = capsys.readouterr().out
    assert "Results: shown/squat_front" in said
    assert re.search(r"Took \d+ s\.", said)
    assert Path("shown/squat_front/overlay.mp4").exists()


# --- With the real model


def _children_s():
    """Computing time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.model
def test_a_real_process_keeps_stdout_pure_and_ends_at_once_when_stopped(lite, samples):
    """One process runs to its end, another is stopped in the middle of the model's work."""
    command = [sys.executable, "-m", "alignment", "analyze", str(samples / "squat_front.mp4"), "--activity", "squat"]
    command += ["--model", "lite", "--out", str(Path("out").absolute())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ALIGNMENT_MODELS": str(lite.parent)}
    short = [*command, "--end", "0.4", "--json", "-", "--no-overlay"]
    done = subprocess.run(short, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    assert Result.from_json(done.stdout).source.name == "squat_front.mp4"
    before, others_s = left_behind(Path()), _children_s()
    # By computing time, of which other work on the machine takes none; the whole film takes several times as much.
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while (spent_s := sum(psutil.Process(process.pid).cpu_times()[:2])) < 2.5:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert _children_s() - others_s - spent_s < 2.5
    assert process.returncode == 130
    assert said.decode().startswith("Stopped before the end.")
    assert left_behind(Path()) == before
