"""Where the camera stood and what turning the picture back changed, in words: a viewpoint in, a sentence out."""

from alignment.core.result import Result, Viewpoint, changed_deg
from alignment.texts import is_known, say
from alignment.views.wording.numbers import minus


def camera_words(view: Viewpoint, changed: float | None = None, *, clinical: bool = False) -> str:
    """One line such as "Camera 14° to your left; the knee results allow for that", with the person's own left and right.

    `changed`: see `changed_deg`. Where the camera stands too far round, the line says that nothing was corrected. In
    clinical terms it has the yaw's standard error and how far angles were corrected.
    """
    where = _where(view, clinical=clinical)
    if view.facing is None:
        return where
    if view.facing in ("left", "right"):
        return say("camera_from_side", where=where).message
    if not view.corrected:
        return say("camera_too_far", where=where).message
    if changed is None or (not clinical and not round(abs(view.yaw_deg or 0.0))):
        return where
    return say(
        "clinical_camera_corrected" if clinical else "camera_corrected", where=where, changed_deg=changed
    ).message


def filming_text(result: Result, *, clinical: bool = False) -> str:
    """Where the camera stood, how far, how level, and how far the film carries."""
    view = result.viewpoint
    parts = [say(f"analyze_grade_{result.quality.grade}").message]
    parts.append(f"{camera_words(view, changed_deg(result.cycles), clinical=clinical)}.")
    if view.distance_leg_lengths is not None:
        distance, error = f"{view.distance_leg_lengths:.1f}", view.distance_se
        parts.append(
            say("report_distance", distance=distance).message
            if error is None
            else say("report_distance_error", distance=distance, error=f"{error:.1f}").message
        )
    if view.facing is None:
        return " ".join(parts)
    code = "report_roll_given" if view.roll_given else "report_roll_unknown"
    roll = minus(f"{view.roll_deg + 0.0:.1f}")
    parts.append(say(code, roll=roll, error=f"{view.roll_se_deg:.0f}").message)
    if result.pelvis is not None:
        parts.append(pelvis_text(result.pelvis))
    return " ".join(parts)


def pelvis_text(kind: str) -> str:
    """What the hips were told from."""
    code = f"pelvis_from_{kind}"
    return say(code if is_known(code) else "pelvis_from_marks").message


def _where(view: Viewpoint, *, clinical: bool) -> str:
    if view.facing is None or view.yaw_deg is None:
        return say("camera_unknown").message
    if view.facing in ("left", "right"):
        return say("camera_side", side=say(f"side_{view.facing}").message).message
    aside_deg = round(abs(view.yaw_deg))
    side = say("side_left" if view.yaw_deg > 0 else "side_right").message
    if clinical and view.yaw_se_deg is not None:
        aside = say("clinical_camera_yaw", aside_deg=aside_deg, se_deg=view.yaw_se_deg).message
    elif aside_deg:
        aside = f"{aside_deg}°"
    else:
        return say(f"camera_{view.facing}").message
    return say(f"camera_{view.facing}_aside", aside=aside, side=side).message
