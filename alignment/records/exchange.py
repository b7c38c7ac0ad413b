"""Records and an archive: everything, or some subjects, out into one .zip; and back, with nothing lost on either side."""

import errno
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from sqlalchemy import Connection, select

from alignment.records import archive, arriving, checks, contents, leaving, manifest, rows
from alignment.records.archive import Reader
from alignment.records.arriving import Imported
from alignment.records.manifest import SubjectEntry
from alignment.records.records import Records
from alignment.records.schema import SUBJECTS
from alignment.texts import InputError

__all__ = ["Imported", "export", "import_archive"]


def export(records: Records, path: Path, subjects: Sequence[str] | None = None) -> int:
    """Write everything, or these subjects (codes or keys), into one archive, and say how many subjects that were.

    The archive shows the records as they were at one moment, is for its owner only, and is there whole or not at all; an
    older file of that name is replaced. InputError where there is no such subject, or where it cannot be written.
    """
    made = records.database.now()

    def work(connection: Connection) -> int:
        chosen = _chosen(connection, subjects)
        with archive.writing(path, made) as writer:
            entries = tuple(leaving.subject(connection, writer, row) for row in chosen)
            writer.finish(manifest.Manifest(manifest.SCHEMA, _version(), made, entries))
        return len(chosen)

    try:
        return records.database.read(work)
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InputError("archive_full", path=path) from fault
        raise InputError("archive_not_written", path=path, fault=fault.strerror or str(fault)) from fault


def _version() -> str:
    try:
        return installed_version("alignment")
    except PackageNotFoundError:
        return "unknown"


def _chosen(connection: Connection, subjects: Sequence[str] | None) -> list[leaving.Row]:
    query = select(SUBJECTS).order_by(SUBJECTS.c.code_folded)
    if subjects is not None:
        keys = [rows.subject(connection, one).key for one in subjects]
        query = query.where(SUBJECTS.c.key.in_(keys))
    return list(connection.execute(query))


def import_archive(records: Records, path: Path, operator: str = "", as_code: str | None = None) -> Imported:
    """Take over what an archive holds, under the keys it had; what is there already as it is stays so.

    A session or an analysis that is there with other content is kept beside it. `as_code` gives the archive's only subject
    another code. InputError, with nothing written, where the archive is damaged or not of this schema, or where one of
    its codes belongs to another subject; each subject comes whole or not at all.
    """
    operator = checks.operator(operator)
    with archive.reading(path) as reader:
        subjects = _checked(reader, as_code)
        contents.check(reader)
        records.database.read(lambda connection: arriving.check_codes(connection, subjects, path))
        found = Imported()
        for entry in subjects:
            bring = arriving.Bring(reader, entry, operator, records.database.now())
            found += records.database.write(bring.work)
        return found


def _checked(reader: Reader, as_code: str | None) -> list[SubjectEntry]:
    """The archive's subjects as they may be kept. InputError for what nobody could have entered."""
    subjects = list(reader.manifest.subjects)
    if as_code is not None:
        if len(subjects) != 1:
            raise InputError("archive_as_code", path=reader.path, count=len(subjects))
        subjects = [replace(subjects[0], code=checks.code(as_code))]
    try:
        for subject in subjects:
            if checks.code(subject.code) != subject.code:
                raise archive.bad(reader.path, "fault_archive_code", code=subject.code[:80])
            _check_facts(reader, subject)
    except InputError as fault:
        if fault.code == "archive_bad":
            raise
        raise archive.bad(reader.path, "fault_archive_part", fault=fault.text.message.rstrip(".")) from fault
    codes = Counter(checks.folded(one.code) for one in subjects)
    for code, count in codes.most_common(1):
        if count > 1:
            raise archive.bad(reader.path, "fault_archive_code_twice", code=code)
    return subjects


def _check_facts(reader: Reader, subject: SubjectEntry) -> None:
    """InputError where something is written down that would be kept otherwise than it stands there."""
    for session in subject.sessions:
        facts = rows.facts(arriving.fields(session))
        if checks.facts(facts) != facts:
            raise archive.bad(reader.path, "fault_archive_facts", code=subject.code, date=session.date)
