"""What can be compared: the analyses made here and results that were saved earlier in; results with curves and films out."""

import hashlib
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from alignment import outputs
from alignment.core.result import Course, Result
from alignment.pages import films
from alignment.pages.runs import Run, runs
from alignment.texts import say


@dataclass(frozen=True)
class Candidate:
    """One result that can be compared. `film_key` names what keeps its files from being removed while it is looked at.

    `track` is the track.parquet that a saved one brought; an analysis made here has it in its folder.
    """

    key: str
    origin: Literal["run", "saved"]
    result: Result
    course: Course | None
    film: Path | None
    film_key: str
    track: bytes | None = None

    @property
    def title(self) -> str:
        """What tells it from others: the film, the movement, the part, and where it comes from."""
        result = self.result
        part = say("analyze_from_to", start_s=result.part_s[0], end_s=result.part_s[1]).message if result.part_s else ""
        model = say(f"analyze_model_{result.software.model}").message
        origin = say(f"compare_from_{self.origin}").message
        parts = (result.source.name, say(f"activity_{result.activity}").message, part, model, origin)
        return " · ".join(text for text in parts if text)

    @property
    def first_s(self) -> float:
        """When the film with lines begins, on the clock of the film as it was given."""
        if self.course is not None and len(self.course.time_s):
            return float(self.course.time_s[0])
        return self.result.part_s[0] if self.result.part_s else 0.0


class SavedResults:
    """The saved results of this process; each goes when the files that it brought are removed."""

    def __init__(self, shelf: films.Shelf) -> None:
        self._shelf = shelf
        self._kept: dict[str, Candidate] = {}
        self._lock = threading.Lock()
        shelf.dropped.append(self._drop)

    def add(self, given: Sequence[tuple[str, io.BufferedIOBase]]) -> list[Candidate]:
        """Keep the results in these files. InputError where they hold none, or broken ones."""
        added = []
        for saved in outputs.read_saved(given):
            told = saved.result.to_json().encode()
            name, content = (outputs.RESULT, told) if saved.overlay is None else (outputs.OVERLAY, saved.overlay)
            # A film keeps its files; one without a film, its result.
            film = self._shelf.add(name, io.BytesIO(content))
            key = hashlib.sha256(told + film.key.encode()).hexdigest()[:16]
            path = None if saved.overlay is None else film.path
            added.append(Candidate(key, "saved", saved.result, saved.course, path, film.key, saved.track))
        with self._lock:
            self._kept.update({one.key: one for one in added})
        return added

    def all(self) -> list[Candidate]:
        """The saved results, in the order in which they came."""
        with self._lock:
            return list(self._kept.values())

    def clear(self) -> None:
        """Let go of all of them with their files."""
        for key in {one.film_key for one in self.all()}:
            self._shelf.remove(key)

    def _drop(self, film_key: str) -> None:
        with self._lock:
            self._kept = {key: one for key, one in self._kept.items() if one.film_key != film_key}


@cache
def saved_results() -> SavedResults:
    """The one set of saved results of this process."""
    return SavedResults(films.shelf())


def candidates() -> list[Candidate]:
    """Everything that can be compared now: what was saved earlier, then what was analyzed here, the latest last."""
    made = [found for run in runs().finished() if (found := _of_run(run)) is not None]
    return saved_results().all() + made


def _of_run(run: Run) -> Candidate | None:
    if run.outcome is None:
        return None
    result, film = run.outcome.result, run.sink.folder / outputs.OVERLAY
    course = None if result.curves is None else result.curves.course
    there = film if film.is_file() else None
    return Candidate(run.order.key, "run", result, course, there, run.order.film.key)


def default_pair(there: Sequence[Candidate]) -> tuple[Candidate, Candidate]:
    """The two to begin with: the last one, and the last before it of the same movement, else simply the one before."""
    after = there[-1]
    same = [one for one in there[:-1] if one.result.activity == after.result.activity]
    return (same or there[:-1])[-1], after
