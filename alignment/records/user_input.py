"""What people type in, cleaned and checked: subjects' codes, facts of a session, the operator's name, remarks."""

import math
import re
import unicodedata
from dataclasses import replace
from typing import Final, get_args

from alignment.errors import InputError, phrase
from alignment.records.models import ComplaintSide, Pain, SessionFacts

CODE_LENGTH: Final = 100
FOOTWEAR_LENGTH: Final = 200
NOTES_LENGTH: Final = 20_000
OPERATOR_LENGTH: Final = 200
STEP_LIMIT_CM: Final = 200
MOST_PAIN: Final = 10
#: Letters that are seen as nothing: controls, halves of surrogate pairs, places that no letter has.
_NO_LETTERS: Final = frozenset({"Cc", "Cs", "Cn"})
_INVISIBLE: Final = frozenset("ZC")


def cleaned_code(given: str) -> str:
    """A subject's code as it is kept: in one Unicode form, its blanks single, none around it. InputError if none is left."""
    normal = " ".join(_letters(unicodedata.normalize("NFC", given)).split())
    if all(unicodedata.category(letter)[0] in _INVISIBLE for letter in normal):
        raise InputError("subject_empty")
    if len(normal) > CODE_LENGTH:
        raise InputError("subject_too_long", limit=CODE_LENGTH)
    return normal


def folded_code(given: str) -> str:
    """A code, or a part of one, as it is compared: upper and lower case alike, in any writing."""
    seen = "".join(letter for letter in _letters(given) if unicodedata.category(letter) != "Cf")
    normal = " ".join(seen.split())
    # Unicode's canonical caseless matching (section 3.13, D145).
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", normal).casefold())


def code_order(given: str) -> list[tuple[int, int, str]]:
    """What codes are sorted by: numbers in them by their value, so that P2 comes before P10."""
    parts = re.findall(r"\d+|\D+", folded_code(given))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def cleaned_operator(given: str) -> str:
    """An operator's name as it is kept."""
    return _text(given, "operator", OPERATOR_LENGTH, lines=False)


def cleaned_remark(given: str) -> str:
    """A remark as it is kept."""
    return _text(given, "notes", NOTES_LENGTH)


def cleaned_facts(given: SessionFacts) -> SessionFacts:
    """What is written down about a session, as it is kept. InputError naming the first thing that cannot be."""
    if given.complaint_side not in get_args(ComplaintSide):
        raise InputError("records_side", value=given.complaint_side)
    pain = Pain(*(_pain(getattr(given.pain, name)) for name in Pain.__dataclass_fields__))
    return replace(
        given,
        footwear=_text(given.footwear, "footwear", FOOTWEAR_LENGTH, lines=False),
        notes=_text(given.notes, "notes", NOTES_LENGTH),
        step_height_cm=_step(given.step_height_cm),
        pain=pain,
    )


def _pain(value: int | None) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or value != int(value) or not 0 <= value <= MOST_PAIN:
        raise InputError("records_pain", value=value)
    return int(value)


def _step(value: float | None) -> float | None:
    if value is None:
        return None
    if not (math.isfinite(value) and 0 < value <= STEP_LIMIT_CM):
        raise InputError("records_step_height", value=value, limit=STEP_LIMIT_CM)
    return float(value)


def _text(given: str, field: str, limit: int, *, lines: bool = True) -> str:
    normal = unicodedata.normalize("NFC", given.replace("\r\n", "\n"))
    kept = "".join(letter for letter in normal if letter in "\n\t" or unicodedata.category(letter) not in _NO_LETTERS)
    kept = kept.strip() if lines else " ".join(kept.split())
    if len(kept) > limit:
        raise InputError("records_text_too_long", field=phrase(f"records_field_{field}"), limit=limit)
    return kept


def _letters(given: str) -> str:
    """Without what is no letter; line ends and tabs are blanks."""
    return "".join(letter for letter in given if letter.isspace() or unicodedata.category(letter) not in _NO_LETTERS)
