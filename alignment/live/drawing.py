"""A picture, the pose in it and the state of a filming in; the mirrored picture with lines and words for the person out."""

from typing import Final

import cv2
import numpy as np
from jaxtyping import Float

from alignment.core.result import Verdict
from alignment.core.skeleton import INDEX, OTHER, SIDES, Side, of_side
from alignment.live.checks import Check
from alignment.live.hips import HipLine
from alignment.live.state import Phase, State, count_words, hint
from alignment.texts import say
from alignment.views.canvas import COLOURS, INK, PAPER, Canvas, Colour, Image, wrap
from alignment.views.figure import PLUMB, hips_words, label

#: Height of the text in parts of the picture's width and height: to be read from some steps away.
TEXT_SHARES = 1 / 18, 1 / 24
#: Room for the panels on both sides of a wide picture, in text heights.
_ASIDE: Final = 12.0
#: Width of the target on both sides of the line hip–toe, in % of the leg's length, where the table of limits has none.
TARGET_PCT: Final = 3.5
#: Shares of the way from hip to toe between which the target is drawn: around the knee.
_FROM, _TO = 0.3, 0.72
_LEG: Colour = COLOURS[None]
_TARGET: Colour = COLOURS[Verdict.WITHIN]
_MOVE: Colour = COLOURS[Verdict.EDGE]
_RECORDING: Colour = (213, 60, 50)

Points = Float[np.ndarray, "landmarks 2"]


def draw(
    image: Image,
    points: Points | None,
    state: State,
    *,
    target: bool = False,
    scale: float = 1.0,
    hips: HipLine | None = None,
) -> Image:
    """A new, mirrored picture. `points` and `hips` are px of the unmirrored picture times `scale`; NaN is not drawn."""
    picture = cv2.flip(image, 1)
    canvas = Canvas(picture, max(12.0, min(TEXT_SHARES[0] * picture.shape[1], TEXT_SHARES[1] * picture.shape[0])))
    if points is not None:
        mirrored = points * [-scale, scale] + [canvas.size[0], 0.0]
        _figure(canvas, mirrored, state, target, scale, hips)
    _top(canvas, state)
    _hint(canvas, state)
    return picture


def _figure(
    canvas: Canvas, points: Points, state: State, target: bool, scale: float, marks: HipLine | None = None
) -> None:
    pen = float(np.clip(0.16 * canvas.em, 2.0, 7.0))
    _plumb_line(canvas, points, pen)
    if marks is None:
        canvas.line(list(points[[INDEX["right_hip"], INDEX["left_hip"]]]), PAPER, pen, 0.4 * pen)
    for side in SIDES:
        leg_px = state.leg_px * scale if state.leg_px else _length(points, side)
        if target:
            _target(canvas, points, side, leg_px, pen)
        hip, knee, ankle, toe = points[of_side(side, "hip", "knee", "ankle", "toe")]
        canvas.line([hip, knee, ankle, toe], _LEG, pen, 0.4 * pen)
        canvas.dashes(hip, toe, PAPER, 0.5 * pen, 2.5 * pen, 0.3 * pen)
        for joint in (hip, knee, ankle, toe):
            canvas.dot(joint, 1.2 * pen, _LEG, 0.4 * pen)
    if marks is not None:
        _marked_line(canvas, marks.places * [-scale, scale] + [canvas.size[0], 0.0], marks, pen)
    arrow = _arrow(canvas, points, state.cue, pen) if state.cue else None
    for side in SIDES:
        # The arrow outwards takes the letter's place.
        if (side, "out") != arrow:
            _name(canvas, points, side, pen)


def _marked_line(canvas: Canvas, ends: Float[np.ndarray, "2 2"], hips: HipLine, pen: float) -> None:
    """The line between the marks that are worn, and over it how it tilts once that can be told."""
    canvas.line(list(ends), PAPER, pen, 0.4 * pen)
    for end in ends:
        canvas.ring(end, 2.2 * pen, INK, 1.2 * pen)
        canvas.ring(end, 2.2 * pen, PAPER, 0.6 * pen)
    if hips.tilt_deg is not None:
        middle = ends.mean(axis=0)
        label(canvas, (middle[0], middle[1] - 1.8 * canvas.em), hips_words(hips.tilt_deg, hips.against), "centre")


def _plumb_line(canvas: Canvas, points: Points, pen: float) -> None:
    middle = points[of_side("left", "hip") + of_side("right", "hip")].mean(axis=0)
    if np.isfinite(middle).all():
        reach = 1.1 * float(np.nanmax(np.abs(points[:, 1] - middle[1])))
        down = np.array([0.0, reach])
        canvas.line([middle - down, middle + down], PLUMB, 0.5 * pen, 0.25 * pen)


def _target(canvas: Canvas, points: Points, side: Side, leg_px: float, pen: float) -> None:
    """Where the knee is on the line from hip to toe, give or take the width of the usual range."""
    hip, toe = points[of_side(side, "hip", "toe")]
    along = toe - hip
    length = float(np.hypot(*along))
    if not np.isfinite(length) or length < 10 or not np.isfinite(leg_px):
        return
    aside = TARGET_PCT / 100 * leg_px * np.array([-along[1], along[0]]) / length
    ends = [hip + _FROM * along, hip + _TO * along]
    corners = np.array([ends[0] - aside, ends[1] - aside, ends[1] + aside, ends[0] + aside])
    _veil(canvas, corners)
    for edge in (corners[:2], corners[2:]):
        canvas.line(list(edge), _TARGET, 0.4 * pen, 0.2 * pen)


def _veil(canvas: Canvas, corners: Float[np.ndarray, "4 2"]) -> None:
    """A translucent shape, blended only where it lies."""
    columns, rows = canvas.size
    low = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, [columns, rows])
    high = np.clip(np.ceil(corners.max(axis=0)).astype(int) + 1, 0, [columns, rows])
    if (high <= low).any():
        return
    part = canvas.image[low[1] : high[1], low[0] : high[0]]
    tinted = part.copy()
    cv2.fillConvexPoly(tinted, np.rint(corners - low).astype(np.int32), _TARGET, cv2.LINE_AA)
    cv2.addWeighted(tinted, 0.35, part, 0.65, 0, dst=part)


def _name(canvas: Canvas, points: Points, side: Side, pen: float) -> None:
    """The leg's letter outside its knee."""
    knee, other = points[INDEX[f"{side}_knee"]], points[INDEX[f"{OTHER[side]}_knee"]]
    if not np.isfinite(knee).all():
        return
    outward = 1.0 if not np.isfinite(other).all() or knee[0] >= other[0] else -1.0
    at = float(knee[0]) + outward * (0.5 * canvas.em + 3 * pen), float(knee[1])
    label(canvas, at, say(f"overlay_{side}").message, "left" if outward > 0 else "right")


def _arrow(canvas: Canvas, points: Points, cue: str, pen: float) -> tuple[Side, str] | None:
    """From the knee that the cue names, the way it says; which these are, None where there is no arrow."""
    parts = cue.split("_")
    if "knee" not in parts:
        return None
    side: Side = "left" if "left" in parts else "right"
    knee, other = points[INDEX[f"{side}_knee"]], points[INDEX[f"{OTHER[side]}_hip"]]
    if not np.isfinite([*knee, *other]).all():
        return None
    outward = 1.0 if knee[0] >= other[0] else -1.0
    way = np.array([outward if parts[-1] == "out" else -outward, 0.0])
    tip = knee + 2.4 * canvas.em * way
    canvas.ring(knee, 0.8 * canvas.em, INK, 1.6 * pen)
    canvas.ring(knee, 0.8 * canvas.em, _MOVE, pen)
    canvas.line([knee + 0.9 * canvas.em * way, tip], _MOVE, 1.4 * pen, 0.5 * pen)
    for turn in (-1.0, 1.0):
        canvas.line([tip, tip + 0.6 * canvas.em * np.array([-way[0], turn])], _MOVE, 1.4 * pen, 0.5 * pen)
    return side, parts[-1]


def _top(canvas: Canvas, state: State) -> None:
    """The counts or the list's symbols on the left, what is kept on the right, a countdown in the middle."""
    if state.phase in (Phase.CHECKING, Phase.READY) and state.checks:
        _symbols(canvas, state.checks)
    if state.phase is Phase.READY and state.countdown_s is not None:
        number = str(max(1, int(np.ceil(state.countdown_s))))
        size = 6 * canvas.em
        x, y = canvas.size[0] / 2, 0.38 * canvas.size[1]
        half = 0.75 * size
        canvas.panel(x - half, y - half, x + half, y + half, 0.6)
        canvas.text((x, y), number, size, PAPER, 700, "centre")
    if state.phase is Phase.RUNNING:
        _counts(canvas, state)
        _draw_recording(canvas, state)


def _symbols(canvas: Canvas, checks: tuple[Check, ...]) -> None:
    em = 0.8 * canvas.em
    names = [say(f"live_{check.code}").message for check in checks]
    width = max((canvas.text_width(name, em, 600) for name in names), default=0) + 3.2 * em
    canvas.panel(0.4 * em, 0.4 * em, 0.4 * em + width, (0.8 + 1.5 * len(checks)) * em)
    for row, (check, name) in enumerate(zip(checks, names, strict=True)):
        y = (1.35 + 1.5 * row) * em
        canvas.mark((1.4 * em, y), 0.55 * em, check.mark)
        canvas.text((2.4 * em, y), name, em, PAPER, 600)


def _counts(canvas: Canvas, state: State) -> None:
    em, x = canvas.em, 0.4 * canvas.em
    for words, number in count_words(state):
        width = max(canvas.text_width(str(number), 3 * em, 700), canvas.text_width(words, 0.8 * em, 500)) + 1.2 * em
        canvas.panel(x, 0.4 * em, x + width, 4.9 * em)
        canvas.text((x + width / 2, 2.0 * em), str(number), 3 * em, PAPER, 700, "centre")
        canvas.text((x + width / 2, 4.1 * em), words, 0.8 * em, PAPER, 500, "centre")
        x += width + 0.4 * em


def _draw_recording(canvas: Canvas, state: State) -> None:
    """A red dot and the length of what is kept."""
    em, right = canvas.em, canvas.size[0] - 0.4 * canvas.em
    minutes, seconds = divmod(int(state.recorded_s), 60)
    words = say("live_recorded", minutes=minutes, seconds=seconds).message
    width = canvas.text_width(words, 0.9 * em, 600) + 2.2 * em
    canvas.panel(right - width, 0.4 * em, right, 2.0 * em)
    canvas.dot((right - width + 0.9 * em, 1.2 * em), 0.4 * em, _RECORDING)
    canvas.text((right - 0.5 * em, 1.2 * em), words, 0.9 * em, PAPER, 600, "right")


def _hint(canvas: Canvas, state: State) -> None:
    """The one thing to tell the person now, large: where it hides no foot, at the top of a wide picture."""
    text = hint(state)
    if text is None:
        return
    em, size = canvas.em, 1.35 * canvas.em
    # From some steps away what to do matters more than why.
    words = text.remedy or text.message
    wide = canvas.size[0] > canvas.size[1]
    lines = wrap(canvas, words, size, canvas.size[0] - 2 * (_ASIDE if wide else 1.5) * em, 700)
    height = 1.25 * size * len(lines) + 0.8 * em
    width = max(canvas.text_width(line, size, 700) for line in lines) + 1.6 * em
    x, top = canvas.size[0] / 2, 0.4 * em if wide else canvas.size[1] - height - 0.5 * em
    canvas.panel(x - width / 2, top, x + width / 2, top + height)
    for row, line in enumerate(lines):
        canvas.text((x, top + 0.4 * em + 1.25 * size * (row + 0.5)), line, size, PAPER, 700, "centre")


def _length(points: Points, side: Side) -> float:
    """Thigh and shank as the picture shows them, while the standing leg is not known."""
    hip, knee, ankle = points[of_side(side, "hip", "knee", "ankle")]
    return float(np.hypot(*(knee - hip)) + np.hypot(*(ankle - knee)))
