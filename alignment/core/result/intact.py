"""Whether a result that was read is one that was written: the checksum of its content, and what no film gives."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from alignment.core.plausible import check_film, check_number
from alignment.core.result.parts import Cleaning, Cycle, Recognition, Source, Summary, Viewpoint

#: The name in a result's file of the checksum of all the rest.
CHECKSUM: Final = "sha256"
_MOST_S: Final = 366 * 86_400.0
_MOST: Final = 1e9


def checksum(content: Mapping[str, Any]) -> str:
    """The SHA-256 of what a file says but for this checksum, however it is laid out."""
    said = {name: value for name, value in content.items() if name != CHECKSUM}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # What no text can hold, in the name of a film, is kept as a question mark.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def check_result(
    source: Source,
    viewpoint: Viewpoint,
    cleaning: Cleaning,
    cycles: Iterable[Cycle],
    summary: Iterable[Summary],
    recognised: Recognition | None,
) -> None:
    """ImplausibleError where no film gives these numbers."""
    check_film(
        width=source.width,
        height=source.height,
        fps=source.fps,
        duration_s=source.duration_s,
        frames=source.frames,
        rotation_deg=source.rotation_deg,
    )
    check_number("analyzed_frames", source.analyzed_frames, 0, _MOST)
    check_number("facing_probability", viewpoint.facing_probability, 0.0, 1.0)
    for name in ("yaw_se_deg", "roll_se_deg", "distance_leg_lengths", "distance_se"):
        check_number(name, getattr(viewpoint, name), 0.0, _MOST)
    for name in ("frames_dropped", "swaps_mended", "frames_filled", "filter_hz"):
        check_number(name, getattr(cleaning, name), 0, _MOST)
    if recognised is not None:
        check_number("probability", recognised.probability, 0.0, 1.0)
    for cycle in cycles:
        _check_cycle(cycle)
    for row in summary:
        for name in ("sd", "standard_error", "n", "inside", "near", "outside", "worst_cycle"):
            check_number(f"{row.measure} {name}", getattr(row, name), 0, _MOST)
        check_number(row.measure, row.mean, -_MOST, _MOST)


def _check_cycle(cycle: Cycle) -> None:
    check_number("start_s", cycle.start_s, -_MOST_S, _MOST_S)
    check_number("end_s", cycle.end_s, cycle.start_s, _MOST_S)
    check_number("key_s", cycle.key_s, cycle.start_s, cycle.end_s)
    for value in cycle.values:
        check_number(value.measure, value.value, -_MOST, _MOST)
        for name in ("standard_error", "own_error"):
            check_number(f"{value.measure} {name}", getattr(value, name), 0.0, _MOST)
        check_number(f"{value.measure} time_s", value.time_s, -_MOST_S, _MOST_S)
