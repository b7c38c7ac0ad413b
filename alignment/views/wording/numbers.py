"""Numbers as people read them: a value and its unit in, words out."""

import re
from typing import Final

from alignment.texts import say

#: A hyphen that stands for a minus: before a number, and not between two words or numbers.
_HYPHEN: Final = re.compile(r"(?<![\w–-])-(?=\d)")

#: Digits behind the point, by unit; otherwise two.
_DECIMALS: Final = {"deg": 1, "pct": 1, "per_min": 0, "ms": 0}


def amount(value: float | None, unit: str) -> str:
    """A number with its unit as people read it: 4.2°, −3.1 %, 0.48, 245 ms, 0.92 m."""
    if value is None:
        return "–"
    decimals = _DECIMALS.get(unit, 2)
    # Adding 0 turns -0.0 into 0.0.
    number = f"{round(value, decimals) + 0.0:.{decimals}f}"
    return minus(number) + {"deg": "°", "pct": " %", "ms": " ms", "m": " m"}.get(unit, "")


def bare_amount(value: float | None, unit: str) -> str:
    """The same without its unit, for a column that names it."""
    return amount(value, unit).rstrip("° %ms")


def rough_amount(value: float, unit: str, leg_m: float | None = None) -> str:
    """A size as one says it to a person, to the whole degree, percent or centimetre: about 8 % of leg length, about 6 cm."""
    if unit == "pct" and leg_m is None:
        return say("rough_pct", value=f"{value:.0f}").message
    return say("rough", amount=short_amount(value, unit, leg_m)).message


def short_amount(value: float, unit: str, leg_m: float | None = None) -> str:
    """The same without "about", and without saying again of what it is a share: 4°, 8 %, 6 cm."""
    if unit == "pct" and leg_m is not None:
        return say("short_cm", value=f"{value * leg_m:.0f}").message
    told = {"pct": f"{value:.0f} %", "deg": f"{value:.0f}°", "share": f"{100 * value:.0f} %"}
    return told.get(unit) or amount(value, unit)


def number_word(number: int) -> str:
    """A small number as a word, as a sentence has it: three; larger ones in figures."""
    few = say("number_words").message.split()
    return few[number] if 0 <= number < len(few) else str(number)


def signed_amount(value: float | None, unit: str) -> str:
    """A change with its sign and unit: +2.1°, −0.4 %."""
    return f"+{amount(value, unit)}" if value is not None and value > 0 else amount(value, unit)


def minus(text: str) -> str:
    """The text with a true minus before its numbers, as typesetters and screen readers want it."""
    return _HYPHEN.sub("−", text)


def with_error(value: float | None, error: float | None, unit: str) -> str:
    """A number with its standard error, the unit once: −3.1 ± 2.0 %."""
    return f"{bare_amount(value, unit)} ± {amount(error, unit)}"
