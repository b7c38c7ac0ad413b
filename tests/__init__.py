"""The check of arrays' shapes, which has to be here before anything of the program is imported."""

from collections.abc import Callable
from functools import cache
from typing import Any


def checked_shapes(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with its arguments and result checked; the check is made ready where it is first needed.

    Most functions are never called in a test marked `checked`. A function inside another is a new one in every call.
    """

    @cache
    def ready() -> Callable[..., Any]:
        from beartype import beartype

        return beartype(function)

    def check(*arguments: Any, **named: Any) -> Any:
        return ready()(*arguments, **named)

    return check
