"""Where Streamlit understands Markdown (texts, captions, labels, toasts): a text that somebody gave in, safe words out.

Film and file names, codes of persons, names and notes come from outside, and Markdown can load a picture from anywhere.
"""

from string import punctuation
from typing import Final

_MARKED: Final = frozenset(punctuation)


def plain(text: str) -> str:
    """The text as it is, of which Markdown makes nothing; line breaks stay."""
    escaped = "".join(f"\\{letter}" if letter in _MARKED else letter for letter in text)
    return "  \n".join(escaped.splitlines())
