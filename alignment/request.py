"""Every choice that a user can make, once: its name, kind, unit, default and bounds.

The command line's options, the app's controls, a manifest's columns, the keywords of `alignment.analyze` and the settings
that a result tells are made from the fields of `Request`, and from options that an extension registers. What is heavy loads
late, so that a command's help is there at once.
"""

import math
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from alignment.errors import InputError, phrase
from alignment.files import read_text

if TYPE_CHECKING:
    from alignment.core.assessment import Activity, Limits
    from alignment.core.settings import Reading

Kind = Literal["flag", "number", "whole", "choice", "text", "limits"]
#: What changes with an option: how the film is read, the landmarks found in it, the numbers taken from those, the files
#: that are left, or only how the work is done.
Changes = Literal["reading", "landmarks", "numbers", "files", "work"]

#: The commands that take options of a request.
ANALYZE, CHECK, BATCH = "analyze", "check", "batch"
_EVERYWHERE: Final = frozenset({ANALYZE, CHECK, BATCH})
#: The model and the engine that are used where nobody asks for others. There is no OpenVINO for some systems.
DEFAULT_MODEL: Final = "heavy"
DEFAULT_ENGINE: Final = "openvino" if find_spec("openvino") else "mediapipe"
#: The colours of dots that can be asked for; `alignment.marks.dots` knows their hues.
DOT_COLOURS: Final = ("green", "blue", "magenta")
#: What a result can also be written as; `alignment.outputs` makes them.
FORMATS: Final = ("trc", "mot", "c3d", "netcdf", "xlsx")
#: Best: each picture is averaged with its mirror image.
Quality = Literal["standard", "best"]
#: No film is longer, in seconds: a week.
LONGEST_S: Final = 604_800.0
_YES: Final = frozenset({"1", "yes", "true"})
_NO: Final = frozenset({"0", "no", "false"})


@dataclass(frozen=True)
class Option:
    """One choice. Its words are the catalogue's `option_<name>` (help) and `control_<name>` (the app's label).

    `low` and `high` bound a number, both included. `choices` gives the words that are allowed. `flag` is how the command
    line calls it, "" where it is no option there; one that is on unless something is said is switched off by `--no-…`.
    `batch_default` is what holds in a batch where nobody says anything, if that differs.
    """

    name: str
    kind: Kind
    default: Any
    changes: Changes
    flag: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: Callable[[], Iterable[str]] | None = None
    #: Reads a text, and raises InputError where it cannot.
    parse: Callable[[str], object] | None = None
    commands: frozenset[str] = _EVERYWHERE
    #: Whether a manifest may say it for each video.
    manifest: bool = False
    #: How the app asks for it: not at all; by its kind, in sight (first) or among further settings; as an angle for which a
    #: line may be drawn; or as two points to tap.
    control: Literal["", "first", "by_kind", "line", "taps"] = ""
    #: Whether it is asked for before filming, too.
    live: bool = False
    batch_default: Any = None

    def default_in(self, command: str) -> Any:  # noqa: ANN401 - of the option's kind
        """What holds where nobody says anything."""
        return self.batch_default if command == BATCH and self.batch_default is not None else self.default

    def check(self, value: Any) -> Any:  # noqa: ANN401 - of the option's kind
        """The value itself. InputError where it is none of this option's."""
        if self.parse is not None and value is not None:
            self.parse(value)
        if value is None or self.kind in ("flag", "limits", "text"):
            return value
        if self.choices is not None:
            if value not in self.choices():
                raise InputError(f"unknown_{self.name}", name=value, known=", ".join(self.choices()))
            return value
        low, high = -math.inf if self.low is None else self.low, math.inf if self.high is None else self.high
        if not math.isfinite(value) or not low <= value <= high or (self.kind == "whole" and value != int(value)):
            raise InputError(
                "option_out_of_range", option=self.flag or self.name, value=value, wanted=self._expectation()
            )
        return value

    def read(self, cell: str) -> Any:  # noqa: ANN401 - of the option's kind
        """The value that a table's cell says; None where it is empty. InputError where it says none of this option's."""
        if not cell:
            return None
        if self.kind == "flag":
            if cell.lower() not in _YES | _NO:
                raise InputError("option_out_of_range", option=self.name, value=cell, wanted="yes / no")
            return cell.lower() in _YES
        if self.kind in ("number", "whole"):
            try:
                number = float(cell)
            except ValueError:
                number = math.nan
            self.check(number)
            return int(number) if self.kind == "whole" else number
        return self.check(cell)

    def _expectation(self) -> object:
        code = "wanted_whole" if self.kind == "whole" else "wanted_number"
        if self.low is None or self.high is None:
            return phrase(code if self.low is None else f"{code}_from", low=self.low)
        return phrase(f"{code}_between", low=self.low, high=self.high)


def _option(kind: Kind, default: Any, changes: Changes, **more: Any) -> Any:  # noqa: ANN401 - a field of any kind
    return field(default=default, metadata={"kind": kind, "changes": changes, **more})


def _models() -> Iterable[str]:
    from alignment.pose.model_files import MODELS

    return MODELS


def _engines() -> Iterable[str]:
    # Not loaded only to be listed: whoever registers another one has loaded it.
    loaded = sys.modules.get("alignment.pose.engines")
    return tuple(loaded.ENGINES) if loaded else tuple(dict.fromkeys((DEFAULT_ENGINE, "mediapipe")))


def known_formats() -> tuple[str, ...]:
    """The formats that a result can also be written in, those of extensions among them."""
    # As with the engines: an extension that brings another one has loaded them.
    loaded = sys.modules.get("alignment.outputs")
    names = getattr(loaded, "format_names", None)
    return FORMATS if names is None else tuple(names())


def formats_of(text: str | None) -> tuple[str, ...]:
    """The formats that such a list names: `trc,mot`. InputError where there is none of a name."""
    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))
    known = known_formats()
    for name in names:
        if name not in known:
            raise InputError("unknown_format", name=name, known=", ".join(known))
    return names


def _parse_taps(text: str) -> object:
    from alignment.marks.taps import parse_taps

    return parse_taps(text)


@dataclass(frozen=True)
class Request:
    """What is wanted of a film. Everything but the activity may be left out.

    `activity` is "" only where the film has yet to be told what it shows. `limits` is the table that verdicts go by.
    `more` holds the values of options that extensions have registered.
    """

    activity: str = ""
    start_s: float | None = _option(
        "number", None, "reading", flag="--start", unit="s", low=0.0, high=LONGEST_S, manifest=True
    )
    end_s: float | None = _option(
        "number", None, "reading", flag="--end", unit="s", low=0.0, high=LONGEST_S, manifest=True
    )
    mirrored: bool = _option("flag", False, "reading", flag="--mirrored", manifest=True, control="by_kind")
    rate_hz: float | None = _option("number", None, "reading", flag="--fps", unit="Hz", low=0.1)
    true_fps: float | None = _option(
        "number", None, "reading", flag="--true-fps", unit="Hz", low=1.0, high=2000.0, manifest=True, control="by_kind"
    )
    person: int | None = _option("whole", None, "landmarks", flag="--person", low=1.0, manifest=True, control="by_kind")
    camera_roll_deg: float | None = _option(
        "number",
        None,
        "numbers",
        flag="--camera-roll",
        unit="deg",
        low=-180.0,
        high=180.0,
        manifest=True,
        control="line",
    )
    height_m: float | None = _option(
        "number", None, "numbers", flag="--height", unit="m", low=0.5, high=2.5, manifest=True, control="first"
    )
    belt_km_h: float | None = _option(
        "number",
        None,
        "numbers",
        flag="--belt-speed",
        unit="km/h",
        low=0.5,
        high=40.0,
        manifest=True,
        control="by_kind",
    )
    model: str = _option("choice", DEFAULT_MODEL, "landmarks", flag="--model", choices=_models, control="by_kind")
    engine: str = _option("choice", DEFAULT_ENGINE, "landmarks", flag="--engine", choices=_engines)
    joints: "Reading" = _option(
        "choice",
        "read",
        "landmarks",
        flag="--joints",
        choices=lambda: ("read", "model"),
        commands=frozenset({ANALYZE, BATCH}),
    )
    quality: Quality = _option(
        "choice",
        "standard",
        "landmarks",
        flag="--quality",
        choices=lambda: ("standard", "best"),
        commands=frozenset({ANALYZE, BATCH}),
        control="by_kind",
    )
    pelvis_dots: str | None = _option(
        "choice",
        None,
        "landmarks",
        flag="--pelvis-dots",
        choices=lambda: DOT_COLOURS,
        commands=frozenset({ANALYZE, BATCH}),
        manifest=True,
        control="by_kind",
        live=True,
    )
    pelvis_points: str | None = _option(
        "text",
        None,
        "landmarks",
        flag="--pelvis-points",
        parse=_parse_taps,
        commands=frozenset({ANALYZE, BATCH}),
        manifest=True,
        control="taps",
    )
    workers: int = _option("whole", 0, "work", flag="--workers", low=0.0, commands=frozenset({ANALYZE, BATCH}))
    limits: "Limits" = field(
        default_factory=lambda: _shipped_limits(),
        metadata={"kind": "limits", "changes": "numbers", "flag": "--limits", "commands": frozenset({ANALYZE, BATCH})},
    )
    overlay: bool = _option(
        "flag", True, "files", flag="--overlay", batch_default=False, commands=frozenset({ANALYZE, BATCH})
    )
    report: bool = _option("flag", True, "files", flag="--report", commands=frozenset({ANALYZE, BATCH}))
    blur_faces: bool = _option("flag", True, "files", flag="--blur-faces", commands=frozenset({ANALYZE, BATCH}))
    clinical: bool = _option("flag", False, "files", flag="--clinical", commands=frozenset({ANALYZE, BATCH}))
    to: str | None = _option(
        "text",
        None,
        "files",
        flag="--to",
        parse=formats_of,
        choices=known_formats,
        commands=frozenset({ANALYZE, BATCH}),
    )
    landmarks_only: bool = _option("flag", False, "files", flag="--landmarks-only", commands=frozenset({BATCH}))
    timeout_s: float | None = _option(
        "number", None, "work", flag="--timeout", unit="s", low=0.0, batch_default=3600.0, commands=frozenset({BATCH})
    )
    more: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - of the option's kind
        """The value of an option by its name, an extension's too. KeyError where there is none."""
        option = OPTIONS[name]
        return self.more.get(name, option.default) if name not in _FIELDS else getattr(self, name)

    def check(self) -> "Request":
        """The same request. InputError where the activity, or an option's value, is none that there is."""
        if self.activity:
            activity_named(self.activity)
        for option in OPTIONS.values():
            option.check(self[option.name])
        return self

    def choosing(self, values: Mapping[str, Any]) -> "Request":
        """The same with these values of options, whoever defines them. TypeError where there is no such option; InputError
        where a value is none of its option's.
        """
        unknown = [name for name in values if name not in OPTIONS]
        if unknown:
            raise TypeError(f"there is no option {unknown[0]!r}, but {', '.join(OPTIONS)}")
        values = {
            name: OPTIONS[name].check(float(one) if OPTIONS[name].kind == "number" and one is not None else one)
            for name, one in values.items()
        }
        own = {name: value for name, value in values.items() if name in _FIELDS}
        others = {name: value for name, value in values.items() if name not in _FIELDS}
        return replace(self, **own, more={**self.more, **others})

    def values(self, *changes: Changes) -> dict[str, Any]:
        """What is chosen of everything that changes these things, by the options' names; a table of limits by its hash."""
        chosen = {one.name: self[one.name] for one in OPTIONS.values() if one.changes in changes}
        return {
            f"{name}_sha256" if OPTIONS[name].kind == "limits" else name: getattr(value, "sha256", value)
            for name, value in chosen.items()
        }

    def recorded_values(self) -> dict[str, Any]:
        """All that changes a number, as results tell it."""
        return self.values("reading", "landmarks", "numbers")

    @staticmethod
    def of_settings(activity: str, settings: Mapping[str, Any]) -> "Request":
        """The request that a result's settings tell of, by the shipped limits, as far as this version knows them."""
        return Request(activity).choosing({name: value for name, value in settings.items() if name in OPTIONS})


_FIELDS: Final = frozenset(one.name for one in fields(Request))


def _shipped_limits() -> "Limits":
    from alignment.core.assessment import shipped_limits

    return shipped_limits()


#: Every option by its name: the fields of `Request`, then those that extensions registered.
OPTIONS: Final[dict[str, Option]] = {
    one.name: Option(name=one.name, default=None if one.default is MISSING else one.default, **one.metadata)
    for one in fields(Request)
    if one.metadata
}


def register(option: Option) -> Option:
    """Add an option of an extension. ValueError if its name is taken."""
    if option.name in OPTIONS or option.name in _FIELDS:
        raise ValueError(f"there are two options named {option.name}")
    OPTIONS[option.name] = option
    return option


def options_of(command: str) -> list[Option]:
    """The options that a command takes, in their order. One that leaves no choice is not offered."""
    taken = (option for option in OPTIONS.values() if option.flag and command in option.commands)
    return [option for option in taken if option.choices is None or len(list(option.choices())) > 1]


def default_request(command: str = ANALYZE, activity: str = "") -> Request:
    """The request of who says nothing but the activity."""
    differing = {name: one.batch_default for name, one in OPTIONS.items() if one.batch_default is not None}
    return Request(activity=activity).choosing(differing if command == BATCH else {})


def activity_named(name: str) -> "Activity":
    """The activity of this name. InputError where there is none."""
    from alignment.core.activities import ACTIVITIES

    if not name:
        raise InputError("activity_needed", known=", ".join(ACTIVITIES))
    if name not in ACTIVITIES:
        raise InputError("unknown_activity", name=name, known=", ".join(ACTIVITIES))
    return ACTIVITIES[name]


def read_limits(path: Path) -> "Limits":
    """The table of limits in a file. InputError where it cannot be read or used."""
    from alignment.core.assessment import parse_limits

    return parse_limits(read_text(path, "bad_limits"), str(path))
