"""Where the numbers of a report come from: a result in; film, program, model and settings in words out."""

from collections.abc import Iterator
from typing import Final

from alignment.core.assessment import shipped_limits
from alignment.core.result import Result
from alignment.texts import say
from alignment.views.report.glyphs import clean_text
from alignment.views.report.shared import Field

_MOST_NAME: Final = 70
#: So many letters of a hash tell one file from another.
_HASH: Final = 12


def origin(result: Result) -> Iterator[Field]:
    """What computed the numbers from which film: enough to do it again."""
    film, software, asked = result.source, result.software, result.software.settings
    name = clean_text(film.name, _MOST_NAME)
    if film.sha256:
        name = say("report_with_hash", name=name, sha256=film.sha256[:_HASH]).message
    yield _field("film", name)
    facts = {"width": film.width, "height": film.height, "fps": film.fps, "duration_s": film.duration_s}
    yield _field(
        "pictures", say("report_film_facts", **facts, analyzed=film.analyzed_frames, frames=film.frames).message
    )
    yield _field(
        "software",
        say(
            "report_software", version=software.version, engine=software.engine or f"MediaPipe {software.mediapipe}"
        ).message,
    )
    model = say("report_with_hash", name=software.model, sha256=software.model_sha256[:_HASH]).message
    yield _field("model", model)
    shipped = str(asked["limits_sha256"]) == shipped_limits().sha256
    limits = say("report_limits_shipped" if shipped else "report_limits_own").message
    yield _field("limits", say("report_with_hash", name=limits, sha256=str(asked["limits_sha256"])[:_HASH]).message)
    yield _field("settings", ", ".join(_settings(result)))


def _settings(result: Result) -> Iterator[str]:
    asked = result.software.settings
    yield say("report_setting_quality", quality=asked["quality"], max_fps=asked["max_fps"]).message
    if result.software.joints_sha256:
        yield say("report_setting_joints", sha256=result.software.joints_sha256[:_HASH]).message
    part = result.part_s
    if part is not None:
        yield say("report_setting_part", start_s=part[0], end_s=part[1]).message
    if asked.get("person") is not None:
        yield say("report_setting_person", person=asked["person"]).message
    if result.source.mirrored:
        yield say("report_setting_mirrored").message
    if result.cleaning.filter_hz is not None:
        yield say("report_setting_filter", filter_hz=result.cleaning.filter_hz).message


def _field(name: str, value: str) -> Field:
    return Field(say(f"report_field_{name}").message, value)
