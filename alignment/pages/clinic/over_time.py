"""A subject's numbers over time: sessions with their analyses in; a chart and a sentence for each measure and side out."""

from collections.abc import Sequence

import streamlit as st

from alignment.assessment import amount, signed
from alignment.measures import MEASURES
from alignment.pages import style, telling
from alignment.pages.clinic import store, words
from alignment.pages.clinic.choosing import one_of
from alignment.pages.clinic.noted import differences
from alignment.records import Analysis, Records, Session
from alignment.result import Result
from alignment.texts import InputError, say
from alignment.views import trend_chart
from alignment.views.trends import Course, Dated, courses, day, told

Made = Sequence[tuple[Session, Analysis]]

_DRAWINGS = {True: "changed", False: "unchanged", None: "refused"}
_SIDES = ("left", "right", "body", "difference")


def show(kept: Records, made: Made) -> None:
    """Show what became of each number since the reference. `made` are the analyses by date, the earliest first."""
    if not made:
        text = say("clinic_trend_none")
        style.state("empty", text.message, remedy=text.remedy)
        return
    first, second = st.columns(2)
    with first:
        shown = movement(made, "clinic_trend_activity", least=1)
    of_it = [(visit, one) for visit, one in made if one.result.activity == shown]
    with second:
        reference = _reference(of_it)
    with st.spinner(say("stage_assess").message):
        found = courses(list(as_now(kept, of_it)), reference)
    _in_short(found)
    _charts(found)
    _otherwise(found, of_it, reference)


def movement(made: Made, label: str, least: int) -> str:
    """Let the person choose one of the movements with so many analyses; that of the latest is chosen first."""
    names = [one.result.activity for _, one in reversed(made)]
    titles = {one.result.activity: words.movement(one.result) for _, one in made}
    enough = [name for name in dict.fromkeys(names) if names.count(name) >= least]
    return one_of(say(label).message, {name: titles[name] for name in enough}, f"{label}_{made[0][0].subject_key}")


def titled(made: Made) -> dict[str, str]:
    """A name for each analysis by its key: its date, and its film where that does not tell it from others."""
    days = [visit.facts.date for visit, _ in made]
    titles = {}
    for visit, one in made:
        name = day(visit.facts.date)
        if days.count(visit.facts.date) > 1:
            name = say("clinic_pair_entry", date=name, film=one.result.source.name).message
        titles[one.key] = name
    return titles


def as_now(kept: Records, made: Made) -> list[Dated]:
    """The results as this version computes them, and what was done to make them so said on the page."""
    results, anew = [], []
    for visit, one in made:
        result, how = _computed(kept, visit, one)
        results.append(Dated(one.key, visit.facts.date, result))
        anew += [how] if how else []
    if anew:
        st.caption(say("clinic_anew", version=store.own_version(), which=", ".join(anew)).message)
    return results


def _computed(kept: Records, visit: Session, one: Analysis) -> tuple[Result, str]:
    """A result, and what it was before it was computed anew, "" where it stands as it was."""
    when, version = day(visit.facts.date), one.result.software.version
    if not store.is_older(one):
        return one.result, ""
    try:
        return store.as_now(kept, one), say("clinic_anew_one", date=when, version=version).message
    except InputError:
        style.point(say("clinic_not_anew", date=when, version=version))
        return one.result, ""


def _reference(made: Made) -> str:
    return one_of(say("clinic_trend_reference").message, titled(made), f"clinic_reference_{made[0][1].key}")


def _in_short(found: Sequence[Course]) -> None:
    """What changed from the reference to the latest other date, in a few sentences."""
    compared = [one for one in found if one.latest.key != one.reference]
    if not compared:
        st.markdown(say("clinic_trend_one").message)
        return
    st.subheader(say("clinic_trend_in_short").message)
    known = [one for one in compared if one.latest.changed is not None]
    if not known:
        style.rows([(_DRAWINGS[None], say("compare_none_told").message)])
        return
    changed = [one for one in known if one.latest.changed]
    code = "clinic_trend_counts" if changed else "clinic_trend_counts_none"
    since, on = day(known[0].start.date), day(known[0].latest.date)
    rows = [(bool(changed), say(code, since=since, on=on, changed=len(changed), told=len(known)).message)]
    rows += [(True, _from_to(one)) for one in changed]
    style.rows((_DRAWINGS[kind], sentence) for kind, sentence in rows)
    if any(one.latest.filmed_otherwise for one in changed):
        style.point(say("clinic_trend_doubt"))
    if changed:
        st.caption(say("compare_direction").message)


def _from_to(one: Course) -> str:
    """A number that changed, in one line."""
    row, change = one.latest.row, one.latest.change
    name = telling.measure_name(one.measure)
    whose = "" if one.side == "body" else f", {say(f'side_{one.side}').message}"
    before, after = amount(one.start.row.mean, row.unit), amount(row.mean, row.unit)
    return f"{name}{whose}: {before} → {after} ({signed(change.change if change else None, row.unit)})"


def _charts(found: Sequence[Course]) -> None:
    names = list(dict.fromkeys(one.measure for one in found))
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        titles = {name: telling.measure_name(name) for name in names}
        chosen = one_of(say("clinic_trend_measure").message, titles, "clinic_trend_measure")
    every = right.toggle(say("clinic_trend_every").message, key="clinic_trend_every")
    st.caption(say("clinic_trend_lead").message)
    for name in names if every else [chosen]:
        _measure([one for one in found if one.measure == name], heading=every)


def _measure(own: list[Course], *, heading: bool) -> None:
    """The charts of one measure beside each other, on one scale, each over its sentence."""
    measure = own[0].measure
    if heading:
        st.subheader(telling.measure_name(measure))
    st.caption(MEASURES[measure].meaning)
    legs = [one for one in own if one.side != "difference"]
    span = trend_chart.bounds(legs)
    if span is None:
        text = say("clinic_trend_no_number").message
        style.state("empty", text, told(own[0]))
        return
    dates = [point.date for one in own for point in one.points]
    ordered = sorted(legs, key=lambda one: _SIDES.index(one.side))
    for column, one in zip(st.columns(len(ordered)), ordered, strict=True):
        with column:
            st.markdown(f"**{say(f'trend_{one.side}').message}**")
            st.altair_chart(
                trend_chart.trend_chart(one, style.palette(), span=span, dates=dates),
                key=f"clinic_chart_{measure}_{one.side}",
                alt=say("clinic_trend_alt", measure=telling.measure_name(measure), whose=one.side).message,
            )
            style.rows([(_DRAWINGS[one.latest.changed], told(one))])
    style.rows((_DRAWINGS[one.latest.changed], told(one)) for one in own if one.side == "difference")


def _otherwise(found: Sequence[Course], made: Made, reference: str) -> None:
    """What was different from the reference: the films, and what was noted about the sessions; each once."""
    told_once = {
        (point.date, why.message): why.remedy for one in found for point in one.points for why in point.filmed_otherwise
    }
    start = next(visit for visit, one in made if one.key == reference)
    for visit, one in made:
        for why in differences(start.facts, visit.facts, one.result.activity):
            told_once[visit.facts.date, why.message] = why.remedy
    if not told_once:
        return
    with st.expander(say("clinic_trend_otherwise").message):
        for (when, message), remedy in sorted(told_once.items()):
            style.point(say("clinic_trend_on", date=day(when), message=message, remedy=remedy))
