"""measures.mot: the measures over time as OpenSim reads a motion; tab-separated text, one row per picture."""

import numpy as np

from alignment.outputs.motion import curves_track, measured, provenance
from alignment.outputs.output import Analysis

NAME = "measures.mot"


def mot(analysis: Analysis) -> bytes:
    """A column per measure and side, named and signed as in frames.parquet, with its unit in the head; nan where undefined.

    InputError where the film had no picture.
    """
    track, curves = curves_track(analysis), measured(analysis)
    columns = [one.column for one in curves]
    corrected = "" if analysis.result.viewpoint.corrected else " as far as the picture shows it: the camera stood aside"
    head = {
        "version": "1",
        "nRows": str(track.frames),
        "nColumns": str(len(columns) + 1),
        "inDegrees": "yes",
        "plane": f"the person's own frontal plane{corrected}; fppa_image in the picture's",
        **{name: " ".join(text.split()) for name, text in provenance(analysis.result).items()},
        **{f"unit_{one.column}": one.unit for one in curves},
    }
    lines = ["measures", *(f"{name}={text}" for name, text in head.items()), "endheader", "\t".join(["time", *columns])]
    table = np.stack([one.value for one in curves], axis=1) if curves else np.empty((track.frames, 0))
    for time_s, row in zip(track.time_s, table, strict=True):
        lines.append(
            "\t".join([f"{time_s:.6f}", *(f"{number:.4f}" if np.isfinite(number) else "nan" for number in row)])
        )
    return ("\n".join(lines) + "\n").encode()
