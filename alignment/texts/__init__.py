"""Every sentence a user can meet: a code and its values in, the sentence and its remedy out. One catalogue per language."""

from collections import ChainMap
from typing import Final

from alignment.texts import (
    accuracy,
    analyze,
    app,
    batch,
    change,
    charts,
    clinic,
    command,
    compare,
    correct,
    exchange,
    faults,
    filming,
    learn,
    live,
    measuring,
    models,
    overlay,
    records,
    report,
)
from alignment.texts.text import Text

__all__ = ["ENGLISH", "InputError", "Text", "known", "say"]

#: The catalogue, one block for each part of the program that speaks.
ENGLISH: Final[ChainMap[str, Text]] = ChainMap(
    faults.INPUT,
    faults.SOURCES,
    faults.FILES,
    overlay.OVERLAY,
    models.MODELS,
    command.COMMAND,
    filming.FILMING,
    measuring.MEASURING,
    accuracy.ACCURACY,
    app.APP,
    analyze.ANALYZE,
    batch.BATCH,
    charts.CHARTS,
    clinic.CLINIC,
    change.CHANGE,
    compare.COMPARE,
    correct.CORRECT,
    exchange.EXCHANGE,
    learn.LEARN,
    live.LIVE,
    records.RECORDS,
    report.REPORT,
)


class InputError(Exception):
    """Something the user gave cannot be used; carries the sentence to show. Exit code 2."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.text = say(code, **values)
        super().__init__(str(self.text))


def say(code: str, /, **values: object) -> Text:
    """The catalogue's text for a code, its gaps filled. KeyError where the code or a value is missing."""
    text = ENGLISH[code]
    return Text(text.message.format(**values), text.remedy.format(**values))


def known(code: str) -> bool:
    """Whether the catalogue holds this code."""
    return code in ENGLISH
