"""What the page calls things: sessions, pain and analyses in; words, safe where markdown is understood, out."""

from datetime import date
from typing import Final

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import Kept, load_rule
from alignment.core.result import Result, Verdict
from alignment.pages.markdown import plain
from alignment.records import Analysis, Pain, SessionFacts
from alignment.texts import Text, say
from alignment.views.trends import day

#: The four questions about pain, in the order in which they are asked.
ASKED: Final = ("before", "during", "hour_after", "next_morning")
#: Fields whose words have another name.
_FIELDS: Final = {"complaint_side": "side", "step_height_cm": "step_height"}


def file_name(text: str) -> str:
    """A text that somebody typed as a part of a file's name."""
    return "".join(letter if letter.isalnum() else "-" for letter in text)


def circumstances(facts: SessionFacts) -> list[str]:
    """What was noted about a session besides date, pain and notes; nothing for what was not."""
    told = []
    if facts.footwear:
        told.append(say("clinic_wears", footwear=plain(facts.footwear)).message)
    if facts.complaint_side:
        told.append(say("clinic_complaint", side=say(f"clinic_complaint_{facts.complaint_side}").message).message)
    if facts.step_height_cm is not None:
        told.append(say("clinic_step", height=facts.step_height_cm).message)
    return told


def pains(pain: Pain) -> str:
    """All of the pain that was asked for, in one line."""
    asked = [(when, getattr(pain, when)) for when in ASKED]
    told = [
        say("clinic_pain_of", value=value, when=say(f"clinic_pain_{when}").message).message
        for when, value in asked
        if value is not None
    ]
    return say("clinic_pain_short", pains=", ".join(told)).message if told else say("clinic_pain_none").message


def load_rows(pain: Pain) -> list[tuple[Verdict, Text]]:
    """Each part of the load rule with its mark: met, not met this time, or not asked."""
    return [_load_row(one) for one in load_rule(pain.before, pain.during, pain.hour_after, pain.next_morning)]


def _load_row(one: Kept) -> tuple[Verdict, Text]:
    ending = {True: "met", False: "not", None: "none"}[one.met]
    if one.part == "hour_after" and one.met is False and one.against is not None and one.against >= (one.pain or 0):
        ending = "as_before"
    if one.part == "next_morning" and one.pain == 0:
        ending = "zero"
    if one.met is None and one.pain is not None:
        ending = "unknown"
    mark = {True: Verdict.WITHIN, False: Verdict.EDGE, None: Verdict.UNKNOWN}[one.met]
    return mark, say(f"clinic_load_{one.part}_{ending}", pain=one.pain, before=one.against)


def field_name(field: str) -> str:
    """A field of a session as a title."""
    if field.startswith("pain_"):
        field = field.removeprefix("pain_")
        return f"{say('clinic_pain_word').message}: {say(f'clinic_pain_{field}').message}"
    return say(f"clinic_{_FIELDS.get(field, field)}").message


def field_value(field: str, value: object) -> str:
    """What a field holds, in words."""
    if field == "complaint_side":
        return say(f"clinic_complaint_{value}").message
    if value is None:
        return say("clinic_not_asked" if field.startswith("pain_") else "clinic_nothing").message
    if isinstance(value, date):
        return day(value)
    return plain(str(value)) or say("clinic_nothing").message


def movement(result: Result) -> str:
    """What a result shows, as a title."""
    known = result.activity in ACTIVITIES
    return say(f"activity_{result.activity}").message if known else plain(result.activity)


def about(analysis: Analysis) -> str:
    """What tells an analysis from others of its session: film, model, and what was done to it since."""
    result = analysis.result
    told = [plain(result.source.name), say(f"analyze_model_{result.software.model}").message]
    if analysis.corrections:
        count = len(analysis.corrections)
        told.append(say("clinic_corrected" if count > 1 else "clinic_corrected_one", count=count).message)
    if analysis.has_video:
        told.append(say("clinic_film_kept").message)
    return " · ".join(told)
