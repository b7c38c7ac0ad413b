"""What an activity is: how to film it, how to cut it into cycles, and which measures matter there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alignment.cycles import Cut
from alignment.result import Facing
from alignment.viewpoint import Anchor, Body, FreeFoot


@dataclass(frozen=True)
class Activity:
    """What someone does in the film, how to cut it into cycles, and which measures matter there."""

    name: str
    title: str
    #: How to film it, for the person.
    description: str
    cut: Callable[[Body], list[Cut]]
    #: The measures of the summary, most telling first.
    measures: tuple[str, ...]
    #: What stays at one depth; see `viewpoint`.
    anchor: Anchor = "feet"
    #: What the foot does that does not stand.
    free_foot: FreeFoot = "held"
    views: tuple[Facing, ...] = ("front", "back")
    max_fps: float = 30.0
    cutoff_hz: float = 6.0
    max_gap_s: float = 0.2
    #: Standard errors of measures that the model sees less well here than elsewhere; they add to the measures' own.
    own_se: Mapping[str, float] = field(default_factory=dict)
    #: Measures that cannot be told in this activity yet, with the code of the reason.
    cannot_tell: Mapping[str, str] = field(default_factory=dict)
