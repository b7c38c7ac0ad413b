"""The app's pages: modules in here found by themselves in, a navigation and the chosen page on the screen out.

A page is a module (or package) in here with `TITLE` (a text's code), `ICON` (a Material symbol), `ORDER` and `show()`. It
may have `welcome()`, which is called ahead of whichever page is shown. Modules without `TITLE` help the pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from alignment.texts import say

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True)
class Page:
    """One page: the last part of its address, the code of its name in the navigation, and what shows it."""

    name: str
    title_code: str
    icon: str
    order: int
    show: Callable[[], None]
    welcome: Callable[[], None] | None


def all_pages() -> tuple[Page, ...]:
    """Every page in the order of the navigation. ValueError where two ask for one place in it."""
    modules = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    found = (
        Page(name, one.TITLE, one.ICON, one.ORDER, one.show, getattr(one, "welcome", None))
        for name, one in modules.items()
        if hasattr(one, "TITLE")
    )
    pages = sorted(found, key=lambda page: page.order)
    if len({page.order for page in pages}) < len(pages):
        raise ValueError(f"two pages have the same place: {[(page.name, page.order) for page in pages]}")
    return tuple(pages)


def run() -> None:
    """Show the app: the navigation, and the page that the address names (the first one otherwise)."""
    import streamlit as st

    from alignment.pages import style

    style.prepare()
    with st.spinner(say("app_starting").message):  # the first time, everything is loaded here
        pages = all_pages()
    entries = [_entry(page, first=number == 0) for number, page in enumerate(pages)]
    chosen = st.navigation(entries, position="top")
    with st.container():  # always there, so that what is welcomed away moves no camera below it
        for page in pages:
            if page.welcome is not None:
                page.welcome()
    try:
        chosen.run()
    except Exception as fault:  # noqa: BLE001 - the last resort: the person gets a sentence
        style.failure(fault)
    style.finish()


def link(name: str, label: str, icon: str) -> None:
    """Show a link to another page, which keeps what this browser's window holds."""
    import streamlit as st

    pages = all_pages()
    page = next(page for page in pages if page.name == name)
    st.page_link(_entry(page, first=page is pages[0]), label=label, icon=icon)


def _entry(page: Page, *, first: bool) -> "StreamlitPage":
    import streamlit as st

    title = say(page.title_code).message
    return st.Page(page.show, title=title, icon=page.icon, url_path=page.name, default=first)
