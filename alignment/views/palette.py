"""Colours and shapes that stay apart with every kind of colour vision, on light and on dark ground."""

from dataclasses import dataclass
from typing import Final

from alignment.core.result import Whose


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb for one ground. Whatever has a colour also has a word, a shape or a kind of line."""

    left: str
    right: str
    body: str
    ink: str
    muted: str
    ground: str
    raised: str
    line: str
    band: str

    def of(self, whose: Whose) -> str:
        """The colour of one leg, or of the whole body."""
        return {"left": self.left, "right": self.right, "body": self.body}[whose]


LIGHT: Final = Palette(
    left="#0072B2",
    right="#B4387A",
    body="#3B4048",
    ink="#16181D",
    muted="#59616E",
    ground="#FFFFFF",
    raised="#F1F4F8",
    line="#D3D9E1",
    band="#009E73",
)
DARK: Final = Palette(
    left="#56B4E9",
    right="#F08CBE",
    body="#D5DAE2",
    ink="#F1F3F6",
    muted="#A6AFBC",
    ground="#14171C",
    raised="#20252D",
    line="#3A424E",
    band="#3CC79F",
)

#: Kind of line and of point for each leg and for the body, in Vega's names.
DASHES: Final[dict[Whose, list[int]]] = {"left": [], "right": [7, 3], "body": []}
SHAPES: Final[dict[Whose, str]] = {"left": "circle", "right": "square", "body": "diamond"}
