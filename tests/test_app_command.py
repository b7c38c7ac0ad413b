"""`alignment app` as a process: it serves on this machine alone, ends on a signal and leaves nothing behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from alignment.cli import abandoned, app
from alignment.errors import InputError
from tests.browser import ROOT, free_port


@pytest.fixture
def serve(tmp_path):
    """Starts the command on a port and waits until it says where it is."""
    started = []

    def begin(port):
        command = [sys.executable, "-m", "alignment", "app", "--no-browser", "--port", str(port)]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        told = next((line for line in process.stdout if "http://" in line), "")
        return process, told

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answers(port, path="/_stcore/health"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_here_alone_until_it_is_stopped(serve, tmp_path, number):
    with socket.socket() as taken:
        # The next free port is taken where somebody has the one that was asked for.
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        process, told = serve(wanted)
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)", told)[1])
        assert port > wanted
        assert answers(port) == 200
        # Only who sees this terminal comes in.
        assert (answers(port, "/"), answers(port, f"/?{told.partition('?')[2].split()[0]}")) == (403, 303)
        listening = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
        places = [line.split()[1] for line in listening.splitlines() if line.split()[1].endswith(f":{port:04X}")]
        assert {place.split(":")[0] for place in places} <= {"0100007F"}
        os.killpg(process.pid, number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert answers(port) is None
    assert list(tmp_path.iterdir()) == []


def test_it_dies_with_its_parent_and_leaves_nothing(serve, tmp_path):
    process, told = serve(free_port())
    port = int(re.search(r":(\d+)", told.partition("//")[2])[1])
    assert answers(port) == 200
    assert len(list(tmp_path.iterdir())) == 1
    process.kill()
    end_s = time.monotonic() + 60
    while (answers(port) or list(tmp_path.iterdir())) and time.monotonic() < end_s:
        time.sleep(0.1)
    assert answers(port) is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_app_left_goes_at_the_next_start_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("app-left", "app-used", "app-new", "other-left"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "film.mp4").write_bytes(b"film")
    (tmp_path / "app-link").symlink_to(tmp_path / "other-left")
    for name in ("app-left", "other-left"):
        with abandoned.held(tmp_path / name):
            pass
    with abandoned.held(tmp_path / "app-used") as files:
        heir = os.dup(files[0])  # as a child has it
        abandoned.sweep("app-")
    abandoned.sweep("app-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app-link", "app-new", "app-used", "other-left"]
    os.close(heir)
    abandoned.sweep("app-")
    assert not (tmp_path / "app-used").exists()


def test_no_free_port_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError) as refused:
            app._free(taken.getsockname()[1], most_tried=1)
    assert refused.value.code == "app_port_taken"


def test_an_app_that_ends_by_itself_is_said(tmp_path):
    broken = tmp_path / "app.py"
    broken.write_text("")
    with pytest.raises(InputError) as refused:
        app.serve(free_port(), browser=False, entry=broken, python="/bin/false")
    assert refused.value.code == "app_ended"


def test_its_settings_are_found_beside_the_entry():
    entry = app._entry()
    text = (entry.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "gatherUsageStats = false" in text
    assert "showErrorLinks = false" in text
    assert 'address = "127.0.0.1"' in text
