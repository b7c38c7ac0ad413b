"""`alignment batch`: its options and their help; what is heavy loads only inside it."""

from typing import Annotated, Final

import typer

from alignment import weights
from alignment.cli import options
from alignment.texts import InputError, say

_OUT: Final = "out"
_TIMEOUT_S: Final = 3600.0


def _help(code: str, **values: str) -> str:
    return say(f"help_batch_{code}", **values).message


_Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help=_help("inputs"), show_default=False)]
_Activity = Annotated[
    str | None,
    typer.Option("--activity", metavar="NAME", help=_help("activity", known=", ".join(options.activity_names()))),
]
_Out = Annotated[str, typer.Option("--out", metavar="DIR", help=_help("out"))]
_Workers = Annotated[int, typer.Option("--workers", metavar="N", min=0, help=_help("workers"))]
_Overlay = Annotated[bool, typer.Option("--overlay", help=_help("overlay"))]
_NoReport = Annotated[bool, typer.Option("--no-report", help=_help("no_report"))]
_LandmarksOnly = Annotated[bool, typer.Option("--landmarks-only", help=_help("landmarks_only"))]
_Timeout = Annotated[float, typer.Option("--timeout", metavar="S", min=0.0, help=_help("timeout"))]
_Scheduler = Annotated[str | None, typer.Option("--scheduler", metavar="URL", help=_help("scheduler"))]


def batch(
    inputs: _Inputs,
    activity: _Activity = None,
    out: _Out = _OUT,
    workers: _Workers = 0,
    model: options.Variant = options.DEFAULT_MODEL,
    quality: options.Quality = "standard",
    limits: options.LimitsFile = None,
    landmarks_only: _LandmarksOnly = False,
    overlay: _Overlay = False,
    no_report: _NoReport = False,
    no_blur_faces: options.NoBlurFaces = False,
    timeout: _Timeout = _TIMEOUT_S,
    scheduler: _Scheduler = None,
    start: options.Start = None,
    end: options.End = None,
    mirrored: options.Mirrored = False,
    fps: options.Rate = None,
    person: options.Person = None,
    camera_roll: options.CameraRoll = None,
) -> None:
    """Analyze many videos; the sentences of its help are in the catalogue."""
    if model not in weights.MODELS:
        raise InputError("unknown_model", name=model, known=", ".join(weights.MODELS))
    from alignment.batch import Means
    from alignment.batch.plan import Wanted
    from alignment.cli import batch as work
    from alignment.cli import videos
    from alignment.run import Options

    wanted = Wanted(
        settings=videos.settings(
            limits_file=limits, camera_roll_deg=camera_roll, start_s=start, end_s=end, person=person
        ),
        options=Options(
            variant=model,
            quality=quality,
            workers=1,
            mirrored=mirrored,
            rate_hz=fps,
            overlay=overlay,
            report=not no_report,
            blur_faces=not no_blur_faces,
        ),
        landmarks_only=landmarks_only,
    )
    means = Means(workers=workers, scheduler=scheduler, timeout_s=timeout or None)
    raise typer.Exit(work.batch(work.Request(inputs=inputs, activity=activity, wanted=wanted, means=means, out=out)))
