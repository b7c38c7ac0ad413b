"""Numbers as results carry them: codes counted, values rounded, amounts in words."""

from collections import Counter
from collections.abc import Iterable


def commonest(codes: Iterable[str]) -> str:
    """The most frequent of these codes; that something was not seen where there is none."""
    counted = Counter(str(code) for code in codes if code)
    return counted.most_common(1)[0][0] if counted else "not_seen"


def rounded(value: float, unit: str) -> float:
    """Shares and ratios to a thousandth, degrees and percent to a hundredth."""
    return round(value, 3 if unit in ("share", "ratio") else 2)


def amount(value: float | None, unit: str) -> str:
    """A number with its unit as people read it: 4.2°, 3.1 %, 0.48."""
    if value is None:
        return "–"
    return {"deg": f"{value:.1f}°", "pct": f"{value:.1f} %"}.get(unit, f"{value:.2f}")
