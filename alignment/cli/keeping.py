"""`alignment records` at work: what is kept of subjects in; lists, tables, archives and a careful deletion out."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment import records
from alignment.cli import history, jsonfile, terminal
from alignment.records import Imported, Records, Subject
from alignment.records.operator import operator as usual_operator
from alignment.texts import InputError, say


def list_subjects(search: str, json_file: str | None) -> None:
    """Show the subjects whose code holds a text, with how many sessions each has and when the last was."""
    jsonfile.check(json_file)
    with records.open() as kept:
        found = [(subject, [one.facts.date for one in kept.sessions(subject.key)]) for subject in kept.subjects(search)]
        if json_file is not None:
            rows = [
                {
                    "key": subject.key,
                    "code": subject.code,
                    "created": subject.created.isoformat(),
                    "sessions": len(days),
                    "last_session": str(days[-1]) if days else None,
                }
                for subject, days in found
            ]
            jsonfile.write(json_file, json.dumps(rows, indent=1, ensure_ascii=False))
        if json_file == jsonfile.STDOUT:
            return
        screen = terminal.console()
        if not found:
            code = "records_none_found" if search else "records_empty"
            screen.print(Styled(str(say(code, search=search, where=kept.location))))
            return
        table = Table(box=None, pad_edge=False)
        for name in ("code", "sessions", "last"):
            table.add_column(
                say(f"head_records_{name}").message, justify="right" if name == "sessions" else "left", overflow="fold"
            )
        for subject, days in found:
            table.add_row(escape(subject.code), str(len(days)), str(days[-1]) if days else "–")
        screen.print(table)
        screen.print(Styled(say("records_at", where=kept.location).message, style="dim"))


def show(code: str, json_file: str | None) -> None:
    """Show one subject's sessions. InputError where there is no such subject."""
    jsonfile.check(json_file)
    with records.open() as kept:
        found = history.of(kept, _subject(kept, code))
    if json_file is not None:
        jsonfile.write(json_file, history.as_json(found))
    if json_file != jsonfile.STDOUT:
        history.show(terminal.console(), found)


def export(path: Path, codes: Sequence[str] | None) -> None:
    """Write everything, or these subjects, into a new archive. InputError where it is there already or cannot be."""
    if path.exists() or path.is_symlink():
        raise InputError("archive_exists", path=path)
    if not path.absolute().parent.is_dir():
        raise InputError("archive_not_written", path=path, fault=say("fault_folder_missing", path=path.parent).message)
    with records.open() as kept:
        if not kept.subjects():
            raise InputError("archive_nothing", where=kept.location)
        count = records.export(kept, path, codes)
    told = say("archive_written", count=count, path=path, size_mb=path.stat().st_size / 1e6)
    terminal.console().print(Styled(str(told)))


def import_archive(path: Path, as_code: str | None, operator: str | None) -> None:
    """Take over an archive, and say what was new and what differed."""
    with records.open() as kept:
        found = records.import_archive(kept, path, usual_operator() if operator is None else operator, as_code)
    _tell(terminal.console(), found)


def _tell(screen: Console, found: Imported) -> None:
    code = "archive_imported" if found.new else "archive_nothing_new"
    screen.print(Styled(say(code, **{name: getattr(found, name) for name in _COUNTS}).message))
    if found.differing:
        screen.print(Styled(say("archive_differing").message))
        for sentence in found.differing:
            screen.print(Styled(f"• {sentence}"))


_COUNTS = ("subjects", "sessions", "analyses", "unchanged")


def delete(code: str, *, asked: bool) -> None:
    """Delete a subject with every trace, after its code was typed again where it is to be `asked` for.

    InputError where there is none, where nobody can be asked, or where the answer is another one; nothing is deleted then.
    """
    with records.open() as kept:
        subject = _subject(kept, code)
        sessions = kept.sessions(subject.key)
        analyses = sum(len(kept.analyses(one.key)) + len(kept.unreadable(one.key)) for one in sessions)
        about = {"code": subject.code, "sessions": len(sessions), "analyses": analyses}
        if asked:
            _ask(subject, about)
        kept.delete_subject(subject.key)
    terminal.console().print(Styled(say("records_deleted", **about).message))


def _ask(subject: Subject, about: dict[str, object]) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError("records_delete_unasked", code=subject.code)
    screen = terminal.console(stderr=True)
    screen.print(Styled(str(say("records_delete_warning", **about))))
    try:
        answer = screen.input(Styled(say("records_delete_type", code=subject.code).message)).strip()
    except EOFError:
        screen.print()
        answer = ""
    if answer != subject.code:
        raise InputError("records_delete_otherwise", code=subject.code)


def _subject(kept: Records, code: str) -> Subject:
    """InputError that tells of the command that lists them."""
    try:
        return kept.subject(code)
    except InputError as fault:
        if fault.code != "no_subject":
            raise
        raise InputError("records_no_subject_listed", code=code) from None
