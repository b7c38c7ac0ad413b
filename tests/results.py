"""Tracks and results made up for tests of what is done with them: no model, no film, chosen numbers."""

import numpy as np

from alignment import outputs
from alignment.core.result import (
    Cleaning,
    Curve,
    Curves,
    Cycle,
    Quality,
    Result,
    Software,
    Summary,
    Value,
    Viewpoint,
    source_of,
)
from alignment.core.track import MAX_PEOPLE, ModelFacts, SourceFacts, Track
from alignment.request import Request

SETTINGS = {
    "activity": "squat",
    "max_fps": 30.0,
    "quality": "best",
    "camera_roll_deg": None,
    "limits_sha256": "ef" * 32,
}
SHA = "ab" * 32


def make_track(frames=7, samples=None, dtype=np.float64, seed=0, sha256=SHA):
    samples = range(0, frames, 3) if samples is None else samples
    random = np.random.default_rng(seed)
    pixels = random.uniform(0, 700, (frames, 33, 2)).astype(dtype)
    metres = random.normal(0, 1, (frames, 33, 3)).astype(dtype)
    if frames > 2:
        pixels[1] = np.nan
        metres[1, 5] = np.nan
    faces = np.full((frames, MAX_PEOPLE, 3), np.nan, dtype=dtype)
    faces[:, 0] = 12.5
    return Track(
        time_s=np.arange(frames) / 30 + 1e-9,
        pixels=pixels,
        metres=metres,
        visibility=random.uniform(0, 1, (frames, 33)).astype(dtype),
        mirrored_frames=np.array(samples, dtype=np.int64),
        mirrored_metres=random.normal(0, 1, (len(samples), 33, 3)).astype(dtype),
        brightness=random.uniform(0, 1, frames),
        sharpness=random.uniform(0, 90, frames),
        people=random.integers(0, 3, frames),
        faces=faces,
        source=SourceFacts("Übung 1.mp4", sha256, 29.97, 720, 1280, 90, True, 390, 13.0, False, True, damaged=False),
        model=ModelFacts("mediapipe 0.10.33", "heavy", "cd" * 32, "best"),
    )


def value(measure, side, unit, at, number, *, time_s: float | None = 1.5, reason=None):
    return Value(measure, side, unit, at, time_s, number, None if number is None else 0.4567, reason)


def summary(measure, side, unit, mean, *, limit=None, verdict=None, reason=None):
    known = mean is not None
    return Summary(
        measure,
        side,
        unit,
        "key",
        mean,
        1.0 if known else None,
        3 if known else 0,
        0.44 if known else None,
        mean - 1 if known else None,
        mean + 1 if known else None,
        limit,
        verdict,
        reason if known else reason or "nobody",
    )


CYCLES = (
    Cycle(
        0,
        "rep",
        "both",
        1.0,
        2.5,
        1.75,
        None,
        (
            value("fppa", "left", "deg", "key", -12.3456),
            value("knee_over_toe", "left", "pct", "key", None, reason="foot_hidden"),
            value("fppa", "left", "deg", "peak", -14.0, time_s=1.6),
            value("knee_over_toe", "left", "pct", "peak", 2.0, time_s=1.4),
            value("fppa", "right", "deg", "key", 3.0),
            value("weight_right_share", "body", "share", "key", 0.51234),
        ),
    ),
    Cycle(1, "rep", "both", 3.0, 3.4, 3.2, "too_shallow"),
)


def curve(measure, side, unit, number):
    reason = np.where(np.isnan(number), "not_seen", "")
    return Curve(measure, side, unit, number, number * 0 + 0.5, reason, np.full(len(number), "landmarks"))


def make_result(track, *, curves=True, cycles=CYCLES, measured=True):
    frames = track.frames
    fppa = np.linspace(-5, 5, frames)
    fppa[2:3] = np.nan
    by_measure = {
        ("fppa", "left"): curve("fppa", "left", "deg", fppa),
        ("weight_right_share", "body"): curve("weight_right_share", "body", "share", np.full(frames, 0.5)),
    }
    return Result(
        software=Software("0.1.0", "0.10.33", "heavy", "cd" * 32, SETTINGS),
        source=source_of(track.source, frames),
        activity="squat",
        viewpoint=Viewpoint("front", 0.99, 1.0, 2.0, False, 0.0, 2.0, False, None, None, corrected=False),
        quality=Quality("good"),
        cleaning=Cleaning(1, 0, 2, 6.0),
        cycles=cycles,
        summary=(summary("fppa", "left", "deg", -12.34 if measured else None),),
        findings=(),
        curves=Curves(track, by_measure) if curves else None,
    )


def write_result(folder, result, track):
    """Put result.json, cycles.csv, track.parquet and, where the result has curves, frames.parquet into a folder."""
    sink = outputs.MemorySink()
    analysis = outputs.Analysis(result, track, Request("squat"))
    with sink.receiving(""):
        for name in ("result", "cycles", "track", "frames"):
            output = outputs.OUTPUTS[name]
            if output.applies(analysis):
                output.write(analysis, sink)
    for name, content in sink.files.items():
        (folder / name).write_bytes(content)


def usual_files():
    """The names of the files that an analysis leaves where nobody asks for others."""
    return {one.filename for one in outputs.wanted_outputs(Request())}
