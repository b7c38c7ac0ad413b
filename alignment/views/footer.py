"""The strip under the overlay: a result and a time in, verdict per leg, count of repetitions, camera and legend out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from alignment.core.result import Cycle, Result, Summary, Verdict, changed_deg
from alignment.core.skeleton import SIDES
from alignment.texts import say
from alignment.views.canvas import COLOURS, INK, PAPER, Canvas, Colour, Image, Mark, Point, wrap
from alignment.views.keyframes import WORST_FIRST
from alignment.views.wording import camera_words, reason_text

_MUTED: Colour = (176, 180, 188)
#: How long after its end a repetition that does not count is named, in seconds.
_NAMED_S = 1.5


@dataclass(frozen=True)
class Judgement:
    """What one leg (or both together) come to: the mark, its word, and a note in small print."""

    mark: Mark
    words: str
    note: str = ""


#: Draws a sample of a kind of line between two points.
Sample = Callable[[Canvas, Point, Point], None]


@dataclass(frozen=True)
class Key:
    """One entry of the legend: a sample of what is drawn, and what it means."""

    draw: Sample
    meaning: str


def judgement(result: Result, sides: Iterable[str]) -> Judgement:
    """The worst verdict of the summary rows of these sides; the mark None where nothing judges what was measured.

    The note names the measures at or beyond the edge and in how many repetitions, or why the film cannot tell.
    """
    rows = [row for row in result.summary if row.side in sides]
    verdicts = [row.verdict for row in rows if row.verdict is not None]
    if not verdicts:
        if any(row.mean is not None for row in rows):
            return Judgement(None, say("verdict_none").message)
        return Judgement(Verdict.UNKNOWN, say("verdict_unknown").message, _first_reason(rows))
    worst = next(verdict for verdict in WORST_FIRST if verdict in verdicts)
    its_rows = [row for row in rows if row.verdict is worst]
    if worst is Verdict.UNKNOWN:
        return Judgement(worst, say("verdict_unknown").message, _first_reason(its_rows))
    words = say("overlay_edge" if worst is Verdict.EDGE else f"verdict_{worst}").message
    measures = dict.fromkeys(say(f"measure_{row.measure}").message for row in its_rows)
    named = [] if worst is Verdict.WITHIN else list(measures)
    unknown = [say("overlay_some_unknown").message] if Verdict.UNKNOWN in verdicts else []
    worst_row = max(its_rows, key=lambda row: (row.near or 0) + (row.outside or 0))
    shared = (
        [] if worst_row.sharing is None else [say("overlay_share", count=worst_row.sharing, total=worst_row.n).message]
    )
    return Judgement(worst, words, ", ".join([*named, *shared, *unknown]))


def _first_reason(rows: Sequence[Summary]) -> str:
    return reason_text(next((row.reason for row in rows if row.reason), None))


def repetition_counts(result: Result, time_s: float) -> list[str]:
    """How many repetitions are over at this time, of how many: one phrase per kind and side, without rejected ones."""
    kept = sorted((cycle for cycle in result.cycles if cycle.rejected is None), key=_kind)
    phrases = []
    for (kind, side), group in groupby(kept, _kind):
        cycles = list(group)
        what, done = say(f"overlay_kind_{kind}").message, sum(cycle.end_s <= time_s for cycle in cycles)
        code, side_word = (
            ("overlay_count", "") if side == "both" else ("overlay_count_side", say(f"side_{side}").message)
        )
        phrases.append(say(code, what=what, side=side_word, done=done, total=len(cycles)).message)
    return phrases or [say("overlay_count_none").message]


def not_counted(result: Result, time_s: float) -> str:
    """Why the repetition of this time does not count; empty where it does or none is under way."""
    for cycle in result.cycles:
        if cycle.rejected is not None and cycle.start_s <= time_s <= cycle.end_s + _NAMED_S:
            return say("overlay_not_counted", reason=reason_text(cycle.rejected)).message
    return ""


def _kind(cycle: Cycle) -> tuple[str, str]:
    return cycle.kind, cycle.side


class Footer:
    """Draws the strip for a result under pictures of one width. Its height stays the same through the film."""

    def __init__(self, result: Result, width: int, em: float, keys: list[Key]) -> None:
        self._result = result
        self.width = width
        self._em = em
        self._state: tuple[list[str], str] | None = None
        self._strip = np.full((1, width, 3), INK, np.uint8)
        rejections = [not_counted(result, cycle.start_s) for cycle in result.cycles if cycle.rejected is not None]
        self._upper = np.vstack([self._chips(), self._camera()])
        self._lower = self._legend(keys)
        lines = max((len(wrap(self._blank(), text, 0.8 * em, width - 2 * em)) for text in rejections), default=0)
        self._middle_height = round(
            (1.4 * len(self._count_lines(repetition_counts(result, 0.0))) + 1.1 * lines + 0.35) * em
        )

    def paint(self, time_s: float) -> Image:
        """The strip as it is at this time."""
        state = repetition_counts(self._result, time_s), not_counted(self._result, time_s)
        if state != self._state:
            self._strip = np.vstack([self._upper, self._middle(*state), self._lower])
            self._state = state
        return self._strip

    def _blank(self, rows: int = 1) -> Canvas:
        return Canvas(np.full((rows, self.width, 3), INK, np.uint8), self._em)

    def _cells(self) -> list[tuple[str, Judgement]]:
        """Legs in the order in which the picture shows them, then what stands out of both together, if anything."""
        order = SIDES if self._result.viewpoint.facing == "back" else SIDES[::-1]
        cells = [(say(f"overlay_leg_{side}").message, judgement(self._result, [side])) for side in order]
        together = judgement(self._result, ["body", "difference"])
        if together.mark in (Verdict.EDGE, Verdict.OUTSIDE):
            cells.append((say("overlay_leg_body").message, together))
        return cells

    def _chips(self) -> Image:
        """Mark, name and verdict of each leg side by side, as many in a row as stay readable."""
        cells, em = self._cells(), self._em
        in_a_row = max(1, min(len(cells), int(self.width / (13 * em))))
        in_a_row = 2 if in_a_row < len(cells) and in_a_row > 1 else in_a_row
        rows = [cells[k : k + in_a_row] for k in range(0, len(cells), in_a_row)]
        return np.vstack([self._chip_row(row, self.width / len(row)) for row in rows])

    def _chip_row(self, cells: list[tuple[str, Judgement]], width: float) -> Image:
        em, scratch = self._em, self._blank()
        room = width - 3.4 * em
        texts = [
            (wrap(scratch, cell.words, 0.9 * em, room), wrap(scratch, cell.note, 0.72 * em, room)[:3])
            for _, cell in cells
        ]
        height = max(1.2 * len(words) + 0.95 * len(note) for words, note in texts)
        canvas = self._blank(round((height + 2.0) * em))
        for position, ((name, cell), (words, note)) in enumerate(zip(cells, texts, strict=True)):
            left, y = position * width + 2.7 * em, 1.0 * em
            canvas.mark((position * width + 1.5 * em, 1.5 * em), 0.85 * em, cell.mark)
            canvas.text((left, y), name, em, PAPER, 700)
            for line in words:
                y += 1.2 * em
                canvas.text((left, y), line, 0.9 * em, _readable(cell.mark), 500)
            for line in note:
                y += 0.95 * em
                canvas.text((left, y), line, 0.72 * em, _MUTED, 400)
        return canvas.image

    def _count_lines(self, phrases: list[str]) -> list[str]:
        """The counts on as few lines as the width allows."""
        scratch, lines = self._blank(), list[str]()
        for phrase in phrases:
            longer = f"{lines[-1]}   ·   {phrase}" if lines else phrase
            if lines and scratch.text_width(longer, 0.95 * self._em, 600) <= self.width - 2 * self._em:
                lines[-1] = longer
            else:
                lines.append(phrase)
        return lines

    def _middle(self, counts: list[str], rejection: str) -> Image:
        em, canvas = self._em, self._blank(self._middle_height)
        canvas.line([(0, 0), (self.width, 0)], (70, 74, 82), 1.0)
        y = 0.0
        for line in self._count_lines(counts):
            canvas.text((em, y + 1.0 * em), line, 0.95 * em, PAPER, 600)
            y += 1.4 * em
        for line in wrap(canvas, rejection, 0.8 * em, self.width - 2 * em):
            canvas.text((em, y + 0.75 * em), line, 0.8 * em, COLOURS[Verdict.EDGE], 500)
            y += 1.1 * em
        return canvas.image

    def _camera(self) -> Image:
        """Where the camera stood, and what turning the picture back changed."""
        words = camera_words(self._result.viewpoint, changed_deg(self._result.cycles))
        em, size = self._em, 0.8 * self._em
        lines = wrap(self._blank(), words, size, self.width - 2 * em)
        canvas = self._blank(round((1.05 * len(lines) + 0.5) * em))
        for number, line in enumerate(lines):
            canvas.text((em, (0.45 + 1.05 * number) * em), line, size, PAPER, 400)
        return canvas.image

    def _legend(self, keys: list[Key]) -> Image:
        """Sample and meaning of each kind of line, one after the other, wrapped to the width."""
        em, size, scratch = self._em, 0.74 * self._em, self._blank()
        placed: list[tuple[float, float, Key, list[str]]] = []
        x, y = em, 0.7 * em
        for key in keys:
            lines = wrap(scratch, key.meaning, size, self.width - 5 * em)
            wide = 2.6 * em + max(scratch.text_width(line, size, 400) for line in lines)
            if x > em and x + wide > self.width - em:
                x, y = em, y + 1.15 * em
            placed.append((x, y, key, lines))
            x += wide + 1.2 * em
            if len(lines) > 1:
                x, y = em, y + (1.15 + 0.95 * (len(lines) - 1)) * em
        canvas = self._blank(round((y + 0.8 * em) if x > em else y))
        for x, y, key, lines in placed:
            key.draw(canvas, (x, y), (x + 2.1 * em, y))
            for number, line in enumerate(lines):
                canvas.text((x + 2.6 * em, y + 0.95 * em * number), line, size, _MUTED, 400)
        return canvas.image


def _readable(mark: Mark) -> Colour:
    """The mark's colour, lightened until it can be read as text on the dark strip."""
    red, green, blue = COLOURS[mark]
    return (red + 255) // 2, (green + 255) // 2, (blue + 255) // 2
