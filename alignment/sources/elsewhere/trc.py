"""Markers of a .trc file in, as Sports2D and Pose2Sim write them; named points over time out."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np

from alignment.errors import InputError, phrase
from alignment.files import read_text
from alignment.sources.elsewhere.planar import Found

#: The lines of the head, and the one of them with the markers' names.
_HEAD, _NAMES = 5, 3
#: A marker whose depth changes by more than this share of the figure's height is in space.
_FLAT = 0.01


def read_trc(path: Path, person: int) -> Found:
    """The markers of a file, which is of one person. InputError where it is no .trc, or its markers lie in space."""
    if person != 1:
        raise InputError("landmarks_no_person", path=path, person=person, count=1)
    lines = read_text(path, "bad_landmarks").splitlines()
    if len(lines) <= _HEAD or not lines[0].startswith("PathFileType"):
        raise InputError("bad_landmarks", path=path, fault=phrase("fault_no_trc"))
    names = [name.strip() for name in lines[_NAMES].split("\t")[2:] if name.strip()]
    try:
        table = np.array([_numbers(line, 2 + 3 * len(names)) for line in lines[_HEAD:] if line.strip()])
        facts = dict(zip(lines[1].split(), lines[2].split(), strict=False))
        rate_hz = float(facts["DataRate"])
    except (ValueError, KeyError) as fault:
        raise InputError("bad_landmarks", path=path, fault=str(fault)) from None
    if not names or not len(table) or any(after <= before for before, after in pairwise(table[:, 1])):
        raise InputError("bad_landmarks", path=path, fault=phrase("fault_no_trc"))
    points = table[:, 2:].reshape(len(table), len(names), 3)
    _check_flat(points, path)
    return Found("trc", tuple(names), table[:, 1], points[..., :2], np.isfinite(points[..., 0]).astype(float), rate_hz)


def _numbers(line: str, count: int) -> list[float]:
    """A row's numbers, NaN where a cell is empty. ValueError where there are too few, or none."""
    cells = line.rstrip("\r\n").split("\t")
    cells += [""] * (count - len(cells))  # a program may leave out empty cells at the end
    return [float(cell) if cell.strip() else math.nan for cell in cells[:count]]


def _check_flat(points: np.ndarray, path: Path) -> None:
    """Sports2D gives each marker one depth for all of a film; points in space have another one in every picture."""
    depth, up = points[..., 2], points[..., 1]
    if not np.isfinite(up).any():
        return
    size = float(np.nanmax(up) - np.nanmin(up))
    moves = np.nanmax(depth, axis=0, initial=-np.inf) - np.nanmin(depth, axis=0, initial=np.inf)
    if (moves[np.isfinite(moves)] > _FLAT * size).any():
        raise InputError("landmarks_in_space", path=path)
