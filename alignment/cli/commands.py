"""The commands and their options; what is heavy loads only inside them."""

import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Final

import typer

from alignment import weights
from alignment.cli import batch_command, options, records, report_command, terminal
from alignment.cli.stopping import STOPPED
from alignment.texts import InputError, say

_OUT: Final = Path("out")
_SAMPLE: Final = ("squat_front.mp4", "squat")


def _help(code: str) -> str:
    return say(code).message


app = typer.Typer(
    name="alignment", help=_help("help"), no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich"
)
models_app = typer.Typer(help=_help("help_models"), no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(records.app, name="records")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command on these arguments (those of the process if None) and return its exit code.

    Whatever it raises, but for being stopped, becomes a sentence.
    """
    try:
        return app(args=None if arguments is None else list(arguments), standalone_mode=False) or 0
    except typer.Abort:
        return STOPPED
    except Exception as fault:  # noqa: BLE001 - the last resort of the program: the user gets a sentence
        return terminal.explain(fault)


def _print_version(wanted: bool) -> bool:
    if wanted:
        try:
            number = installed_version("alignment")
        except PackageNotFoundError:
            number = "unknown"
        typer.echo(f"alignment {number}")
        raise typer.Exit
    return wanted


@app.callback()
def _main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_help("help_version"))
    ] = False,
) -> None: ...


@app.command(help=_help("help_analyze"))
def analyze(
    videos: options.Videos,
    activity: options.ActivityName = None,
    out: options.Out = _OUT,
    json: options.Json = None,
    start: options.Start = None,
    end: options.End = None,
    mirrored: options.Mirrored = False,
    fps: options.Rate = None,
    person: options.Person = None,
    camera_roll: options.CameraRoll = None,
    model: options.Variant = options.DEFAULT_MODEL,
    quality: options.Quality = "standard",
    workers: options.Workers = 0,
    limits: options.LimitsFile = None,
    no_overlay: options.NoOverlay = False,
    no_report: options.NoReport = False,
    no_blur_faces: options.NoBlurFaces = False,
) -> None:
    """Analyze recorded videos; the sentences of its help are in the catalogue."""
    _check_model(model)
    from alignment.cli import videos as work
    from alignment.run import Options

    found = work.analyze(
        work.Request(
            videos=videos,
            activity=work.activity(activity),
            settings=work.settings(
                limits_file=limits, camera_roll_deg=camera_roll, start_s=start, end_s=end, person=person
            ),
            options=Options(
                variant=model,
                quality=quality,
                workers=workers,
                mirrored=mirrored,
                rate_hz=fps,
                overlay=not no_overlay,
                report=not no_report,
                blur_faces=not no_blur_faces,
            ),
            out=out,
            json_file=json,
        )
    )
    raise typer.Exit(found)


@app.command(help=_help("help_check"))
def check(
    video: options.CheckVideo,
    activity: options.CheckActivity = None,
    json: options.CheckJson = None,
    start: options.Start = None,
    end: options.End = None,
    mirrored: options.Mirrored = False,
    fps: options.Rate = None,
    person: options.Person = None,
    camera_roll: options.CameraRoll = None,
    model: options.Variant = options.DEFAULT_MODEL,
) -> None:
    """Say whether a video is filmed well enough."""
    _check_model(model)
    from alignment.cli import check as work
    from alignment.cli import videos
    from alignment.run import Options

    found = work.check(
        work.Request(
            video=video,
            activity=videos.activity(activity) if activity else None,
            settings=videos.settings(camera_roll_deg=camera_roll, start_s=start, end_s=end, person=person),
            options=Options(variant=model, mirrored=mirrored, rate_hz=fps),
            json_file=json,
        )
    )
    raise typer.Exit(found)


app.command(help=_help("help_batch"))(batch_command.batch)
app.command("report", help=_help("help_report"))(report_command.report)


@app.command(help=_help("help_demo"))
def demo(out: options.Out = _OUT, model: options.Variant = options.DEFAULT_MODEL) -> None:
    """Analyze the packaged sample."""
    _check_model(model)
    began_s = time.perf_counter()
    name, activity = _SAMPLE
    from alignment.cli import videos as work
    from alignment.run import Options

    request = work.Request(
        videos=[str(_sample(name))],
        activity=work.activity(activity),
        settings=work.settings(),
        options=Options(variant=model),
        out=out,
    )
    code = work.analyze(request)
    typer.echo(say("took", seconds=time.perf_counter() - began_s).message)
    raise typer.Exit(code)


@app.command(help=_help("help_validate"))
def validate(
    folder: options.TruthFolder,
    json: options.ValidateJson = None,
    model: options.Variant = options.DEFAULT_MODEL,
    out: options.ValidateOut = None,
    repeatability: options.RepeatabilityFile = None,
    by: options.By = "activity",
    split: options.Split = None,
    tracks: options.Tracks = None,
    no_naive: options.NoNaive = False,
    no_vertical: options.NoVertical = False,
    workers: options.Workers = 0,
) -> None:
    """Measure clips with known truth."""
    _check_model(model)
    from alignment.accuracy import How
    from alignment.cli import validate as work

    how = How(variant=model, vertical=not no_vertical, plain=not no_naive, tracks=tracks, workers=workers)
    request = work.Request(
        folder=folder, how=how, by=by, split=split, json_file=json, out=out, repeatability=repeatability
    )
    work.validate(request)


@models_app.command("list", help=_help("help_models_list"))
def list_models() -> None:
    """List the model files."""
    from alignment.cli import lists

    lists.models(terminal.console(), weights.status())


@models_app.command("fetch", help=_help("help_models_fetch"))
def fetch_models(variants: options.Variants = None) -> None:
    """Fetch model files."""
    for variant in variants or [options.DEFAULT_MODEL]:
        _check_model(variant)
    from alignment.cli import progress

    for variant in variants or [options.DEFAULT_MODEL]:
        with progress.bar(variant) as bar:
            path = weights.fetch(variant, progress=lambda done, total: bar.show("stage_model", done / total))
        typer.echo(say("model_fetched", variant=variant, path=path).message)


@app.command("app", help=_help("help_app"))
def serve(port: options.Port = options.DEFAULT_PORT, no_browser: options.NoBrowser = False) -> None:
    """Serve the app."""
    from alignment.cli import app as work

    work.serve(port, browser=not no_browser)


@app.command(help=_help("help_limits"))
def limits() -> None:
    """Print the shipped table of limits as it is, so that it can be saved, changed and given to --limits."""
    typer.echo(Path(__file__).parent.parent.joinpath("limits.csv").read_bytes(), nl=False)


@app.command(help=_help("help_activities"))
def activities() -> None:
    """List the movements."""
    from alignment.activities import ACTIVITIES
    from alignment.cli import lists

    lists.activities(terminal.console(), ACTIVITIES.values())


def _check_model(variant: str) -> None:
    if variant not in weights.MODELS:
        raise InputError("unknown_model", name=variant, known=", ".join(weights.MODELS))


def _sample(name: str) -> Path:
    """The sample video, in the installed package or in the checkout that the program runs from."""
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if (folder / name).is_file():
            return folder / name
    raise InputError("no_sample")
