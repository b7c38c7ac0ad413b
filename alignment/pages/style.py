"""What all pages share: the app's look, its states (empty, refused, failed, to know) and the words of an error."""

import base64
import os
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st

from alignment.core.result import Verdict
from alignment.errors import InputError
from alignment.texts import Text, is_known, say, text_of
from alignment.views.canvas import COLOURS, Mark
from alignment.views.leg_share import leg_share_svg, leg_share_words
from alignment.views.palette import DARK, LIGHT, Palette

#: A kind of state: nothing here yet, nothing can be told, something failed, good to know.
State = Literal["empty", "refused", "failed", "note"]

_ASSETS: Final = Path(__file__).parent / "assets"
_CHANGES: Final = {True: "changed", False: "unchanged", None: "refused"}


@cache
def asset(name: str) -> str:
    """The text of a drawing, a style sheet or a script that belongs to the pages."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def drawing(name: str, colour: str) -> str:
    """A drawing in one colour, as a picture for a page's HTML."""
    return f'<img class="al-drawing" alt="" src="{svg_url(asset(f"{name}.svg").replace("currentColor", colour))}">'


def data_url(content: bytes, mime: str) -> str:
    """A picture as an address that holds it, so that no browser asks for it elsewhere."""
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


def svg_url(svg: str) -> str:
    """A drawing as such an address."""
    return data_url(svg.encode(), "image/svg+xml")


def prepare() -> None:
    """Set title, icon and width of the page. First of all that a page shows."""
    # What has only a name is fetched from elsewhere by the browser.
    st.set_page_config(page_title=say("app_title").message, page_icon=svg_url(asset("icon.svg")), layout="wide")
    st.html(f"<style>{asset('look.css')}</style>")


def finish() -> None:
    """What stands at the end of every page: that nothing leaves the machine, and what the program is not."""
    told = escape(str(say("app_private_server" if on_server() else "app_private")))
    st.html(f'<div class="al-private">{drawing("lock", palette().ink)}<span>{told}</span></div>')


def on_server() -> bool:
    """Whether records are kept on a server that somebody named, so that what is put into them leaves the program."""
    from alignment.records.location import find_location

    try:
        return find_location().file is None
    except InputError:  # it names nothing, and nothing is kept there
        return False


@cache
def component(name: str, *more_css: str) -> Any:  # noqa: ANN401 - a component's renderer, which Streamlit does not name
    """A small component of our own, made of the assets of this name; `more_css` are other ones' styles that it uses."""
    css = "".join(asset(f"{one}.css") for one in (*more_css, name))
    return st.components.v2.component(f"alignment_{name}", html=asset(f"{name}.html"), css=css, js=asset(f"{name}.js"))


@cache
def _top() -> Any:  # noqa: ANN401
    return st.components.v2.component("alignment_top", js=asset("top.js"))


def begin(step: str) -> None:
    """Begin a step of a page: where it is another one than before, the page is shown from its beginning."""
    _top()(key="alignment_top", data={"step": step})


def palette() -> Palette:
    """The colours for the ground that the person has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def state(kind: State, title: str, text: str = "", remedy: str = "") -> None:
    """A whole state of the page in words: what is the matter, and what to do about it."""
    parts = [f"<h3>{escape(title)}</h3>"]
    parts += [f"<p>{escape(text)}</p>"] if text else []
    parts += [f'<p class="al-remedy">{escape(remedy)}</p>'] if remedy else []
    role = "alert" if kind == "failed" else "status"
    st.html(
        f'<div class="al-state al-{kind}" role="{role}">{drawing(kind, palette().ink)}<div>{"".join(parts)}</div></div>'
    )


def state_of(kind: State, code: str, **values: object) -> None:
    """The state that the catalogue's text of this code tells of."""
    text = say(code, **values)
    state(kind, text.message, remedy=text.remedy)


def failure(fault: Exception, folder: Path | None = None) -> None:
    """An error in words: the person's own with its remedy, an unforeseen one with its kind.

    The name of `folder`, which means nothing to the person, is left out.
    """
    if isinstance(fault, InputError):
        message = text_of(fault).message if folder is None else text_of(fault).message.replace(f"{folder}{os.sep}", "")
        state("failed", message, remedy=remedy(fault.code, text_of(fault).remedy))
        return
    first_line = (str(fault).splitlines() or [""])[0]
    text = say("app_unforeseen", kind=type(fault).__name__, fault=first_line)
    state("failed", say("app_failed").message, text.message, text.remedy)


def remedy(code: str, otherwise: str, page: str = "app") -> str:
    """The way out as this page offers it, or the whole app, where the catalogue's is a command's option."""
    own = next((name for name in (f"{page}_remedy_{code}", f"app_remedy_{code}") if is_known(name)), None)
    return otherwise if own is None else say(own).message


def mark(kind: Mark) -> str:
    """The overlay's symbol of a judgement as an inline drawing; words stand beside it wherever it is used."""
    red, green, blue = (138, 145, 156) if kind is Verdict.UNKNOWN else COLOURS[kind]
    return drawing(f"mark_{kind or 'none'}", f"rgb({red},{green},{blue})")


def verdict_rows(judged: Iterable[tuple[Mark, str]]) -> None:
    """Sentences, each behind the symbol of its judgement."""
    _rows((mark(verdict), escape(sentence)) for verdict, sentence in judged)


def verdict_points(judged: Iterable[tuple[Mark, Text]]) -> None:
    """A few words and more about them, each behind the symbol of its judgement."""
    _rows((mark(verdict), f"<b>{escape(text.message)}</b> {escape(text.remedy)}") for verdict, text in judged)


def change_rows(judged: Iterable[tuple[bool | None, str]]) -> None:
    """Sentences, each behind the drawing of what changed, did not, or cannot be told (None)."""
    _rows((drawing(_CHANGES[changed], palette().ink), escape(sentence)) for changed, sentence in judged)


def change_row(changed: bool | None, sentence: str) -> str:
    """One of them as HTML."""
    return _row(drawing(_CHANGES[changed], palette().ink), escape(sentence))


def leg_share(*, hint: str = "") -> None:
    """The picture of what "% of leg length" means, with its words beside it."""
    image = f'<img alt="{escape(say("leg_share_alt").message)}" src="{svg_url(leg_share_svg(palette()))}">'
    words = f"<span>{escape(leg_share_words())} {escape(hint)}</span>"
    st.html(f'<div class="al-leg-share">{image}{words}</div>')


def points(*texts: Text) -> None:
    """Things to know, each behind a symbol and with what to do about it."""
    symbol = drawing("note", palette().muted)
    _rows((symbol, f'{escape(text.message)}<br><span class="al-remedy">{escape(text.remedy)}</span>') for text in texts)


def _row(symbol: str, content: str) -> str:
    return f'<div class="al-row">{symbol}<span>{content}</span></div>'


def _rows(rows: Iterable[tuple[str, str]]) -> None:
    told = "".join(_row(symbol, content) for symbol, content in rows)
    if told:
        st.html(told)


def verdict_words(verdict: Mark) -> str:
    """A judgement in words."""
    return say("verdict_none" if verdict is None else f"verdict_{verdict}").message
