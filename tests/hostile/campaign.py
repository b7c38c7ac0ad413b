"""One hostile input after another, each in a process of its own with bounds: what became of it, and what it left.

The program is loaded once, and doubled for each input before it has a second thread.
"""

import hashlib
import os
import random
import resource
import signal
import stat
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.surfaces import SURFACES

CODES = (0, 2, 3, 130)
MOST_S, MOST_BYTES = 60.0, 2 << 30
#: Nobody's memory grows beyond this before the system refuses it.
_WALL_BYTES = 6 << 30
NOBODY = 65534


@dataclass
class Case:
    """One input: which, how it ended, how long and how much it took, what it said, and all that is amiss."""

    name: str
    arguments: list[str] = field(default_factory=list)
    code: int = 0
    seconds: float = 0.0
    most_bytes: int = 0
    said: str = ""
    amiss: list[str] = field(default_factory=list)


def load() -> None:
    """Everything that cases need, with no thread begun; none of it is copied when it is only read."""
    import gc

    import alembic.command  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import scipy.interpolate
    import scipy.signal  # noqa: F401

    from alignment import extensions, outputs, records, sources, workflow  # noqa: F401
    from alignment.cli import commands, show  # noqa: F401
    from alignment.records.store import records as store  # noqa: F401

    extensions.load(["tests.hostile.stub"])
    gc.collect()
    gc.freeze()


def become_nobody() -> bool:
    """Whether whoever runs this has no rights from here on that others have not: an administrator becomes nobody.

    That cannot be where Python, its packages or the program lie in a folder that is closed to others.
    """
    if os.geteuid() != 0:
        return True
    needed = {
        sys.executable,
        os.__file__,
        *sys.path,
        *(str(Path(one).resolve()) for one in (sys.executable, os.__file__)),
    }
    parents = {parent for one in needed for parent in (Path(one), *Path(one).parents) if one and parent.is_dir()}
    if not all(parent.stat().st_mode & stat.S_IXOTH for parent in parents):
        return False
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    return True


def run(surface: str, seed: int, base: Path, work: Path) -> Case:
    """One case, in a new folder below `work`, which is gone afterwards."""
    place = work / f"{surface}-{seed}"
    for one in (place, place / "case", place / "tmp", place / "home"):
        one.mkdir()
    child = os.fork()
    if child == 0:
        _be(surface, seed, base, place)
    case = Case(f"{surface}:{seed}")
    judge(case, place, child)
    case.arguments = _text(place / "arguments").split("\0")
    _remove(place)
    return case


def remember(place: Path) -> None:
    """Note what lies in the folder of a case, all of which is the person's."""
    found = _content(place / "case").items()
    (place / "before").write_text("\n".join(f"{digest} {name!r}" for name, digest in found))


def judge(case: Case, place: Path, child: int) -> None:
    """Wait until a case's process ends, or end it, and find what is amiss with it and with what it left."""
    begun_s = time.monotonic()
    status, usage, late = _wait(child, begun_s)
    case.seconds = time.monotonic() - begun_s
    case.code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    case.most_bytes, case.said = usage.ru_maxrss * 1024, _text(place / "stderr")
    case.amiss = list(_amiss(case, late, place, place / "case", place / "tmp"))


def _be(surface: str, seed: int, base: Path, place: Path) -> None:
    """The child: make the input, then be the command."""
    os.setpgid(0, 0)
    from alignment.cli import main

    code = 99
    try:
        call = SURFACES[surface][0](random.Random(f"{surface}:{seed}"), base, place / "case")
        (place / "arguments").write_bytes("\0".join(call.arguments).encode(errors="surrogateescape"))
        remember(place)
        os.environ.update({"HOME": str(place / "home"), "TMPDIR": str(place / "tmp")})
        for name, value in call.environment.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        os.chdir(place / "case")
        resource.setrlimit(resource.RLIMIT_AS, (_WALL_BYTES, _WALL_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for number, way in enumerate((os.devnull, place / "stdout", place / "stderr")):
            opened = os.open(way, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        for number, how in call.streams.items():
            _spoil(number, how)
        sys.argv = ["alignment", *call.arguments]
        code = main()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                _flush(stream)
    except BaseException:  # noqa: BLE001 - whatever it is, it must be seen
        import traceback

        with open(place / "stderr", "a", errors="replace") as file:  # noqa: PTH123
            traceback.print_exc(file=file)
        code = 98
    finally:
        os._exit(code)


def _spoil(number: int, how: str) -> None:
    """A stream as a program finds it that is started with it closed, on a full disk, or read by nobody any more."""
    if how == "closed":
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)
        return
    if how == "full":
        opened = os.open("/dev/full", os.O_RDWR)
    else:
        read, opened = os.pipe()
        os.close(read)
    os.dup2(opened, number)
    os.close(opened)


def _flush(stream: object) -> None:
    try:
        stream.flush()
    except OSError:  # it was closed from the beginning
        return


def _wait(child: int, begun_s: float) -> tuple[int, resource.struct_rusage, bool]:
    """How it ended; what takes too long is ended, with all that it started."""
    late = False
    pause_s = 0.001
    while True:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - begun_s > MOST_S and not late:
            late = True
            _kill(child)
        time.sleep(pause_s)
        pause_s = min(0.05, pause_s * 1.5)
    _kill(child)
    return status, usage, late


def _kill(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _amiss(case: Case, late: bool, place: Path, folder: Path, temporary: Path):
    if late:
        yield f"it took more than {MOST_S:.0f} s"
    elif case.code not in CODES:
        yield f"exit code {case.code}"
    if case.most_bytes > MOST_BYTES:
        yield f"it took {case.most_bytes / 1e9:.1f} GB"
    for word in ("Traceback", "Warning:"):
        if word in case.said:
            yield f"{word} on the error output"
    if case.code == 2 and case.said.strip() and not _is_sentence(case.said):
        yield f"no sentence with a remedy: {case.said.strip()[-120:]!r}"
    before = dict(_before(place / "before"))
    after = {repr(name): digest for name, digest in _content(folder).items()}
    for name, digest in before.items():
        # Whatever it is called now.
        if _is_persons(name) and after.get(name) != digest and digest not in after.values():
            yield f"lost: {name}"
    # A batch's lock stays where it is; records make files beside their own.
    left = [path.name for path in [*folder.rglob(".*"), *temporary.iterdir()] if _is_left(path)]
    if left:
        yield f"left behind: {', '.join(sorted(left))[:200]}"


def _is_persons(name: str) -> bool:
    """All but what the program may replace: its own files below `out`, and what --json was to be written to."""
    own = name.removeprefix("'").removeprefix('"')
    return not own.startswith("out/") or "notes" in own


def _is_left(path: Path) -> bool:
    return path.suffix in (".partial", ".ready", ".old", ".part") or path.parent.name == "tmp"


def _is_sentence(said: str) -> bool:
    """Whether an error is said, and what to do; a batch says that of each video in its table."""
    if said.startswith("Videos: "):
        return "Error: " in said
    line = next((one for one in said.splitlines() if one.startswith("Error: ")), "")
    rest = said[said.find(line) :].strip() if line else ""
    return rest.count(". ") + rest.count(": ") >= 2 and rest.rstrip().endswith((".", ")", "`", "?"))


def _before(path: Path):
    for line in _text(path).splitlines():
        digest, _, name = line.partition(" ")
        yield name, digest


def _content(folder: Path) -> dict[str, str]:
    """What each file below a folder holds; of what is no file, which kind it is."""
    found = {}
    for parent, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = os.path.join(parent, name)  # noqa: PTH118 - names that are no text
            known = os.lstat(path)
            told = stat.S_IFMT(known.st_mode)
            if stat.S_ISREG(known.st_mode):
                try:
                    with open(path, "rb") as file:  # noqa: PTH123
                        told = hashlib.sha256(file.read()).hexdigest()
                except PermissionError:
                    told = f"closed-{known.st_size}"
            found[os.path.relpath(path, folder)] = str(told)
    return found


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="surrogateescape") if path.exists() else ""


def _remove(place: Path) -> None:
    """Away with it, whatever it was closed to."""
    import shutil

    for parent, folders, _ in os.walk(place):
        for name in folders:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o700)
    shutil.rmtree(place, ignore_errors=True)
