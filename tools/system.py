"""What the program and its tests need of the system: says what is missing, and installs it where it may.

Runs before anything is installed, so it uses nothing but Python itself. Installs with apt-get where that is there and
the user is root; elsewhere it names what is missing. Exit code 1 where something is missing that nothing works without.
"""

from __future__ import annotations  # so that an older Python gets as far as its refusal

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One thing of the system: how to see that it is there, and Debian's package of it."""

    name: str
    package: str
    there: Callable[[], bool]
    #: False where only some tests need it, which are skipped by name without it.
    vital: bool = True


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _library(name: str, package: str) -> Need:
    return Need(name, package, lambda: platform.system() != "Linux" or _loads(name))


def _postgresql_there() -> bool:
    """Whether a server can be started; Debian keeps its programs off the path, in a folder for each version."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _venv_works() -> bool:
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def _chinese_letters() -> bool:
    """Whether a font file is there that by its name has them; on a Mac one always is."""
    if platform.system() != "Linux":
        return True
    names = ("wqy", "cjk", "droidsansfallback", "unifont", "hanazono")
    fonts = (
        path for path in Path("/usr/share/fonts").rglob("*") if path.suffix.lower() in (".ttf", ".ttc", ".otf", ".otc")
    )
    return any(name in path.name.lower() for path in fonts for name in names)


#: Found by trying on Debian 12 and 13 with nothing but python3 and make: `import cv2` fails without the first four,
#: creating a landmarker without the next two.
NEEDS = (
    _library("libxcb.so.1", "libxcb1"),
    _library("libGL.so.1", "libgl1"),
    _library("libglib-2.0.so.0", "libglib2.0-0"),
    _library("libgthread-2.0.so.0", "libglib2.0-0"),
    _library("libEGL.so.1", "libegl1"),
    _library("libGLESv2.so.2", "libgles2"),
    Need("Python's venv", "python{}.{}-venv".format(*sys.version_info[:2]), _venv_works),
    Need("strace", "strace", lambda: platform.system() != "Linux" or shutil.which("strace") is not None, vital=False),
    # The browser that the app is tested in.
    Need("chromium", "chromium", lambda: Path("/usr/bin/chromium").exists(), vital=False),
    # Reports show whatever letters the machine's fonts have; the smallest one with Chinese ones shows it.
    Need("a font with Chinese letters", "fonts-wqy-microhei", _chinese_letters, vital=False),
    # The tests run a server of their own; the one that Debian's package may start is not used.
    Need("PostgreSQL", "postgresql", _postgresql_there, vital=False),
)


def missing() -> list[Need]:
    """What is not there now."""
    return [need for need in NEEDS if not need.there()]


def packages(needs: list[Need]) -> list[str]:
    """The packages that bring them, each once."""
    return list(dict.fromkeys(need.package for need in needs))


def may_install() -> bool:
    """Whether this is root on a system with apt-get."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(names: list[str]) -> None:
    """Installs Debian packages without asking; shows apt's own words only where it fails."""
    print("Installing system packages:", *names, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout.strip())


def complain(needs: list[Need]) -> int:
    """Names what is still missing and what to do, first what nothing works without; 1 where there is such a thing."""
    vital = [need for need in needs if need.vital]
    names = ", ".join(need.name for need in vital or needs)
    effect = "Nothing works without" if vital else "Some tests are skipped without"
    print(f"{effect} {names}: on Debian or Ubuntu run `sudo make system`, elsewhere install what brings them.")
    return int(bool(vital))


def main() -> int:
    """Installs or names what is missing; 0 where nothing vital is."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the file that finds out
        print("Python 3.11 or newer is needed, and this is {}.{}: name another with PYTHON=…".format(*sys.version_info))
        return 1
    needs = missing()
    if needs and may_install():
        install(packages(needs))
        importlib.invalidate_caches()
        needs = missing()
    return complain(needs) if needs else 0


if __name__ == "__main__":
    sys.exit(main())
