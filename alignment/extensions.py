"""Additions of others: modules that register an activity, measure, output, engine, option or language when imported.

An installed package names its module in the entry-point group `alignment.extensions`; `load` takes any other by its name.
Whoever works for a run in another process loads the same ones (`batch.tasks.Task.extensions`).
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Final

GROUP: Final = "alignment.extensions"
_loaded: dict[str, None] = {}


def load(names: Iterable[str]) -> None:
    """Import these modules, each once. What an import raises passes through."""
    for name in names:
        if name not in _loaded:
            import_module(name)
            _loaded[name] = None


def load_installed() -> None:
    """Import the modules that installed packages name."""
    load(one.value for one in entry_points(group=GROUP))


def loaded_modules() -> tuple[str, ...]:
    """The names of the modules that were loaded, in their order."""
    return tuple(_loaded)
