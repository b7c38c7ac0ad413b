"""Subjects in the database: added, renamed."""

from sqlalchemy import Connection, insert, select, update

from alignment.errors import InputError
from alignment.records import audit
from alignment.records.audit import AuditWriter
from alignment.records.models import Conflict, ConflictError, Subject
from alignment.records.schema import rows
from alignment.records.schema.tables import SUBJECTS
from alignment.records.user_input import folded_code


def add(connection: Connection, key: str, code: str, writer: AuditWriter) -> None:
    """Keep a new subject with this key. InputError where the code is taken."""
    _check_free(connection, code)
    row = {"key": key, "code": code, "code_folded": folded_code(code), "created": writer.time, "version": 1}
    connection.execute(insert(SUBJECTS), row)
    writer.write(key, "subject_added", {"code": code})


def rename(connection: Connection, seen: Subject, code: str, writer: AuditWriter) -> None:
    """Give a subject another code. ConflictError where somebody else renamed it since it was seen."""
    now = rows.subject(connection, seen.key, lock=True)
    if code == now.code:
        return
    if now.code != seen.code:
        raise ConflictError([Conflict("code", seen.code, now.code, code)], now)
    if folded_code(code) != folded_code(now.code):
        _check_free(connection, code)
    new = {"code": code, "code_folded": folded_code(code), "version": now.version + 1}
    connection.execute(update(SUBJECTS).where(SUBJECTS.c.key == seen.key), new)
    writer.write(seen.key, "subject_renamed", {"changes": audit.field_changes({"code": now.code}, {"code": code})})


def _check_free(connection: Connection, code: str) -> None:
    taken = connection.scalar(select(SUBJECTS.c.code).where(SUBJECTS.c.code_folded == folded_code(code)))
    if taken is not None:
        raise InputError("subject_exists", code=taken)
