"""Controls for the options of a request, made from `request.OPTIONS`: an option in, what the person chooses of it out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from alignment.pose import model_files
from alignment.request import OPTIONS, Option, Request
from alignment.texts import is_known, say

#: Where that is kept which is asked once for all films of a visit.
_TOLD: Final = "options_told"


def controls(way: str) -> list[Option]:
    """The options that the app asks for in this way."""
    return [one for one in OPTIONS.values() if one.control == way]


def choose_first(request: Request) -> dict[str, Any]:
    """Show what is asked in sight; the values chosen, which hold for the next film of this visit: nobody is asked twice."""
    told = {option.name: choose(option, request) for option in controls("first")}
    st.session_state[_TOLD] = told
    return told


def choose_live(request: Request) -> dict[str, Any]:
    """Show what is asked before filming; the values chosen."""
    return choose_first(request) | {one.name: choose(one, request) for one in OPTIONS.values() if one.live}


def with_last(request: Request) -> Request:
    """The same with what was told for an earlier film of this visit."""
    return request.choosing(st.session_state.get(_TOLD, {}))


def choose(option: Option, request: Request) -> Any:  # noqa: ANN401 - of the option's kind
    """Show the option's control, set as in this request; the value chosen."""
    value = request[option.name]
    if option.name in _OWN:
        return _OWN[option.name](option, value)
    label, told = _label(option), _help(option)
    if option.kind == "flag":
        return st.toggle(label, value=value, help=told)
    unset = say(f"control_{option.name}_unset").message if is_known(f"control_{option.name}_unset") else None
    if option.choices is not None:
        names = list(option.choices())
        return st.selectbox(
            label,
            names,
            index=names.index(value) if value in names else None,
            format_func=lambda name: _choice(option, name),
            placeholder=unset,
            help=told,
        )
    if option.kind in ("number", "whole"):
        of_kind = int if option.kind == "whole" else float
        low, high = (None if bound is None else of_kind(bound) for bound in (option.low, option.high))
        return st.number_input(label, low, high, value, placeholder=unset, help=told)
    return st.text_input(label, value, help=told)


def _label(option: Option) -> str:
    return say(f"control_{option.name}" if is_known(f"control_{option.name}") else f"option_{option.name}").message


def _choice(option: Option, name: str) -> str:
    code = f"control_{option.name}_{name}"
    return say(code).message if is_known(code) else name


def _help(option: Option) -> str | None:
    code = f"control_{option.name}_help"
    return say(code).message if is_known(code) else None


def _model(option: Option, value: str) -> str:
    """The models with how fast and exact each is, and whether it has to be fetched first."""
    hints = []
    for status in (states := {one.model.variant: one for one in model_files.status()}).values():
        hint = say(f"model_hint_{status.model.variant}").message
        fetched = say("analyze_fetched", size=status.model.size_bytes / 1e6).message
        hints.append(hint if status.state == "present" else f"{hint} · {fetched}")
    names = list(states)[::-1]
    chosen: str = st.radio(
        _label(option),
        names,
        index=names.index(value),
        format_func=lambda name: say(f"analyze_model_{name}").message,
        captions=hints[::-1],
    )
    return chosen


def _quality(option: Option, value: str) -> str:
    return "best" if st.toggle(_label(option), value=value == "best", help=_help(option)) else "standard"


#: Options with a control of their own.
_OWN: Final[Mapping[str, Callable[[Option, Any], Any]]] = {"model": _model, "quality": _quality}
