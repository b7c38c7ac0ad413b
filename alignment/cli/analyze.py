"""`alignment analyze`: videos and what is wanted of them in; results on disk, words and an exit code out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from alignment.cli import jsonfile, options, progress, terminal
from alignment.errors import InputError
from alignment.request import ANALYZE, Request
from alignment.texts import say

if TYPE_CHECKING:
    from alignment.outputs import FolderSink
    from alignment.pose.engine import OpenEngine
    from alignment.workflow import Outcome, Where

OUT: Final = Path("out")
#: The fault after which the landmarks are kept.
UNRECOGNIZED: Final = "movement_not_recognised"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("analyze", help=say("help_analyze").message)
    @options.with_request(ANALYZE)
    def analyze(
        videos: options.Videos,
        out: options.Out = OUT,
        json: options.Json = None,
        one_occasion: options.OneOccasion = False,
        *,
        request: Request,
    ) -> None:
        raise typer.Exit(run(Job(videos, request, out, json, one_occasion=one_occasion)))


@dataclass(frozen=True)
class Job:
    """What was asked for: `json_file` is a path, `jsonfile.STDOUT`, or None for no JSON; `engine` looks if one is given.

    `one_occasion`: the videos are judged as one.
    """

    videos: Sequence[str]
    request: Request
    out: Path
    json_file: str | None = None
    engine: "OpenEngine | None" = None
    one_occasion: bool = False


def run(job: Job) -> int:
    """Analyze each video, show its results and return the worst exit code. A bad video does not stop the others."""
    from alignment import outputs, workflow
    from alignment.cli import show

    jsonfile.check(job.json_file)
    screen = terminal.console(stderr=job.json_file == jsonfile.STDOUT)
    sources = [_where(video) for video in job.videos]
    named = [where if isinstance(where, Path) else Path(f"camera_{where}") for where in sources]
    codes, found = [], []
    for where, place in zip(sources, outputs.places(named, job.out), strict=True):
        sink = outputs.FolderSink(place)
        try:
            outcome = _analyze_one(where, job, sink)
        except Exception as fault:  # noqa: BLE001 - said to the user, and the others still run
            codes.append(terminal.explain(fault))
            if isinstance(fault, InputError) and fault.code == UNRECOGNIZED:
                terminal.console(stderr=True).print(
                    str(say("landmarks_kept", path=sink.folder / outputs.TRACK)), markup=False
                )
            continue
        codes.append(outcome.exit_code)
        found.append(outcome.result)
        if not job.request.activity:
            show.recognition(screen, outcome.result)
        if job.one_occasion:
            show.film_of_occasion(screen, outcome, sink.folder, number=len(found))
        else:
            show.outcome(screen, outcome, sink.folder)
        if job.request.overlay and outcome.analysis.frames is None:
            screen.print(str(say("no_overlay_without_pictures")), markup=False)
    if not job.one_occasion:
        _write_json(job.json_file, [one.to_json() for one in found], single=len(sources) == 1)
    elif found:
        occasion = workflow.judge_occasion(found, job.request.limits)
        show.occasion(screen, occasion, clinical=job.request.clinical)
        _write_json(job.json_file, [occasion.to_json()], single=True)
    return terminal.worst(codes)


def _analyze_one(where: "Where", job: Job, sink: "FolderSink") -> "Outcome":
    from alignment import workflow

    with progress.bar(sink.folder.name) as bar:
        return workflow.analyze(where, job.request, job.engine, sink, bar.show)


def _where(video: str) -> "Where":
    path = Path(video)
    return int(video) if video.isascii() and video.isdigit() and not path.exists() else path


def _write_json(name: str | None, found: Sequence[str], *, single: bool) -> None:
    """One result as it is, several as a list; nothing where none is wanted, or the single video gave none."""
    if name is None or (single and not found):
        return
    jsonfile.write(name, found[0] if single else "[" + ",\n".join(found) + "]")
