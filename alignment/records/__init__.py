"""Records of the same person over time: subjects, their sessions and analyses in one database."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from alignment.records.archive.archive_export import export as export
    from alignment.records.archive.archive_import import Imported as Imported
    from alignment.records.archive.archive_import import import_archive as import_archive
    from alignment.records.from_folder import gather as gather
    from alignment.records.models import Analysis as Analysis
    from alignment.records.models import AuditNote as AuditNote
    from alignment.records.models import Conflict as Conflict
    from alignment.records.models import ConflictError as ConflictError
    from alignment.records.models import Correction as Correction
    from alignment.records.models import KeyFrame as KeyFrame
    from alignment.records.models import NewAnalysis as NewAnalysis
    from alignment.records.models import Pain as Pain
    from alignment.records.models import Session as Session
    from alignment.records.models import SessionFacts as SessionFacts
    from alignment.records.models import Shift as Shift
    from alignment.records.models import Subject as Subject
    from alignment.records.models import Visit as Visit
    from alignment.records.recomputation import recompute as recompute
    from alignment.records.store.records import Records as Records

_MODELS: Final = (
    *("Analysis", "AuditNote", "Conflict", "ConflictError", "Correction", "KeyFrame", "NewAnalysis", "Pain"),
    *("Session", "SessionFacts", "Shift", "Subject", "Visit"),
)
#: What is loaded when it is asked for, and where it stands.
_LATER: Final = {
    **dict.fromkeys(_MODELS, "models"),
    "Imported": "archive.archive_import",
    "Records": "store.records",
    "export": "archive.archive_export",
    "gather": "from_folder",
    "import_archive": "archive.archive_import",
    "recompute": "recomputation",
}


def open(url: str | None = None, *, create: bool = True) -> "Records":
    """The records at a database URL; without one those of ALIGNMENT_DATABASE_URL, else of the user's data folder.

    Tables are made or brought to this version's schema, with a backup before. Where there is no file yet, one is made, or,
    to look only (`create=False`), nothing: there are no records. InputError where that cannot be.
    """
    from alignment.records.database import Database
    from alignment.records.location import find_location
    from alignment.records.store.records import Records

    location = find_location(url)
    if create or location.file is None or location.file.exists():
        return Records(Database(location))
    elsewhere = TemporaryDirectory(prefix="alignment-no-records-")
    empty = find_location(f"sqlite:///{Path(elsewhere.name) / location.file.name}")
    return Records(Database(replace(empty, shown=location.shown)), elsewhere)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Load what is asked for only then, so that importing the package costs nothing."""
    if name in _LATER:
        return getattr(import_module(f"alignment.records.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
