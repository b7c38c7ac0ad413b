"""What moves change, in words: the results before and after in; sentences, verdicts and tables out."""

from collections.abc import Iterable, Sequence
from html import escape
from math import hypot
from typing import Final

import streamlit as st

from alignment.assessment import reason_text
from alignment.correction import position_of
from alignment.pages import style, telling
from alignment.pages.clinic.correct.film import Film
from alignment.pages.clinic.correct.work import Work
from alignment.quality import place_words
from alignment.records import Correction, KeyFrame
from alignment.result import Cycle, Result, Summary, Value, Verdict
from alignment.skeleton import INDEX
from alignment.texts import say
from alignment.views.cycles import cycle_title, with_error

#: A person places a joint to about so much of a leg's length: less is not worth a move.
_HAND_SHARE: Final = 0.01

#: A number's name, what it was and what it becomes; whether that is another one.
_Row = tuple[str, str, str, bool]


def changes(film: Film, frame: KeyFrame, before: Result, after: Result, work: Work) -> None:
    """Show what was moved and by how much, which verdicts change, and the numbers of the repetition and of all."""
    st.subheader(say("correct_changes").message)
    _list(moves_told(film, before.cycles, work.wanted, work.seen.corrections))
    if any(_is_small(film, one) for one in work.wanted if one not in work.seen.corrections):
        style.point(say("correct_small"))
    _verdicts(before, after)
    _not_counted(film, frame, before, after)
    cycles = film.cycle_at(before, frame), film.cycle_at(after, frame)
    if cycles[0] is not None:
        _table(cycle_title(cycles[0], before.cycles), _values(cycles[0], cycles[1], before))
    _table(say("correct_over_all").message, _means(before, after))
    if work.seen.result.software.version != after.software.version:
        versions = {"before": work.seen.result.software.version, "after": after.software.version}
        style.point(say("correct_version", **versions))


def standing(film: Film, before: Result, work: Work) -> None:
    """Show which corrections the analysis has."""
    if work.seen.corrections:
        st.markdown(say("correct_has").message)
        _list(moves_told(film, before.cycles, work.seen.corrections, ()))


def moves_told(
    film: Film, cycles: Sequence[Cycle], wanted: Sequence[Correction], former: Sequence[Correction]
) -> list[str]:
    """In what corrections differ from former ones: each landmark with its repetition and how far it was moved."""
    told = [_moved(film, one, cycles) for one in wanted if one not in former]
    places = {(one.time_s, one.landmark) for one in wanted}
    back = [one for one in former if (one.time_s, one.landmark) not in places]
    return told + [say("correct_as_model", place=place_words(one, cycles)).message for one in back]


def _moved(film: Film, one: Correction, cycles: Sequence[Cycle]) -> str:
    place, distance_px = place_words(one, cycles), _distance_px(film, one)
    if distance_px is None:
        return say("correct_placed", place=place).message
    if film.leg_px is None:
        return say("correct_moved_px", place=place, px=distance_px).message
    return say("correct_moved", place=place, px=distance_px, percent=100 * distance_px / film.leg_px).message


def _distance_px(film: Film, one: Correction) -> float | None:
    """How far a landmark was moved from where the model has it; None where the model did not see it."""
    track = film.cleaned()
    position = position_of(track, one.time_s)
    if position is None:
        return None
    x, y = track.pixels[position, INDEX[one.landmark]].tolist()
    distance = hypot(one.x_px - x, one.y_px - y)
    return distance if distance == distance else None  # NaN is not itself


def _is_small(film: Film, one: Correction) -> bool:
    distance_px, leg_px = _distance_px(film, one), film.leg_px
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
            changed.append((row.verdict, say("correct_verdict", name=_title(row), **words).message))
    if changed:
        style.verdict_rows(changed)
    elif any(row.verdict not in (None, Verdict.UNKNOWN) for row in before.summary):
        st.markdown(say("correct_no_verdict").message)


def _verdict(row: Summary) -> str:
    words = style.verdict_words(row.verdict)
    return f"{words} ({reason_text(row.reason)})" if row.verdict is Verdict.UNKNOWN and row.reason else words


def _not_counted(film: Film, frame: KeyFrame, before: Result, after: Result) -> None:
    """That a repetition no longer counts, or that others do."""
    was, now = film.cycle_at(before, frame), film.cycle_at(after, frame)
    if was is not None and was.rejected is None and (now is None or now.rejected is not None):
        why = reason_text(now.rejected) if now is not None and now.rejected else say("correct_not_found").message
        title = cycle_title(was, before.cycles)
        text = say("correct_not_counted", cycle=title, why=why)
        style.state("refused", text.message, remedy=text.remedy)
        return
    counts = [sum(one.rejected is None for one in result.cycles) for result in (before, after)]
    if counts[0] != counts[1]:
        style.point(say("correct_counts", before=counts[0], after=counts[1]))


def _values(was: Cycle, now: Cycle | None, result: Result) -> list[_Row]:
    shown = {row.measure for row in result.summary}
    after = {(one.measure, one.side): one for one in (now.values if now else ()) if one.at == "key"}
    rows = []
    for value in was.values:
        if value.at == "key" and value.measure in shown:
            new = after.get((value.measure, value.side))
            said = _value(value), _value(new)
            if value.value is not None or (new is not None and new.value is not None):
                rows.append((_title(value), *said, said[0] != said[1]))
    return rows


def _means(before: Result, after: Result) -> list[_Row]:
    new = {(row.measure, row.side): row for row in after.summary}
    rows = []
    for row in before.summary:
        now = new.get((row.measure, row.side))
        said = _mean(row), _mean(now)
        if row.mean is not None or (now is not None and now.mean is not None):
            rows.append((_title(row), *said, said[0] != said[1]))
    return rows


def _value(one: Value | None) -> str:
    if one is None or one.value is None:
        return say("verdict_unknown").message
    return with_error(one.value, one.standard_error, one.unit)


def _mean(row: Summary | None) -> str:
    if row is None or row.mean is None:
        return say("verdict_unknown").message
    return with_error(row.mean, row.standard_error, row.unit)


def _title(one: Value | Summary) -> str:
    name = telling.measure_name(one.measure)
    return name if one.side == "body" else f"{name}, {say(f'side_{one.side}').message}"


def _table(title: str, rows: Sequence[_Row]) -> None:
    """The numbers that change; how many do not, in words."""
    changed, same = [row for row in rows if row[3]], sum(not row[3] for row in rows)
    st.markdown(f"**{title}**")
    if changed:
        heads = [say(code).message for code in ("compare_head_number", "correct_before", "correct_after")]
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
        body = "".join(_row(heads, name, old, new) for name, old, new, _ in changed)
        st.html(f'<table class="al-changes al-corrected"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    if same:
        st.caption(say("correct_stay" if changed else "correct_all_stay", count=same).message)


def _row(heads: Sequence[str], name: str, old: str, new: str) -> str:
    return (
        f'<tr><th scope="row">{escape(name)}</th>'
        f'<td data-head="{escape(heads[1])}">{escape(old)}</td>'
        f'<td data-head="{escape(heads[2])}"><b>{escape(new)}</b></td></tr>'
    )
