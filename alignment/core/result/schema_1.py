"""Results of schema 1, which held sentences: what such a file holds in, what schema 2 has in place of the sentences out.

What a sentence told is taken from the file's other facts. Where these do not hold it, the file's own sentence is kept as
the value `text`, its way out as `remedy`.
"""

from collections import Counter

from alignment.core.result import parts
from alignment.core.result.findings import findings
from alignment.core.result.parts import changed_deg, record

SCHEMA = "alignment-result/1"

#: A camera this far aside was mentioned.
_MENTIONED_DEG = 5.0
#: Faults whose sentences had no gap.
_BARE = ("nobody", "too_dark", "damaged", "blurred", "other_limits")
#: Faults whose numbers stand nowhere else in the file.
_UNKNOWN = (
    "too_short",
    "seldom_seen",
    "low_rate",
    "slow_film",
    "small_figure",
    "by_hand",
    *(f"{part}_out" for part in ("hips", "feet", "shoulders")),
)
#: Reasons for which an activity cannot tell a measure at all.
_NEVER = ("hip_line", "raised_thigh")


@record
class Viewpoint(parts.Viewpoint):
    """How the camera stood, with a tilt and a view angle that were never known."""

    pitch_deg: float | None = None
    vfov_deg: float | None = None


@record
class Reason:
    """One thing that limits what can be told, as sentences."""

    code: str
    message: str
    remedy: str
    measures: tuple[str, ...] = ()


@record
class Quality:
    """How far the film carries."""

    grade: parts.Grade
    reasons: tuple[Reason, ...] = ()


@record
class Finding:
    """One thing that the person is told, as a sentence."""

    code: str
    side: parts.SummarySide
    verdict: parts.Verdict
    message: str


@record
class Result:
    """Everything one film could tell."""

    software: parts.Software
    source: parts.Source
    activity: str
    viewpoint: Viewpoint
    quality: Quality
    cleaning: parts.Cleaning
    cycles: tuple[parts.Cycle, ...]
    summary: tuple[parts.Summary, ...]
    findings: tuple[Finding, ...]
    schema: str = SCHEMA


def viewpoint(old: Result) -> parts.Viewpoint:
    """How the camera stood, without the view angle."""
    names = parts.Viewpoint.__dataclass_fields__
    return parts.Viewpoint(**{name: getattr(old.viewpoint, name) for name in names})


def findings_told(old: Result) -> tuple[parts.Finding, ...]:
    """The findings of the summary; the file's own sentences where it told others."""
    again = findings(old.summary, old.cycles, old.activity) if old.findings else ()
    if [(one.code, one.side) for one in old.findings] == [(_code(one), one.side) for one in again]:
        return again
    return tuple(parts.Finding("told", one.side, one.verdict, None, {"text": one.message}) for one in old.findings)


def _code(finding: parts.Finding) -> str:
    """A finding's code as it was in schema 1."""
    return finding.code if finding.measure is None else f"{finding.measure}_{finding.verdict}"


def quality(old: Result) -> parts.Quality:
    """The grade, with what its reasons rest on."""
    told: list[parts.Reason] = []
    for reason in old.quality.reasons:
        values = _values(reason, old, again=any(one.code == reason.code for one in told))
        if values is None:
            values = {"text": reason.message, "remedy": reason.remedy}
        told.append(parts.Reason(reason.code, values, reason.measures))
    return parts.Quality(old.quality.grade, tuple(told))


def _values(reason: Reason, old: Result, *, again: bool) -> parts.Values | None:
    """What a reason rests on, None where the file does not hold it. `again` where one of its code is told already."""
    code, view = reason.code, old.viewpoint
    if not again:
        filmed = _camera_values(code, view, old)
        if filmed is not None:
            return filmed
    if code in _BARE:
        return {}
    if code in _NEVER:
        return {"activity": old.activity}
    if code == "swaps":
        return {"frames": old.cleaning.swaps_mended}
    if code == "rate_assumed":
        return {"rate_hz": round(old.source.fps, 2)}
    if code == "several_people":
        return {"person": int(old.software.settings.get("person") or 1)}
    if code in ("few_cycles", "wrong_activity"):
        return _rejection_values(code, old)
    missing = {row.measure for row in old.summary if row.mean is None and row.reason == code}
    return {"no_number": True} if code not in _UNKNOWN and missing.issuperset(reason.measures) else None


def _camera_values(code: str, view: Viewpoint, old: Result) -> parts.Values | None:
    """What a reason that lies with the camera's place rests on."""
    # Of the activities of that time, this one alone was filmed from the front only.
    views = ("front",) if old.activity == "cycling" else ("front", "back")
    yaw_deg, changed = view.yaw_deg or 0.0, changed_deg(old.cycles)
    if code == "side_view" and view.facing in ("left", "right"):
        return {"side": view.facing, "views": views}
    if code == "camera_yaw" and view.facing in ("front", "back") and not view.corrected:
        return {"yaw_deg": yaw_deg, "views": views}
    if code == "camera_yaw" and view.corrected and abs(yaw_deg) >= _MENTIONED_DEG:
        return {"yaw_deg": yaw_deg, "views": views, "most_deg": changed}
    if code == "subject_turned" and view.yaw_varies:
        return {}
    if code == "roll_unknown" and not view.roll_given:
        return {"roll_se_deg": view.roll_se_deg}
    return None


def _rejection_values(code: str, old: Result) -> parts.Values:
    """What is told of the cycles that do not count."""
    rejected = Counter(cycle.rejected for cycle in old.cycles if cycle.rejected).most_common(1)
    why = rejected[0][0] if rejected else None
    if code == "wrong_activity":
        return {"activity": old.activity, "why": why}
    counted = [cycle for cycle in old.cycles if cycle.rejected is None]
    kind = counted[0].kind if counted else None
    return {"counted": len(counted), "total": len(old.cycles), "kind": kind, "why": why}
