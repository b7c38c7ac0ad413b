"""`--json FILE|-`: a name and a text in; the file, or the text on the standard output, out."""

import errno
import os
from pathlib import Path
from typing import Final

import typer

from alignment.errors import InputError
from alignment.files import is_folder, refused_as, replace_text, replaceable
from alignment.texts import say

#: The name of a file that means the standard output.
STDOUT: Final = "-"


def check(name: str | None) -> None:
    """Ask before the long work whether the JSON can be written. InputError where it cannot."""
    if name in (None, STDOUT):
        return
    path = Path(name or "")
    if is_folder(path):
        raise _fault(path, say("fault_is_folder").message)
    with refused_as("json_not_writable", path=path):
        path = replaceable(path)
    if not is_folder(path.absolute().parent):
        raise _fault(path, say("fault_folder_missing", path=path.parent).message)
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise _fault(path, os.strerror(errno.EACCES))


def write(name: str, text: str) -> None:
    """Write the text, whole or not at all. InputError where that fails."""
    if name == STDOUT:
        typer.echo(f"{text}\n".encode(), nl=False)
        return
    with refused_as("json_not_writable", path=Path(name)):
        replace_text(Path(name), f"{text}\n")


def _fault(path: Path, fault: str) -> InputError:
    return InputError("json_not_writable", path=path, fault=fault)
