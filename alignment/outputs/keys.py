"""What tells one film's numbers from another's, wherever the files lie: the same film gets the same key in every table."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from alignment.core.result import Result

#: What of a request makes another set of rows of the same film.
_PART: Final = ("start_s", "end_s", "person")
_LETTERS: Final = 12
_Place = TypeVar("_Place", bound=int)


def film_key(result: Result) -> str:
    """The same for the same film, part of it, person and movement; neither place, name, limits nor version change it."""
    settings = result.software.settings
    film = result.source.sha256 or result.source.name
    return key_of([film, result.activity, *(settings.get(name) for name in _PART)])


def key_of(parts: Sequence[object]) -> str:
    """Twelve hexadecimal digits that stand for these parts, in this order."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:_LETTERS]


def distinct(keys: Mapping[_Place, str]) -> dict[_Place, str]:
    """The keys by place, of which copies of one film get a number, in the order of their places: `…-2`, `…-3`."""
    seen: dict[str, int] = {}
    told = {}
    for place in sorted(keys):
        key = keys[place]
        seen[key] = seen.get(key, 0) + 1
        told[place] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return told
