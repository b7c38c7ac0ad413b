"""Every sentence a user can meet: a code and its values in, the sentence and its remedy out. One catalogue per language."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from alignment.errors import InputError, word_with
from alignment.texts.text import Text

__all__ = ["ENGLISH", "LANGUAGES", "NAMED", "Text", "add_words", "known", "say", "speaking", "text_of"]


def _texts(words: Mapping[str, Text | str]) -> dict[str, Text]:
    return {code: Text(text) if isinstance(text, str) else text for code, text in words.items()}


#: The catalogue: the block `TEXTS` of each file here, one for each part of the program that speaks. What needs nothing doing
#: is the sentence alone.
ENGLISH: Final[ChainMap[str, Text]] = ChainMap(
    *(_texts(import_module(f"{__name__}.{file.name}").TEXTS) for file in iter_modules(__path__) if file.name != "text")
)

#: The catalogues by language. What one of them lacks is said in English.
LANGUAGES: Final[dict[str, ChainMap[str, Text]]] = {"en": ENGLISH}
#: Families of codes that end in a name which one new file may bring (an activity, a measure, ...). Where the catalogue lacks
#: a name, it is told by itself: `activity_wall_sit` as "Wall sit". Those that begin a sentence or a title are capitalised.
NAMED: Final = {
    "activity_": True,
    "meaning_": True,
    "option_": True,
    "output_": True,
    "measure_": False,
    "pelvis_from_": True,
    "reason_": False,
}
#: What explains a name has no words made from it.
_EXPLAINING: Final = ("_how", "_help")


def add_words(language: str, words: Mapping[str, Text | str]) -> None:
    """Add an extension's words to a language, or a language. What the catalogue says already stays as it is.

    A sentence that needs nothing doing may stand alone, without its `Text`.
    """
    LANGUAGES[language] = ChainMap({}, *LANGUAGES.get(language, ChainMap()).maps, _texts(words))


_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language within the context. KeyError where there is no catalogue of it."""
    if language not in LANGUAGES:
        raise KeyError(language)
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def say(code: str, /, **values: object) -> Text:
    """The text for a code in the language spoken, its gaps filled. KeyError where the code or a value is missing."""
    text = LANGUAGES[_language.get()].get(code) or LANGUAGES["en"].get(code)
    if text is None:
        return _made_from_name(code)
    return Text(text.message.format(**values), text.remedy.format(**values))


def _made_from_name(code: str) -> Text:
    """Readable words, of letters and digits alone, for a name that has none in the catalogue. KeyError where the code is of no such family."""
    family = next((one for one in NAMED if code.startswith(one)), None)
    if family is None:
        raise KeyError(code)
    if code.endswith(_EXPLAINING):
        return Text("")
    words = " ".join(re.split(r"[\W_]+", code.removeprefix(family))).strip()
    return Text(words[:1].upper() + words[1:] if NAMED[family] else words)


def is_known(code: str) -> bool:
    """Whether the catalogue holds this code."""
    return code in LANGUAGES["en"]


def text_of(fault: InputError) -> Text:
    """What an error says: the sentence, and what to do about it."""
    return say(fault.code, **fault.values)


def _fill(code: str, values: Mapping[str, object]) -> str:
    return str(say(code, **values))


word_with(_fill)
