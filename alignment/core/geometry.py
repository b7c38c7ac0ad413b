"""Angles, distances and rays of arrays of vectors: numbers in, numbers out. No body in it; NaN goes through."""

import numpy as np
from jaxtyping import Float

Vectors2 = Float[np.ndarray, "*batch 2"]
Vectors3 = Float[np.ndarray, "*batch 3"]
Numbers = Float[np.ndarray, "*batch"]


def lean_deg(vector: Vectors2) -> Numbers:
    """Angle of a vector (x, y up) against straight down, in degrees: + towards +x, 0 pointing down, 180 pointing up."""
    return np.degrees(np.arctan2(vector[..., 0], -vector[..., 1]))


def tilt_deg(vector: Vectors2) -> Numbers:
    """Angle of a line (x, y up) against the horizontal, in degrees from -90 to 90: + rising towards +x."""
    return np.degrees(np.arctan2(vector[..., 1] * np.sign(vector[..., 0]), np.abs(vector[..., 0])))


def wrapped_deg(angle_deg: Numbers) -> Numbers:
    """The same angle between -180 (included) and 180 degrees."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def wrapped_angle_deg(angle_deg: float) -> float:
    """The same single angle between -180 (included) and 180 degrees."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def between_deg(first: Float[np.ndarray, "*batch axes"], second: Float[np.ndarray, "*batch axes"]) -> Numbers:
    """Angle between two vectors, 0 to 180 degrees; NaN where one has no length."""
    lengths = np.linalg.norm(first, axis=-1) * np.linalg.norm(second, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = (first * second).sum(axis=-1) / np.where(lengths > 0, lengths, np.nan)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def beside_line(point: Vectors2, start: Vectors2, end: Vectors2) -> Numbers:
    """Distance of a point from the infinite line start-end: + to the left of its direction (y up); NaN for no line."""
    line = end - start
    length = np.linalg.norm(line, axis=-1)
    offset = point - start
    with np.errstate(invalid="ignore", divide="ignore"):
        return (line[..., 0] * offset[..., 1] - line[..., 1] * offset[..., 0]) / np.where(length > 0, length, np.nan)


def along_ray(
    ray: Vectors3, origin: Vectors3, length: float | Numbers, direction: Float[np.ndarray, "*#batch 3"], way: Numbers
) -> Vectors3:
    """The point of a ray through 0 that lies `length` from `origin`; of the two, the one about `way` along `direction`.

    Solves |s·ray − origin| = length for s. `direction` are unit vectors from the origin. Where the ray passes the origin
    at more than `length` (a segment that looks longer than it is), the ray's closest point is taken.
    """
    a = (ray * ray).sum(axis=-1)
    b = (ray * origin).sum(axis=-1)
    c = (origin * origin).sum(axis=-1) - length * length
    root = np.sqrt(np.clip(b * b - a * c, 0.0, None))
    near, far = ray * ((b - root) / a)[..., None], ray * ((b + root) / a)[..., None]
    near_way, far_way = (((point - origin) * direction).sum(axis=-1) for point in (near, far))
    choose_near = np.abs(near_way - way) <= np.abs(far_way - way)
    return np.where(choose_near[..., None], near, far)


def rotate(points: Vectors2, angle_deg: float) -> Vectors2:
    """Points (x, y) turned about 0 by an angle in degrees, + from +x towards +y."""
    angle = np.radians(angle_deg)
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = points[..., 0], points[..., 1]
    return np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=-1)
