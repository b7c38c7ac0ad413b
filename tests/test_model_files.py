"""Model files: found, fetched from a server of our own or a fake pip, verified, and never left half."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from alignment.errors import InputError
from alignment.pose import model_files
from alignment.texts import say

GOOD = bytes(range(256)) * 2000
WRONG = GOOD[:-1] + b"?"
MEMBER = "fake/data/fake.task"


class _Store(BaseHTTPRequestHandler):
    """A model store on this machine; the path says how it behaves."""

    let_go = threading.Event()

    def do_GET(self):
        behaviour = self.path.strip("/")
        if behaviour == "404":
            self.send_error(404)
            return
        if behaviour == "silent":
            self.let_go.wait(60)
            return
        body = WRONG if behaviour == "wrong" else GOOD
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        if behaviour == "stalls":
            self.let_go.wait(60)
        if behaviour == "slow":
            time.sleep(0.5)
        if behaviour != "breaks_off":
            self.wfile.write(body[half:])

    def log_message(self, *_args):
        """Nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that went away is what some of these tests are about."""


@pytest.fixture
def store():
    _Store.let_go.clear()
    server = _Server(("127.0.0.1", 0), _Store)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    _Store.let_go.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def model(monkeypatch):
    """A small model of our own among the real ones; nobody has it until a test says who."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = model_files.PublishedModel(
        variant="fake",
        filename="fake.task",
        sha256=hashlib.sha256(GOOD).hexdigest(),
        size_bytes=len(GOOD),
        url="http://127.0.0.1:9/fake.task",
        wheel=None,
    )
    monkeypatch.setitem(model_files.MODELS, "fake", fake)
    return fake


@pytest.fixture
def serve(monkeypatch, model, store):
    """Lets the store behave in one of the ways that `_Store` knows."""

    def behave(behaviour, wheel=None):
        served = replace(model, url=f"{store}/{behaviour}", wheel=wheel)
        monkeypatch.setitem(model_files.MODELS, "fake", served)
        return served

    return behave


@pytest.fixture
def no_own_pip(monkeypatch):
    """This environment has no pip."""
    monkeypatch.setattr(model_files.importlib.util, "find_spec", lambda _name: None)


@pytest.fixture
def pip(no_own_pip, monkeypatch, tmp_path):
    """A stand-in for pip that hands out one wheel, made here; the names of its files and their bytes come in."""

    def hand_out(files, script="shutil.copy(source, dest)"):
        source = tmp_path / "made" / "fake-1.0-py3-none-any.whl"
        source.parent.mkdir()
        with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        program = tmp_path / "made" / "pip3"
        program.write_text(
            f"#!{sys.executable}\n"
            "import shutil, sys, time\n"
            f"source = {str(source)!r}\n"
            "assert sys.argv[1] == 'download' and '--no-deps' in sys.argv and sys.argv[-1] == 'fake==1.0'\n"
            "dest = next(a for a in sys.argv if a.startswith('--dest=')).partition('=')[2]\n"
            f"{script}\n"
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        return model_files.Wheel("fake==1.0", MEMBER)

    return hand_out


def refused(code, folder):
    """The error that fetching into the folder ends with; nothing may be left there."""
    with pytest.raises(InputError) as caught:
        model_files.fetch("fake", folder=folder)
    assert caught.value.code == code
    assert not folder.is_dir() or not list(folder.iterdir())
    return str(caught.value)


# From the store.


def test_a_served_file_arrives_whole_and_is_found_again(serve, tmp_path, monkeypatch):
    serve("good")
    seen = []
    path = model_files.fetch(
        "fake", folder=tmp_path / "new" / "models", progress=lambda done, total: seen.append((done, total))
    )
    assert path.read_bytes() == GOOD
    assert [entry.name for entry in path.parent.iterdir()] == ["fake.task"]
    assert seen == sorted(seen)
    assert seen[-1] == (len(GOOD), len(GOOD))
    assert len(seen) > 2
    monkeypatch.setenv("ALIGNMENT_MODELS", str(path.parent))
    assert model_files.find("fake") == path


def test_a_file_that_is_here_is_not_fetched_again(serve, tmp_path):
    serve("404")
    (tmp_path / "fake.task").write_bytes(GOOD)
    assert model_files.fetch("fake", folder=tmp_path) == tmp_path / "fake.task"


def test_a_wrong_file_that_is_here_is_replaced_by_fetching(serve, tmp_path):
    serve("good")
    (tmp_path / "fake.task").write_bytes(WRONG)
    assert model_files.fetch("fake", folder=tmp_path).read_bytes() == GOOD


def test_wrong_bytes_from_the_store_are_thrown_away(serve, tmp_path):
    model = serve("wrong")
    said = refused("model_wrong_download", tmp_path)
    assert model.sha256[:12] in said
    assert hashlib.sha256(WRONG).hexdigest()[:12] in said


@pytest.mark.parametrize(
    ("behaviour", "phrase"),
    [
        ("404", "answered with status 404"),
        ("breaks_off", "broke off"),
        ("silent", "did not answer"),
        ("stalls", "broke off"),
    ],
)
def test_a_store_that_fails_leaves_nothing_and_says_why(serve, tmp_path, monkeypatch, behaviour, phrase):
    monkeypatch.setattr(model_files, "TIMEOUTS_S", (0.3, 0.3))
    serve(behaviour)
    said = refused("model_full_unavailable", tmp_path)
    assert phrase in said
    assert "--model lite" in said


def test_a_machine_without_network_is_told_what_to_do(model, monkeypatch, tmp_path, pip):
    offline = replace(model, wheel=pip({}, "sys.exit('ERROR: No matching distribution found for fake==1.0')"))
    monkeypatch.setitem(model_files.MODELS, "fake", offline)
    said = refused("model_missing", tmp_path / "models")
    assert "127.0.0.1:9 did not answer" in said
    assert "pip could not fetch fake==1.0 instead (No matching distribution found for fake==1.0)" in said
    assert "`alignment models fetch fake`" in said
    assert f"put fake.task into {tmp_path / 'models'}" in said


# From a wheel, where the store fails.


def test_the_wheel_serves_where_the_store_does_not(serve, pip, tmp_path):
    serve("404", pip({MEMBER: GOOD, "fake/other.task": WRONG}))
    seen = []
    path = model_files.fetch("fake", folder=tmp_path / "models", progress=lambda *both: seen.append(both))
    assert path.read_bytes() == GOOD
    assert seen == [(len(GOOD), len(GOOD))]


def test_the_wheel_serves_where_the_store_sends_something_else(serve, pip, tmp_path):
    serve("wrong", pip({MEMBER: GOOD}))
    assert model_files.fetch("fake", folder=tmp_path / "models").read_bytes() == GOOD


def test_a_wheel_with_other_bytes_is_refused(serve, pip, tmp_path):
    serve("404", pip({MEMBER: WRONG}))
    refused("model_wrong_download", tmp_path / "models")


def test_a_wheel_without_the_file_is_refused(serve, pip, tmp_path):
    serve("404", pip({"fake/other.task": GOOD}))
    assert "fake==1.0 did not hold it" in refused("model_missing", tmp_path / "models")


def test_a_damaged_wheel_is_refused(serve, pip, tmp_path):
    serve("404", pip({MEMBER: GOOD}, "open(dest + '/fake.whl', 'wb').write(open(source, 'rb').read()[:500])"))
    assert "fake==1.0 did not hold it" in refused("model_missing", tmp_path / "models")


def test_an_environment_without_pip_is_told_so(serve, no_own_pip, tmp_path, monkeypatch):
    serve("404", model_files.Wheel("fake==1.0", MEMBER))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no pip is at hand to fetch fake==1.0" in refused("model_missing", tmp_path / "models")


def test_another_environments_pip_does_where_there_is_none(no_own_pip, tmp_path, monkeypatch):
    elsewhere = tmp_path / "pip3"
    elsewhere.write_text("#!/bin/sh\n")
    elsewhere.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert model_files._pip() == [str(elsewhere)]


# Interruptions, and several at once.


def test_an_interrupted_download_leaves_no_half_file(serve, tmp_path):
    serve("good")

    def interrupt(done, total):
        assert list(tmp_path.glob("*.part"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model_files.fetch("fake", folder=tmp_path, progress=interrupt)
    assert not list(tmp_path.iterdir())


def start(model, folder):
    """Another process that fetches the model into the folder."""
    program = (
        "from pathlib import Path; from alignment.pose import model_files\n"
        "from alignment.pose.model_files import PublishedModel, Wheel\n"
        f"model_files.MODELS['fake'] = {model!r}\n"
        f"model_files.fetch('fake', folder=Path({str(folder)!r}))\n"
    )
    root = Path(__file__).parent.parent
    return subprocess.Popen([sys.executable, "-c", program], cwd=root, stderr=subprocess.PIPE, text=True)


def test_ctrl_c_during_a_download_leaves_no_half_file(serve, tmp_path):
    with start(serve("stalls"), tmp_path) as process:
        deadline = time.monotonic() + 60
        while not any(part.stat().st_size for part in tmp_path.glob("*.part")):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in process.communicate(timeout=60)[1]
    assert not list(tmp_path.iterdir())


def test_two_processes_fetching_at_once_both_succeed(serve, tmp_path):
    model = serve("slow")
    with start(model, tmp_path) as one, start(model, tmp_path) as two:
        errors = [process.communicate(timeout=60)[1] for process in (one, two)]
    assert (one.returncode, two.returncode) == (0, 0), errors
    assert [entry.name for entry in tmp_path.iterdir()] == ["fake.task"]
    assert (tmp_path / "fake.task").read_bytes() == GOOD


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not(serve, tmp_path):
    serve("good")
    stale, living = tmp_path / "fake.task.1-1.part", tmp_path / "fake.task.2-2.part"
    stale.write_bytes(GOOD[:100])
    living.write_bytes(GOOD[:100])
    long_ago = time.time() - 2 * model_files.STALE_S
    os.utime(stale, (long_ago, long_ago))
    model_files.fetch("fake", folder=tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["fake.task", living.name]


# On this machine.


def test_a_wrong_file_is_refused_and_put_aside(model, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))
    path = tmp_path / "fake.task"
    path.write_bytes(WRONG)
    with pytest.raises(InputError, match="is not the tested fake model") as caught:
        model_files.find("fake")
    assert caught.value.code == "model_wrong_hash"
    assert str(path) in str(caught.value)
    (aside,) = tmp_path.iterdir()
    assert aside.read_bytes() == WRONG
    assert aside.name in str(caught.value)
    assert model_files.find("fake") is None


def test_a_wrong_file_that_cannot_be_put_aside_is_refused_all_the_same(model, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))
    (tmp_path / "fake.task").write_bytes(WRONG)

    def read_only(*_args, **_kwargs):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", read_only)
    with pytest.raises(InputError, match=r"could not be renamed \(Read-only file system\)") as caught:
        model_files.find("fake")
    assert caught.value.code == "model_wrong_hash_kept"


def test_a_file_changed_after_its_check_is_checked_again(model, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))
    path = tmp_path / "fake.task"
    path.write_bytes(GOOD)
    assert model_files.find("fake") == path
    path.write_bytes(WRONG)
    with pytest.raises(InputError):
        model_files.find("fake")


def test_a_folder_that_cannot_be_written_is_named(serve, tmp_path):
    serve("good")
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="ALIGNMENT_MODELS") as caught:
        model_files.fetch("fake", folder=tmp_path / "models")
    assert caught.value.code == "models_not_writable"
    assert str(tmp_path / "models") in str(caught.value)


def test_a_full_disk_leaves_no_half_file(serve, tmp_path, monkeypatch):
    serve("good")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model_files.os, "fsync", full)
    assert "No space left on device" in refused("models_not_writable", tmp_path)


def test_required_files_are_found_or_fetched(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))
    serve("good")
    path = model_files.require("fake")
    assert path == tmp_path / "fake.task"
    serve("404")
    assert model_files.require("fake") == path


def test_folders_are_the_named_one_then_the_checkout_then_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    checkout = Path(__file__).parent.parent / "models"
    assert list(model_files.folders())[:2] == [tmp_path, checkout]
    monkeypatch.delenv("ALIGNMENT_MODELS")
    assert next(model_files.folders()) == checkout
    installed = tmp_path / "site-packages" / "alignment" / "pose" / "model_files.py"
    monkeypatch.setattr(model_files, "__file__", str(installed))
    (only,) = model_files.folders()
    assert "alignment" in only.parts
    assert only.name == "models"


def test_an_unknown_variant_lists_the_known_ones():
    with pytest.raises(InputError, match="lite, full, heavy"):
        model_files.find("gigantic")


def test_status_tells_present_missing_and_wrong_apart(model, monkeypatch, tmp_path):
    monkeypatch.setenv("ALIGNMENT_MODELS", str(tmp_path))

    def of_fake():
        return next(entry for entry in model_files.status() if entry.model.variant == "fake")

    path = tmp_path / "fake.task"
    assert (of_fake().state, of_fake().path) == ("missing", None)
    path.write_bytes(WRONG)
    assert (of_fake().state, of_fake().path) == ("wrong", path)
    assert path.exists()
    path.write_bytes(GOOD)
    assert (of_fake().state, of_fake().path) == ("present", path)


# The table of models.


def test_each_model_states_where_it_comes_from_and_how_good_it_is():
    assert list(model_files.MODELS) == ["lite", "full", "heavy"]
    for variant, model in model_files.MODELS.items():
        assert model.filename == f"pose_landmarker_{variant}.task"
        assert re.fullmatch("[0-9a-f]{64}", model.sha256)
        assert model.url.endswith(f"/float16/1/{model.filename}")
        assert model.licence == "Apache-2.0"
        assert "a frame" in say(f"model_hint_{variant}").message
    assert model_files.MODELS["full"].wheel is None


def test_the_readme_beside_the_files_states_the_same_facts():
    readme = (Path(__file__).parent.parent / "models" / "README.md").read_text(encoding="utf-8")
    for model in model_files.MODELS.values():
        for fact in (model.filename, model.sha256, f"{model.size_bytes:,}", model.url, model.licence):
            assert fact in readme
        if model.wheel:
            assert model.wheel.requirement in readme
            assert model.wheel.member in readme


@pytest.mark.model
@pytest.mark.parametrize("variant", ["heavy", "lite"])
def test_the_real_files_are_the_tested_ones(variant, request):
    path = request.getfixturevalue(variant)
    model = model_files.MODELS[variant]
    assert path.stat().st_size == model.size_bytes
    assert hashlib.sha256(path.read_bytes()).hexdigest() == model.sha256
    assert "pose_detector.tflite" in zipfile.ZipFile(path).namelist()


def test_importing_loads_nothing_that_reaches_the_network():
    program = "import sys, alignment.pose.model_files; print({'requests', 'urllib3', 'mediapipe'} & set(sys.modules))"
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
