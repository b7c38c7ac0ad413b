"""Options of commands and their help: those of a request, made from `OPTIONS`, and some that are shared."""

import inspect
import math
import pkgutil
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from alignment.pose.model_files import MODELS
from alignment.request import Option, default_request, options_of, read_limits
from alignment.texts import is_known, say

DEFAULT_PORT: Final = 8501
#: The types that the command line reads an option's kinds as.
_TYPES: Final[dict[str, Any]] = {
    "flag": bool,
    "number": float,
    "whole": int,
    "choice": str,
    "text": str,
    "limits": Path,
}
_METAVARS: Final = {"number": "N", "whole": "N", "choice": "NAME", "text": "TEXT", "limits": "FILE"}


def activity_names() -> list[str]:
    """The movements there are: the package's, without loading what measures them, and those that extensions registered."""
    package = find_spec("alignment.core.activities")
    folders = package.submodule_search_locations if package else None
    found = {module.name for module in pkgutil.iter_modules(folders) if not module.name.startswith("_")}
    loaded = sys.modules.get("alignment.core.activities")
    return sorted(found | set(loaded.ACTIVITIES if loaded else ()))


def with_request(command: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command --activity and every option of a request that it takes; the function gets them as one `request`.

    InputError where a value is none of its option's. An activity that was not said is "".
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = [one for one in inspect.signature(function).parameters.values() if one.name != "request"]
        taken = options_of(command)

        def run(**given: Any) -> None:  # noqa: ANN401 - as typer read them
            said = {one.name: _said_value(one, given.pop(one.name), command) for one in taken}
            chosen = {name: value for name, value in said.items() if value is not None}
            request = default_request(command, given.pop("activity") or "").choosing(chosen)
            function(**given, request=request.check())

        parameters = [*own, _activity(command), *(_parameter(one, command) for one in taken)]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        run.__name__, run.__doc__ = function.__name__, function.__doc__
        return run

    return decorate


def _activity(command: str) -> inspect.Parameter:
    code = f"option_{command}_activity"
    text = say(code if is_known(code) else "option_activity", known=", ".join(activity_names())).message
    annotation = Annotated[str | None, typer.Option("--activity", metavar="NAME", help=text)]
    return inspect.Parameter("activity", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _said_value(option: Option, value: Any, command: str) -> Any:  # noqa: ANN401 - of the option's kind
    """The value that was said; None where nothing was. A flag says the other of its default."""
    if option.kind == "flag":
        return not option.default_in(command) if value else None
    return read_limits(value) if option.kind == "limits" and value is not None else value


def _parameter(option: Option, command: str) -> inspect.Parameter:
    """The option as typer wants it. A flag that is on unless something is said is switched off by `--no-…`."""
    default = option.default_in(command)
    if option.kind == "flag":
        flag = f"--no-{option.flag.removeprefix('--')}" if default else option.flag
        told = typer.Option(flag, help=_words(option, command, "_off" if default else ""))
        return inspect.Parameter(
            option.name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, told]
        )
    bounds: dict[str, Any] = {"min": option.low, "max": option.high} if option.kind in ("number", "whole") else {}
    if option.kind == "whole":
        bounds = {name: None if bound is None else int(bound) for name, bound in bounds.items()}
    metavar = {"s": "S", "deg": "DEG"}.get(option.unit, _METAVARS[option.kind])
    callback = finite if option.kind == "number" else None
    told = typer.Option(option.flag, metavar=metavar, callback=callback, help=_words(option, command), **bounds)
    of_kind = _TYPES[option.kind]
    annotation = Annotated[of_kind | None, told] if default is None else Annotated[of_kind, told]
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _words(option: Option, command: str, ending: str = "") -> str:
    """What the help says of an option, in this command's own words where it has some."""
    codes = (f"option_{command}_{option.name}{ending}", f"option_{option.name}{ending}", f"option_{option.name}")
    code = next((one for one in codes if is_known(one)), codes[-1])
    return say(code, known=", ".join(option.choices()) if option.choices else "").message


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
CheckVideo = Annotated[Path, typer.Argument(metavar="VIDEO", help=_help("check_video"), show_default=False)]
CheckJson = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("check_json"))]
#: For commands without a request.
Model = Annotated[
    str, typer.Option("--model", metavar="NAME", help=say("option_model", known=", ".join(MODELS)).message)
]
Joints = Annotated[Literal["read", "model"], typer.Option("--joints", help=say("option_joints").message)]
Workers = Annotated[int, typer.Option("--workers", metavar="N", min=0, help=say("option_workers").message)]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=_help("out"))]
Json = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("json"))]
OneOccasion = Annotated[bool, typer.Option("--one-occasion", help=_help("one_occasion"))]
Port = Annotated[int, typer.Option("--port", metavar="N", min=1024, max=65535, help=_help("port"))]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=_help("no_browser"))]
Variants = Annotated[
    list[str] | None, typer.Argument(metavar="VARIANT", help=_help("variants", known=", ".join(MODELS)))
]
TruthFolder = Annotated[Path, typer.Argument(metavar="DIR", help=_help("truth_folder"), show_default=False)]
ValidateJson = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("validate_json"))]
ValidateOut = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_help("validate_out"))]
RepeatabilityFile = Annotated[
    Path | None, typer.Option("--repeatability", metavar="FILE.json", help=_help("repeatability"))
]
By = Annotated[
    Literal["activity", "split", "disturbance", "clip", "camera", "pelvis"], typer.Option("--by", help=_help("by"))
]
Split = Annotated[str | None, typer.Option("--split", metavar="NAME", help=_help("split"))]
Tracks = Annotated[Path | None, typer.Option("--tracks", metavar="DIR", help=_help("tracks"))]
NoBaseline = Annotated[bool, typer.Option("--no-baseline", help=_help("no_baseline"))]
NoVertical = Annotated[bool, typer.Option("--no-vertical", help=_help("no_vertical"))]
