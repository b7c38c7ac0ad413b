"""A subject's numbers over time, and two sessions against each other: sessions with their analyses in, what changed out."""

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from alignment.core.assessment import Comparison, compare_results
from alignment.core.result import Reason
from alignment.errors import InputError
from alignment.pages import findings_panel, menu, style
from alignment.pages.clinic import store, words
from alignment.pages.compare import changes
from alignment.pose.calibration import calibration_of
from alignment.records import Analysis, Records, Session, SessionFacts
from alignment.texts import say
from alignment.version import version_of
from alignment.views import trend_chart
from alignment.views.normalized_cycles import matching_cycles
from alignment.views.trends import Course, Dated, course_sentence, courses, day
from alignment.views.wording import amount, cycle_title, reason_words, signed_amount

Analyses = Sequence[tuple[Session, Analysis]]

_SIDES: Final = ("left", "right", "body", "difference")
#: On these a higher step asks for more.
_STEPPED: Final = frozenset({"step_down", "stairs"})


def show(records: Records, made: Analyses) -> None:
    """Show what became of each number since the reference. `made` are the analyses by date, the earliest first."""
    if not made:
        style.state_of("empty", "clinic_trend_none")
        return
    first, second = st.columns(2)
    with first:
        shown = _choose_movement(made, "clinic_trend_activity", least=1)
    of_it = [(visit, one) for visit, one in made if one.result.activity == shown]
    with second:
        reference = menu.choose(
            say("clinic_trend_reference").message, _titles(of_it), f"clinic_reference_{of_it[0][1].key}"
        )
    with st.spinner(say("stage_assessment").message):
        found = courses(list(_current_results(records, of_it)), calibration_of, reference)
    _in_short(found)
    _charts(found)
    _differences(found, of_it, reference)


def _choose_movement(made: Analyses, label: str, least: int) -> str:
    """Let the person choose one of the movements with so many analyses; that of the latest is chosen first."""
    names = [one.result.activity for _, one in reversed(made)]
    titles = {one.result.activity: words.movement(one.result) for _, one in made}
    enough = [name for name in dict.fromkeys(names) if names.count(name) >= least]
    return menu.choose(say(label).message, {name: titles[name] for name in enough}, f"{label}_{made[0][0].subject_key}")


def _titles(made: Analyses) -> dict[str, str]:
    """A name for each analysis by its key: its date, and its film where that does not tell it from others."""
    days = [visit.facts.date for visit, _ in made]
    titles = {}
    for visit, one in made:
        name = day(visit.facts.date)
        if days.count(visit.facts.date) > 1:
            name = say("clinic_pair_entry", date=name, film=one.result.source.name).message
        titles[one.key] = name
    return titles


def _current_results(records: Records, made: Analyses) -> list[Dated]:
    """The results as this version computes them, and what was done to make them so said on the page."""
    results, anew = [], []
    for visit, one in made:
        result, when, version = one.result, day(visit.facts.date), one.result.software.version
        if store.is_older(one):
            try:
                result = store.current_result(records, one)
                anew.append(say("clinic_anew_one", date=when, version=version).message)
            except InputError:
                style.points(say("clinic_not_anew", date=when, version=version))
        results.append(Dated(one.key, visit.facts.date, result))
    if anew:
        st.caption(say("clinic_anew", version=version_of(), which=", ".join(anew)).message)
    return results


def _in_short(found: Sequence[Course]) -> None:
    """What changed from the reference to the latest other date, in a few sentences."""
    compared = [one for one in found if one.latest.key != one.reference]
    if not compared:
        st.markdown(say("clinic_trend_one").message)
        return
    st.subheader(say("clinic_trend_in_short").message)
    known = [one for one in compared if one.latest.changed is not None]
    if not known:
        style.change_rows([(None, say("compare_none_told").message)])
        return
    changed = [one for one in known if one.latest.changed]
    code = "clinic_trend_counts" if changed else "clinic_trend_counts_none"
    since, on = day(known[0].start.date), day(known[0].latest.date)
    rows = [(bool(changed), say(code, since=since, on=on, changed=len(changed), told=len(known)).message)]
    rows += [(True, _from_to(one)) for one in changed]
    style.change_rows(rows)
    if any(one.latest.filmed_otherwise for one in changed):
        style.points(say("clinic_trend_doubt"))
    if changed:
        st.caption(say("compare_direction").message)


def _from_to(one: Course) -> str:
    row, change = one.latest.row, one.latest.change
    name = findings_panel.measure_name(one.measure, one.side)
    before, after = amount(one.start.row.mean, row.unit), amount(row.mean, row.unit)
    return f"{name}: {before} → {after} ({signed_amount(change.change if change else None, row.unit)})"


def _charts(found: Sequence[Course]) -> None:
    names = list(dict.fromkeys(one.measure for one in found))
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        titles = {name: findings_panel.measure_name(name) for name in names}
        chosen = menu.choose(say("clinic_trend_measure").message, titles, "clinic_trend_measure")
    every = right.toggle(say("clinic_trend_every").message, key="clinic_trend_every")
    st.caption(say("clinic_trend_lead").message)
    for name in names if every else [chosen]:
        _measure([one for one in found if one.measure == name], heading=every)


def _measure(own: list[Course], *, heading: bool) -> None:
    """The charts of one measure beside each other, on one scale, each over its sentence."""
    measure = own[0].measure
    if heading:
        st.subheader(findings_panel.measure_name(measure))
    st.caption(findings_panel.measure_meaning(measure))
    legs = [one for one in own if one.side != "difference"]
    span = trend_chart.bounds(legs)
    if span is None:
        text = say("clinic_trend_no_number").message
        style.state("empty", text, course_sentence(own[0]))
        return
    dates = [point.date for one in own for point in one.points]
    ordered = sorted(legs, key=lambda one: _SIDES.index(one.side))
    for column, one in zip(st.columns(len(ordered)), ordered, strict=True):
        with column:
            st.markdown(f"**{say(f'trend_{one.side}').message}**")
            st.altair_chart(
                trend_chart.trend_chart(one, style.palette(), span=span, dates=dates),
                key=f"clinic_chart_{measure}_{one.side}",
                alt=say("clinic_trend_alt", measure=findings_panel.measure_name(measure), whose=one.side).message,
            )
            style.change_rows([(one.latest.changed, course_sentence(one))])
    style.change_rows((one.latest.changed, course_sentence(one)) for one in own if one.side == "difference")


def _differences(found: Sequence[Course], made: Analyses, reference: str) -> None:
    """What was different from the reference: the films, and what was noted about the sessions; each once."""
    reasons = [(point.date, why) for one in found for point in one.points for why in point.filmed_otherwise]
    start = next(visit for visit, one in made if one.key == reference)
    for visit, one in made:
        reasons += [
            (visit.facts.date, why) for why in _noted_differences(start.facts, visit.facts, one.result.activity)
        ]
    if not reasons:
        return
    texts = [(when, reason_words(why)) for when, why in reasons]
    told_once = {(when, text.message): text.remedy for when, text in texts}
    with st.expander(say("clinic_trend_otherwise").message):
        for (when, message), remedy in sorted(told_once.items()):
            style.points(say("clinic_trend_on", date=day(when), message=message, remedy=remedy))


def _noted_differences(before: SessionFacts, after: SessionFacts, activity: str) -> Iterator[Reason]:
    """Other footwear, footwear that was noted but once, and another height of the step where one is climbed."""
    one, other = before.footwear, after.footwear
    if one and other and one.casefold() != other.casefold():
        yield _reason("other_footwear", before=one, after=other)
    elif bool(one) != bool(other):
        yield _reason("footwear_once", noted=one or other)
    steps = before.step_height_cm, after.step_height_cm
    if activity in _STEPPED and None not in steps and steps[0] != steps[1]:
        yield _reason("other_step", before=steps[0], after=steps[1])


def _reason(code: str, **values: str | float | None) -> Reason:
    return Reason(f"clinic_{code}", values)


# --- two sessions against each other --------------------------------------------------------------------------------------


def show_pair(records: Records, made: Analyses) -> None:
    """Show two analyses of one movement, the last two unless others are chosen. `made` is ordered by date."""
    names = [one.result.activity for _, one in made]
    if not any(names.count(name) > 1 for name in names):
        style.state_of("empty", "clinic_pair_none")
        return
    shown = _choose_movement(made, "clinic_pair_activity", least=2)
    of_it = [(visit, one) for visit, one in made if one.result.activity == shown]
    before, after = _choose_pair(of_it)
    if before[1].key == after[1].key:
        style.state("note", say("clinic_pair_same").message)
        return
    with st.spinner(say("stage_assessment").message):
        results = [dated.result for dated in _current_results(records, [before, after])]
    comparison = compare_results(results[0], results[1], calibration_of)
    also = _noted_differences(before[0].facts, after[0].facts, shown)
    comparison = Comparison(comparison.changes, (*comparison.warnings, *also))
    heads = day(before[0].facts.date), day(after[0].facts.date)
    changes.summary(comparison)
    changes.warnings(comparison)
    _pictures(records, before, after)
    changes.table(comparison, heads)
    changes.filming(results[0], results[1], heads, page="clinic")


def _choose_pair(made: Analyses) -> tuple[tuple[Session, Analysis], tuple[Session, Analysis]]:
    """The two that the person chose, the last two at first."""
    titles, keys = _titles(made), [one.key for _, one in made]
    chosen = []
    for column, code, preset in zip(st.columns(2), ("before", "after"), (-2, -1), strict=True):
        with column:
            name = f"clinic_pair_{code}_{made[0][1].key}_{len(keys)}"
            key = menu.choose(say(f"clinic_pair_{code}").message, titles, name, index=len(keys) + preset)
        chosen.append(made[keys.index(key)])
    return chosen[0], chosen[1]


def _pictures(records: Records, before: tuple[Session, Analysis], after: tuple[Session, Analysis]) -> None:
    """The same repetition of both at its key moment, side by side."""
    st.subheader(say("clinic_pair_frames").message)
    both = [store.key_frames(records, one) for _, one in (before, after)]
    pairs = [
        pair
        for pair in matching_cycles(before[1].result, after[1].result)
        if pair[0].index in both[0] and pair[1].index in both[1]
    ]
    if not pairs:
        st.markdown(say("clinic_pair_frames_none").message)
        return
    chosen: int = st.selectbox(
        say("clinic_pair_repetition").message,
        range(len(pairs)),
        format_func=lambda number: cycle_title(pairs[number][0], before[1].result.cycles),
        key=f"clinic_pair_cycle_{before[1].key}_{after[1].key}",
    )
    columns = st.container(key="still_frames_2").columns(2)
    for column, (visit, one), cycle, frames in zip(columns, (before, after), pairs[chosen], both, strict=True):
        with column:
            title = cycle_title(cycle, one.result.cycles)
            st.markdown(say("clinic_pair_caption", date=day(visit.facts.date), title=title).message)
            st.image(store.with_lines(records, one, frames[cycle.index]), width="stretch")
