"""Leg alignment from ordinary video: a film in, degrees with their errors out.

`alignment.analyze("squat.mp4", "squat")` is the whole program; every option of `alignment.request.Request` is a keyword.
"""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from alignment.batch import analyze_many
    from alignment.core.quality import Filming
    from alignment.film_result import FilmResult, read_result
    from alignment.workflow import judge_occasion

# Read by OpenCV when it is loaded: a picture's header can promise what no memory holds. Twice what 8K has, as for films.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(2 * 7680 * 4320))

__all__ = ["analyze", "analyze_many", "check_filming", "judge_occasion", "read_result"]

#: What is loaded when it is asked for, and from where, so that importing the package costs nothing.
_LATE = {
    "analyze_many": "alignment.batch",
    "judge_occasion": "alignment.workflow",
    "read_result": "alignment.film_result",
}


def analyze(
    video: "str | Path | int",
    activity: str,
    *,
    out: "str | Path | None" = None,
    **options: Any,  # noqa: ANN401 - of each option's kind
) -> "FilmResult":
    """Everything that a film tells: its repetitions, measures over time and findings, each number with its error.

    `video` is a film, a folder of pictures, a camera's number or an earlier track.parquet; `activity` what it shows. `out`
    is a folder for the files that an analysis leaves; without it nothing is written. `options` are the fields of
    `Request`: `person=1`, `model="lite"`. InputError where the video or an option cannot be used.
    """
    from pathlib import Path

    from alignment import workflow
    from alignment.film_result import FilmResult
    from alignment.outputs import FolderSink
    from alignment.request import Request

    source = video if isinstance(video, int) else Path(video)
    request = Request(activity).choosing(options)
    sink = None if out is None else FolderSink(Path(out))
    made = None if sink else ()
    return FilmResult(workflow.analyze(source, request, sink=sink, made=made).result)


def check_filming(video: "str | Path", activity: str = "", **options: Any) -> "Filming":  # noqa: ANN401
    """Whether a video is filmed well enough, from a few of its pictures, and one fix for each fault, the worst first.

    `activity` is the name of what it shows; without one, what all activities need is judged. `options` are the fields of
    `Request`. InputError where the video or an option cannot be used.
    """
    from pathlib import Path

    from alignment import workflow
    from alignment.request import Request

    return workflow.check_filming(Path(video), Request(activity).choosing(options))


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Load what comes late."""
    from importlib import import_module

    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
