"""Sessions over time in a database: subjects, sessions and analyses in; the same, their history and an archive out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alignment.records.kinds import (
    Analysis,
    Conflict,
    ConflictError,
    Correction,
    Entry,
    KeyFrame,
    NewAnalysis,
    Pain,
    Session,
    SessionFacts,
    Subject,
)

if TYPE_CHECKING:
    from alignment.records.exchange import Imported, export, import_archive
    from alignment.records.gathering import gather
    from alignment.records.recomputing import recompute
    from alignment.records.records import Records

__all__ = [
    "Analysis",
    "Conflict",
    "ConflictError",
    "Correction",
    "Entry",
    "Imported",
    "KeyFrame",
    "NewAnalysis",
    "Pain",
    "Records",
    "Session",
    "SessionFacts",
    "Subject",
    "export",
    "gather",
    "import_archive",
    "open",
    "recompute",
]

#: What is loaded when it is asked for, and where it stands.
_LATER: Final = {
    "Imported": "exchange",
    "Records": "records",
    "export": "exchange",
    "gather": "gathering",
    "import_archive": "exchange",
    "recompute": "recomputing",
}


def open(url: str | None = None) -> "Records":
    """The records at a database URL; without one those of ALIGNMENT_DATABASE_URL, else of the user's data folder.

    Tables are made or brought to this version's schema, with a backup before. InputError where that cannot be.
    """
    from alignment.records.records import Records

    return Records(url)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Load what needs a database when it is asked for, so that importing the package costs nothing."""
    if name in _LATER:
        return getattr(import_module(f"alignment.records.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
