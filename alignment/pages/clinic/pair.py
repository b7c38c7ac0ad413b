"""Two sessions against each other: a subject's analyses in; what changed, what was different, and both in pictures, out."""

import streamlit as st

from alignment.assessment import Comparison, compare_results
from alignment.pages import style
from alignment.pages.clinic import stills
from alignment.pages.clinic.choosing import one_of
from alignment.pages.clinic.noted import differences
from alignment.pages.clinic.over_time import Made, as_now, movement, titled
from alignment.pages.compare import changes
from alignment.records import Analysis, Records, Session
from alignment.texts import say
from alignment.views.cycles import cycle_title
from alignment.views.percent import in_step
from alignment.views.trends import day


def show(kept: Records, made: Made) -> None:
    """Show two analyses of one movement, the last two unless others are chosen. `made` is ordered by date."""
    names = [one.result.activity for _, one in made]
    if not any(names.count(name) > 1 for name in names):
        text = say("clinic_pair_none")
        style.state("empty", text.message, remedy=text.remedy)
        return
    shown = movement(made, "clinic_pair_activity", least=2)
    of_it = [(visit, one) for visit, one in made if one.result.activity == shown]
    before, after = _chosen(of_it)
    if before[1].key == after[1].key:
        style.state("note", say("clinic_pair_same").message)
        return
    with st.spinner(say("stage_assess").message):
        results = [dated.result for dated in as_now(kept, [before, after])]
    comparison = compare_results(results[0], results[1])
    noted = differences(before[0].facts, after[0].facts, shown)
    comparison = Comparison(comparison.changes, (*comparison.warnings, *noted))
    heads = day(before[0].facts.date), day(after[0].facts.date)
    changes.summary(comparison)
    changes.warnings(comparison)
    _pictures(kept, before, after)
    changes.table(comparison, heads)
    changes.filming(results[0], results[1], heads, page="clinic")


def _chosen(made: Made) -> tuple[tuple[Session, Analysis], tuple[Session, Analysis]]:
    """The two that the person chose, the last two at first."""
    titles, keys = titled(made), [one.key for _, one in made]
    chosen = []
    for column, code, preset in zip(st.columns(2), ("before", "after"), (-2, -1), strict=True):
        with column:
            name = f"clinic_pair_{code}_{made[0][1].key}_{len(keys)}"
            key = one_of(say(f"clinic_pair_{code}").message, titles, name, index=len(keys) + preset)
        chosen.append(made[keys.index(key)])
    return chosen[0], chosen[1]


def _pictures(kept: Records, before: tuple[Session, Analysis], after: tuple[Session, Analysis]) -> None:
    """The same repetition of both at its key moment, side by side."""
    st.subheader(say("clinic_pair_frames").message)
    both = [stills.kept_frames(kept, one) for _, one in (before, after)]
    pairs = [
        pair
        for pair in in_step(before[1].result, after[1].result)
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
            st.image(stills.lined(kept, one, frames[cycle.index]), width="stretch")
