"""A result as a PDF, for the file or in plain words for the person: a result, pictures and facts in, bytes out."""

from collections.abc import Sequence
from functools import partial

from alignment.core.calibration import CalibrationOf
from alignment.core.result import Course, Result
from alignment.views.report import full, plain, press, shared
from alignment.views.report.facts import About, Before, Kind, Picture

__all__ = ["About", "Before", "Kind", "Picture", "report"]

_MOST_PICTURES = 2


def report(
    result: Result,
    course: Course | None = None,
    *,
    pictures: Sequence[Picture] = (),
    about: About = About(),  # noqa: B008 - frozen
    before: Before | None = None,
    kind: Kind = "full",
    clinical: CalibrationOf | None = None,
) -> bytes:
    """The report as PDF: A4, at most two pages (`full`) or exactly one (`plain`); the same bytes for the same arguments.

    `course` are the measures over time; without it, those of the result itself, and where that has none (it was read back
    from its file), the page says that curves are missing. `pictures` are at most two, the best repetition first;
    one that cannot be decoded is left out. Where `clinical` is given, which knows what is known of a model, the full page
    speaks in clinical terms, with the least change that can be told of each measure. What no font here can show is
    replaced by a notice. InputError where `before` shows another movement.
    """
    if course is None and result.curves is not None:
        course = result.curves.course
    usable = press.drawings(pictures)[:_MOST_PICTURES]
    shown = tuple(shared.shown_pictures(usable))
    if kind == "full":
        content = partial(full.full, result, course, shown, about, before, clinical)
        return press.print_pdf(content, full.ROOMS, usable, pages=2, day=about.date)
    content = partial(plain.plain, result, shown, about, before)
    return press.print_pdf(content, plain.ROOMS, usable, pages=1, day=about.date)
