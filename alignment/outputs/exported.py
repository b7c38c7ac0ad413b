"""A folder of results in; the same in further formats beside it. Nothing is measured anew."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from alignment.core.result import Curves, Result
from alignment.core.skeleton import LANDMARKS
from alignment.core.track import MAX_PEOPLE, ModelFacts, SourceFacts, Track
from alignment.errors import InputError
from alignment.files import read_content, refused_as, replace_bytes
from alignment.outputs.folder import FRAMES, TRACK
from alignment.outputs.frames import Landmarks, landmarks_of_parquet
from alignment.outputs.output import OUTPUTS, Analysis
from alignment.outputs.result import read_folder
from alignment.outputs.sinks import MemorySink
from alignment.outputs.track import read_track
from alignment.request import Request, formats_of


def export(folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the result in a folder in these formats, by the names of outputs, too; the files, whole or not at all.

    InputError where the folder holds no result, or one without its frames.parquet, or a format cannot be written.
    """
    return _written(analysis_of_folder(folder), folder, formats)


def export_result(result: Result, folder: Path, formats: Sequence[str]) -> list[Path]:
    """The same of a result with its curves, into any folder, which is made. InputError as above."""
    if result.curves is None:
        raise InputError("no_motion", name=result.source.name)
    request = Request.of_settings(result.activity, result.software.settings)
    with refused_as("out_not_writable", path=folder):
        folder.mkdir(parents=True, exist_ok=True)
    return _written(Analysis(result, result.curves.track, request), folder, formats_of(",".join(formats)))


def _written(analysis: Analysis, folder: Path, formats: Sequence[str]) -> list[Path]:
    sink = MemorySink()
    with sink.receiving(""):
        for name in formats:
            OUTPUTS[name].write(analysis, sink)
    for name, content in sink.files.items():
        with refused_as("out_not_writable", path=folder / name):
            replace_bytes(folder / name, content)
    return [folder / name for name in sink.files]


def analysis_of_folder(folder: Path) -> Analysis:
    """What outputs are made from, as far as a folder of results keeps it: the cleaned landmarks, measures and marks.

    InputError where there is no result, or no frames.parquet that belongs to it.
    """
    saved = read_folder(folder)
    result, course = saved.result, saved.course
    if course is None:
        raise InputError("missing_file", path=folder / FRAMES)
    seen = landmarks_of_parquet(read_content(folder / FRAMES), name=str(folder / FRAMES))
    facts = SourceFacts(
        result.source.name,
        result.source.sha256,
        result.source.fps,
        result.source.width,
        result.source.height,
        result.source.rotation_deg,
        result.source.mirrored,
        result.source.frames,
        result.source.duration_s,
    )
    made = result.software
    track = _track_of(seen, facts, ModelFacts(made.engine or "", made.model, made.model_sha256))
    if (folder / TRACK).is_file():
        track = replace(track, marks=read_track(folder / TRACK).marks)
    curves = Curves(track, course.by_measure)
    request = Request.of_settings(result.activity, result.software.settings)
    return Analysis(replace(result, curves=curves), track, request)


def _track_of(seen: Landmarks, facts: SourceFacts, model: ModelFacts) -> Track:
    """The track as far as frames.parquet tells it: where landmarks are in the picture, and nothing in space."""
    frames = len(seen.time_s)
    unknown = np.full(frames, np.nan)
    return Track(
        time_s=seen.time_s,
        pixels=seen.pixels,
        metres=np.full((frames, len(LANDMARKS), 3), np.nan),
        visibility=seen.visibility,
        mirrored_frames=np.empty(0, dtype=np.int64),
        mirrored_metres=np.empty((0, len(LANDMARKS), 3)),
        brightness=unknown,
        sharpness=unknown,
        people=np.isfinite(seen.pixels[..., 0]).any(axis=1).astype(np.int64),
        faces=np.full((frames, MAX_PEOPLE, 3), np.nan),
        source=facts,
        model=model,
    )
