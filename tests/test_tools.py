"""What keeps this project's own checks honest: no silent skip, and a plain word where the system lacks something."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def system():
    """A copy of the tool for one test, which may put what it likes into it."""
    spec = importlib.util.spec_from_file_location("system", ROOT / "tools" / "system.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["system"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["system"]


SKIPPING = """
import pytest

def test_runs():
    assert True

def test_lacks_something():
    pytest.skip("no such thing here")

@pytest.fixture
def lacking():
    pytest.skip("nor this")

def test_lacks_a_fixture(lacking):
    assert True

@pytest.mark.xfail(reason="known", strict=True)
def test_known_to_fail():
    assert False
"""


@pytest.mark.parametrize(("forbidden", "code"), [(None, 0), ("1", 1)])
def test_skips_fail_by_name_where_they_are_forbidden(tmp_path, forbidden, code):
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING)
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.skip('all of it', allow_module_level=True)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {name: value for name, value in os.environ.items() if name != "ALIGNMENT_NO_SKIP"}
    if forbidden:
        environment["ALIGNMENT_NO_SKIP"] = forbidden
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--continue-on-collection-errors",
            str(tmp_path),
        ],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    for name, reason in (
        ("test_lacks_something", "no such thing here"),
        ("test_lacks_a_fixture", "nor this"),
        ("test_whole.py", "all of it"),
    ):
        named = [
            line for line in done.stdout.splitlines() if name in line and reason in line and "may be skipped" in line
        ]
        assert bool(named) == bool(forbidden)


def test_what_the_system_lacks_is_installed_where_it_may(system, capsys):
    there = []
    need = system.Need("libthing.so", "libthing1", lambda: bool(there))
    system.NEEDS = (need, system.Need("libthing2.so", "libthing1", lambda: bool(there)))
    system.may_install, system.install = lambda: True, there.extend
    assert system.main() == 0
    assert there == ["libthing1"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("vital", "code", "phrase"), [(True, 1, "Nothing works without"), (False, 0, "are skipped")])
def test_what_may_not_be_installed_is_named_in_one_sentence(system, capsys, vital, code, phrase):
    system.NEEDS = (system.Need("the thing", "thing", lambda: False, vital=vital),)
    system.may_install = lambda: False
    assert system.main() == code
    (said,) = capsys.readouterr().out.splitlines()
    assert phrase in said
    assert "the thing" in said
    assert "`sudo make system`" in said


def test_an_older_python_is_refused_in_one_sentence(system, capsys):
    system.sys = SimpleNamespace(version_info=(3, 10, 4))
    assert system.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "Python 3.11 or newer is needed, and this is 3.10: name another with PYTHON=…"
    ]


def test_a_library_counts_only_if_it_loads(system):
    assert system._loads("libc.so.6") or sys.platform != "linux"
    assert not system._loads("libnone-of-this-name.so.9")


def test_make_lists_its_words():
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    words = [line.split()[1] for line in done.stdout.splitlines()]
    assert {"demo", "test", "check", "system", "models", "clean"} <= set(words)
