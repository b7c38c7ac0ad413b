"""All commands, each from a file of its own, and how one is run."""

from collections.abc import Sequence
from typing import Annotated

import typer

from alignment import extensions
from alignment.cli import (
    activities,
    analyze,
    app,
    batch,
    check,
    demo,
    export,
    limits,
    models,
    records,
    report,
    tags,
    terminal,
    validate,
)
from alignment.cli.stopping import STOPPED
from alignment.texts import say
from alignment.version import version_of


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command on these arguments (those of the process if None) and return its exit code.

    Whatever it raises, but for being stopped, becomes a sentence.
    """
    try:
        extensions.load_installed()
        return commands()(args=None if arguments is None else list(arguments), standalone_mode=False) or 0
    except typer.Abort:
        return STOPPED
    except SystemExit:  # typer's answer where nobody reads the output any more, as after `| head`
        return terminal.UNUSABLE
    except Exception as fault:  # noqa: BLE001 - the last resort of the program: the user gets a sentence
        return terminal.explain(fault)


def commands() -> typer.Typer:
    """The commands with their options as they are now, those of extensions among them."""
    made = typer.Typer(
        name="alignment",
        help=say("help").message,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    made.callback()(_main)
    for command in (
        analyze,
        check,
        batch,
        report,
        export,
        records,
        demo,
        validate,
        models,
        app,
        limits,
        activities,
        tags,
    ):
        command.register(made)
    return made


def _print_version(wanted: bool) -> bool:
    if wanted:
        typer.echo(f"alignment {version_of()}")
        raise typer.Exit
    return wanted


def _main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=say("help_version").message)
    ] = False,
) -> None: ...
