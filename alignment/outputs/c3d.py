"""landmarks.c3d: the landmarks as programs of motion capture read points; written by ezc3d, which has to be installed."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from alignment.errors import InputError
from alignment.outputs.motion import motion_of, provenance
from alignment.outputs.output import Analysis

NAME = "landmarks.c3d"


def c3d(analysis: Analysis) -> bytes:
    """Points by their landmarks' names at one rate, z 0, residual -1 where one was not seen; parameters tell of the plane.

    A film of varying rate is put on even times. InputError where ezc3d is not there, or the film had no picture.
    """
    if find_spec("ezc3d") is None:
        raise InputError("format_needs_package", name="c3d", package="ezc3d", extra="c3d")
    import ezc3d

    motion = motion_of(analysis)
    even = motion.evenly()
    seen = np.isfinite(even.points).all(axis=-1)
    # x, y, z and a fourth that ezc3d ignores; axes, landmarks, frames.
    points = np.full((4, len(even.names), len(even.time_s)), 1.0)
    points[:2] = np.moveaxis(np.where(seen[..., None], even.points, np.nan), (0, 1, 2), (2, 1, 0))
    points[2] = np.where(seen.T, 0.0, np.nan)
    file = ezc3d.c3d()
    file["parameters"]["POINT"]["RATE"]["value"] = [even.rate_hz]
    file["parameters"]["POINT"]["LABELS"]["value"] = list(even.names)
    file["parameters"]["POINT"]["UNITS"]["value"] = [even.unit]
    file["data"]["points"] = points
    file["data"]["meta_points"]["residuals"] = np.where(seen.T, 0.0, -1.0)[None]
    file.add_parameter("POINT", "X_SCREEN", ["+X"])
    file.add_parameter("POINT", "Y_SCREEN", ["+Y"])
    told = provenance(analysis.result) | {"plane": even.plane, "first_time_s": f"{even.time_s[0]:.6f}"}
    told["times"] = "as filmed" if motion.even else "made even, on straight lines"
    for name, text in told.items():
        file.add_parameter("ALIGNMENT", name.upper(), [text])
    with TemporaryDirectory(prefix="alignment-") as folder:
        path = Path(folder) / NAME
        file.write(str(path))
        return path.read_bytes()
