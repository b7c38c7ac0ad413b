"""Who works at this machine: a name in, kept in the user's settings folder for the notes of who did what; the name out."""

from pathlib import Path

from platformdirs import user_config_path

from alignment import files
from alignment.records import checks
from alignment.texts import InputError


def operator() -> str:
    """The name set on this machine; "" where none is set or its file cannot be read."""
    try:
        return checks.operator(_place().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, InputError):
        return ""


def set_operator(name: str) -> str:
    """Keep the name of who works at this machine, and say how it is kept; "" forgets it. InputError where it cannot be."""
    name = checks.operator(name)
    place = _place()
    try:
        if name:
            place.parent.mkdir(parents=True, exist_ok=True)
            files.replace_text(place, f"{name}\n")
        else:
            place.unlink(missing_ok=True)
    except OSError as fault:
        raise InputError("records_operator_not_kept", path=place, fault=fault.strerror or str(fault)) from fault
    return name


def _place() -> Path:
    return user_config_path("alignment", appauthor=False) / "operator"
