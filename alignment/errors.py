"""What the user gave cannot be used: a code and its values; the sentence is made where somebody reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence as its code and values, to fill a gap of another one; the catalogue has the words."""

    code: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """The words, once a catalogue is loaded."""
        return _wording(self.code, self.values)


def phrase(code: str, /, **values: object) -> Phrase:
    """A part of a sentence: its code and what fills its gaps."""
    return Phrase(code, values)


class InputError(Exception):
    """Something the user gave cannot be used: the code of what is wrong and its values. Exit code 2.

    As text it is the sentence to show, in the language spoken there, once a catalogue is loaded.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code, values)

    def __str__(self) -> str:
        """The sentence with its remedy."""
        return _wording(self.code, self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process as its code and values, whose phrases are sent as such."""
        return _input_error, (self.code, self.values)


def first_line(fault: object) -> str:
    """The first line of what an exception says; "" where it says nothing."""
    return (str(fault).splitlines() or [""])[0]


def _input_error(code: str, values: Mapping[str, object]) -> InputError:
    return InputError(code, **values)


def _by_code(code: str, values: Mapping[str, object]) -> str:
    """What stands for a sentence where no catalogue is loaded."""
    return f"{code}({', '.join(f'{name}={value}' for name, value in values.items())})"


_wording: Callable[[str, Mapping[str, object]], str] = _by_code


def word_with(wording: Callable[[str, Mapping[str, object]], str]) -> None:
    """Have errors and phrases worded so from now on, wherever they are turned into text."""
    global _wording
    _wording = wording
