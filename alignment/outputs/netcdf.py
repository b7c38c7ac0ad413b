"""landmarks.nc: the landmarks in the layout of the package `movement`, the measures over time beside them; netCDF 3."""

import io

import numpy as np

from alignment.outputs.motion import curves_track, measured, motion_of, provenance, rate_of
from alignment.outputs.output import Analysis
from alignment.texts import say

NAME = "landmarks.nc"
#: How xarray knows letters from numbers.
_LETTERS = "utf-8"


def netcdf(analysis: Analysis) -> bytes:
    """`position` (time, space, keypoint, individual) in pixels, x right, y down, and `confidence`, as `movement` has them.

    Besides, each measure and its standard error over time, with unit and meaning. NaN where something was not seen or is
    undefined. `metres_per_pixel`, by which positions become metres, is there where it is known. InputError where the film
    had no picture.
    """
    from scipy.io import netcdf_file

    track, motion = curves_track(analysis), motion_of(analysis)
    content = io.BytesIO()
    file = netcdf_file(content, "w", version=2)
    for name, length in (("time", track.frames), ("space", 2), ("keypoint", len(motion.names)), ("individual", 1)):
        file.createDimension(name, length)

    def put(name: str, values: np.ndarray, dimensions: tuple[str, ...], **about: str) -> None:
        variable = file.createVariable(name, values.dtype, dimensions)
        variable[:] = values
        for key, text in about.items():
            setattr(variable, key, text.encode())

    def put_words(name: str, words: tuple[str, ...]) -> None:
        letters = np.array([word.encode() for word in words])
        width = f"{name}_letters"
        file.createDimension(width, letters.dtype.itemsize)
        put(name, letters.view("S1").reshape(len(words), -1), (name, width), _Encoding=_LETTERS)

    put("time", np.asarray(track.time_s, dtype=np.float64), ("time",), long_name="seconds from the start of the film")
    put_words("space", ("x", "y"))
    put_words("keypoint", motion.names)
    put_words("individual", ("person",))
    places = np.moveaxis(track.pixels, 1, 2)[..., None].astype(np.float64)
    put(
        "position", places, ("time", "space", "keypoint", "individual"), units="px", axes="image plane: x right, y down"
    )
    put("confidence", track.visibility[..., None].astype(np.float32), ("time", "keypoint", "individual"))
    for curve in measured(analysis):
        meaning = say(f"meaning_{curve.measure}").message
        put(curve.column, curve.value.astype(np.float64), ("time",), units=curve.unit, long_name=meaning)
        error = say("column_se", column=curve.column).message
        put(f"{curve.column}_se", curve.standard_error.astype(np.float64), ("time",), units=curve.unit, long_name=error)
    if motion.metres_per_px is not None:
        known = {"units": "m/px", "long_name": f"at the person's distance, by the {motion.measured_by}"}
        put("metres_per_pixel", motion.metres_per_px, ("time",), **known)
    told = {
        "ds_type": "poses",
        "source_software": "alignment",
        "time_unit": "seconds",
        "space_unit": "pixels",
        **provenance(analysis.result),
    }
    for key, text in told.items():
        setattr(file, key, text.encode())
    setattr(file, "fps", rate_of(track))  # noqa: B010 - an attribute of the file, of which the class knows nothing
    file.flush()
    return content.getvalue()
