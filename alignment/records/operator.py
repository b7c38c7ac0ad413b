"""Who works at this machine: a name in, kept in the user's settings folder for the notes of who did what; the name out."""

from pathlib import Path
from typing import Final

from platformdirs import user_config_path

from alignment import files
from alignment.texts import InputError

#: A longer one is no name, and would not fit beside a note.
MOST_LETTERS: Final = 80


def operator() -> str:
    """The name set on this machine; "" where none is set or its file cannot be read."""
    try:
        return _tidy(_place().read_text(encoding="utf-8"))[:MOST_LETTERS]
    except (OSError, UnicodeDecodeError):
        return ""


def set_operator(name: str) -> str:
    """Keep the name of who works at this machine, and say how it is kept; "" forgets it. InputError where it cannot be."""
    name = checked(name)
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


def checked(name: str) -> str:
    """A name as it is kept: one line, no space around it. InputError where it is too long."""
    tidy = _tidy(name)
    if len(tidy) > MOST_LETTERS:
        raise InputError("records_operator_long", most=MOST_LETTERS)
    return tidy


def _tidy(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _place() -> Path:
    return user_config_path("alignment", appauthor=False) / "operator"
