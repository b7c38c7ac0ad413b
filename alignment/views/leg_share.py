"""A picture of what "% of leg length" means: colours in; a drawing as SVG, and whether a result needs it, out."""

from math import sqrt
from typing import Final

from alignment.core.result import Occasion, Result, leg_m_of
from alignment.texts import say
from alignment.views.palette import Palette

#: What is drawn: a knee so far inside its foot, in % of leg length.
DRAWN_PCT: Final = 10
#: For whom the caption says it in centimetres too.
_EXAMPLE_M: Final = 1.65
#: Thigh and shank are as long as each other here; the foot stands below `_FOOT`.
_HALF: Final = 100.0
_FOOT: Final = (112.0, 252.0)


def needs_leg_share(result: Result | Occasion) -> bool:
    """Whether what is said of a result has shares of a leg's length in it: where the person's height is not known."""
    return any(
        finding.values.get("unit") == "pct"
        and finding.values.get("mean") is not None
        and finding.values.get("leg_m") is None
        for finding in result.findings
    )


def leg_share_words() -> str:
    """What stands beside the drawing."""
    leg_m = leg_m_of(_EXAMPLE_M) or 0.0
    return say("leg_share", percent=DRAWN_PCT, height_m=_EXAMPLE_M, cm=f"{DRAWN_PCT * leg_m:.0f}").message


def leg_share_svg(palette: Palette) -> str:
    """Two legs from the front, one knee inside its foot, with the leg's length and the knee's distance as measures."""
    away = 2 * _HALF * DRAWN_PCT / 100
    x, ankle = _FOOT
    down = sqrt(_HALF**2 - away**2)
    knee, hip = (x - away, ankle - down), (x, ankle - 2 * down)
    other = x - 104
    leg = [hip, knee, _FOOT]
    straight = [(other, hip[1]), (other, knee[1]), (other, ankle)]
    ruler = x + 34
    parts = [
        _line([straight[0], hip], palette.ink, 6.0),
        _line(straight, palette.line, 9.0),
        _foot(other, ankle, palette.line),
        _line([(x, ankle), hip], palette.ink, 2.0, dash="3 6"),
        _line(leg, palette.left, 9.0),
        _foot(x, ankle, palette.left),
        _dot(knee, palette),
        # The leg's length beside it, and how far its knee is off, in the same way.
        *_measure([(ruler, hip[1]), (ruler, ankle)], palette.muted, (0.0, 1.0)),
        _text((ruler + 9, knee[1] + 9), "100 %", palette.muted),
        *_measure([(knee[0], knee[1] + 24), (x, knee[1] + 24)], palette.ink, (1.0, 0.0)),
        _text((knee[0] - 8, knee[1] + 32), f"{DRAWN_PCT} %", palette.ink, "end"),
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 40 240 240" width="240" height="240">'
        + "".join(parts)
        + "</svg>"
    )


def _line(points: list[tuple[float, float]], colour: str, width: float, dash: str = "") -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    look = f'stroke="{colour}" stroke-width="{width:g}"{dashed} stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="M{path}" fill="none" {look}/>'


def _foot(x: float, y: float, colour: str) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y + 9:.1f}" rx="9" ry="12" fill="{colour}"/>'


def _dot(at: tuple[float, float], palette: Palette) -> str:
    circle = f'cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="8"'
    return f'<circle {circle} fill="{palette.ground}" stroke="{palette.left}" stroke-width="4"/>'


def _measure(ends: list[tuple[float, float]], colour: str, along: tuple[float, float]) -> list[str]:
    """A line with a short stroke across each end."""
    across = along[1] * 6, along[0] * 6
    strokes = [_line([(x - across[0], y - across[1]), (x + across[0], y + across[1])], colour, 2.0) for x, y in ends]
    return [_line(ends, colour, 2.0), *strokes]


def _text(at: tuple[float, float], words: str, colour: str, anchor: str = "start") -> str:
    place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" font-family="Libertinus Serif, sans-serif" font-size="25">{words}</text>'
