"""What a person is correcting: an analysis with its landmarks, key frames and their handles, and the moves not yet kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import streamlit as st

from alignment.core.correction import MOVABLE, leg_px, position_of
from alignment.core.result import Cycle, Result
from alignment.core.skeleton import INDEX, SIDES
from alignment.core.track import Track
from alignment.pages import pictures
from alignment.pages.clinic.store import Remembered
from alignment.pages.joint_editor import Handle, Picture, Point
from alignment.records import Analysis, Correction, KeyFrame, Records, recompute
from alignment.texts import say

_STATE: Final = "correct_edited"
#: The result without corrections, with the kept ones and with those that are tried out.
_MOST_RESULTS: Final = 4
#: Nearer than this to where the model has it, a landmark is as the model has it.
_SAME_PX: Final = 0.3
#: Landmarks of one key frame and where they were put; None where the model has them.
Moves = Mapping[str, Point | None]
_BONES: Final = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *((f"{side}_{one}", f"{side}_{other}") for side in SIDES for one, other in (("hip", "knee"), ("knee", "ankle"))),
    *((f"{side}_{one}", f"{side}_{other}") for side in SIDES for one, other in (("ankle", "toe"), ("ankle", "heel"))),
)
#: Room around the joints, in parts of their height, and the narrowest part shown, in parts of its height.
_ROOM: Final = 0.12
_NARROWEST: Final = 0.55
#: The joint with a mark beside it: the letter of its side.
_MARKED: Final = "knee"


@dataclass(frozen=True)
class EditedAnalysis:
    """An analysis' landmarks as the model gave them and its key frames; results are computed when they are asked for."""

    key: tuple[str, str]
    analysis: Analysis
    track: Track
    frames: tuple[KeyFrame, ...]
    _results: Remembered[Result] = field(default_factory=lambda: Remembered(_MOST_RESULTS))

    def result(self, corrections: tuple[Correction, ...]) -> Result:
        """What these corrections lead to. InputError where one does not fit the landmarks."""
        return self._results.get(corrections, lambda: recompute(self.analysis, self.track, corrections))

    def cleaned_track(self) -> Track:
        """The landmarks as they are measured, without corrections."""
        curves = self.result(()).curves
        return self.track if curves is None else curves.track

    def position(self, frame: KeyFrame) -> int:
        """A key frame's place among the analyzed pictures."""
        position = position_of(self.track, frame.time_s)
        return int(np.abs(self.track.time_s - frame.time_s).argmin()) if position is None else position

    def cycle_at(self, result: Result, frame: KeyFrame) -> Cycle | None:
        """The repetition that a key frame shows, None where none is there (any longer)."""
        during = [one for one in result.cycles if one.start_s - 5e-4 <= frame.time_s <= one.end_s + 5e-4]
        own = [one for one in during if one.index == frame.cycle]
        return min(own or during, key=lambda one: abs(one.key_s - frame.time_s), default=None)

    def model_points(self, frame: KeyFrame) -> dict[str, Point]:
        """Where the model has the joints in a key frame, without those that it did not see."""
        pixels = self.cleaned_track().pixels[self.position(frame)]
        return {name: point for name in MOVABLE if (point := point_of(pixels, name)) is not None}

    @property
    def leg_px(self) -> float | None:
        """A straight leg in the film's pixels, None where none was seen."""
        length = leg_px(self.cleaned_track())
        return length if np.isfinite(length) else None


def edited_analysis(records: Records, analysis: Analysis) -> EditedAnalysis:
    """What belongs to the analysis; remembered for the one that was looked at last. InputError where it is gone."""
    key = (records.location, analysis.key)
    edited: EditedAnalysis | None = st.session_state.get(_STATE)
    if edited is None or edited.key != key:
        edited = EditedAnalysis(key, analysis, records.track(analysis.key), records.key_frames(analysis.key))
        st.session_state[_STATE] = edited
    return edited


def point_of(pixels: np.ndarray, name: str) -> Point | None:
    """Where a joint is among a frame's landmarks, to a tenth of a pixel; None where it is not known."""
    x, y = pixels[INDEX[name]].tolist()
    return (round(x, 1), round(y, 1)) if np.isfinite([x, y]).all() else None


@dataclass(frozen=True)
class Draft:
    """Moves on the key frames of one analysis, by the frames' times, and the analysis as it was when the first was made."""

    analysis: Analysis
    moves: Mapping[float, Moves] = field(default_factory=lambda: MappingProxyType({}))
    #: How often the handles were put back from outside the picture.
    resets: int = 0

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections as they will be: the former ones with the moves, in order of time."""
        points = {(_same(one.time_s), one.landmark): one for one in self.analysis.corrections}
        for time_s, moves in self.moves.items():
            for landmark, point in moves.items():
                if point is None:
                    points.pop((_same(time_s), landmark), None)
                else:
                    points[_same(time_s), landmark] = Correction(time_s, landmark, *point)
        return tuple(sorted(points.values(), key=lambda one: (one.time_s, one.landmark)))

    def widget_key(self, frame: KeyFrame) -> str:
        """The name of a key frame's handles on the page; another one where they have to begin anew."""
        return f"correct_drag_{self.analysis.key}_{self.analysis.version}_{self.resets}_{frame.time_s:.4f}"

    def moved_points(self, time_s: float, shown: Picture) -> dict[str, Point]:
        """Where the handles of a key frame were moved to."""
        model = {handle.name: handle.model or handle.at for handle in shown.handles}
        moves = self.moves.get(time_s, {})
        return {name: model[name] if point is None else point for name, point in moves.items() if name in model}

    def with_moves(self, time_s: float, points: Mapping[str, Point], model: Mapping[str, Point]) -> "Draft":
        """The same with these handles of one key frame moved and no others; `model` tells where the model has them."""
        moves = {name: None if _near(point, model.get(name)) else point for name, point in points.items()}
        rest = {time: others for time, others in self.moves.items() if time != time_s}
        return replace(self, moves=MappingProxyType({**rest, time_s: moves} if moves else rest))

    def rebased_on(self, newest: Analysis) -> "Draft":
        """The same moves on a newer state of the analysis, shown anew."""
        return replace(self, analysis=newest, resets=self.resets + 1)


def _near(point: Point, model: Point | None) -> bool:
    return model is not None and abs(point[0] - model[0]) < _SAME_PX and abs(point[1] - model[1]) < _SAME_PX


def _same(time_s: float) -> float:
    return round(time_s, 4)


# --- the picture with its handles ---------------------------------------------------------------------------------------


def picture(
    edited: EditedAnalysis, frame: KeyFrame, before: Result, corrections: Sequence[Correction]
) -> Picture | None:
    """The picture with its handles, `before` being the result with the kept corrections; None where it cannot be read."""
    size = (edited.track.source.width, edited.track.source.height)
    jpeg = _without_words(frame.jpeg, size)
    if jpeg is None:
        return None
    position = edited.position(frame)
    now = edited.track if before.curves is None else before.curves.track
    model = edited.cleaned_track().pixels[position]
    placed = {one.landmark for one in corrections if abs(one.time_s - frame.time_s) < 1e-4}
    handles = []
    for name in MOVABLE:
        at = _first_known(now.pixels[position], edited.track.pixels[position], name, size)
        label, (side, part) = say(f"landmark_{name}").message, name.split("_")
        mark = say(f"overlay_{side}").message if part == _MARKED else ""
        label = label[0].upper() + label[1:]
        handles.append(Handle(name, label, mark, at, point_of(model, name), name in placed))
    points = np.array([handle.at for handle in handles] + [handle.model for handle in handles if handle.model])
    return Picture(jpeg, size, _view(points, size), handles, _BONES, edited.leg_px)


def _first_known(now: np.ndarray, raw: np.ndarray, name: str, size: tuple[int, int]) -> Point:
    """Where a joint is: as measured, else as the model guessed, else beside the rest, so that it can be taken from there."""
    point = point_of(now, name) or point_of(raw, name)
    if point is None:
        known = raw[[INDEX[one] for one in MOVABLE]]
        known = known[np.isfinite(known[:, 0])]
        middle = known.mean(axis=0) if len(known) else np.array(size) / 2
        point = (float(middle[0]), float(middle[1]))
    return min(max(point[0], 0.0), float(size[0])), min(max(point[1], 0.0), float(size[1]))


def _view(points: np.ndarray, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The part of the picture around the joints, not too narrow, and inside the picture."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    room = _ROOM * max(bottom - top, right - left, 40.0)
    wide = max(right - left + 2 * room, _NARROWEST * (bottom - top + 2 * room))
    middle = (left + right) / 2
    view = (middle - wide / 2, top - room, middle + wide / 2, bottom + room)
    x0, y0 = (max(0.0, edge) for edge in view[:2])
    x1, y1 = (min(float(whole), edge) for whole, edge in zip(size, view[2:], strict=True))
    return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


def _without_words(jpeg: bytes, size: tuple[int, int]) -> bytes | None:
    """The film's own part of a kept picture, without what may stand below it; None where the picture cannot be read."""
    image = pictures.from_jpeg(jpeg)
    if image is None:
        return None
    rows = round(image.shape[1] * size[1] / size[0])
    return jpeg if image.shape[0] <= rows + 1 else pictures.to_jpeg(image[:rows], 90)
