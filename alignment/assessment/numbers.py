"""Numbers as results carry them: codes counted, values rounded, amounts in words."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

#: A hyphen that stands for a minus: before a number, and not between two words or numbers.
_HYPHEN: Final = re.compile(r"(?<![\w–-])-(?=\d)")


def commonest(codes: Iterable[str]) -> str:
    """The most frequent of these codes; that something was not seen where there is none."""
    counted = Counter(str(code) for code in codes if code)
    return counted.most_common(1)[0][0] if counted else "not_seen"


def rounded(value: float, unit: str) -> float:
    """Shares and ratios to a thousandth, degrees and percent to a hundredth."""
    # Adding 0 turns -0.0 into 0.0.
    return round(value, 3 if unit in ("share", "ratio") else 2) + 0.0


def amount(value: float | None, unit: str) -> str:
    """A number with its unit as people read it: 4.2°, −3.1 %, 0.48."""
    if value is None:
        return "–"
    decimals = 1 if unit in ("deg", "pct") else 2
    # Adding 0 turns -0.0 into 0.0.
    number = f"{round(value, decimals) + 0.0:.{decimals}f}"
    return minus(number) + {"deg": "°", "pct": " %"}.get(unit, "")


def signed(value: float | None, unit: str) -> str:
    """A change with its sign and unit: +2.1°, −0.4 %."""
    return f"+{amount(value, unit)}" if value is not None and value > 0 else amount(value, unit)


def minus(text: str) -> str:
    """The text with a true minus before its numbers, as typesetters and screen readers want it."""
    return _HYPHEN.sub("−", text)
