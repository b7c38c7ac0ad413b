"""Leg alignment from ordinary video: landmarks in, degrees with their errors out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from alignment.batch import analyze_many
    from alignment.quality import Filming

__all__ = ["analyze_many", "check_filming"]


def check_filming(
    video: "str | Path",
    activity: str | None = None,
    *,
    mirrored: bool = False,
    camera_roll_deg: float | None = None,
    person: int | None = None,
    model: str = "heavy",
) -> "Filming":
    """Whether a video is filmed well enough, from a few of its pictures, and one fix for each fault, the worst first.

    `activity` is the name of what it shows; without one, what all activities need is judged. `camera_roll_deg` is + when the
    camera was turned anticlockwise as seen from behind it. InputError where the video or a name cannot be used.
    """
    from pathlib import Path

    from alignment import pipeline, run
    from alignment.activities import ACTIVITIES
    from alignment.texts import InputError

    if activity is not None and activity not in ACTIVITIES:
        raise InputError("unknown_activity", name=activity, known=", ".join(ACTIVITIES))
    return run.check_filming(
        Path(video),
        None if activity is None else ACTIVITIES[activity],
        pipeline.Settings(camera_roll_deg=camera_roll_deg, person=person),
        run.Options(variant=model, mirrored=mirrored),
    )


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    """Load `analyze_many` when it is asked for, so that importing the package costs nothing."""
    if name == "analyze_many":
        from alignment.batch import analyze_many

        return analyze_many
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
