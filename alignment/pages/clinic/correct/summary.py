"""What moves change, in words: the results before and after in; sentences, verdicts and tables out."""

from collections.abc import Iterable, Sequence
from html import escape
from math import hypot
from typing import Final

import streamlit as st

from alignment.core.correction import position_of
from alignment.core.quality import moved_landmark
from alignment.core.result import Cycle, Result, Summary, Verdict
from alignment.core.skeleton import INDEX
from alignment.pages import findings_panel, style
from alignment.pages.clinic.correct.draft import Draft, EditedAnalysis
from alignment.records import Correction, KeyFrame, Shift
from alignment.texts import say
from alignment.views.wording import bare_amount, cycle_title, moved_words, reason_text, with_error

#: A person places a joint to about so much of a leg's length: less is not worth a move.
_HAND_SHARE: Final = 0.01

#: A measure and whose it is.
_Key = tuple[str, str]
#: A number with its error, and without.
_Number = tuple[str, str]


def show_changes(edited: EditedAnalysis, frame: KeyFrame, before: Result, after: Result, draft: Draft) -> None:
    """Show what was moved and by how much, which verdicts change, and the numbers of the repetition and of all."""
    st.subheader(say("correct_changes").message)
    _list(moves_in_words(edited, before.cycles, draft.corrections, draft.analysis.corrections))
    if any(_is_small(edited, one) for one in draft.corrections if one not in draft.analysis.corrections):
        style.points(say("correct_small"))
    _verdicts(before, after)
    _not_counted(edited, frame, before, after)
    _table(edited, frame, before, after)
    if draft.analysis.result.software.version != after.software.version:
        versions = {"before": draft.analysis.result.software.version, "after": after.software.version}
        style.points(say("correct_version", **versions))


def show_corrections(edited: EditedAnalysis, before: Result, draft: Draft) -> None:
    """Show which corrections the analysis has."""
    if draft.analysis.corrections:
        st.markdown(say("correct_has").message)
        _list(moves_in_words(edited, before.cycles, draft.analysis.corrections, ()))


def moves_in_words(
    edited: EditedAnalysis, cycles: Sequence[Cycle], wanted: Sequence[Correction], former: Sequence[Correction]
) -> list[str]:
    """In what corrections differ from former ones: each landmark with its repetition and how far it was moved."""
    told = [_move_in_words(edited, one, cycles) for one in wanted if one not in former]
    places = {(one.time_s, one.landmark) for one in wanted}
    back = [one for one in former if (one.time_s, one.landmark) not in places]
    return told + [say("correct_as_model", place=moved_words(moved_landmark(one, cycles))).message for one in back]


def shifts(edited: EditedAnalysis, wanted: Sequence[Correction]) -> tuple[Shift, ...]:
    """How far each correction moves its landmark, for the audit."""
    found = []
    for one in wanted:
        px, leg_px = _distance_px(edited, one), edited.leg_px
        found.append(Shift(one, px, None if px is None or leg_px is None else 100 * px / leg_px))
    return tuple(found)


def _move_in_words(edited: EditedAnalysis, one: Correction, cycles: Sequence[Cycle]) -> str:
    place, distance_px = moved_words(moved_landmark(one, cycles)), _distance_px(edited, one)
    if distance_px is None:
        return say("correct_placed", place=place).message
    if edited.leg_px is None:
        return say("correct_moved_px", place=place, px=distance_px).message
    return say("correct_moved", place=place, px=distance_px, percent=100 * distance_px / edited.leg_px).message


def _distance_px(edited: EditedAnalysis, one: Correction) -> float | None:
    """How far a landmark was moved from where the model has it; None where the model did not see it."""
    track = edited.cleaned_track()
    position = position_of(track, one.time_s)
    if position is None:
        return None
    x, y = track.pixels[position, INDEX[one.landmark]].tolist()
    distance = hypot(one.x_px - x, one.y_px - y)
    return distance if distance == distance else None  # NaN is not itself


def _is_small(edited: EditedAnalysis, one: Correction) -> bool:
    distance_px, leg_px = _distance_px(edited, one), edited.leg_px
    return distance_px is not None and leg_px is not None and distance_px < _HAND_SHARE * leg_px


def _list(sentences: Iterable[str]) -> None:
    points = "".join(f"<li>{escape(one[0].upper() + one[1:])}</li>" for one in sentences)
    st.html(f'<ul class="al-moves">{points}</ul>')


def _verdicts(before: Result, after: Result) -> None:
    """The verdicts that change, each behind the symbol of the new one."""
    former = {(row.measure, row.side): row for row in before.summary}
    changed = []
    for row in after.summary:
        old = former.get((row.measure, row.side))
        if old is not None and old.verdict != row.verdict:
            words = {"before": _verdict(old), "after": _verdict(row)}
            name = findings_panel.measure_name(row.measure, row.side)
            changed.append((row.verdict, say("correct_verdict", name=name, **words).message))
    if changed:
        style.verdict_rows(changed)
    elif any(row.verdict not in (None, Verdict.UNKNOWN) for row in before.summary):
        st.markdown(say("correct_no_verdict").message)


def _verdict(row: Summary) -> str:
    words = style.verdict_words(row.verdict)
    return f"{words} ({reason_text(row.reason)})" if row.verdict is Verdict.UNKNOWN and row.reason else words


def _not_counted(edited: EditedAnalysis, frame: KeyFrame, before: Result, after: Result) -> None:
    """That a repetition no longer counts, or that others do."""
    was, now = edited.cycle_at(before, frame), edited.cycle_at(after, frame)
    if was is not None and was.rejected is None and (now is None or now.rejected is not None):
        why = reason_text(now.rejected) if now is not None and now.rejected else say("correct_not_found").message
        title = cycle_title(was, before.cycles)
        style.state_of("refused", "correct_not_counted", cycle=title, why=why)
        return
    counts = [sum(one.rejected is None for one in result.cycles) for result in (before, after)]
    if counts[0] != counts[1]:
        style.points(say("correct_counts", before=counts[0], after=counts[1]))


def _values(cycle: Cycle | None) -> dict[_Key, _Number]:
    """A repetition's numbers at the moment that is judged, in words."""
    values = [one for one in cycle.values if one.at == "key"] if cycle else []
    return {(one.measure, one.side): _words(one.value, one.standard_error, one.unit) for one in values}


def _means(result: Result) -> dict[_Key, _Number]:
    return {(row.measure, row.side): _words(row.mean, row.standard_error, row.unit) for row in result.summary}


def _words(value: float | None, error: float | None, unit: str) -> _Number:
    if value is None:
        unknown = say("verdict_unknown").message
        return unknown, unknown
    return with_error(value, error, unit), bare_amount(value, unit)


def _table(edited: EditedAnalysis, frame: KeyFrame, before: Result, after: Result) -> None:
    """The numbers that change, in this repetition and in the mean of all; how many do not, in words."""
    was, now = edited.cycle_at(before, frame), edited.cycle_at(after, frame)
    parts = ((_values(was), _values(now)), (_means(before), _means(after)))
    name = say("correct_between").message if was is None else cycle_title(was, before.cycles)
    heads = [say("compare_head_number").message, name, say("correct_over_all").message]
    rows, same = "", 0
    for row in before.summary:
        key = (row.measure, row.side)
        cells = [_cell(old.get(key), new.get(key)) for old, new in parts]
        if any(changed for _, changed in cells):
            rows += _row(heads, findings_panel.measure_name(row.measure, row.side), [words for words, _ in cells])
        else:
            same += 1
    if rows:
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
        st.html(f'<table class="al-changes al-corrected"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')
    if same:
        st.caption(say("correct_stay" if rows else "correct_all_stay", count=same).message)


def _cell(old: _Number | None, new: _Number | None) -> tuple[str, bool]:
    """A number before and after as HTML, and whether it is another one."""
    if old is None and new is None:
        return say("compare_no_number").message, False
    (words, short), (now, now_short) = old or _words(None, None, ""), new or _words(None, None, "")
    if words == now:
        return escape(words), False
    # Where the error alone is another one, it stands on both sides of the arrow.
    before = words if short == now_short else short
    return f"<span>{escape(before)} → <b>{escape(now)}</b></span>", True


def _row(heads: Sequence[str], name: str, cells: Sequence[str]) -> str:
    numbers = (f'<td data-head="{escape(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells, strict=True))
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(numbers)}</tr>'
