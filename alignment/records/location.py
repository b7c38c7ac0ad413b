"""Where records are kept: a SQLite file of this machine, or a server, as a database URL names it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from alignment.errors import InputError

VARIABLE: Final = "ALIGNMENT_DATABASE_URL"
_FILE: Final = "records.sqlite"
_BACKUPS: Final = "backups"


@dataclass(frozen=True)
class Location:
    """A place for records: `file` where it is a SQLite file, None for a server. `shown` never holds a password."""

    url: URL
    file: Path | None
    shown: str
    backups: Path


def find_location(url: str | None = None) -> Location:
    """The place that a URL names; without one the environment's, else the file in the user's data folder.

    InputError where the URL names neither a SQLite file nor a PostgreSQL.
    """
    data = user_data_path("alignment", appauthor=False)
    asked = url if url is not None else os.environ.get(VARIABLE, "").strip()
    if not asked:
        return _file(data / _FILE)
    try:
        parsed = make_url(asked)
    except (ArgumentError, ValueError):
        raise InputError("records_bad_url", url=_without_password(asked)) from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:" and not parsed.host:
        return _file(Path(parsed.database).expanduser())
    if kind in ("postgresql", "postgres") and parsed.database:
        where = f"{parsed.host or 'localhost'}{f':{parsed.port}' if parsed.port else ''}/{parsed.database}"
        return Location(parsed.set(drivername="postgresql+psycopg"), None, where, data / _BACKUPS)
    raise InputError("records_bad_url", url=parsed.render_as_string(hide_password=True))


def _file(path: Path) -> Location:
    path = path.absolute()
    return Location(URL.create("sqlite", database=str(path)), path, str(path), path.parent / _BACKUPS)


def _without_password(asked: str) -> str:
    scheme, separator, rest = asked.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
