"""`alignment check`: one video in; a verdict on its filming, the fixes and an exit code out."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from alignment.cli import jsonfile, options, progress, terminal
from alignment.request import CHECK, Request
from alignment.texts import say

if TYPE_CHECKING:
    from alignment.pose.engine import OpenEngine


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("check", help=say("help_check").message)
    @options.with_request(CHECK)
    def check(video: options.CheckVideo, json: options.CheckJson = None, *, request: Request) -> None:
        raise typer.Exit(run(video, request, json))


def run(video: Path, request: Request, json_file: str | None = None, engine: "OpenEngine | None" = None) -> int:
    """Look at the video, say how it is filmed, and return the exit code. InputError where it cannot be read."""
    from alignment import workflow
    from alignment.cli import show_filming

    jsonfile.check(json_file)
    with progress.bar(video.name) as bar:
        found = workflow.check_filming(video, request, engine, bar.show)
    show_filming.filming(terminal.console(stderr=json_file == jsonfile.STDOUT), found)
    if json_file is not None:
        jsonfile.write(json_file, found.to_json())
    return workflow.MEASURED if found.fit else workflow.NOTHING_MEASURED
