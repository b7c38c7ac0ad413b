"""Landmarks that a person put right: a cleaned track and the new places in, the track with them and how far to trust it out.

Derived in docs/records.md ("Correcting a landmark"). A place is given for one frame; the landmark is moved as the filter
would have shown it, had the model seen it there in every frame that the value at this moment rests on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import INDEX, LEG, SIDES, SWAPPED
from alignment.core.track import Numbers, Pixels, Places, Track
from alignment.errors import InputError

#: What can be moved: all that a leg's numbers, the trunk's lean and the camera's place rest on.
MOVABLE: Final = tuple(f"{side}_{part}" for part in (*LEG, "shoulder") for side in SIDES)
#: A value is the median over this much time to either side of its moment, so that the whole shift is needed there.
FLAT_S: Final = 0.05
#: How long a step takes through the zero-phase filter to come within 1 %, on each side, times its cut-off: two poles
#: decay as exp(-2π f t / √2) with f = cut-off / 0.802 in each pass, so t = ln(100) × 0.802 × √2 / 2π.
MEMORY_CYCLES: Final = 0.83


@dataclass(frozen=True)
class Correction:
    """One landmark moved to where it belongs in one frame: the frame's time, the landmark, its new place in pixels."""

    time_s: float
    landmark: str
    x_px: float
    y_px: float


@dataclass(frozen=True)
class Hand:
    """How far a landmark's place in a frame is a person's (`share`, 0 to 1), and the whole shift that was made there.

    A share between the two says how far it is believed that the model was as wrong here as where it was corrected.
    """

    share: Float[np.ndarray, "frames landmarks"]
    shift_px: Pixels


def apply_corrections(cleaned: Track, corrections: Sequence[Correction], filter_hz: float | None) -> tuple[Track, Hand]:
    """The cleaned track with each corrected landmark exactly at its new place there, and whose word each place is.

    `filter_hz` is the cut-off that the track was cleaned with, None where it was not filtered. The order of the corrections
    does not matter, but of two for one landmark and frame the last stands. InputError where a correction names no landmark
    that can be moved, no frame of this track or a place outside the picture.
    """
    reach_s = MEMORY_CYCLES / filter_hz if filter_hz else 0.0
    share = np.zeros(cleaned.visibility.shape)
    shift_px = np.zeros(cleaned.pixels.shape)
    pixels = cleaned.pixels.copy()
    for landmark, places in _by_landmark(cleaned, corrections).items():
        own, shift = _shift(cleaned, landmark, places, reach_s)
        share[:, landmark], shift_px[:, landmark] = own, shift
        pixels[:, landmark] += own[:, None] * shift
        _place_unseen(pixels, share, landmark, places, cleaned.time_s)
    return _with_pixels(cleaned, pixels, share), Hand(share, shift_px)


def leg_px(track: Track) -> float:
    """Length of a straight leg, thigh and shank, in pixels of the picture: 90th percentile; NaN if never seen."""
    legs = []
    for side in SIDES:
        hip, knee, ankle = (track.pixels[:, INDEX[f"{side}_{part}"]] for part in ("hip", "knee", "ankle"))
        legs.append(np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1))
    known = np.concatenate(legs)
    known = known[np.isfinite(known)]
    return float(np.percentile(known, 90.0)) if len(known) else float("nan")


def position_of(track: Track, time_s: float) -> int | None:
    """The frame at this time, None where the track has none within half its usual interval."""
    if not track.frames:
        return None
    nearest = int(np.abs(track.time_s - time_s).argmin())
    half_s = 0.5 / track.rate_hz if track.rate_hz else 0.5
    return nearest if abs(float(track.time_s[nearest]) - time_s) <= half_s else None


def _by_landmark(track: Track, corrections: Sequence[Correction]) -> Mapping[int, dict[int, np.ndarray]]:
    """For each corrected landmark its new places by frame, in the frames' order."""
    found: defaultdict[int, dict[int, np.ndarray]] = defaultdict(dict)
    for one in corrections:
        if one.landmark not in MOVABLE:
            raise InputError("correction_landmark", landmark=one.landmark)
        position = position_of(track, one.time_s)
        if position is None:
            raise InputError("correction_no_frame", time_s=one.time_s)
        if not (0 <= one.x_px <= track.source.width and 0 <= one.y_px <= track.source.height):
            raise InputError("correction_outside", x_px=one.x_px, y_px=one.y_px)
        found[INDEX[one.landmark]][position] = np.array([one.x_px, one.y_px])
    return {landmark: dict(sorted(places.items())) for landmark, places in found.items()}


def _shift(track: Track, landmark: int, places: Mapping[int, np.ndarray], reach_s: float) -> tuple[Numbers, Places]:
    """How far a landmark is moved in each frame: the share of the shift that applies, and the shift.

    Between two corrections the shift leads from the one to the other and the larger share counts, so that two for the
    same fault do not add up. A landmark unseen where it was corrected has nothing that could be shifted.
    """
    known_at, shifts = [], []
    for position, place in places.items():
        before = _place_before(track, landmark, position)
        if before is not None:
            known_at.append(track.time_s[position])
            shifts.append(place - before)
    if not known_at:
        return np.zeros(track.frames), np.zeros((track.frames, 2))
    away_s = np.abs(track.time_s[:, None] - np.array(known_at)).min(axis=1)
    moved = np.array(shifts)
    shift = np.stack([np.interp(track.time_s, known_at, moved[:, axis]) for axis in (0, 1)], axis=1)
    return np.where(np.isfinite(track.pixels[:, landmark, 0]), _taper(away_s, reach_s), 0.0), shift


def _taper(away_s: Numbers, reach_s: float) -> Numbers:
    """1 where the value at the moment needs it, then down as a step is seen through the filter, 0 from there on."""
    beyond_s = away_s - FLAT_S - 1e-6
    if not reach_s:
        return (beyond_s <= 0).astype(float)
    return 0.5 + 0.5 * np.cos(np.pi * np.clip(beyond_s / (2 * reach_s), 0.0, 1.0))


def _place_before(track: Track, landmark: int, position: int) -> np.ndarray | None:
    """Where a landmark was in a frame, else where it was nearest in time within the moment; None where it was not seen."""
    away_s = np.abs(track.time_s - track.time_s[position])
    near = np.flatnonzero(np.isfinite(track.pixels[:, landmark, 0]) & (away_s <= FLAT_S + 1e-6))
    return track.pixels[near[away_s[near].argmin()], landmark] if len(near) else None


def _place_unseen(
    pixels: np.ndarray, share: np.ndarray, landmark: int, places: Mapping[int, np.ndarray], time_s: Numbers
) -> None:
    """Put a landmark where a person says it is in the frames of that moment in which it was not seen at all.

    It stays there for the moment only: where it went before and after, nobody has said. Where it passes through, the median
    over the moment is that of its middle.
    """
    positions = np.array(list(places))
    away_s = np.abs(time_s[:, None] - time_s[positions])
    unseen = np.isnan(pixels[:, landmark, 0]) & (away_s.min(axis=1) <= FLAT_S + 1e-6)
    for frame in np.flatnonzero(unseen):
        pixels[frame, landmark] = places[int(positions[away_s[frame].argmin()])]
        share[frame, landmark] = 1.0


# --- what else of a track goes with the pixels -------------------------------------------------------------------------


def _with_pixels(before: Track, pixels: Pixels, share: np.ndarray) -> Track:
    """The track with these pixels: metres moved by as much, also those of mirrored frames; what a person sees is visible."""
    moved_m = (pixels - before.pixels) / _pixels_per_metre(before)[:, None, None]
    metres, mirrored = before.metres.copy(), before.mirrored_metres.copy()
    touched = share > 0
    metres[..., :2] += np.where(touched[..., None] & np.isfinite(moved_m), moved_m, 0.0)
    for frame, landmark in np.argwhere(touched & np.isnan(before.pixels[:, :, 0])):
        metres[frame, landmark] = _metres_of(before, pixels, int(frame), int(landmark))
    sampled = moved_m[before.mirrored_frames][:, list(SWAPPED)] * [-1.0, 1.0]
    mirrored[..., :2] += np.where(np.isfinite(sampled), sampled, 0.0)
    return replace(
        before, pixels=pixels, metres=metres, mirrored_metres=mirrored, visibility=np.maximum(before.visibility, share)
    )


def _pixels_per_metre(track: Track) -> Numbers:
    """Scale of the figure in each frame: how widely its landmarks spread in the picture and in the model's metres."""
    known = np.isfinite(track.pixels[..., 0]) & np.isfinite(track.metres[..., 0])
    spreads = [_spread(track.pixels, known), _spread(track.metres[..., :2], known)]
    with np.errstate(invalid="ignore", divide="ignore"):
        scale: np.ndarray = np.sqrt(spreads[0] / spreads[1])
    usual = scale[np.isfinite(scale)]
    return np.where(np.isfinite(scale), scale, np.median(usual) if len(usual) else np.nan)


def _spread(points: Pixels, known: np.ndarray) -> Numbers:
    """Sum of the squared distances from the mean of the known landmarks; 0 where there is none."""
    count = np.maximum(known.sum(axis=1), 1)
    filled = np.where(known[..., None], points, 0.0)
    off = np.where(known[..., None], points - (filled.sum(axis=1) / count[:, None])[:, None], 0.0)
    squares: np.ndarray = np.square(off).sum(axis=(1, 2))
    return squares


def _metres_of(track: Track, pixels: np.ndarray, frame: int, landmark: int) -> np.ndarray:
    """Metres of a landmark that was not seen: beside the nearest seen one in the picture, as deep as when last seen."""
    known = np.isfinite(track.pixels[frame, :, 0]) & np.isfinite(track.metres[frame, :, 0])
    if not known.any():
        return np.full(3, np.nan)
    way_px = pixels[frame, landmark] - track.pixels[frame]
    nearest = int(np.where(known, np.linalg.norm(way_px, axis=1), np.inf).argmin())
    flat = track.metres[frame, nearest, :2] + way_px[nearest] / _pixels_per_metre(track)[frame]
    depth = track.metres[:, landmark, 2]
    seen = np.flatnonzero(np.isfinite(depth))
    last = depth[seen[np.abs(seen - frame).argmin()]] if len(seen) else track.metres[frame, nearest, 2]
    return np.array([*flat, last])
