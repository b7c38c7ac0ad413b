"""A result that somebody saved earlier: a .zip or the files of a result folder in; result, curves, film and track out."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from alignment.core.activities import ACTIVITIES
from alignment.core.measures import MEASURES
from alignment.core.result import Course, Result
from alignment.errors import InputError, phrase
from alignment.outputs.folder import FRAMES, OVERLAY, RESULT, TRACK
from alignment.outputs.frames import course_of_parquet

#: What is read of such files, unpacked; a film of a few minutes with its lines has a tenth of it.
MOST_BYTES: Final = 1000 * 1_000_000
_WANTED: Final = (RESULT, FRAMES, OVERLAY, TRACK)


@dataclass(frozen=True)
class Saved:
    """A result read back; curves and film (an .mp4's bytes) are None where they were not among the files.

    So is `track`, the content of a track.parquet, which nobody has looked into yet.
    """

    result: Result
    course: Course | None
    overlay: bytes | None
    track: bytes | None = None


def read_saved(given: Sequence[tuple[str, io.BufferedIOBase]], *, most_bytes: int = MOST_BYTES) -> list[Saved]:
    """The results in files with these names: one in each .zip, and one in all the other files together.

    What else lies beside them is left alone. InputError where they hold no result, several in one, or broken ones.
    """
    zips = [(name, file) for name, file in given if name.lower().endswith(".zip")]
    loose = [(name, file) for name, file in given if not name.lower().endswith(".zip")]
    parts = [(name, _unzip(name, file, most_bytes)) for name, file in zips]
    if loose:
        parts.append((", ".join(name for name, _ in loose), _loose(loose)))
    return [saved_of(name, contents) for name, contents in parts]


def saved_of(name: str, contents: Mapping[str, bytes]) -> Saved:
    """The result in the content of files by their own names; `name` is what they are together. InputError as above."""
    if RESULT not in contents:
        raise InputError("saved_no_result", names=name)
    result = Result.from_json(contents[RESULT], name=RESULT)
    check_names(result)
    course = course_of_parquet(contents[FRAMES], name=FRAMES) if FRAMES in contents else None
    if course is not None and len(course.time_s) != result.source.analyzed_frames:
        found, analyzed = len(course.time_s), result.source.analyzed_frames
        fault = phrase("fault_other_film", found=found, analyzed=analyzed)
        raise InputError("bad_frames_file", path=FRAMES, fault=fault)
    return Saved(result, course, contents.get(OVERLAY), contents.get(TRACK))


def check_names(result: Result) -> None:
    """InputError where a result names a measure or movement that this version has no words for and cannot show."""
    measures = {row.measure for row in result.summary}
    measures |= {value.measure for cycle in result.cycles for value in cycle.values}
    unknown = sorted(measures - set(MEASURES)) + [name for name in [result.activity] if name not in ACTIVITIES]
    if unknown:
        raise InputError("bad_result_file", path=RESULT, fault=phrase("fault_unknown_name", name=unknown[0]))


def _unzip(name: str, file: io.BufferedIOBase, most_bytes: int) -> dict[str, bytes]:
    """The files of the one result in an archive, by their own names."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = list(_members(archive))
            results = [path for path, _ in members if path.name == RESULT]
            if len(results) > 1:
                raise InputError("saved_several", name=name, count=len(results))
            beside = [(path, info) for path, info in members if not results or path.parent == results[0].parent]
            if sum(info.file_size for _, info in beside) > most_bytes:
                raise InputError("saved_too_large", name=name, limit_mb=most_bytes / 1e6)
            return {path.name: archive.read(info) for path, info in beside}
    # A password is a RuntimeError, and so is an unknown way of packing.
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise InputError("saved_bad_zip", name=name) from fault


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        # A Mac's archives hold a shadow of every file.
        if path.name in _WANTED and "__MACOSX" not in path.parts and not info.is_dir():
            yield path, info


def _loose(given: Sequence[tuple[str, io.BufferedIOBase]]) -> dict[str, bytes]:
    """The files of one result folder; a browser's "squat_result.json" and "result (1).json" are a result.json."""
    found: dict[str, bytes] = {}
    for name, file in given:
        path = PurePosixPath(name)
        for wanted in map(PurePosixPath, _WANTED):
            if path.suffix.lower() == wanted.suffix and wanted.stem in path.stem.lower():
                if wanted.name in found:
                    raise InputError("saved_several", name=", ".join(one for one, _ in given), count=2)
                found[wanted.name] = file.read()
    return found
