"""`alignment validate`: a folder of clips with known truth in; how far off the program is out."""

import typer

from alignment.cli import options
from alignment.core.settings import READ
from alignment.request import DEFAULT_MODEL, OPTIONS
from alignment.texts import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("validate", help=say("help_validate").message)
    def validate(
        folder: options.TruthFolder,
        json: options.ValidateJson = None,
        model: options.Model = DEFAULT_MODEL,
        joints: options.Joints = READ,
        out: options.ValidateOut = None,
        repeatability: options.RepeatabilityFile = None,
        by: options.By = "activity",
        split: options.Split = None,
        tracks: options.Tracks = None,
        no_baseline: options.NoBaseline = False,
        no_vertical: options.NoVertical = False,
        workers: options.Workers = 0,
    ) -> None:
        OPTIONS["model"].check(model)
        from alignment.accuracy import How
        from alignment.cli import validate_run

        how = How(model, not no_vertical, not no_baseline, tracks, workers, joints)
        validate_run.run(validate_run.Job(folder, how, by, split, json, out, repeatability))
