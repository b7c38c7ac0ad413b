"""The options of `alignment analyze` and their help: one annotated type for each; no command and no work here."""

import math
import pkgutil
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from alignment.texts import say
from alignment.weights import MODELS

DEFAULT_MODEL: Final = "heavy"
DEFAULT_PORT: Final = 8501


def activity_names() -> list[str]:
    """The movements there are, without loading what measures them (each is a module of its own name)."""
    package = find_spec("alignment.activities")
    folders = package.submodule_search_locations if package else None
    return sorted(module.name for module in pkgutil.iter_modules(folders) if not module.name.startswith("_"))


def finite(value: float | None) -> float | None:
    """The number itself. BadParameter where it is infinite or none."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(say("fault_not_finite", value=value).message)
    return value


def day(text: str) -> date:
    """The day that is written as 2026-05-03. BadParameter where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(say("fault_no_date", text=text).message) from None


def _help(code: str, **values: str) -> str:
    return say(f"help_{code}", **values).message


Videos = Annotated[list[str], typer.Argument(metavar="VIDEO", help=_help("videos"), show_default=False)]
ActivityName = Annotated[
    str | None,
    typer.Option("--activity", metavar="NAME", help=_help("activity", known=", ".join(activity_names()))),
]
CheckVideo = Annotated[Path, typer.Argument(metavar="VIDEO", help=_help("check_video"), show_default=False)]
CheckActivity = Annotated[
    str | None,
    typer.Option("--activity", metavar="NAME", help=_help("check_activity", known=", ".join(activity_names()))),
]
CheckJson = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("check_json"))]
Start = Annotated[float | None, typer.Option("--start", metavar="S", min=0.0, callback=finite, help=_help("start"))]
End = Annotated[float | None, typer.Option("--end", metavar="S", min=0.0, callback=finite, help=_help("end"))]
Mirrored = Annotated[bool, typer.Option("--mirrored", help=_help("mirrored"))]
Person = Annotated[int | None, typer.Option("--person", metavar="N", min=1, help=_help("person"))]
CameraRoll = Annotated[
    float | None,
    typer.Option("--camera-roll", metavar="DEG", min=-180.0, max=180.0, callback=finite, help=_help("camera_roll")),
]
Rate = Annotated[float | None, typer.Option("--fps", metavar="N", min=0.1, callback=finite, help=_help("fps"))]
LimitsFile = Annotated[Path | None, typer.Option("--limits", metavar="FILE", help=_help("limits_file"))]
Variant = Annotated[str, typer.Option("--model", metavar="NAME", help=_help("model", known=", ".join(MODELS)))]
Quality = Annotated[Literal["standard", "best"], typer.Option("--quality", help=_help("quality"))]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=0, help=_help("workers"))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=_help("out"))]
Json = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("json"))]
NoOverlay = Annotated[bool, typer.Option("--no-overlay", help=_help("no_overlay"))]
NoReport = Annotated[bool, typer.Option("--no-report", help=_help("no_report"))]
NoBlurFaces = Annotated[bool, typer.Option("--no-blur-faces", help=_help("no_blur"))]
Port = Annotated[int, typer.Option("--port", metavar="N", min=1024, max=65535, help=_help("port"))]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=_help("no_browser"))]
Variants = Annotated[
    list[str] | None, typer.Argument(metavar="VARIANT", help=_help("variants", known=", ".join(MODELS)))
]
TruthFolder = Annotated[Path, typer.Argument(metavar="DIR", help=_help("truth_folder"), show_default=False)]
ValidateJson = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("validate_json"))]
ValidateOut = Annotated[Path | None, typer.Option("--out", metavar="FILE.md", help=_help("validate_out"))]
RepeatabilityFile = Annotated[
    Path | None, typer.Option("--repeatability", metavar="FILE.csv", help=_help("repeatability"))
]
By = Annotated[Literal["activity", "split", "disturbance", "clip", "camera"], typer.Option("--by", help=_help("by"))]
Split = Annotated[str | None, typer.Option("--split", metavar="NAME", help=_help("split"))]
Tracks = Annotated[Path | None, typer.Option("--tracks", metavar="DIR", help=_help("tracks"))]
NoNaive = Annotated[bool, typer.Option("--no-naive", help=_help("no_naive"))]
NoVertical = Annotated[bool, typer.Option("--no-vertical", help=_help("no_vertical"))]
