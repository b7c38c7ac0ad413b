"""Why something cannot be told, or not surely, and what to do about it: a reason in, words out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from alignment.core.quality import BY_HAND, MovedLandmark
from alignment.core.result import Facing, Reason, Result
from alignment.texts import Text, is_known, say
from alignment.views.wording.cycles import title_of
from alignment.views.wording.measures import measure_name
from alignment.views.wording.numbers import minus

#: So many landmarks that were moved are named; of the others there is the number.
_NAMED: Final = 6


def reason_text(code: str | None) -> str:
    """The sentence part for a reason's code; empty where there is none."""
    return say(f"reason_{code}").message if code else ""


def told_reasons(result: Result, *, clinical: bool = False) -> list[tuple[str, Text]]:
    """What limits a film, each with its code; in plain words without what keeps only numbers back that nothing judges."""
    judged = {row.measure for row in result.summary if row.verdict is not None}
    told = (
        one
        for one in result.quality.reasons
        if clinical or not judged or "no_number" not in one.values or judged.intersection(one.measures)
    )
    return [(one.code, reason_words(one, clinical=clinical)) for one in told]


def reason_words(reason: Reason, *, clinical: bool = False) -> Text:
    """What limits a film, or tells it from another one, with the way out."""
    values: Mapping[str, Any] = reason.values
    if "text" in values:
        return Text(values["text"], values["remedy"])
    if "no_number" in values:
        return _lost_text(reason, clinical=clinical)
    if reason.code in _FILLED:
        return _FILLED[reason.code](values)
    if reason.code.startswith("change_"):
        words = say(reason.code, **values)
        return Text(minus(words.message), words.remedy)
    if reason.code.startswith("clinic_"):
        return say(reason.code, **values)
    # Whatever else it is that the activity never tells is the pelvis'.
    code = f"quality_pelvis_{reason.code}" if "activity" in values else f"quality_{reason.code}"
    if not is_known(code):
        return _lost_text(reason, clinical=clinical)
    words = say(code, **values)
    if clinical and is_known(f"clinical_{code}"):
        return Text(say(f"clinical_{code}", **values).message, words.remedy)
    return words


def moved_words(moved: MovedLandmark) -> str:
    """A landmark and the repetition in which it was moved: "right knee in repetition 2"; the time where it is in none."""
    landmark = say(f"landmark_{moved.landmark}").message
    if moved.kind is None or moved.side is None:
        return say("by_hand_at", landmark=landmark, time_s=moved.time_s).message
    title = title_of(moved.kind, moved.side, moved.number)
    return say("by_hand_in", landmark=landmark, cycle=title[0].lower() + title[1:]).message


def _lost_text(reason: Reason, *, clinical: bool) -> Text:
    """Why there is no number, in clinical terms with the measures that have none, and the way out."""
    why = say(f"reason_{reason.code}")
    if not clinical:
        return Text(say("quality_lost", why=why.message[:1].upper() + why.message[1:]).message, why.remedy)
    names = ", ".join(measure_name(name, clinical=True) for name in reason.measures)
    return Text(say("clinical_quality_lost", measures=names, why=why.message).message, why.remedy)


def _place(views: Sequence[Facing]) -> str:
    """Where to film from, in a sentence."""
    return say("place_either" if len(views) > 1 else f"place_{views[0]}").message


def _side_view(values: Mapping[str, Any]) -> Text:
    side = say(f"side_{values['side']}").message
    return say("quality_side_view", side=side, place=_place(values["views"]))


def _camera_yaw(values: Mapping[str, Any]) -> Text:
    side = say("side_left" if values["yaw_deg"] > 0 else "side_right").message
    code = "quality_camera_yaw" if values.get("most_deg") is None else "quality_camera_yaw_corrected"
    return say(code, yaw_deg=abs(values["yaw_deg"]), side=side, place=_place(values["views"]))


def _wrong_activity(values: Mapping[str, Any]) -> Text:
    why = reason_text(values["why"]) or say("why_no_movement").message
    return say("quality_wrong_activity", activity=say(f"activity_{values['activity']}").message.lower(), why=why)


def _other_movement(values: Mapping[str, Any]) -> Text:
    named = {name: say(f"activity_{values[name]}").message.lower() for name in ("movement", "activity")}
    return say("quality_other_movement", percent=values["percent"], **named)


def _facings(values: Mapping[str, Any]) -> Text:
    told = zip(values["facings"], values["counts"], strict=True)
    return say("quality_facings", facings=", ".join(say(f"facings_{one}", count=count).message for one, count in told))


def _few_cycles(values: Mapping[str, Any]) -> Text:
    cycles, why = say(f"cycles_{values['kind']}").message, reason_text(values["why"])
    return say("quality_few_cycles", counted=values["counted"], total=values["total"], cycles=cycles, why=why)


def _by_hand(values: Mapping[str, Any]) -> Text:
    rows = zip(*(values[one.name] for one in fields(MovedLandmark)), strict=True)
    places = list(dict.fromkeys(moved_words(MovedLandmark(*row)) for row in rows))
    words = ", ".join(places[:_NAMED])
    if places[_NAMED:]:
        words = say("by_hand_more", places=words, count=len(places) - _NAMED).message
    return say("quality_by_hand", places=words)


def _filmed_other_side(values: Mapping[str, Any]) -> Text:
    told = {name: say(f"change_facing_{facing or 'unknown'}").message for name, facing in values.items()}
    return say("change_filmed_other_side", **told)


#: Reasons some of whose values are codes or choose the sentence.
_FILLED: Final[Mapping[str, Callable[[Mapping[str, Any]], Text]]] = {
    BY_HAND: _by_hand,
    "camera_yaw": _camera_yaw,
    "side_view": _side_view,
    "wrong_activity": _wrong_activity,
    "other_movement": _other_movement,
    "facings": _facings,
    "few_cycles": _few_cycles,
    "change_filmed_other_side": _filmed_other_side,
}
