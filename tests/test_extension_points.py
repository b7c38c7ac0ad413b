"""A made-up activity, measure, output, engine, mark, option and language, all in one module, go through the whole program.

Nothing else is touched: each of these is added in `tests/extension_example.py` and nowhere else. All of it runs in processes
of its own, so that no other test meets what was added.
"""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest

from alignment.outputs import read_track
from tests import films
from tests.conftest import ROOT

EXTENSION = "tests.extension_example"
#: A request for everything that was added.
ASKED = ("--activity", "wall_sit", "--engine", "figure", "--lens", "70", "--stripes")


def python(script: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A Python that has loaded the extension, as an installed one is loaded before anything else."""
    loaded = f"from alignment import extensions; extensions.load([{EXTENSION!r}])\n{textwrap.dedent(script)}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", loaded, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return python(
        "import sys; from alignment.cli import main\nif __name__ == '__main__': sys.exit(main(sys.argv[1:]))",
        *arguments,
        folder=folder,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a film that the made-up engine sees the stick figure squat in."""
    made = tmp_path_factory.mktemp("extension")
    (made / "films").mkdir()
    films.write(made / "films" / "sit.mp4", [films.marked(i, 360, 640) for i in range(180)])
    return made


@pytest.fixture(scope="module")
def analyzed(folder):
    done = command("analyze", "films/sit.mp4", *ASKED, "--no-overlay", "--no-report", folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout, folder / "out" / "sit"


def test_the_command_line_offers_and_takes_them(folder, analyzed):
    said, _ = analyzed
    assert "Wall sit" in said
    assert "Thigh lean" in said
    help_ = command("analyze", "--help", folder=folder).stdout
    for offered in ("wall_sit", "--lens", "--engine", "--no-count"):
        assert offered in help_
    assert "openvino, mediapipe, figure" in " ".join(help_.split())
    bad = command("analyze", "films/sit.mp4", "--activity", "wall_sit", "--lens", "500", folder=folder)
    assert (bad.returncode, "--lens" in bad.stderr) == (2, True)
    assert "wall_sit  Wall sit" in command("activities", folder=folder).stdout


def test_the_result_files_hold_them(analyzed):
    _, out = analyzed
    result = json.loads((out / "result.json").read_text())
    assert result["activity"] == "wall_sit"
    assert result["software"]["settings"]["lens_deg"] == 70.0
    assert {row["measure"] for row in result["summary"]} == {"thigh_lean", "knee_flexion"}
    assert any(row["measure"] == "thigh_lean" and row["mean"] is not None for row in result["summary"])
    frames, cycles = pd.read_parquet(out / "frames.parquet"), pd.read_csv(out / "cycles.csv")
    assert frames[["thigh_lean_left_deg", "thigh_lean_left_deg_se"]].notna().to_numpy().any()
    assert cycles["thigh_lean_deg"].notna().any()
    assert (out / "count.txt").read_text() == "2 through 70.0"


def test_the_kind_of_mark_is_read_and_kept_with_the_landmarks(analyzed):
    _, out = analyzed
    marks = read_track(out / "track.parquet").marks
    assert (marks.kind, marks.names) == ("stripes", ("pelvis_left", "pelvis_right"))
    assert marks.pixels[-1].tolist() == [[352.8, 320.0], [7.2, 320.0]]


def test_an_output_that_is_not_wanted_is_not_made(folder):
    done = command(
        "analyze", "films/sit.mp4", *ASKED, "--no-overlay", "--no-report", "--no-count", "--out", "few", folder=folder
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "few" / "sit" / "count.txt").exists()


def test_a_batch_in_processes_of_its_own_does_the_same(folder, analyzed):
    _, alone = analyzed
    (folder / "list.csv").write_text("path,lens_deg\nfilms/sit.mp4,70\n")
    arguments = ("batch", "list.csv", *ASKED[:4], "--stripes", "--no-report", "--out", "study")
    done = command(*arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "study" / "films" / "sit" / "count.txt").read_text() == "2 through 70.0"
    summary = pd.read_csv(folder / "study" / "summary.csv")
    assert set(summary["measure"]) == {"thigh_lean", "knee_flexion"}
    own, together = pd.read_csv(alone / "cycles.csv"), pd.read_csv(folder / "study" / "cycles.csv")
    pd.testing.assert_frame_equal(own, together[own.columns])
    columns = pd.read_csv(folder / "study" / "columns.csv")
    assert "thigh_lean_deg" in set(columns["column"])
    again = command(*arguments, folder=folder)
    assert "Kept from an earlier run: 1" in again.stdout
    (folder / "list.csv").write_text("path,lens_deg\nfilms/sit.mp4,500\n")
    assert command(*arguments, folder=folder).returncode == 2


PAGE = """
    from pathlib import Path
    from alignment.pages import films
    from alignment.pages.analyze import setup

    with Path("films/sit.mp4").open("rb") as content:
        film = films.shelf().add("sit.mp4", content)
    setup.show(film, None)
"""


def test_the_apps_menus_and_controls_show_them(folder):
    script = """
        from streamlit.testing.v1 import AppTest

        app = AppTest.from_file("page.py", default_timeout=120).run()
        assert not app.exception, app.exception
        movement = app.selectbox[0]
        print("movements:", *movement.options)
        print("numbers:", [one.label for one in app.number_input])
        assert not movement.select("wall_sit").run().exception
        print("ran")
    """
    (folder / "page.py").write_text(textwrap.dedent(PAGE))
    done = python(script, folder=folder)
    assert done.returncode == 0, done.stderr
    assert "Wall sit" in done.stdout
    assert "Lens" in done.stdout.partition("numbers:")[2]
    assert done.stdout.endswith("ran\n")


def test_python_takes_them_and_another_language_is_spoken(folder):
    script = """
        import alignment
        from alignment.texts import say, speaking

        found = alignment.analyze("films/sit.mp4", "wall_sit", engine="figure", lens_deg=70)
        print(found.cycles["thigh_lean_deg"].notna().any(), found.result.software.settings["lens_deg"])
        with speaking("eo"):
            print(say("activity_wall_sit").message, say("activity_squat").message)
    """
    done = python(script, folder=folder)
    assert done.stdout == "True 70.0\nMura sido Squat\n", done.stderr


def test_the_contract_tests_take_them_up_unchanged():
    """The suites over all activities run over the made-up one as well, which they meet as they meet ours."""
    # Without the check of shapes, which has to come before anything of the program is imported.
    plain = ("-o", "addopts=--import-mode=importlib", "-p", EXTENSION)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plain, "tests/test_activities.py", "-k", "wall_sit", "-rA"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "wall_sit" in done.stdout
    assert " passed" in done.stdout
