"""`alignment analyze` at work: videos and what is wanted of them in; results on disk, words and an exit code out."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment import files, run
from alignment.activities import ACTIVITIES
from alignment.assessment import Activity, Limits, parse_limits, shipped_limits
from alignment.cli import jsonfile, progress, show, terminal
from alignment.pipeline import Settings
from alignment.texts import InputError, say


@dataclass(frozen=True)
class Request:
    """What was asked for: `json_file` is a path, `jsonfile.STDOUT`, or None for no JSON."""

    videos: Sequence[str]
    activity: Activity
    settings: Settings
    options: run.Options
    out: Path
    json_file: str | None = None


def analyze(request: Request) -> int:
    """Analyze each video, show its results and return the worst exit code. A bad video does not stop the others."""
    jsonfile.check(request.json_file)
    screen = terminal.console(stderr=request.json_file == jsonfile.STDOUT)
    inputs = [_where(video) for video in request.videos]
    places = files.places(
        [where if isinstance(where, Path) else Path(f"camera_{where}") for where in inputs], request.out
    )
    codes, found = [], []
    for where, place in zip(inputs, places, strict=True):
        try:
            outcome = _analyze_one(where, request, place)
        except Exception as fault:  # noqa: BLE001 - said to the user, and the others still run
            codes.append(terminal.explain(fault))
            continue
        codes.append(outcome.exit_code)
        found.append(outcome.result.to_json())
        show.outcome(screen, outcome, request.activity)
        if outcome.no_report is not None:
            screen.print(str(outcome.no_report), markup=False)
        if request.options.overlay and not run.has_overlay(where, request.options):
            screen.print(str(say("no_overlay_without_pictures")), markup=False)
    if request.json_file is not None:
        _write_json(request.json_file, found, single=len(inputs) == 1)
    return terminal.worst(codes)


def activity(name: str | None) -> Activity:
    """The named movement; without a name the user is asked on a terminal. InputError where that fails."""
    if name is None:
        name = _asked() if sys.stdin.isatty() and sys.stderr.isatty() else ""
        if not name:
            raise InputError("activity_needed", known=", ".join(ACTIVITIES))
    if name not in ACTIVITIES:
        raise InputError("unknown_activity", name=name, known=", ".join(ACTIVITIES))
    return ACTIVITIES[name]


def settings(
    *,
    limits_file: Path | None = None,
    camera_roll_deg: float | None = None,
    start_s: float | None = None,
    end_s: float | None = None,
    person: int | None = None,
) -> Settings:
    """What changes a number, with a file's limits or the shipped ones. InputError where the file cannot be used."""
    return Settings(
        limits=shipped_limits() if limits_file is None else _limits(limits_file),
        camera_roll_deg=camera_roll_deg,
        start_s=start_s,
        end_s=end_s,
        person=person,
    )


def _limits(path: Path) -> Limits:
    """The table of limits in a file. InputError where it cannot be read or used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("missing_file", path=path) from None
    except UnicodeDecodeError:
        raise InputError("bad_limits", path=path, fault=say("fault_not_text").message) from None
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    return parse_limits(text, str(path))


def _analyze_one(where: run.Where, request: Request, place: Path) -> run.Outcome:
    with progress.bar(place.name) as bar:
        return run.analyze_video(where, request.activity, request.settings, request.options, place, bar.show)


def _where(video: str) -> run.Where:
    path = Path(video)
    return int(video) if video.isascii() and video.isdigit() and not path.exists() else path


def _asked() -> str:
    """The name of the movement that the user chooses by name or number; empty where they end the input."""
    screen = terminal.console(stderr=True)
    names = list(ACTIVITIES)
    screen.print(say("activity_ask").message)
    for number, name in enumerate(names, start=1):
        screen.print(f"  {number}  {ACTIVITIES[name].title} ({name})", markup=False)
    while True:
        try:
            answer = screen.input(say("activity_number").message).strip()
        except EOFError:
            screen.print()
            return ""
        if answer in names:
            return answer
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]


def _write_json(name: str, found: Sequence[str], *, single: bool) -> None:
    """One result as it is, several as a list; nothing where the single video gave none."""
    if single and not found:
        return
    jsonfile.write(name, found[0] if single else "[" + ",\n".join(found) + "]")
