"""Nothing leaves the machine: the system calls of a whole analysis, from start to exit, hold no socket to a network.

Sockets between processes of this machine (AF_UNIX) are allowed: the C library asks its own name service through one.
"""

import ipaddress
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CALL = re.compile(r"\b(socket|connect|bind|sendto|sendmsg|sendmmsg|io_uring_setup)\(")
#: What an honest control does at its very end and in another process: the trace has to see even that.
LATE = """
import atexit, subprocess, sys
late = '''
import socket
try:
    s = socket.socket({family}, {kind})
    {act}
except OSError:
    pass
'''
atexit.register(lambda: subprocess.run([sys.executable, "-c", late], check=False))
"""


@pytest.fixture
def trace(tmp_path):
    """Runs a command and returns how it ended and every call it and its children made to the network's interface."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed; `make system` gets it")
    tried = subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip()}")
    log = tmp_path / "calls"

    def run(*command):
        options = [
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "trace=%network,io_uring_setup",
            "-e",
            "signal=none",
            "-o",
            str(log),
        ]
        done = subprocess.run([strace, *options, "--", *command], cwd=ROOT, capture_output=True, text=True, check=False)
        return done, [line for line in log.read_text(errors="replace").splitlines() if CALL.search(line)]

    return run


def to_a_network(calls):
    """The calls that are not between processes of this machine: other sockets, and questions to a local resolver."""
    inside = re.compile(r"\bsocket\(AF_UNIX|sa_family=AF_UNIX|\b(?:sendto|sendmsg|sendmmsg)\((?!.*sa_family)")
    return [line for line in calls if not inside.search(line) or "resolve" in line]


@pytest.mark.model
def test_an_analysis_reaches_no_network_from_start_to_exit(trace, lite, samples, tmp_path):
    out = tmp_path / "out"
    video = samples / "squat_front.mp4"
    options = ["--activity", "squat", "--end", "1", "--model", "lite", "--out", str(out)]
    done, calls = trace(sys.executable, "-m", "alignment", "analyze", str(video), *options)
    assert done.returncode in (0, 3), done.stderr  # one second holds no repetition to measure
    assert list(out.rglob("result.json"))
    assert list(out.rglob("overlay.mp4"))
    assert to_a_network(calls) == []


@pytest.mark.parametrize(
    ("family", "kind", "act", "call"),
    [
        ("socket.AF_INET", "socket.SOCK_STREAM", "s.connect(('127.0.0.1', 9))", "connect"),
        ("socket.AF_INET", "socket.SOCK_DGRAM", "s.sendto(b'x', ('127.0.0.1', 9))", "sendto"),
        ("socket.AF_INET6", "socket.SOCK_STREAM", "s.connect(('::1', 9))", "socket"),
    ],
)
def test_the_trace_would_see_a_connection_even_at_exit(trace, family, kind, act, call):
    done, calls = trace(sys.executable, "-c", LATE.format(family=family, kind=kind, act=act))
    assert done.returncode == 0, done.stderr
    found = to_a_network(calls)
    assert any(f"{call}(" in line and family.removeprefix("socket.") in line for line in found)


def test_a_socket_between_processes_is_no_network(trace):
    program = "import socket; a, b = socket.socketpair(); a.send(b'x'); s = socket.socket(socket.AF_UNIX)"
    done, calls = trace(sys.executable, "-c", program)
    assert done.returncode == 0, done.stderr
    assert any("AF_UNIX" in line for line in calls)
    assert to_a_network(calls) == []


#: An address in a call, of either kind.
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def beyond_this_machine(calls):
    """The calls that name an address of another machine, or of all of this one's."""
    found = [(line, ipaddress.ip_address(one or other)) for line in calls for one, other in ADDRESS.findall(line)]
    return [line for line, address in found if not address.is_loopback]


def test_the_app_and_a_call_of_its_live_page_go_nowhere_whoever_calls_it(trace, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done, calls = trace(sys.executable, "-m", "tests.app_calls")
    assert done.stdout.splitlines() == [
        "without the key 403 True",
        "of another page 403 True",
        "of its own True True True True True",
        "called 127.0.0.1",
    ], done.stderr
    assert sum(bool(ADDRESS.search(line)) for line in calls) > 15
    assert beyond_this_machine(calls) == []


def test_the_trace_of_the_app_would_see_a_call_to_elsewhere(trace):
    for family, address in (("AF_INET", "198.51.100.7"), ("AF_INET6", "2001:db8::7")):
        act = f"socket.socket(socket.{family}, socket.SOCK_DGRAM).connect(({address!r}, 9))"
        _, calls = trace(sys.executable, "-c", f"import contextlib, socket\nwith contextlib.suppress(OSError): {act}")
        assert [address in line for line in beyond_this_machine(calls)] == [True]
