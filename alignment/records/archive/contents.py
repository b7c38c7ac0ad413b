"""Checks that the files of an archive are what records can use: results, tracks, pictures."""

import struct
from typing import Final

import cv2
import numpy as np

from alignment import outputs
from alignment.core.result import Result
from alignment.core.skeleton import LANDMARKS
from alignment.records.archive.manifest import AnalysisEntry
from alignment.records.archive.reader import Reader, bad_archive, part_faults

_MOST_RESULT_BYTES: Final = 64 << 20
_MOST_TRACK_BYTES: Final = 1 << 30
_MOST_FRAME_BYTES: Final = 16 << 20
_MOST_FRAME_PX: Final = 8192


def check_contents(reader: Reader) -> None:
    """Read every file of an archive once. InputError where one is damaged, or nothing that records could use."""
    for subject in reader.manifest.subjects:
        for session in subject.sessions:
            for analysis in session.analyses:
                _check_analysis(reader, analysis)


def result_text(reader: Reader, analysis: AnalysisEntry) -> str:
    """The text of an analysis' result.json. InputError where it is none."""
    content = reader.read(analysis.result, _MOST_RESULT_BYTES)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise bad_archive(reader.path, "fault_archive_content", name=analysis.result.path) from None


def _check_analysis(reader: Reader, analysis: AnalysisEntry) -> None:
    with part_faults(reader.path):
        result = Result.from_json(result_text(reader, analysis), name=analysis.result.path)
        content = reader.read(analysis.track, _MOST_TRACK_BYTES)
        track = outputs.track_of_parquet(content, name=analysis.track.path)
    if (result.source.sha256, result.source.analyzed_frames) != (track.source.sha256, track.frames):
        raise bad_archive(reader.path, "fault_archive_content", name=analysis.track.path)
    if any(one.landmark not in LANDMARKS for one in analysis.corrections):
        raise bad_archive(reader.path, "fault_archive_landmark", name=analysis.key)
    for frame in analysis.key_frames:
        if not is_picture(reader.read(frame.file, _MOST_FRAME_BYTES)):
            raise bad_archive(reader.path, "fault_archive_picture", name=frame.file.path)
    if analysis.video is not None:
        for _ in reader.pieces(analysis.video):
            pass


def is_picture(content: bytes) -> bool:
    """Whether this is a whole JPEG of a size that a picture of a film can have."""
    size = _jpeg_size(content)
    if size is None or max(size) > _MOST_FRAME_PX or min(size) < 1 or not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return False
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    return image is not None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height as a JPEG's header tells them, so that it need not be unpacked to find out; None where it is none."""
    if content[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            rows, columns = struct.unpack(">HH", content[at + 5 : at + 9])
            return columns, rows
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
