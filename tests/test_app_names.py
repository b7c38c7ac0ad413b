"""Names from outside on the app's pages: Markdown, which loads a picture from anywhere, makes nothing of any of them."""

import sys
from dataclasses import replace
from datetime import date

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from alignment import records
from alignment.outputs import Analysis
from alignment.pages import films
from alignment.pages.analyze import setup
from alignment.pages.clinic import store
from alignment.pages.markdown import plain
from alignment.pages.runs import Order, Run, runs
from alignment.records import Pain, SessionFacts
from alignment.records.operator import set_operator
from alignment.request import Request
from alignment.workflow import Outcome
from tests.analyses import analyzed, filmed
from tests.saved import folder_of

#: A picture in Markdown and in HTML, a directive, a formula and a symbol.
MARKED = "![x](https:a.invalid) <img src=https:a.invalid> :red[y] $z$ :material/lock: & *w*"
#: The same as the name of a file.
FILM = f"{MARKED.replace('/', '')}.mp4"
#: What shows its text as it is, or holds content that is no text for people.
AS_IT_IS = {
    "Selectbox": ("options", "raw_value", "default_value"),
    "TextInput": ("default", "value"),
    "TextArea": ("default", "value"),
    "Dataframe": None,
    "VegaLiteChart": None,
    "BidiComponent": None,
    "Video": ("url",),
    "ImageList": ("url",),
    "DownloadButton": ("url",),
}


def strings(message):
    """Every text in a message, with the name of what holds it."""
    for field, value in message.ListFields():
        if (skipped := AS_IT_IS.get(type(message).__name__, ())) is None or field.name in skipped:
            continue
        for one in value if isinstance(value, list) or hasattr(value, "extend") else [value]:
            if isinstance(one, Message):
                yield from strings(one)
            elif isinstance(one, str) and field.name not in ("id", "form_id"):
                yield f"{type(message).__name__}.{field.name}", one


def nodes(node):
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def told(app):
    """Every text of a page that the browser makes something of."""
    assert not app.exception, app.exception
    messages = [one for node in nodes(app._tree) if isinstance(one := getattr(node, "proto", None), Message)]
    return [one for message in messages for one in strings(message)]


def looks_harmless(app):
    """Whether no text of the page holds a name with its marks, and at least one holds it without."""
    escaped = 0
    for place, text in told(app):
        if place == "Html.body":
            assert "<img src=https" not in text, text
            continue
        escaped += "\\!\\[x\\]\\(https\\:" in text
        rest = text.replace(plain(MARKED), "").replace(plain(FILM), "")
        assert "https" not in rest, (place, text)
        assert "material/lock" not in rest, (place, text)
    return escaped > 0


def analyze():
    from alignment.pages import analyze

    analyze.show()


def clinic():
    from alignment.pages import clinic

    clinic.show()


@pytest.fixture(autouse=True)
def own_main(monkeypatch):
    """Streamlit puts the page in the place of the main module, and processes started later would begin with the page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def run(samples):
    """A film of that name on the shelf, and a finished run of it whose result is the stick figure's."""
    with (samples / "squat_front.mp4").open("rb") as content:
        film = films.shelf().add(FILM, content)
    result, track = analyzed("squat"), filmed("squat")
    request = Request("squat")
    place = films.shelf().folder / "run-names"
    place.mkdir()
    outcome = Outcome(result, track, Analysis(result, track, request))
    made = Run(Order(film, request), folder_of(place / FILM, result, track), analyze=lambda *_, **__: outcome)
    made.work()
    runs()._runs[made.order.key] = made
    yield made
    films.shelf().remove(film.key)


@pytest.mark.parametrize("step", ["choose", "setup", "running", "finished", "several", "several_finished"])
def test_a_films_name_is_plain_text_at_every_step(run, step, monkeypatch):
    monkeypatch.setattr(setup, "_recognised", lambda _: None)
    monkeypatch.setattr(films, "samples", tuple)  # they have names of our own
    film, key = run.order.film.key, run.order.key
    run.state = "running" if step == "running" else "done"
    app = AppTest.from_function(analyze, default_timeout=60)
    places = {
        "choose": {},
        "setup": {"film": film},
        "several": {"films": film},
        "several_finished": {"films": film, "runs": key},
    }
    app.query_params.update(places.get(step, {"film": film, "run": key}))
    app.run()
    assert looks_harmless(app)


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """Records in which everything that somebody can type is that text, and the film's name is, too."""
    store._RECORDS.clear()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ALIGNMENT_DATABASE_URL", f"sqlite:///{tmp_path / 'records.sqlite'}")
    set_operator(MARKED)
    result, track = analyzed("squat"), filmed("squat")
    source = replace(track.source, name=FILM)
    result = replace(result, source=replace(result.source, name=FILM))
    folder = folder_of(tmp_path / "result", result, replace(track, source=source), film=False)
    with records.open() as kept:
        facts = SessionFacts(date(2026, 3, 3), MARKED, "left", notes=f"{MARKED}\n{MARKED}", pain=Pain(1, 2, 3, 4))
        session = kept.add_session(kept.add_subject(MARKED, MARKED).key, facts, MARKED)
        kept.add_analysis(session.key, records.gather(folder), MARKED)
        yield {"subject": session.subject_key, "session": session.key}
    store._RECORDS.clear()


@pytest.mark.parametrize("part", ["", "new", "trend", "data", "edit", "session", "analysis"])
def test_what_somebody_typed_is_plain_text_on_every_page_of_the_records(kept, part):
    app = AppTest.from_function(clinic, default_timeout=60)
    place = dict(kept) if part in ("edit", "session", "analysis") else {"subject": kept["subject"]} if part else {}
    if part == "analysis":
        with records.open() as opened:
            place["analysis"] = opened.analyses(kept["session"])[0].key
    elif part != "session" and part:
        place["part"] = part
    app.query_params.update(place)
    app.run()
    assert looks_harmless(app)
