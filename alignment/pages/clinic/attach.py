"""Attaching analyses to a session: those made in this app and saved ones in; one of them taken into the records out."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from alignment import outputs, pages
from alignment.core.result import Result
from alignment.pages import films, menu, style, upload_field
from alignment.pages.clinic import store, words
from alignment.pages.compare.candidates import Candidate, candidates, saved_results
from alignment.pages.markdown import plain
from alignment.pages.runs import runs
from alignment.records import NewAnalysis, Records, Session, gather
from alignment.records.operator import operator
from alignment.texts import say

if TYPE_CHECKING:
    from alignment.live.filming import Filming

#: Where the Live page keeps its filming.
_LIVE: Final = "live_filming"


@dataclass(frozen=True)
class Attachable:
    """One analysis at hand: its name, its result, whether its film is at hand too, and what gathers it."""

    key: str
    title: str
    result: Result
    has_film: bool
    gather: Callable[[bool], NewAnalysis]


def show(records: Records, session: Session) -> None:
    """Show what can be attached to this session, and how more of it is brought here."""
    st.subheader(say("clinic_attach").message)
    there, without = _at_hand()
    attached = [_identity(one.result) for one in records.analyses(session.key)]
    open_ones = {one.key: one for one in there if _identity(one.result) not in attached}
    if open_ones:
        _choose(records, session, open_ones)
    elif there:
        st.markdown(say("clinic_attach_all").message)
    else:
        text = say("clinic_attach_none")
        st.markdown(f"{text.message} {text.remedy}")
        pages.link("analyze", say("compare_to_analyze").message, ":material/directions_walk:")
    for title in without:
        style.points(say("clinic_attach_no_track", title=title))
    with st.expander(say("clinic_attach_bring").message, icon=":material/upload_file:"):
        _upload()


def _choose(records: Records, session: Session, there: dict[str, Attachable]) -> None:
    titles = {key: one.title for key, one in reversed(there.items())}
    key = menu.choose(say("clinic_attach_what").message, titles, f"clinic_attach_{session.key}")
    chosen = there[key]
    video = st.toggle(
        say("clinic_attach_video").message,
        key=f"clinic_attach_video_{session.key}_{key}",
        disabled=not chosen.has_film,
        help=say("clinic_attach_video_help" if chosen.has_film else "clinic_attach_video_not").message,
    )
    if not st.button(say("clinic_attach_now").message, type="primary", icon=":material/attach_file:"):
        return
    with st.spinner(say("clinic_attaching").message), store.say_refusal():
        records.add_analysis(session.key, chosen.gather(video and chosen.has_film), operator())
        store.say_done(say("clinic_attached", title=plain(chosen.title)))
    st.rerun()


def _upload() -> None:
    given = upload_field.show("clinic", "clinic_attach_drop")
    if not given:
        return
    with st.spinner(say("compare_reading").message), store.say_refusal():
        saved_results().add(given)
    st.rerun()


def _identity(result: Result) -> tuple[object, ...]:
    """What is the same for one film that was analyzed in one way; corrections do not change it."""
    source = result.source
    return source.sha256, source.name, source.analyzed_frames, source.duration_s, result.software


def _at_hand() -> tuple[list[Attachable], list[str]]:
    """What can be attached, the latest last, and the names of saved results without their landmarks."""
    there, without = [], []
    for one in candidates():
        films.shelf().look(one.film_key, films.session())
        found = _of_run(one) if one.origin == "run" else _of_saved(one)
        if found is None:
            without.append(one.title)
        else:
            there.append(found)
    return [*there, *_of_live()], without


def _of_run(one: Candidate) -> Attachable | None:
    run = runs().get(one.key)
    if run is None or run.outcome is None:
        return None
    folder, film = run.sink.folder, run.order.film.path
    return Attachable(one.key, one.title, one.result, True, lambda video: gather(folder, film, video))


def _of_saved(one: Candidate) -> Attachable | None:
    if one.track is None:
        return None
    return Attachable(one.key, one.title, one.result, False, partial(_from_memory, one.result, one.track, one.film))


def _of_live() -> Iterator[Attachable]:
    """The analysis of what was just filmed on the Live page, in this window."""
    filming: Filming | None = st.session_state.get(_LIVE)
    outcome = filming.job.outcome if filming is not None and filming.job is not None else None
    if filming is None or outcome is None:
        return
    result, track, overlay = outcome.result, outcome.track, filming.files.files.get(outputs.OVERLAY)
    title = f"{say('clinic_from_live').message} · {words.movement(result)}"
    yield Attachable(
        "live", title, result, False, lambda video: _from_memory(result, outputs.track_parquet(track), overlay, video)
    )


def _from_memory(result: Result, track: bytes, overlay: bytes | Path | None, video: bool) -> NewAnalysis:
    """What records keep of a result whose files are in memory."""
    with tempfile.TemporaryDirectory(prefix="attach-", dir=films.shelf().folder) as folder:
        place = Path(folder)
        (place / outputs.RESULT).write_text(result.to_json(), encoding="utf-8")
        (place / outputs.TRACK).write_bytes(track)
        if overlay:
            (place / outputs.OVERLAY).write_bytes(overlay.read_bytes() if isinstance(overlay, Path) else overlay)
        return gather(place, None, video)
