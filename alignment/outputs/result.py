"""result.json read back: everything that was measured."""

from pathlib import Path

from alignment.core.result import Result
from alignment.files import read_content
from alignment.outputs.folder import FRAMES, RESULT
from alignment.outputs.saved import Saved, saved_of


def read_result(folder: Path) -> Result:
    """The result in a result folder, without its curves. InputError where there is none of this schema."""
    path = folder / RESULT
    return Result.from_json(read_content(path), name=str(path))


def read_folder(folder: Path) -> Saved:
    """The result in a result folder with its measures over time, if they are there; neither film nor track are read.

    InputError where there is no result that this version can show.
    """
    names = [RESULT, *([FRAMES] if (folder / FRAMES).is_file() else [])]
    return saved_of(str(folder), {name: read_content(folder / name) for name in names})
