"""The outcome of one analysis: what was measured, how surely, and what cannot be told; to and from JSON."""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import Field, SkipValidation, TypeAdapter, ValidationError
from pydantic_core import from_json

from alignment.core.marks import MarkKind
from alignment.core.plausible import ImplausibleError
from alignment.core.result import schema_1
from alignment.core.result.findings import (
    film_of,
    findings,
    kind_of_landing,
    leg_m_of,
    on_one_line,
    one_of_hips,
    row_values,
)
from alignment.core.result.intact import CHECKSUM, check_result, checksum
from alignment.core.result.parts import (
    MOMENTS,
    Cleaning,
    Course,
    Curve,
    Curves,
    Cycle,
    CycleSide,
    Facing,
    Finding,
    LimitUsed,
    Moment,
    OccasionFilm,
    Plain,
    Quality,
    Reason,
    Recognition,
    Software,
    Source,
    Summary,
    SummarySide,
    Value,
    Values,
    Verdict,
    Viewpoint,
    Whose,
    changed_deg,
    column,
    commonest,
    ordinal,
    record,
    round_number,
    source_of,
)
from alignment.errors import InputError, phrase

__all__ = [
    "MOMENTS",
    "SCHEMA",
    "Cleaning",
    "Course",
    "Curve",
    "Curves",
    "Cycle",
    "CycleSide",
    "Facing",
    "Finding",
    "LimitUsed",
    "Moment",
    "Occasion",
    "OccasionFilm",
    "Plain",
    "Quality",
    "Reason",
    "Recognition",
    "Result",
    "Software",
    "Source",
    "Summary",
    "SummarySide",
    "Value",
    "Values",
    "Verdict",
    "Viewpoint",
    "Whose",
    "changed_deg",
    "column",
    "commonest",
    "film_of",
    "findings",
    "kind_of_landing",
    "leg_m_of",
    "on_one_line",
    "one_of_hips",
    "ordinal",
    "round_number",
    "row_values",
    "source_of",
]

SCHEMA = "alignment-result/2"
OCCASION_SCHEMA = "alignment-occasion/1"


@record
class Result:
    """Everything one film could tell."""

    software: Software
    source: Source
    activity: str
    viewpoint: Viewpoint
    quality: Quality
    cleaning: Cleaning
    cycles: tuple[Cycle, ...]
    summary: tuple[Summary, ...]
    findings: tuple[Finding, ...]
    #: What the film shows, whatever it was said to show; None in files of earlier versions and where nothing could be seen.
    recognised: Recognition | None = None
    #: What the pelvis was told from; None where nothing on it was worn, and in files of earlier versions.
    pelvis: MarkKind | None = None
    schema: str = SCHEMA
    curves: Annotated[Curves | None, SkipValidation, Field(exclude=True)] = field(
        default=None, compare=False, repr=False
    )

    @property
    def measured(self) -> bool:
        """Whether at least one number stands in the summary."""
        return any(row.mean is not None for row in self.summary)

    @property
    def leg_m(self) -> float | None:
        """How long the person's legs are, from their height; None where that was not told."""
        height_m = self.software.settings.get("height_m")
        return leg_m_of(None if height_m is None else float(height_m))

    @property
    def part_s(self) -> tuple[float, float] | None:
        """From when to when of its film it tells, None for all of it."""
        start_s, end_s = (self.software.settings.get(name) for name in ("start_s", "end_s"))
        if start_s is None and end_s is None:
            return None
        first_s = float(start_s or 0.0)
        return first_s, first_s + self.source.duration_s if end_s is None else float(end_s)

    def to_json(self, *, indent: int | None = 1) -> str:
        """The result file's text. ValueError if a number is not finite."""
        return _json(self, indent)

    @staticmethod
    def from_json(text: str | bytes, name: str = "result.json") -> "Result":
        """Read a result file back, without its curves; one of schema 1 is lifted.

        InputError where it is neither, was changed since it was written, or holds what no film gives.
        """
        schema: str = _parse(_Head, text, name).schema
        if schema not in (SCHEMA, schema_1.SCHEMA):
            raise InputError("bad_result_file", path=name, fault=phrase("fault_schema", found=schema, known=SCHEMA))
        said = from_json(text)
        written = said.pop(CHECKSUM, None)
        plain = text if written is None else json.dumps(said)
        result: Result = (
            _parse(Result, plain, name) if schema == SCHEMA else _lift(_parse(schema_1.Result, plain, name))
        )
        if written is not None and written != checksum(said):
            raise InputError("bad_result_file", path=name, fault=phrase("fault_checksum"))
        try:
            check_result(
                result.source, result.viewpoint, result.cleaning, result.cycles, result.summary, result.recognised
            )
        except ImplausibleError as fault:
            raise InputError("bad_result_file", path=name, fault=fault.phrase) from None
        return result


@record
class Occasion:
    """What several films of one person, made on one occasion, tell together; in the same shape as one film's result.

    `cycles` are those of all films, one film after another, with the verdicts that they have among each other; their times
    are those of their films. `worst_cycle` of a row is an index among them.
    """

    activity: str
    films: tuple[OccasionFilm, ...]
    cycles: tuple[Cycle, ...]
    summary: tuple[Summary, ...]
    findings: tuple[Finding, ...]
    schema: str = OCCASION_SCHEMA

    @property
    def measured(self) -> bool:
        """Whether at least one number stands in the summary."""
        return any(row.mean is not None for row in self.summary)

    def to_json(self, *, indent: int | None = 1) -> str:
        """As text. ValueError if a number is not finite."""
        return _json(self, indent)


@dataclass(frozen=True)
class _Head:
    """What tells a result file from any other, read before the rest, which another schema may shape differently."""

    schema: str


def _json(told: Result | Occasion, indent: int | None) -> str:
    kind: type = type(told)
    content = _adapter(kind).dump_python(told, mode="json")
    content = {"schema": content.pop("schema"), **content}
    if kind is Result:
        content[CHECKSUM] = checksum(content)
    return json.dumps(content, indent=indent, allow_nan=False, ensure_ascii=False)


def _lift(old: schema_1.Result) -> Result:
    return Result(
        software=old.software,
        source=old.source,
        activity=old.activity,
        viewpoint=schema_1.viewpoint(old),
        quality=schema_1.quality(old),
        cleaning=old.cleaning,
        cycles=old.cycles,
        summary=old.summary,
        findings=schema_1.findings_told(old),
    )


def _parse(kind: type, text: str | bytes, name: str) -> Any:  # noqa: ANN401 - of the kind asked for
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"])) or phrase("fault_whole_file")
        raise InputError(
            "bad_result_file", path=name, fault=phrase("fault_at", where=where, fault=first["msg"])
        ) from None


@cache
def _adapter(kind: type) -> Any:  # noqa: ANN401 - a TypeAdapter, which the shape checks of the tests cannot read
    return TypeAdapter(kind)
