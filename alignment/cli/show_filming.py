"""A verdict on the filming in words: what was found in, a table and the fixes on a console out."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from alignment.core.quality import BLURRED, DARK, Filming
from alignment.core.result import Viewpoint
from alignment.texts import say
from alignment.views.wording import camera_words, reason_words

_STYLES = {"good": "bold green", "usable": "bold yellow", "unusable": "bold magenta"}


def filming(console: Console, found: Filming) -> None:
    """The verdict, what it rests on, and the fixes."""
    console.print()
    verdict = say(f"filming_{found.quality.grade}").message
    console.print(Styled.assemble(f"{found.source.name}: ", (verdict, _STYLES[found.quality.grade])))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for head, words in _lines(found):
        table.add_row(say(f"head_{head}").message, Styled(words))
    console.print(table)
    for reason in found.quality.reasons:
        console.print(Styled(f"! {reason_words(reason)}"))


def _lines(found: Filming) -> Iterator[tuple[str, str]]:
    """Code of a heading, and what is to be said under it."""
    view, legs, source = found.viewpoint, found.whole_share, found.source
    yield "who", _who(found)
    if view is not None:
        yield "legs", say("filming_legs", left=100 * legs["left"], right=100 * legs["right"]).message
        yield "camera", _camera(view)
        roll = "filming_roll_given" if view.roll_given else "filming_roll_unknown"
        yield "roll", say(roll, roll_deg=view.roll_deg, roll_se_deg=view.roll_se_deg).message
        away, se, share = view.distance_leg_lengths, view.distance_se, found.height_share or 0.0
        yield "distance", say("filming_distance", legs=away, se=se, percent=100 * share).message
    yield "light", say("filming_light", brightness=found.brightness, dark=DARK).message
    yield "sharpness", say("filming_sharpness", sharpness=found.sharpness, blurred=BLURRED).message
    yield "rate", say("filming_rate", rate_hz=source.fps).message
    yield "length", say("filming_length", length_s=source.duration_s).message


def _camera(view: Viewpoint) -> str:
    where = camera_words(view)
    return say("filming_camera", where=where, se_deg=view.yaw_se_deg).message if view.corrected else where


def _who(found: Filming) -> str:
    pictures, percent = found.source.analyzed_frames, 100 * found.seen_share
    if found.viewpoint is None:
        return say("filming_nobody", pictures=pictures).message
    code = "filming_several" if found.people > 1 else "filming_one"
    return say(code, people=found.people, person=found.person, percent=percent, pictures=pictures).message
