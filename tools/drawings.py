"""Draws the figures of docs/viewpoint.md from its formulas: [FOLDER], docs/ if none is named.

Plain SVG on a light ground of its own, so that they can be read on a dark page too.
"""

import sys
from collections.abc import Iterable, Sequence
from math import atan, atan2, cos, degrees, radians, sin, sqrt, tan
from pathlib import Path

INK, MUTED, FAINT, GROUND = "#16181d", "#5b6270", "#c9ced8", "#fbfbfd"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#aa3f7c"

Point = tuple[float, float]


class Drawing:
    """Lines, circles and words in pixels, y down."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.size = width, height
        self.parts = [f"<title>{title}</title>", f'<rect width="{width}" height="{height}" rx="10" fill="{GROUND}"/>']

    def line(self, points: Iterable[Point], colour: str, width: float = 2.0, dash: str = "") -> None:
        """A line through these points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def area(self, points: Iterable[Point], colour: str, opacity: float) -> None:
        """A filled shape."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{path}" fill="{colour}" fill-opacity="{opacity}"/>')

    def circle(self, at: Point, radius: float, *, fill: str = "none", line: str = "none", dash: str = "") -> None:
        """A disc, or a ring."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{line}"'
            f' stroke-width="1.6"{dashed}/>'
        )

    def text(
        self, at: Point, words: str, colour: str = INK, size: float = 14.0, anchor: str = "start", weight: int = 400
    ) -> None:
        """One line of words, `at` its baseline."""
        self.parts.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" fill="{colour}" font-size="{size:g}" font-weight="{weight}"'
            f' text-anchor="{anchor}">{words}</text>'
        )

    def arrow(self, start: Point, end: Point, colour: str, width: float = 2.0) -> None:
        """A line with a head at its end."""
        angle = atan2(end[1] - start[1], end[0] - start[0])
        head = [(end[0] - 10 * cos(angle + turn), end[1] - 10 * sin(angle + turn)) for turn in (-0.4, 0.4)]
        self.line([start, end], colour, width)
        self.line([head[0], end, head[1]], colour, width)

    def svg(self) -> str:
        """The file's text."""
        width, height = self.size
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="system-ui, Helvetica, Arial, sans-serif">'
        )
        return "\n".join([head, *self.parts, "</svg>"]) + "\n"


# --- the azimuth, from above ----------------------------------------------------------------------------------------


def azimuth(yaw_deg: float = 20.0, most_deg: float = 35.0) -> Drawing:
    """Where a camera is, and which sign its yaw has, from above; the subject looks down the page."""
    drawing = Drawing(720, 600, "Azimuth and yaw of the camera, seen from above")
    middle, radius = (360.0, 285.0), 185.0

    def at(angle_deg: float, away: float) -> Point:
        angle = radians(angle_deg)
        return middle[0] + away * sin(angle), middle[1] + away * cos(angle)

    def arc(first_deg: float, last_deg: float, away: float) -> list[Point]:
        return [at(first_deg + (last_deg - first_deg) * step / 40, away) for step in range(41)]

    for centre_deg in (0.0, 180.0):
        drawing.area([middle, *arc(centre_deg - most_deg, centre_deg + most_deg, radius)], GREEN, 0.13)
    drawing.circle(middle, radius, line=FAINT)
    for angle_deg in (45.0, 135.0, 225.0, 315.0):
        drawing.line([at(angle_deg, 60), at(angle_deg, radius)], FAINT, 1.4, "3 5")
    for angle_deg, words, anchor in (
        (0.0, "front 0°", "middle"),
        (90.0, "left +90°", "start"),
        (180.0, "back 180°", "middle"),
        (-90.0, "right −90°", "end"),
    ):
        x, y = at(angle_deg, radius + 14)
        drawing.line([at(angle_deg, radius - 5), at(angle_deg, radius + 5)], MUTED, 1.6)
        drawing.text((x, y + (12 if angle_deg == 0 else 0 if angle_deg == 180 else 5)), words, MUTED, 15, anchor)
    _seen_from_above(drawing, middle)
    drawing.arrow(middle, (middle[0] + 118, middle[1]), BLUE)
    drawing.text((middle[0] + 76, middle[1] - 9), "x, your left", BLUE, 14)
    drawing.arrow(middle, (middle[0], middle[1] + 118), BLUE)
    drawing.text((middle[0] - 9, middle[1] + 104), "z, forwards", BLUE, 14, "end")
    for angle_deg, centre_deg, words in (
        (yaw_deg, 0.0, f"in front, yaw +{yaw_deg:.0f}°"),
        (180.0 - yaw_deg, 180.0, f"behind, yaw +{yaw_deg:.0f}°"),
    ):
        drawing.line([middle, at(angle_deg, radius + 22)], ORANGE, 1.8, "7 5")
        drawing.line(arc(centre_deg, angle_deg, 148), ORANGE, 3.0)
        _camera(drawing, at(angle_deg, radius + 34), angle_deg)
        x, y = at(angle_deg, radius + 52)
        drawing.text((x + 16, y + 5), words, ORANGE, 15, weight=600)
    drawing.text((24, 34), "From above: the camera's azimuth φ around you", size=17, weight=600)
    drawing.text((24, 558), f"green: corrected (up to {most_deg:.0f}° off the front or back)", GREEN, 14)
    drawing.text((24, 580), "yaw: + towards your own left, whether from in front or from behind", ORANGE, 14)
    return drawing


def _seen_from_above(drawing: Drawing, at: Point) -> None:
    x, y = at
    drawing.parts.append(
        f'<ellipse cx="{x}" cy="{y}" rx="46" ry="17" fill="{FAINT}" stroke="{INK}" stroke-width="1.6"/>'
    )
    for foot in (-22, 22):
        drawing.parts.append(
            f'<ellipse cx="{x + foot}" cy="{y + 18}" rx="7" ry="15" fill="{GROUND}" stroke="{INK}" stroke-width="1.4"/>'
        )
    drawing.circle(at, 17, fill=GROUND, line=INK)
    drawing.area([(x - 5, y + 15), (x + 5, y + 15), (x, y + 25)], INK, 1.0)
    drawing.text((x - 60, y - 8), "R", INK, 14, "middle", 600)
    drawing.text((x + 60, y - 8), "L", INK, 14, "middle", 600)


def _camera(drawing: Drawing, at: Point, angle_deg: float) -> None:
    """A box whose lens looks at the middle."""
    turn = -angle_deg
    drawing.parts.append(
        f'<g transform="translate({at[0]:.1f} {at[1]:.1f}) rotate({turn:.1f})"><rect x="-13" y="-7" width="26" height="17"'
        f' rx="3" fill="{INK}"/><rect x="-6" y="-13" width="12" height="7" fill="{INK}"/></g>'
    )


# --- the depth, from the side ---------------------------------------------------------------------------------------


def roots(ray: Point, centre: Point, length: float) -> tuple[float, float]:
    """How far along a ray from the origin it lies at this length from a point: the nearer and the farther place."""
    square, along = ray[0] ** 2 + ray[1] ** 2, ray[0] * centre[0] + ray[1] * centre[1]
    root = sqrt(along**2 - square * (centre[0] ** 2 + centre[1] ** 2 - length**2))
    return (along - root) / square, (along + root) / square


def depth(away: float = 2.35, shank: float = 0.48, thigh: float = 0.52) -> Drawing:
    """How ankle, knee and hip get their depths one after the other; side view, the camera in front."""
    drawing = Drawing(900, 575, "Depth of knee and hip from known lengths, side view")
    scale, lens = 235.0, (86.0, 235.0)

    def page(point: Point) -> Point:
        return lens[0] + scale * point[0], lens[1] - scale * point[1]

    ankle = (away, -0.62)
    knee = (ankle[0] - shank * sin(radians(34)), ankle[1] + shank * cos(radians(34)))
    hip = (knee[0] + thigh * sin(radians(52)), knee[1] + thigh * cos(radians(52)))
    shoulder = (hip[0] - 0.60 * sin(radians(30)), hip[1] + 0.60 * cos(radians(30)))
    near, far = roots(knee, ankle, shank)
    knee_far = (knee[0] * far / near, knee[1] * far / near)
    near, far = roots(hip, knee, thigh)
    hip_near = (hip[0] * near / far, hip[1] * near / far)
    drawing.line([(40, page(ankle)[1] + 14), (870, page(ankle)[1] + 14)], FAINT, 2.0)
    for joint, colour, on in ((ankle, GREEN, 1.0), (knee, BLUE, 1.27), (hip, ORANGE, 1.14)):
        drawing.line([lens, page((joint[0] * on, joint[1] * on))], colour, 1.6, "7 5")
        drawing.circle(page((0.62, joint[1] * 0.62 / joint[0])), 4, fill=colour)
    drawing.line([page((0.62, 0.24)), page((0.62, -0.32))], INK, 2.2)
    drawing.text(page((0.50, 0.28)), "picture", INK, 14)
    drawing.circle(page(ankle), scale * shank, line=BLUE, dash="2 5")
    drawing.circle(page(knee), scale * thigh, line=ORANGE, dash="2 5")
    drawing.line(map(page, (ankle, knee, hip, shoulder)), INK, 7.0)
    for joint, colour in ((ankle, GREEN), (knee, BLUE), (hip, ORANGE)):
        drawing.circle(page(joint), 8, fill=colour, line=INK)
    drawing.circle(page(knee_far), 8, fill=GROUND, line=BLUE)
    drawing.circle(page(hip_near), 8, fill=GROUND, line=ORANGE)
    x, y = page(shoulder)
    drawing.circle((x - 13, y - 26), 21, fill=FAINT, line=INK)
    _camera(drawing, (lens[0] - 14, lens[1]), -90.0)

    def note(point: Point, dx: float, dy: float, words: str, colour: str, anchor: str = "start") -> None:
        drawing.text((page(point)[0] + dx, page(point)[1] + dy), words, colour, 14, anchor, 600)

    note(ankle, 16, 8, "ankle: stays where it is", GREEN)
    note(knee, -14, 22, "knee", BLUE, "end")
    note(knee_far, 15, 20, "the other root:", BLUE)
    note(knee_far, 15, 38, "bent backwards", BLUE)
    note(hip, 14, 22, "hip", ORANGE)
    note(hip_near, 4, -30, "the other root:", ORANGE, "end")
    note(hip_near, 4, -12, "hip before the knee", ORANGE, "end")
    note(((ankle[0] + knee[0]) / 2, (ankle[1] + knee[1]) / 2), -12, 14, "shank", INK, "end")
    note(((knee[0] + hip[0]) / 2, (knee[1] + hip[1]) / 2), -10, -10, "thigh", INK, "end")
    drawing.text((24, 34), "From the side: one depth after the other", size=17, weight=600)
    for row, (words, colour) in enumerate(
        (
            ("1  The planted foot keeps its depth.", GREEN),
            ("2  The knee lies on its ray, one shank from the ankle: two places. Knees bend forwards.", BLUE),
            ("3  The hip lies on its ray, one thigh from the knee: two places. Hips go back.", ORANGE),
        )
    ):
        drawing.text((24, 513 + 21 * row), words, colour, 14)
    drawing.text((24, 56), "not to scale: a phone stands farther away", MUTED, 13)
    return drawing


# --- a bent leg under yaw -------------------------------------------------------------------------------------------


def looks_bent_deg(flexion_deg: float, yaw_deg: float) -> float:
    """How far sideways an aligned leg looks bent, its two segments alike and leaning alike, the camera far away."""
    return 2 * degrees(atan(tan(radians(flexion_deg / 2)) * sin(radians(yaw_deg))))


def knee(flexion_deg: float = 60.0, yaws_deg: Sequence[float] = (0.0, 10.0, 20.0)) -> Drawing:
    """Two aligned legs bent alike, as pictures from three places show them, and what comes of other bends and places."""
    drawing = Drawing(900, 565, "An aligned, bent leg looks bent sideways from aside")
    drawing.text(
        (24, 34),
        f"Both legs bent by {flexion_deg:.0f}° and perfectly aligned, as three cameras see them",
        size=17,
        weight=600,
    )
    for number, yaw_deg in enumerate(yaws_deg):
        _legs(drawing, (145.0 + 305.0 * number, 124.0), flexion_deg, yaw_deg)
    for row, words in enumerate(
        (
            "Bent knees lie forwards. Seen from your left, what lies forwards is moved to the left of the picture:",
            "both knees move the same way, which is towards the other leg for one and away from it for the other.",
        )
    ):
        drawing.text((24, 378 + 20 * row), words, INK, 14)
    _bends(drawing, (24.0, 436.0))
    return drawing


def _legs(drawing: Drawing, at: Point, flexion_deg: float, yaw_deg: float) -> None:
    """The pelvis and both legs in a picture: what lies forwards moves to the picture's left by the sine of the yaw."""
    scale, lean = 118.0, radians(flexion_deg / 2)
    shift = -scale * sin(lean) * sin(radians(yaw_deg))
    wide = 52.0 * cos(radians(yaw_deg))
    where = "from straight in front" if not yaw_deg else f"from {yaw_deg:.0f}° to your left"
    drawing.text((at[0], at[1] - 48), where, INK, 15, "middle", 600)
    hips = [(at[0] + side * wide, at[1]) for side in (-1, 1)]
    drawing.line(hips, INK, 7.0)
    bend_deg = looks_bent_deg(flexion_deg, yaw_deg)
    for (x, y), name, sign in zip(hips, ("R", "L"), (-1, 1), strict=True):
        joint, foot = (x + shift, y + scale * cos(lean)), (x, y + 2 * scale * cos(lean))
        colour = INK if not yaw_deg else (BLUE if sign > 0 else ORANGE)
        drawing.line([(x, y), foot], MUTED, 1.8, "6 5")
        drawing.line([(x, y), joint, foot], colour, 6.0)
        for place in ((x, y), joint, foot):
            drawing.circle(place, 6, fill=colour)
        drawing.text((x, y - 16), name, INK, 14, "middle", 600)
        signed = f"+{bend_deg:.0f}° in" if sign > 0 else f"−{bend_deg:.0f}° out"
        outward = (max(x, joint[0]) + 14, "start") if sign > 0 else (min(x, joint[0]) - 14, "end")
        drawing.text((outward[0], joint[1] + 5), signed if yaw_deg else "0°", colour, 15, outward[1], 600)


def _bends(drawing: Drawing, at: Point) -> None:
    """The table of what it looks like for some bends and yaws."""
    yaws_deg, flexions_deg = (2.0, 5.0, 10.0, 12.0, 20.0), (30.0, 60.0, 90.0)
    drawing.text(
        at, "looks bent sideways by 2·atan(tan(bend / 2) · sin(yaw)), + on one leg and − on the other:", MUTED, 14
    )
    for column, yaw_deg in enumerate(yaws_deg):
        drawing.text((at[0] + 270 + 110 * column, at[1] + 32), f"yaw {yaw_deg:.0f}°", MUTED, 14, "end")
    for row, flexion_deg in enumerate(flexions_deg):
        y = at[1] + 58 + 24 * row
        drawing.text((at[0], y), f"knee bent by {flexion_deg:.0f}°", INK, 14)
        for column, yaw_deg in enumerate(yaws_deg):
            words = f"{looks_bent_deg(flexion_deg, yaw_deg):.0f}°"
            drawing.text((at[0] + 270 + 110 * column, y), words, INK, 14, "end", 600)


DRAWINGS = {"viewpoint-azimuth.svg": azimuth, "viewpoint-depth.svg": depth, "viewpoint-knee.svg": knee}


def main(folder: str = str(Path(__file__).parent.parent / "docs")) -> int:
    """Write every drawing into the folder."""
    for name, draw in DRAWINGS.items():
        Path(folder, name).write_text(draw().svg(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
