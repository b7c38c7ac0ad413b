"""The lines and labels on the body: a result's curves and a frame's position in, marks on a canvas out."""

from functools import partial

import numpy as np
from jaxtyping import Float

from alignment.core.marks import PELVIS
from alignment.core.measures import MEASURES, sure_enough
from alignment.core.quality.rules import CORRECTED
from alignment.core.result import Curve, Curves, Result, Viewpoint, Whose
from alignment.core.skeleton import INDEX, OTHER, SIDES, Side, of_side
from alignment.texts import say
from alignment.views.canvas import COLOURS, PAPER, Align, Canvas, Colour, Mark, Point
from alignment.views.footer import Key, Sample, judgement

#: Okabe and Ito's purple, which no verdict uses.
PLUMB: Colour = (204, 121, 167)
#: With the camera further round the person than this, the picture's own line from hip to toe tells nothing.
STRAIGHT_YAW_DEG = 20.0
#: What rounds to nothing, in per cent or degrees.
_NOTHING = 0.5
#: What the label at the knee may show: the first of these that is judged and that the film gives, else the first it gives.
_AT_KNEE = ("knee_over_foot", "knee_over_toe", "fppa", "fppa_image")
_SHOWN_UNJUDGED = ("knee_over_toe", "fppa_image")
_HIPS = of_side("left", "hip") + of_side("right", "hip")

Points = Float[np.ndarray, "landmarks 2"]


def has_dashed_line(viewpoint: Viewpoint) -> bool:
    """Whether the camera stood where a line that the knee is held against can be drawn into the picture."""
    return viewpoint.facing not in ("left", "right") and abs(viewpoint.yaw_deg or 0.0) <= STRAIGHT_YAW_DEG


class Figure:
    """Draws the legs, the line of the hips and the plumb line of one result, with their present values.

    What does not change through the film is settled once: the legs' verdicts, which measure stands at the knees, and
    on which side of the legs the labels stand, so that they do not jump. The knees are labelled with what is judged;
    where that is the knee over its foot, a dashed line drops from the knee, else one runs straight from hip to toe. Seen
    far from the front these would mislead, and from the side the hips' and the plumb line too, so they are left out.
    """

    def __init__(self, result: Result, curves: Curves) -> None:
        self._curves = curves
        self._leg_m = result.leg_m
        self._against = "median" if result.activity == "cycling" else "standing"
        self._viewpoint = result.viewpoint
        self._frontal = result.viewpoint.facing not in ("left", "right")
        self._straight = has_dashed_line(result.viewpoint)
        self._marks: dict[Side, Mark] = {side: judgement(result, [side]).mark for side in SIDES}
        self._at_knee = {side: self._knee_curve(result, side) for side in SIDES}
        self._outward = self._outward_sign()
        self._leg_px = self._typical_leg_px()

    def draw(self, canvas: Canvas, points: Points, position: int, scale: float) -> None:
        """Everything that this frame shows, at `points` in px of the canvas, which are `scale` px of the film."""
        # The width follows the text, but stays slim on a person far away.
        pen = float(np.clip(0.018 * self._leg_px * scale, 1.5, 0.26 * canvas.em))
        if self._frontal:
            self._plumb_line(canvas, points, pen)
            _pelvis(canvas, *self._pelvis_ends(points, position, scale), pen)
        for side in SIDES:
            self._leg(canvas, points, side, position, pen)
        if self._frontal:
            self._pelvis_label(canvas, self._pelvis_ends(points, position, scale), position)
        for side in SIDES:
            self._knee_label(canvas, points, side, position, pen)

    def keys(self) -> list[Key]:
        """What the legend has to explain."""
        keys = [Key(self._leg_sample, say("overlay_key_leg").message)]
        if self._straight:
            dashed = partial(Canvas.dashes, colour=PAPER, width=2.0, dash=8.0)
            over_foot = any(self._over_foot(side) for side in SIDES)
            keys.append(Key(dashed, say("overlay_key_below" if over_foot else "overlay_key_straight").message))
        if self._frontal:
            line = "overlay_key_hips" if self._curves.track.marks is None else "overlay_key_marks"
            keys.append(Key(partial(_pelvis, pen=3.0), say(line).message))
            upright = "overlay_key_plumb" if self._viewpoint.roll_given else "overlay_key_upright"
            keys.append(Key(partial(_plumb, pen=5.0), say(upright).message))
        letters = ", ".join(say(f"overlay_{side}").message for side in SIDES)
        keys.append(Key(_words_sample(letters), say("overlay_key_sides").message))
        curve = self._at_knee["left"] or self._at_knee["right"]
        if curve is not None:
            of_leg = "cm" if curve.unit == "pct" and self._leg_m is not None else "pct"
            unit = say(f"overlay_key_{of_leg}").message
            meaning = say(f"overlay_key_{curve.measure}", unit=unit).message
            if self._viewpoint.corrected and curve.measure in CORRECTED:
                meaning = say("overlay_key_corrected", meaning=meaning).message
            keys.append(Key(_words_sample(knee_words(curve.measure, 4.0, self._leg_m)), meaning))
        return keys

    def _over_foot(self, side: Side) -> bool:
        """Whether this leg is judged by its knee over its foot."""
        curve = self._at_knee[side]
        return curve is not None and curve.measure == "knee_over_foot"

    def _leg(self, canvas: Canvas, points: Points, side: Side, position: int, pen: float) -> None:
        """Hip to toe as it lies, and dashed what its knee is held against."""
        hip, knee, ankle, toe = points[of_side(side, "hip", "knee", "ankle", "toe")]
        colour = COLOURS[self._marks[side]]
        canvas.line([hip, knee, ankle, toe], colour, pen, 0.4 * pen)
        if self._straight and not self._over_foot(side):
            canvas.dashes(hip, toe, PAPER, 0.5 * pen, 2.5 * pen, 0.3 * pen)
        elif self._straight and self._value("knee_over_foot", side, position) is not None:
            up = self._up()
            below = knee + up * float((toe[1] - knee[1]) / up[1])
            canvas.dashes(knee, below, PAPER, 0.5 * pen, 2.5 * pen, 0.3 * pen)
        for joint in (hip, knee, ankle, toe):
            canvas.dot(joint, 1.1 * pen, colour, 0.4 * pen)
        canvas.dot(knee, 0.5 * pen, PAPER)

    def _plumb_line(self, canvas: Canvas, points: Points, pen: float) -> None:
        """The vertical through the middle of the hips: the true one if the roll is known, else the picture's."""
        middle = points[_HIPS].mean(axis=0)
        if not np.isfinite(middle).all():
            return
        up = self._up()
        reach = 1.1 * float(np.nanmax(np.abs(points[:, 1] - middle[1])))
        _plumb(canvas, middle + reach * up, middle - reach * up, pen)

    def _up(self) -> np.ndarray:
        """What points up in the world, in the picture; the picture's own upright where the roll is not known."""
        roll = np.radians(self._viewpoint.roll_deg if self._viewpoint.roll_given else 0.0)
        # With a positive roll the picture is turned clockwise: what points up in the world leans to its right.
        return np.array([np.sin(roll), -np.cos(roll)])

    def _pelvis_ends(self, points: Points, position: int, scale: float) -> tuple[Point, Point]:
        """The right and the left end of the pelvis' line: the marks that somebody wears, else the hips."""
        marks = self._curves.track.marks
        if marks is None:
            return points[INDEX["right_hip"]], points[INDEX["left_hip"]]
        left, right = (marks.at(name)[position] * scale for name in PELVIS)
        return right, left

    def _pelvis_label(self, canvas: Canvas, ends: tuple[Point, Point], position: int) -> None:
        """How the pelvis tilts, against the horizontal where that is known, else against standing."""
        middle = np.mean(np.array(ends, float), axis=0)
        absolute = self._value("pelvic_obliquity", "body", position)
        degrees = self._value("pelvic_change", "body", position) if absolute is None else absolute
        if degrees is None or not np.isfinite(middle).all():
            return
        words = hips_words(degrees) if absolute is not None else hips_words(degrees, self._against)
        label(canvas, (middle[0], middle[1] - 1.5 * canvas.em), words, "centre")

    def _knee_label(self, canvas: Canvas, points: Points, side: Side, position: int, pen: float) -> None:
        """Side and present value beside the knee, away from the other leg."""
        knee = points[INDEX[f"{side}_knee"]]
        if not np.isfinite(knee).all():
            return
        curve = self._at_knee[side]
        value = self._value(curve.measure, side, position) if curve is not None else None
        words = say(f"overlay_{side}").message
        if curve is not None and value is not None:
            words = f"{words}  {knee_words(curve.measure, value, self._leg_m)}"
        # From the side the legs pass each other, so that what is outwards changes.
        apart = float(knee[0] - points[INDEX[f"{OTHER[side]}_knee"], 0])
        fixed = self._frontal or not np.isfinite(apart) or apart == 0
        outward = self._outward[side] if fixed else np.sign(apart)
        beside = outward * max(0.0, outward * (self._straight_x(points, side) - float(knee[0])))
        at = (float(knee[0]) + beside + outward * (0.6 * canvas.em + 2 * pen), float(knee[1]))
        label(canvas, at, words, "left" if outward > 0 else "right")

    def _straight_x(self, points: Points, side: Side) -> float:
        """Where the straight line from hip to toe passes the knee's height, the knee itself where it does not."""
        hip, knee, toe = points[of_side(side, "hip", "knee", "toe")]
        down = (knee[1] - hip[1]) / (toe[1] - hip[1]) if toe[1] != hip[1] else np.nan
        if not self._straight or self._over_foot(side) or not 0 <= down <= 1:
            return float(knee[0])
        return float(hip[0] + down * (toe[0] - hip[0]))

    def _leg_sample(self, canvas: Canvas, start: Point, end: Point) -> None:
        middle = (np.asarray(start) + np.asarray(end)) / 2
        for side, joint in zip(SIDES, (start, end), strict=True):
            canvas.line([joint, middle], COLOURS[self._marks[side]], 3.0)
            canvas.dot(joint, 4.0, COLOURS[self._marks[side]])

    def _value(self, measure: str, side: Whose, position: int) -> float | None:
        """A frame's value, None where there is none or where it is too unsure to be told."""
        curve = self._curves.by_measure.get((measure, side))
        if curve is None or not sure_enough(curve)[position]:
            return None
        return float(curve.value[position])

    def _knee_curve(self, result: Result, side: Side) -> Curve | None:
        rows = [row for row in result.summary if row.side == side and row.verdict is not None]
        judged = [measure for measure in _AT_KNEE if any(row.measure == measure for row in rows)]
        for measure in (*judged, *_SHOWN_UNJUDGED):
            curve = self._curves.by_measure.get((measure, side))
            if curve is not None and sure_enough(curve).any():
                return curve
        return None

    def _outward_sign(self) -> dict[Side, int]:
        knees = self._curves.track.pixels[:, [INDEX["left_knee"], INDEX["right_knee"]], 0]
        left = 1 if np.nansum(np.sign(knees[:, 0] - knees[:, 1])) >= 0 else -1
        return {"left": left, "right": -left}

    def _typical_leg_px(self) -> float:
        """A standing leg from hip to ankle in the film's pixels, 0 where no leg was seen."""
        pixels = self._curves.track.pixels
        legs = [np.diff(pixels[:, of_side(side, "hip", "ankle")], axis=1) for side in SIDES]
        lengths = np.linalg.norm(np.concatenate(legs), axis=-1)
        return float(np.nanpercentile(lengths, 90)) if np.isfinite(lengths).any() else 0.0


def label(canvas: Canvas, at: Point, words: str, align: Align) -> None:
    """Words on a panel, `at` the middle of its left edge, its middle or the middle of its right edge; kept inside."""
    em = canvas.em
    width = canvas.text_width(words, em, 600) + 0.8 * em
    columns, rows = canvas.size
    left = float(at[0]) - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width
    left = max(2.0, min(left, columns - width - 2.0))
    y = max(0.9 * em, min(float(at[1]), rows - 0.9 * em))
    canvas.panel(left, y - 0.8 * em, left + width, y + 0.8 * em)
    canvas.text((left + 0.4 * em, y), words, em, PAPER, 600)


def hips_words(degrees: float, against: str = "") -> str:
    """The pelvis' tilt in words: with a positive one the right hip is higher; `against` names what it is compared with."""
    if abs(degrees) < _NOTHING:
        return say(f"overlay_hips_as_{against}" if against else "overlay_hips_level").message
    words = say(f"overlay_hips_{'right' if degrees > 0 else 'left'}", value=f"{abs(degrees):.0f}").message
    return say(f"overlay_hips_than_{against}", words=words).message if against else words


def knee_words(measure: str, value: float, leg_m: float | None = None) -> str:
    """A knee's value in words: inwards is positive; in centimetres where the leg's length is known."""
    unit = MEASURES[measure].unit
    if unit == "pct" and leg_m is not None:
        unit, value = "cm", value * leg_m
    if abs(value) < _NOTHING:
        none = "over_foot" if measure == "knee_over_foot" else "on_line" if unit != "deg" else "straight"
        return say(f"overlay_knee_{none}").message
    return say(f"overlay_{unit}_{'in' if value > 0 else 'out'}", value=f"{abs(value):.0f}").message


def _pelvis(canvas: Canvas, right: Point, left: Point, pen: float) -> None:
    canvas.line([right, left], PAPER, pen, 0.4 * pen)


def _plumb(canvas: Canvas, top: Point, bottom: Point, pen: float) -> None:
    canvas.line([top, bottom], PLUMB, 0.4 * pen, 0.2 * pen)


def _words_sample(words: str) -> Sample:
    def draw(canvas: Canvas, _start: Point, end: Point) -> None:
        canvas.text(end, words, 0.74 * canvas.em, PAPER, 700, "right")

    return draw
