"""Notes of who did what, in words: from the codes and values that records keep."""

import json
from collections.abc import Mapping
from typing import Any

from alignment.texts import is_known, say


def deed(what: str) -> str:
    """What was done; the code itself where a newer version noted what this one has no words for."""
    code = f"records_did_{what}"
    return say(code).message if is_known(code) else what


def about(details: Mapping[str, Any], sentence: str = "") -> str:
    """What it was done to. Version 0.1 kept a `sentence` instead of values, which is shown as it is."""
    if sentence or not details:
        return sentence
    try:
        return _about(details)
    except (KeyError, TypeError, ValueError, AttributeError):  # of a newer version, or made up
        return json.dumps(details, ensure_ascii=False)


def _about(details: Mapping[str, Any]) -> str:
    parts = [
        _subject_matter(details),
        "; ".join(_change(**one) for one in details.get("changes", ())),
        "; ".join([*map(_placement, details.get("placed", ())), *map(_return, details.get("taken_back", ()))]),
        str(details.get("remark", "")),
    ]
    return ": ".join(part for part in parts if part) or json.dumps(details, ensure_ascii=False)


def _subject_matter(details: Mapping[str, Any]) -> str:
    """The subject, session or analysis that the note is about, or what an import brought."""
    if "film" in details:
        return say("records_about_analysis", **{name: details[name] for name in ("activity", "film", "date")}).message
    if "date" in details:
        return say("records_about_session", date=details["date"]).message
    if "sessions" in details:
        return say("records_about_import", sessions=details["sessions"], analyses=details["analyses"]).message
    return str(details.get("code", ""))


def _change(field: str, before: object, after: object) -> str:
    """One field's change: "footwear: shoes → barefoot"."""
    code = f"records_field_{field}"
    name = say(code).message if is_known(code) else field
    return say("records_about_change", field=name, before=_value(before), after=_value(after)).message


def _value(value: object) -> str:
    if value in (None, ""):
        return say("records_about_nothing").message
    return f"{value:g}" if isinstance(value, float) else str(value)


def _placement(one: Mapping[str, Any]) -> str:
    where = {name: one[name] for name in ("time_s", "x_px", "y_px")}
    placed = say("records_about_correction", landmark=_landmark(one), **where).message
    if one.get("shift_px") is None:
        return placed
    code = "records_about_shift_px" if one.get("shift_leg_pct") is None else "records_about_shift"
    shift = {"px": one["shift_px"], "leg_pct": one.get("shift_leg_pct")}
    return say(code, placed=placed, **shift).message


def _return(one: Mapping[str, Any]) -> str:
    return say("records_about_taken_back", landmark=_landmark(one), time_s=one["time_s"]).message


def _landmark(one: Mapping[str, Any]) -> str:
    code = f"landmark_{one['landmark']}"
    return say(code).message if is_known(code) else str(one["landmark"])
