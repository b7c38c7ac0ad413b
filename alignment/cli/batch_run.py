"""What `alignment batch` does: many videos in; tables on disk, a bar with rate and time left, and an exit code out."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePath
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.text import Text as Styled

from alignment.batch import Analyzed, Batch, store
from alignment.batch.inputs import Inputs, gather
from alignment.batch.tables import FAILURES, NAMES, RUN
from alignment.batch.tasks import Task
from alignment.cli import terminal
from alignment.request import Request
from alignment.texts import say
from alignment.workflow import MEASURED, NOTHING_MEASURED, Stage

#: Where there is no terminal, how often a line tells how far the run is.
_LINE_EVERY_S: Final = 30.0
#: More failures than this are only counted on the screen; the table has them all.
_MOST_FAILURES: Final = 20


def run(inputs: Sequence[str], request: Request, out: str, scheduler: str | None) -> int:
    """Do what is missing, tell how far it is, and return the worst exit code. InputError where nothing can be begun."""
    screen = terminal.console(stderr=True)
    found = gather(inputs, NAMES)
    with store.open_store(out) as place:
        run = Batch(found, request, place, scheduler=scheduler)
        _begin(screen, run, found, scheduler)
        tally = _Tally(screen)
        try:
            with _gauge(screen, run) as gauge:
                for done in run.run(gauge.follow, gauge.fetching):
                    gauge.done(done)
                    tally.take(done)
        finally:
            _end(terminal.console(), run, tally, place, landmarks_only=request.landmarks_only)
    return terminal.worst(tally.codes)


def _begin(screen: Console, run: Batch, inputs: Inputs, scheduler: str | None) -> None:
    total, missing = len(run.plans), len(run.missing)
    screen.print(Styled(say("batch_start", total=total, kept=total - missing, missing=missing).message))
    if missing:
        who = say("batch_who_cluster", url=scheduler) if scheduler else say("batch_who", workers=run.workers)
        screen.print(Styled(who.message))
    if inputs.left_aside:
        kinds = Counter(PurePath(path).suffix.lower() or PurePath(path).name for path in inputs.left_aside)
        named = ", ".join(kind for kind, _ in kinds.most_common(5))
        screen.print(Styled(say("batch_left_aside", count=len(inputs.left_aside), kinds=named).message))


class _Tally:
    """What there is to say at the end."""

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self.codes: list[int] = []
        self.grades: Counter[str] = Counter()
        self.failures = 0

    def take(self, done: Analyzed) -> None:
        """Note one video; tell at once why it failed."""
        if done.failure is not None:
            self.failures += 1
            self.codes.append(terminal.UNUSABLE if done.failure.of_input else terminal.UNFORESEEN)
            if self.failures <= _MOST_FAILURES:
                line = _failed_line(done.video, done.failure.text.message)
                self._screen.print(Styled.assemble((say("error").message, "bold red"), f" {line}"))
        elif done.result is not None:
            self.grades[done.result.quality.grade] += 1
            self.codes.append(MEASURED if done.result.measured else NOTHING_MEASURED)


def _failed_line(video: str, reason: str) -> str:
    """The reason, which mostly names the video itself."""
    return reason if video in reason else say("batch_failed_line", video=video, reason=reason).message


def _end(screen: Console, run: Batch, tally: _Tally, place: store.Store, *, landmarks_only: bool) -> None:
    for how in ("analyzed", "assessed", "kept", "failed"):
        if run.counts[how]:
            word = say(f"batch_told_{how}").message
            screen.print(Styled(say("batch_told", word=word, count=run.counts[how]).message))
    if sum(run.counts.values()) < len(run.plans):
        word = say("batch_told_not_begun").message
        screen.print(Styled(say("batch_told", word=word, count=len(run.plans) - sum(run.counts.values())).message))
    if tally.grades:
        grades = {grade: tally.grades[grade] for grade in ("good", "usable", "unusable")}
        screen.print(Styled(say("batch_grades", **grades).message))
    if run.left_out:
        screen.print(Styled(say("batch_left_out", count=len(run.left_out), path=place.display_name(RUN)).message))
    if tally.failures:
        screen.print(Styled(say("batch_see_failures", path=place.display_name(FAILURES)).message))
    if landmarks_only:
        screen.print(Styled(str(say("batch_landmarks_in", path=place.display_name()))))
    elif run.counts:
        screen.print(Styled(say("batch_tables", path=place.display_name()).message))


# --- How far it is


class _Gauge:
    """A bar over all videos: each counts by the share of it that is done."""

    def __init__(self, progress: Progress, screen: Console, run: Batch) -> None:
        self._progress = progress
        self._screen = screen
        self._total = len(run.plans)
        self._before = self._total - len(run.missing)
        self._done = 0
        self._shares: dict[str, float] = {}
        self._began_s = self._line_s = time.monotonic()
        self._task: TaskID | None = None

    def begin(self) -> None:
        """Show the bar, with nothing done yet."""
        self._task = self._progress.add_task("", total=float(self._total), **self._words())

    def fetching(self, done: int, total: int) -> None:
        """The model is being fetched."""
        if self._task is not None:
            self._progress.update(self._task, description=escape(f"{say('stage_model').message} {done / total:.0%}"))

    def follow(self, task: Task, stage: Stage, share: float | None) -> None:
        """One video has come this far."""
        if stage == Stage.LANDMARKS and share is not None:
            self._shares[task.name] = share
        self._show()

    def done(self, video: Analyzed) -> None:
        """One video is finished."""
        self._shares.pop(video.video, None)
        self._done += 1
        self._show()

    def _show(self) -> None:
        if self._task is not None:
            completed = self._done + sum(self._shares.values())
            self._progress.update(self._task, description="", completed=completed, **self._words())
        elif time.monotonic() - self._line_s > _LINE_EVERY_S:
            self._line_s = time.monotonic()
            words = self._words()
            line = say("batch_line", done=self._done, total=self._total, rate=words["rate"], left=words["left"])
            self._screen.print(Styled(line.message))

    def _words(self) -> dict[str, Any]:
        passed_s = time.monotonic() - self._began_s
        worked = self._done - self._before + sum(self._shares.values())
        counted = say("batch_working", done=self._done, total=self._total).message
        if worked <= 0 or passed_s < 1:
            return {"counted": counted, "rate": "", "left": ""}
        left_s = max(self._total - self._before - worked, 0.0) * passed_s / worked
        return {
            "counted": counted,
            "rate": say("batch_rate", rate=60 * worked / passed_s).message,
            "left": say("batch_left", left=timedelta(seconds=round(left_s))).message,
        }


@contextmanager
def _gauge(screen: Console, run: Batch) -> Iterator[_Gauge]:
    """A gauge of the run; on a terminal it is a bar that vanishes at the end."""
    names = ("description", "fields[counted]", "fields[rate]", "fields[left]")
    texts = [TextColumn(f"{{task.{name}}}") for name in names]
    columns = (texts[0], BarColumn(), *texts[1:])
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        gauge = _Gauge(progress, screen, run)
        if screen.is_terminal and run.missing:
            gauge.begin()
        yield gauge
