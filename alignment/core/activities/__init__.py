"""The activities that can be analyzed: one file each with one `ACTIVITY`, found by itself; extensions register theirs."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from alignment.core.assessment import Activity


def shipped_activities() -> dict[str, Activity]:
    """Every module's `ACTIVITY` by name, in alphabetical order. ValueError where two share a name."""
    found: dict[str, Activity] = {}
    for module in iter_modules(__path__):
        _add(found, import_module(f"{__name__}.{module.name}").ACTIVITY)
    return found


def _add(activities: dict[str, Activity], activity: Activity) -> None:
    if activity.name in activities:
        raise ValueError(f"there are two activities named {activity.name}")
    activities[activity.name] = activity


_ACTIVITIES: Final = shipped_activities()
#: Every activity by its name, those of extensions last.
ACTIVITIES: Final[Mapping[str, Activity]] = MappingProxyType(_ACTIVITIES)


def register(activity: Activity) -> Activity:
    """Add an activity of an extension. ValueError if its name is taken."""
    _add(_ACTIVITIES, activity)
    return activity
