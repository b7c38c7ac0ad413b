"""A real PostgreSQL on this machine's loopback: started in a temporary folder on a free port, and gone when the tests are.

The fixtures: `server`, started once, and `postgres`, the URL of a new, empty database on it. The server
runs under a keeper of its own, which ends it when whoever started it is gone, however that came about.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

#: Debian keeps every version's programs in a folder of its own, none of them on the path.
_DEBIAN = Path("/usr/lib/postgresql")
#: PostgreSQL refuses to run as root; Debian's package makes this user.
_USER = "postgres"
_SMALL_MB = 32
#: What a folder in memory must have free.
_ROOM_BYTES = 2 << 30
#: No run of all tests takes longer than this; a server that is left over ends by itself.
_MOST_S = 4 * 3600


def programs() -> Path | None:
    """The folder with initdb and postgres, of the newest version; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    return versions[-1].parent if versions else None


@dataclass
class Server:
    """A running server. `small` is a folder with little room that tables can be put into; None where none can be made."""

    port: int
    folder: Path
    small: Path | None
    keeper: "subprocess.Popen[bytes]"

    def url(self, database: str = "postgres", user: str = "tests") -> str:
        """The URL of one of its databases."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    @property
    def small_from_here(self) -> Path:
        """`small` as whoever does not share the server's mounts gets there."""
        return Path(f"/proc/{self.keeper.pid}/root{self.small}")

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements outside of a transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def new_database(self, options: str = "") -> str:
        """The name of a new, empty database."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} {options}")
        return name

    def number_of(self, database: str) -> int:
        """The number by which the server's folder calls a database."""
        import psycopg

        with psycopg.connect(self.url(database)) as connection:
            (number,) = connection.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone() or (0,)
        return int(number)

    def kill(self) -> None:
        """Kill it as a power cut would; it comes back by itself."""
        self._ask(b"k")

    def _ask(self, letter: bytes) -> None:
        assert self.keeper.stdin is not None
        assert self.keeper.stdout is not None
        self.keeper.stdin.write(letter)
        self.keeper.stdin.flush()
        self.keeper.stdout.readline()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for all tests."""
    with_programs = programs()
    if with_programs is None:
        pytest.skip("PostgreSQL is not installed; `make system` gets it")
    folder = Path(mkdtemp(prefix="alignment-postgres-", dir=_fast()))
    port = _free_port()
    keeper = subprocess.Popen(
        [*_with_own_mounts(), sys.executable, __file__, str(with_programs), str(folder), str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A Ctrl-C or a time limit for the tests must not end who tidies up after them.
        start_new_session=True,
    )
    assert keeper.stdout is not None
    try:
        told = json.loads(keeper.stdout.readline() or b"{}")
        assert told, f"PostgreSQL did not start: {_log(folder)}"
        yield Server(port, folder, folder / "small" if told["small"] else None, keeper)
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(120)
        keeper.stdout.close()


@pytest.fixture
def postgres(server: Server) -> Iterator[str]:
    """The URL of a new, empty database, which is gone after the test."""
    name = server.new_database()
    yield server.url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _fast() -> Path | None:
    """A folder in memory with room for thousands of files of tables; None for the usual one, where there is none."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES:
        return memory
    return None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _with_own_mounts() -> list[str]:
    """What gives a process mounts of its own, which nobody has to tidy up; nothing where that is not allowed."""
    command = ["unshare", "--mount"]
    with suppress(OSError):
        if os.geteuid() == 0 and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
            return command
    return []


def _log(folder: Path) -> str:
    path = folder / "log"
    return path.read_text(errors="replace")[-2000:] if path.exists() else ""


# --- the keeper, a process of its own ---------------------------------------------------------------------------------


def _keep(binaries: Path, folder: Path, port: int) -> None:
    """Run a server until standard input ends; a "k" there kills and restarts it."""
    demoted = {"user": _USER, "group": _USER, "extra_groups": []} if os.geteuid() == 0 else {}
    server = None
    try:
        small = _small(folder / "small")
        if demoted:
            for path in (folder, folder / "small"):
                shutil.chown(path, _USER, _USER)
        with (folder / "log").open("ab") as log:
            _initialize(binaries, folder, demoted, log)
            server = _start(binaries, folder, port, demoted, log)
            sys.stdout.write(json.dumps({"small": small}) + "\n")
            sys.stdout.flush()
            ends = time.monotonic() + _MOST_S
            while select.select([0], [], [], max(0.0, ends - time.monotonic()))[0] and os.read(0, 1):
                server.send_signal(signal.SIGQUIT)
                server.wait()
                server = _start(binaries, folder, port, demoted, log)
                sys.stdout.write("\n")
                sys.stdout.flush()
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # nothing of it is needed any more
            server.wait()
        if (folder / "small").is_mount():
            subprocess.run(["umount", "--lazy", str(folder / "small")], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _small(folder: Path) -> bool:
    """Put a file system with little room at a folder; whether that worked. Only this process and its children see it."""
    folder.mkdir()
    here, there = (Path(f"/proc/{process}/ns/mnt") for process in ("self", os.getppid()))
    if os.geteuid() != 0 or here.readlink() == there.readlink():
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SMALL_MB}m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _initialize(binaries: Path, folder: Path, demoted: dict, log) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=tests"]
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), *options]
    subprocess.run(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True, **demoted)


def _start(binaries: Path, folder: Path, port: int, demoted: dict, log) -> "subprocess.Popen[bytes]":
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "port": port,
        # What the tests kill are processes, never the machine.
        "fsync": "off",
        "shared_buffers": "16MB",
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), *options]
    server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **demoted)
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(600):
        if not subprocess.run(ready, check=False).returncode:
            return server
        if server.poll() is not None:
            raise RuntimeError("the server ended")
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
