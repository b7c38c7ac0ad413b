"""`alignment models`: the landmark models' files, which are here, and how to get them."""

import typer
from rich.table import Table
from rich.text import Text as Styled

from alignment.cli import options, progress, terminal
from alignment.pose import model_files
from alignment.request import DEFAULT_MODEL, OPTIONS
from alignment.texts import say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    models = typer.Typer(help=say("help_models").message, no_args_is_help=True)
    app.add_typer(models, name="models")

    @models.command("list", help=say("help_models_list").message)
    def list_models() -> None:
        terminal.console().print(_table())

    @models.command("fetch", help=say("help_models_fetch").message)
    def fetch_models(variants: options.Variants = None) -> None:
        wanted = variants or [DEFAULT_MODEL]
        for variant in wanted:
            OPTIONS["model"].check(variant)
        for variant in wanted:
            with progress.bar(variant) as bar:
                path = model_files.fetch(variant, progress=lambda done, total: bar.show("model", done / total))
            typer.echo(say("model_fetched", variant=variant, path=path).message)


def _table() -> Table:
    """The model files, how fast and exact they are, and where they lie."""
    table = Table(box=None, pad_edge=False)
    for code in ("head_model", "head_size", "head_hint", "head_where"):
        table.add_column(say(code).message, overflow="fold")
    for status in model_files.status():
        model = status.model
        where = {"present": "model_present", "missing": "model_missing_here", "wrong": "model_wrong_here"}[status.state]
        said = str(say(where, path=status.path, variant=model.variant))
        hint = say(f"model_hint_{model.variant}").message
        table.add_row(model.variant, f"{model.size_bytes / 1e6:.1f} MB", hint, Styled(said))
    return table
