"""`alignment demo`: the sample that comes with the program, analyzed."""

import time
from pathlib import Path
from typing import Final

import typer

from alignment.cli import analyze, options
from alignment.errors import InputError
from alignment.request import DEFAULT_MODEL, Request
from alignment.texts import say

_SAMPLE: Final = ("squat_front.mp4", "squat")


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("demo", help=say("help_demo").message)
    def demo(out: options.Out = analyze.OUT, model: options.Model = DEFAULT_MODEL) -> None:
        began_s = time.perf_counter()
        name, activity = _SAMPLE
        code = analyze.run(analyze.Job([str(_sample(name))], Request(activity, model=model).check(), out))
        typer.echo(say("took", seconds=time.perf_counter() - began_s).message)
        raise typer.Exit(code)


def _sample(name: str) -> Path:
    """The sample video, in the installed package or in the checkout that the program runs from."""
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if (folder / name).is_file():
            return folder / name
    raise InputError("no_sample")
