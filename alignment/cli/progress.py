"""How far the work has come: stages and shares in, a bar with the time left out, on a terminal only."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from alignment.cli import terminal
from alignment.texts import say


class Bar:
    """A progress bar on the error output."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name
        self._stage = ""
        self._task: TaskID | None = None

    def show(self, stage: str, share: float | None) -> None:
        """Move to this share (0 to 1, None if unknown) of the stage; a new one starts the clock."""
        total = None if share is None else 1.0
        if self._task is None or stage != self._stage:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._stage = stage
            self._task = self._progress.add_task(f"{self._name}: {say(f'stage_{stage}').message}", total=total)
        self._progress.update(self._task, total=total, completed=share or 0.0)


@contextmanager
def bar(name: str) -> Iterator[Bar]:
    """A bar for the work in the block, named after what it works on; it vanishes at the end."""
    screen = terminal.console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        yield Bar(progress, escape(name))
