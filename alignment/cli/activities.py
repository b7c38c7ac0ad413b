"""`alignment activities`: the movements that can be analyzed, with their names for --activity and how to film each."""

import typer
from rich.text import Text as Styled

from alignment.cli import terminal
from alignment.texts import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("activities", help=say("help_activities").message)
    def activities() -> None:
        from alignment.core.activities import ACTIVITIES

        screen = terminal.console()
        for activity in ACTIVITIES.values():
            screen.print(Styled.assemble((activity.name, "bold"), f"  {say(f'activity_{activity.name}').message}"))
            screen.print(Styled(f"    {say(f'activity_{activity.name}_how').message}"))
