"""landmarks.trc: the landmarks as OpenSim, Pose2Sim and Sports2D read markers; tab-separated text, one row per picture."""

import numpy as np

from alignment.outputs.motion import motion_of, provenance
from alignment.outputs.output import Analysis

NAME = "landmarks.trc"


def trc(analysis: Analysis) -> bytes:
    """Markers by their landmarks' names, z 0, empty where one was not seen; the first line says what plane and unit it is.

    InputError where the film had no picture.
    """
    motion = motion_of(analysis)
    frames, markers = motion.points.shape[:2]
    told = provenance(analysis.result)
    rate, filmed = f"{motion.rate_hz:.6g}", f"{analysis.result.source.fps:.6g}"
    facts = {
        "DataRate": rate,
        "CameraRate": rate,
        "NumFrames": str(frames),
        "NumMarkers": str(markers),
        "Units": motion.unit,
        "OrigDataRate": filmed,
        "OrigDataStartFrame": "1",
        "OrigNumFrames": str(frames),
    }
    about = _one_line(f"{motion.plane}; {told['written_with']}; film sha256 {told['source_sha256'] or '-'}")
    lines = [
        ["PathFileType", "4", "(X/Y/Z)", NAME, about],
        list(facts),
        list(facts.values()),
        ["Frame#", "Time", *(cell for name in motion.names for cell in (name, "", ""))],
        ["", "", *(f"{axis}{number}" for number in range(1, markers + 1) for axis in "XYZ")],
        [""],
    ]
    decimals = 3 if motion.unit == "px" else 6
    for number, (time_s, places) in enumerate(zip(motion.time_s, motion.points, strict=True), start=1):
        cells = (cell for place in places for cell in _place(place, decimals))
        # OpenSim drops an empty cell at a line's end, so that none may stand there.
        lines.append([str(number), f"{time_s:.6f}", *cells, ""])
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def _place(place: np.ndarray, decimals: int) -> tuple[str, str, str]:
    if not np.isfinite(place).all():
        return "", "", ""
    x, y = (f"{number:.{decimals}f}" for number in place)
    return x, y, f"{0:.{decimals}f}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
