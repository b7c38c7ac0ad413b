"""The activities that can be analyzed: one file each with one `ACTIVITY`, found by itself."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from alignment.assessment import Activity


def _found() -> Mapping[str, Activity]:
    """Every module's `ACTIVITY` by name, in alphabetical order. ValueError where two share a name."""
    activities: dict[str, Activity] = {}
    for module in iter_modules(__path__):
        activity: Activity = import_module(f"{__name__}.{module.name}").ACTIVITY
        if activity.name in activities:
            raise ValueError(f"there are two activities named {activity.name}")
        activities[activity.name] = activity
    return MappingProxyType(activities)


ACTIVITIES: Mapping[str, Activity] = _found()
