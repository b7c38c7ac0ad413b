"""Clips of people who wear marks on the pelvis in; how far off what the marks tell is, by kind of mark and by clip, out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from alignment.accuracy.bench import Compared
from alignment.accuracy.statistics import Errors, Samples, errors_of
from alignment.core.activities import ACTIVITIES
from alignment.core.measures import MEASURES, by_marks
from alignment.core.track import Flags


@dataclass(frozen=True)
class Told:
    """What one kind of mark tells of one measure, in all frames or at the key moments; of all clips where `clip` is empty.

    Moments at which a mark is `hidden` do not count in the errors: nothing should be given there, and `hidden_given` was.
    """

    source: str
    clip: str
    measure: str
    unit: str
    moments: str
    errors: Errors
    hidden: int
    hidden_given: int


def told_by_marks(compared: Sequence[Compared]) -> tuple[Told, ...]:
    """Of each kind of mark first all clips together, then each; only the measures that the clips' activities show."""
    worn = [one for one in compared if one.clip.truth.worn]
    found = []
    for source in dict.fromkeys(_source(one) for one in worn):
        some = [one for one in worn if _source(one) == source]
        found += _rows(source, "", some)
        for one in some:
            found += _rows(source, one.clip.name, [one])
    return tuple(found)


def _rows(source: str, label: str, some: Sequence[Compared]) -> list[Told]:
    rows = []
    for measure in by_marks():
        those = [one for one in some if measure in ACTIVITIES[one.clip.truth.activity].worn().measures]
        for moments in ("key", "frames"):
            parts = [part for one in those for part in _samples(one, measure, moments)]
            seen = [_where(samples, ~hidden) for samples, hidden in parts]
            unseen = Samples.pool(_where(samples, hidden) for samples, hidden in parts)
            errors, covered = (errors_of(one, with_baseline=False) for one in (Samples.pool(seen), unseen))
            if errors.of or covered.of:
                unit = MEASURES[measure].unit
                rows.append(Told(source, label, measure, unit, moments, errors, covered.of, covered.n))
    return rows


def _source(one: Compared) -> str:
    return one.clip.truth.worn.source if one.clip.truth.worn else ""


def _samples(one: Compared, measure: str, moments: str) -> list[tuple[Samples, Flags]]:
    """A measure's samples of each side, and at which of them a mark is hidden."""
    covered = one.clip.truth.worn.covered if one.clip.truth.worn else None
    parts = []
    for whose in MEASURES[measure].whose:
        samples = (one.keys if moments == "key" else one.frames)[measure, whose]
        time_s = one.key_times_s(whose) if moments == "key" else one.time_s
        hidden = np.zeros(len(time_s), bool)
        if covered:
            hidden = (time_s >= covered.start_s) & (time_s <= covered.end_s)
        parts.append((samples, hidden))
    return parts


def _where(samples: Samples, those: Flags) -> Samples:
    return Samples(*(getattr(samples, own.name)[those] for own in fields(Samples)))
