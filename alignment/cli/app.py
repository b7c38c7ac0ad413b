"""`alignment app`: a port in; the app served to this machine's browser until it is stopped. Streamlit runs as a child."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typer

from alignment.cli import abandoned, options
from alignment.errors import InputError
from alignment.texts import say

#: The only address it is served on: no other machine can reach it.
ADDRESS: Final = "127.0.0.1"
#: How the name of the folder begins in which one app keeps what it was given.
_FOLDER: Final = "alignment-app-"
#: Tells the child that its standard input ends with this process (`alignment.pages.parent`).
_STARTED_BY: Final = "ALIGNMENT_APP_STARTED_BY"
#: What lets a browser in (`alignment.pages.guard`): the key that is shown, and the one that opens the browser, which every
#: user of this machine can read in the list of processes and which works once.
_SHOWN, _ONCE, _KEY = "ALIGNMENT_APP_KEY", "ALIGNMENT_APP_KEY_ONCE", "key_of_app"
#: So many ports are tried.
_TRIED: Final = 50
#: Starting takes a few seconds; on a busy machine with cold disks more.
_UP_S: Final = 90.0
#: What a child is given to end by itself.
_DOWN_S: Final = 10.0


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("app", help=say("help_app").message)
    def serve_app(port: options.Port = options.DEFAULT_PORT, no_browser: options.NoBrowser = False) -> None:
        serve(port, browser=not no_browser)


def serve(port: int, *, browser: bool, entry: Path | None = None, python: str = sys.executable) -> int:
    """Serve the app until it is stopped, and open it in a browser if wanted; the exit code if it ends by itself.

    `python` runs Streamlit on `entry`, the app's own file if none is given. Whatever the app stores on the way lies in a
    temporary folder that is gone afterwards. InputError where it does not start.
    """
    entry, free = entry or _entry(), _free(port)
    url = f"http://{ADDRESS}:{free}"
    shown, once = (secrets.token_urlsafe(24) for _ in range(2))
    abandoned.sweep(_FOLDER)
    with (
        TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as folder,
        abandoned.held(Path(folder)) as held,
        _child(python, entry, free, folder, held, {_SHOWN: shown, _ONCE: once}) as child,
    ):
        typer.echo(say("app_starting").message)
        _wait_until_up(child, free)
        typer.echo(str(say("app_open", url=f"{url}/?{_KEY}={shown}")))
        if browser:
            webbrowser.open(f"{url}/?{_KEY}={once}")
        code = child.wait()
    raise InputError("app_ended", code=code)


@contextmanager
def _child(
    python: str, entry: Path, port: int, folder: str, held: tuple[int, ...], keys: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    options = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    command = [python, "-m", "streamlit", "run", str(entry), *(f"--{name}={value}" for name, value in options.items())]
    # The programs' own names for the folder of temporary files; Streamlit and we keep films there.
    environment = {**os.environ, "TMPDIR": folder, "TEMP": folder, "TMP": folder, _STARTED_BY: str(os.getpid()), **keys}
    quiet = None if os.environ.get("ALIGNMENT_DEBUG") else subprocess.DEVNULL
    child = subprocess.Popen(
        command,
        cwd=entry.parent,
        env=environment,
        # Its end tells the child that this process is gone, however that came.
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        pass_fds=held,
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(_DOWN_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdin is not None:
            child.stdin.close()


def _wait_until_up(child: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until it answers. InputError where it ends before, or takes too long."""
    until_s = time.monotonic() + _UP_S
    while time.monotonic() < until_s:
        if child.poll() is not None:
            raise InputError("app_ended", code=child.returncode)
        if _healthy(port):
            return
        time.sleep(0.1)
    raise InputError("app_not_up", seconds=_UP_S)


def _healthy(port: int) -> bool:
    # No proxy is asked, whatever the environment says.
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=2.0)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.client.OK
    return False


def _free(port: int, most_tried: int = _TRIED) -> int:
    """The first port from this one on that nobody listens on. InputError where there is none."""
    for tried in range(port, min(port + most_tried, 65536)):
        with socket.socket() as probe:
            if os.name == "posix":  # else a port stays taken for a minute after an app that has just ended
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((ADDRESS, tried))
                return tried
    raise InputError("app_port_taken", port=port)


def _entry() -> Path:
    """The file that Streamlit runs, in the installed package or in the checkout that the program runs from."""
    package = Path(__file__).parent.parent
    for path in (package / "entry" / "app.py", package.parent / "app.py"):
        if path.is_file():
            return path
    raise InputError("app_no_entry")
