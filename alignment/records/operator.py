"""The name of who works at this machine, for the audit's notes; it is kept in the user's settings folder."""

from pathlib import Path

from platformdirs import user_config_path

from alignment.errors import InputError
from alignment.files import refused_as, replace_text
from alignment.records.user_input import cleaned_operator


def operator() -> str:
    """The name set on this machine; "" where none is set or its file cannot be read."""
    try:
        return cleaned_operator(_path().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, InputError):
        return ""


def set_operator(name: str) -> str:
    """Keep the name of who works at this machine, and say how it is kept; "" forgets it. InputError where it cannot be."""
    name = cleaned_operator(name)
    path = _path()
    with refused_as("records_operator_not_kept", path=path):
        if name:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_text(path, f"{name}\n")
        else:
            path.unlink(missing_ok=True)
    return name


def _path() -> Path:
    return user_config_path("alignment", appauthor=False) / "operator"
