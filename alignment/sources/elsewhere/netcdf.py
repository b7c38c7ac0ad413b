"""A dataset of poses as the package `movement` saves it in netCDF; named points of one person over time out."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from alignment.errors import InputError, first_line, phrase
from alignment.files import readable
from alignment.sources.elsewhere.planar import Found

#: What `movement` calls its axes; in the plural until its version 0.16.
_AXES: Final = ("time", "space", "keypoint", "individual")


def read_netcdf(path: Path, person: int) -> Found:
    """The keypoints of one individual, counted from 1. InputError where xarray is not there or it is no such dataset."""
    if find_spec("xarray") is None:
        raise InputError("format_needs_package", name=path.name, package="xarray", extra="netcdf")
    import xarray as xr

    with readable(path):
        pass
    try:
        with xr.open_dataset(path, decode_times=False) as opened:
            data = opened.load()
    except Exception as fault:  # of whichever library it was opened by
        raise InputError("bad_landmarks", path=path, fault=first_line(fault) or type(fault).__name__) from fault
    data = data.rename({f"{name}s": name for name in _AXES if f"{name}s" in data.dims})
    if "position" not in data or set(data["position"].dims) != set(_AXES):
        raise InputError("bad_landmarks", path=path, fault=phrase("fault_no_poses"))
    if data.sizes["space"] != 2:
        raise InputError("landmarks_in_space", path=path)
    count = data.sizes["individual"]
    if person > count:
        raise InputError("landmarks_no_person", path=path, person=person, count=count)
    one = data.isel(individual=person - 1)
    places = one["position"].transpose("time", "keypoint", "space").values.astype(np.float64)
    sure = np.isfinite(places).all(axis=-1).astype(float)
    if "confidence" in one:
        told = one["confidence"].transpose("time", "keypoint").values.astype(np.float64)
        sure = np.where(np.isfinite(told), np.clip(told, 0.0, 1.0), sure)
    in_seconds = data.attrs.get("time_unit") == "seconds"
    rate_hz = float(data.attrs["fps"]) if data.attrs.get("fps") else None
    return Found(
        str(data.attrs.get("source_software") or "movement"),
        tuple(map(str, data["keypoint"].values)),
        data["time"].values.astype(np.float64) if in_seconds else None,
        places,
        sure,
        rate_hz,
    )
