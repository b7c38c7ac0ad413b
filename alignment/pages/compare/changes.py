"""What changed, in words: a comparison in; sentences, a table and how differently the two were filmed out."""

from html import escape
from typing import Final

import streamlit as st

from alignment.core.assessment import Change, Comparison
from alignment.core.measures import MEASURES
from alignment.core.result import Result
from alignment.pages import findings_panel, style, terms
from alignment.texts import Text, say
from alignment.views.wording import amount, measure_name, reason_text, reason_words, signed_amount

_HEADS: Final = (
    "compare_head_number",
    "compare_first",
    "compare_second",
    "compare_head_change",
    "compare_head_verdict",
)
_CLINICAL_HEADS: Final = (*_HEADS[:-1], "clinical_head_mdc", _HEADS[-1])
#: So many of the numbers that changed are named in the sentences; the table has all.
_NAMED: Final = 3


def summary(comparison: Comparison) -> None:
    """Show in a few sentences how much changed."""
    terms.heading(say("compare_summary").message, "compare")
    told = [one for one in comparison.changes if one.changed is not None]
    changed = [one for one in told if one.changed]
    if not told:
        style.state("refused", say("analyze_cannot").message, say("compare_none_told").message)
        return
    if len(told) == 1:
        code = "compare_single_changed" if changed else "compare_single_same"
    else:
        code = {0: "compare_none_changed", 1: "compare_one_changed"}.get(len(changed), "compare_some_changed")
    rows: list[tuple[bool | None, str]] = [(bool(changed), say(code, told=len(told), changed=len(changed)).message)]
    rows += [
        (True, f"{findings_panel.measure_name(one.measure, one.side)}: {_from_to(one)}") for one in changed[:_NAMED]
    ]
    missing = len(comparison.changes) - len(told)
    rows += [(None, say("compare_missing", count=missing).message)] if missing else []
    style.change_rows(rows)
    st.caption(say("compare_real").message + (f" {say('compare_direction').message}" if changed else ""))


def warnings(comparison: Comparison) -> None:
    """Show how differently the two were filmed or computed, and what that touches."""
    if not comparison.warnings:
        return
    st.markdown(f"**{say('compare_filmed_otherwise').message}**")
    shown = {one.measure for one in comparison.changes}
    for one in comparison.warnings:
        touched = [measure_name(name, clinical=terms.clinical()) for name in one.measures if name in shown]
        touches = say("compare_touches", measures=", ".join(touched)) if touched else say("compare_touches_all")
        words = reason_words(one)
        style.points(Text(words.message, f"{touches.message} {words.remedy}"))


def table(comparison: Comparison, names: tuple[str, str] | None = None) -> None:
    """Show each number of both, its change, the least change that counts, and what that says; `names` are the two's."""
    st.subheader(say("compare_changes").message)
    if terms.clinical():
        st.caption(say("compare_changes_more").message)
    heads = [say(code).message for code in (_CLINICAL_HEADS if terms.clinical() else _HEADS)]
    heads[1:3] = names or heads[1:3]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    ranked, told = sorted(comparison.changes, key=_rank), set[str]()
    rows = ""
    for one in ranked:
        meaning = _meaning(one)
        rows += _table_row(one, heads, "" if meaning in told else meaning)
        told.add(meaning)  # once is enough
    st.html(f'<table class="al-changes"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def filming(before: Result, after: Result, names: tuple[str, str] | None = None, page: str = "app") -> None:
    """Show how each of the two was filmed; `names` are what they are called, ways out as `page` offers them."""
    st.subheader(say("compare_how").message)
    names = names or (say(_HEADS[1]).message, say(_HEADS[2]).message)
    for column, name, result in zip(st.columns(2), names, (before, after), strict=True):
        with column:
            findings_panel.filming_of(result, page, f"**{name}.** ")


def _table_row(one: Change, heads: list[str], meaning: str) -> str:
    means = [
        say("compare_no_number").message
        if row.mean is None
        else findings_panel.number(row.mean, row.standard_error, row.unit)
        for row in (one.before, one.after)
    ]
    cells = [*means, signed_amount(one.change, one.unit)]
    cells += [amount(one.detectable, one.unit)] if terms.clinical() else []
    small = f"<small>{escape(meaning)}</small>" if meaning else ""
    name = f'<th scope="row">{escape(findings_panel.measure_name(one.measure, one.side))}{small}</th>'
    numbers = "".join(
        f'<td data-head="{escape(head)}">{escape(cell)}</td>' for head, cell in zip(heads[1:], cells, strict=False)
    )
    verdict = f'<td class="al-said">{style.change_row(one.changed, _verdict_words(one))}</td>'
    return f'<tr data-changed="{str(one.changed).lower()}">{name}{numbers}{verdict}</tr>'


def _rank(one: Change) -> int:
    """What changed first, what cannot be told last."""
    return (True, False, None).index(one.changed)


def _verdict_words(one: Change) -> str:
    if one.changed is not None:
        return say("compare_changed" if one.changed else "compare_unchanged").message
    lacking = [code for code, row in (("first", one.before), ("second", one.after)) if row.mean is None]
    which = say("compare_both_lack").message if len(lacking) == 2 else say(f"compare_{lacking[0]}").message
    return say("compare_unknown_which", reason=reason_text(one.reason), which=which.lower()).message


def _meaning(one: Change) -> str:
    if one.side == "difference":
        return say("compare_difference").message
    if one.side != "body" and not MEASURES[one.measure].sided:
        return say("compare_towards_stance").message
    return findings_panel.measure_meaning(one.measure)


def _from_to(one: Change) -> str:
    first, second = (amount(row.mean, one.unit) for row in (one.before, one.after))
    return f"{first} → {second} ({signed_amount(one.change, one.unit)})"
