"""What a person has moved and not yet kept: moves in, the corrections that they make of an analysis' former ones out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from alignment.pages.drag import Picture, Place
from alignment.records import Analysis, Correction, KeyFrame

#: Nearer than this to where the model has it, a landmark is as the model has it.
_SAME_PX: Final = 0.3

#: Landmarks of one key frame and where they were put; None where the model has them.
Moves = Mapping[str, Place | None]


@dataclass(frozen=True)
class Work:
    """Moves on the key frames of one analysis, by the frames' times, and the analysis as it was when the first was made."""

    seen: Analysis
    moves: Mapping[float, Moves] = field(default_factory=lambda: MappingProxyType({}))
    #: How often the handles were put back from outside the picture.
    turn: int = 0

    @property
    def wanted(self) -> tuple[Correction, ...]:
        """The corrections as they will be: the former ones with the moves, in order of time."""
        places = {(_same(one.time_s), one.landmark): one for one in self.seen.corrections}
        for time_s, moves in self.moves.items():
            for landmark, place in moves.items():
                if place is None:
                    places.pop((_same(time_s), landmark), None)
                else:
                    places[_same(time_s), landmark] = Correction(time_s, landmark, *place)
        return tuple(sorted(places.values(), key=lambda one: (one.time_s, one.landmark)))

    def key(self, frame: KeyFrame) -> str:
        """The name of a key frame's handles on the page; another one where they have to begin anew."""
        return f"correct_drag_{self.seen.key}_{self.seen.version}_{self.turn}_{frame.time_s:.4f}"

    def moved_at(self, time_s: float, shown: Picture) -> dict[str, Place]:
        """Where the handles of a key frame were moved to."""
        model = {handle.name: handle.model or handle.at for handle in shown.handles}
        moves = self.moves.get(time_s, {})
        return {name: model[name] if place is None else place for name, place in moves.items() if name in model}

    def with_moves(self, time_s: float, places: Mapping[str, Place], model: Mapping[str, Place]) -> "Work":
        """The same with these handles of one key frame moved and no others; `model` tells where the model has them."""
        moves = {name: None if _near(place, model.get(name)) else place for name, place in places.items()}
        rest = {time: others for time, others in self.moves.items() if time != time_s}
        return replace(self, moves=MappingProxyType({**rest, time_s: moves} if moves else rest))

    def on(self, newest: Analysis) -> "Work":
        """The same moves on a newer state of the analysis, shown anew."""
        return replace(self, seen=newest, turn=self.turn + 1)


def _near(place: Place, model: Place | None) -> bool:
    return model is not None and abs(place[0] - model[0]) < _SAME_PX and abs(place[1] - model[1]) < _SAME_PX


def _same(time_s: float) -> float:
    return round(time_s, 4)
