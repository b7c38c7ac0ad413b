"""Films that the app was given: uploads and samples in, files in a temporary folder out, gone with their last viewer."""

import atexit
import hashlib
import io
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import streamlit.runtime as streamlit_runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from alignment.errors import InputError
from alignment.files import write_fault

#: A film is kept so long after the last browser that showed it went away: long enough for a reload or a pause.
GRACE_S: Final = 600.0
_SWEEP_S: Final = 30.0
#: All films that are kept at once, in bytes: twice what one may have, and more.
MOST_BYTES: Final = 2_500_000_000
_CHUNK_BYTES: Final = 1 << 20
#: What is offered first of the samples, where it is there.
_FIRST: Final = (
    "squat_front",
    "single_leg_squat_c1",
    "stairs_up_behind",
    "sit_to_stand_c1",
    "step_down_c1",
    "cycling_c1",
)


@dataclass(frozen=True)
class Film:
    """One film on disk. `key` tells it from every other; `activity` is known of samples."""

    key: str
    name: str
    path: Path
    activity: str | None = None


class Shelf:
    """The films of this process, and who looks at them.

    `active` tells whether a browser's session is still connected. What nobody has looked at for `GRACE_S` is removed,
    and `dropped` is called with its key.
    """

    def __init__(
        self,
        folder: Path,
        active: Callable[[str], bool],
        now_s: Callable[[], float] = time.monotonic,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.folder = folder
        self._most_bytes = most_bytes
        self._coming_bytes = 0
        self._active = active
        self._now_s = now_s
        self._films: dict[str, Film] = {}
        self._viewers: dict[str, set[str]] = {}
        self._seen_s: dict[str, float] = {}
        self._lock = threading.Lock()
        self.dropped: list[Callable[[str], None]] = []
        #: Each says whether a film is at work, which is as good as being looked at.
        self.busy: list[Callable[[str], bool]] = []

    def add(self, name: str, content: io.BufferedIOBase) -> Film:
        """Keep a film under its own name. The same content under the same name is the same film.

        InputError where it would be more than is kept at once, or where the disk is full.
        """
        clean = Path(name.replace("\\", "/")).name or "film"
        partial = Path(tempfile.mkdtemp(prefix="upload-", dir=self.folder))
        sha256, written = hashlib.sha256(clean.encode()), 0
        try:
            with (partial / clean).open("wb") as file:
                while chunk := content.read(_CHUNK_BYTES):
                    written += len(chunk)
                    self._make_room(len(chunk), clean)
                    sha256.update(chunk)
                    file.write(chunk)
            key = sha256.hexdigest()[:16]
            with self._lock:
                place = self.folder / key
                if not place.exists():
                    partial.rename(place)
                self._films[key] = film = Film(key, clean, place / clean)
                self._seen_s[key] = self._now_s()
        except OSError as fault:
            raise write_fault(fault, clean) from fault
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            with self._lock:
                self._coming_bytes -= written
        return film

    def _make_room(self, more_bytes: int, name: str) -> None:
        """Count what comes in. InputError where, with all that is kept, it is too much."""
        with self._lock:
            self._coming_bytes += more_bytes
            kept = sum(film.path.stat().st_size for film in self._films.values() if film.path.exists())
            if kept + self._coming_bytes > self._most_bytes:
                raise InputError("films_full", name=name, limit_mb=self._most_bytes / 1e6)

    def get(self, key: str) -> Film | None:
        """The film with this key, a sample's included; None where it is no longer here."""
        return self._films.get(key) or next((film for film in samples() if film.key == key), None)

    def look(self, key: str, session: str) -> None:
        """Note that a browser's session shows this film."""
        with self._lock:
            self._viewers.setdefault(key, set()).add(session)
            self._seen_s[key] = self._now_s()

    def remove(self, key: str) -> None:
        """Forget a film and what was made of it, at once."""
        with self._lock:
            film = self._films.pop(key, None)
            self._viewers.pop(key, None)
            self._seen_s.pop(key, None)
        for call in self.dropped:
            call(key)
        if film is not None:
            discard(film.path.parent)

    def sweep(self) -> list[str]:
        """Remove what nobody has looked at for long, and say what that was."""
        now_s = self._now_s()
        busy = {key for key in list(self._seen_s) if any(ask(key) for ask in self.busy)}
        with self._lock:
            self._seen_s |= dict.fromkeys(busy & self._seen_s.keys(), now_s)
            for key, sessions in self._viewers.items():
                sessions -= {session for session in sessions if not self._active(session)}
                if sessions:
                    self._seen_s[key] = now_s
            left = [key for key, seen_s in self._seen_s.items() if now_s - seen_s > GRACE_S]
        for key in left:
            self.remove(key)
        return left


@cache
def shelf() -> Shelf:
    """The one shelf of this process. Its folder is removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="alignment-films-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Shelf(folder, _is_connected)
    threading.Thread(target=_sweep_for_ever, args=(made,), name="sweep", daemon=True).start()
    return made


def session() -> str:
    """The browser's session that this script runs for."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


@cache
def samples() -> tuple[Film, ...]:
    """The sample films: all of a checkout, the one of the installed package; the most telling first."""
    package = Path(__file__).parent.parent
    folders = (folder for folder in (package / "samples", package.parent / "samples") if folder.is_dir())
    found = [film for folder in folders for path in folder.glob("*.mp4") if (film := _sample(path))]
    return tuple(sorted(found, key=_order))


def _order(film: Film) -> tuple[int, str]:
    stem = film.path.stem
    return _FIRST.index(stem) if stem in _FIRST else len(_FIRST), stem


def _sample(path: Path) -> Film | None:
    """The sample with what its truth says it shows; None for a film that has no truth beside it."""
    truth = path.with_suffix(".truth.json")
    if not truth.is_file():
        return None
    return Film(f"sample-{path.stem}", path.name, path, json.loads(truth.read_text(encoding="utf-8"))["activity"])


def _is_connected(session_id: str) -> bool:
    return streamlit_runtime.exists() and streamlit_runtime.get_instance().is_active_session(session_id)


def _sweep_for_ever(made: Shelf) -> None:
    while True:
        time.sleep(_SWEEP_S)
        made.sweep()


def discard(folder: Path) -> None:
    """Remove a folder of ours; what still writes to it then fails by itself."""
    shutil.rmtree(folder, ignore_errors=True)
