"""What there is to choose from, in words: activities and model files in, lists on a console out."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from alignment.assessment import Activity
from alignment.texts import say
from alignment.weights import Status


def activities(console: Console, known: Iterable[Activity]) -> None:
    """Each movement with its name for --activity and how to film it."""
    for activity in known:
        console.print(Styled.assemble((activity.name, "bold"), f"  {activity.title}"))
        console.print(Styled(f"    {activity.description}"))


def models(console: Console, known: Iterable[Status]) -> None:
    """A table of the model files and where they are."""
    table = Table(box=None, pad_edge=False)
    for code in ("head_model", "head_size", "head_hint", "head_where"):
        table.add_column(say(code).message, overflow="fold")
    for status in known:
        model = status.model
        where = {"present": "model_present", "missing": "model_missing_here", "wrong": "model_wrong_here"}[status.state]
        said = str(say(where, path=status.path, variant=model.variant))
        table.add_row(model.variant, f"{model.size_bytes / 1e6:.1f} MB", model.hint, Styled(said))
    console.print(table)
