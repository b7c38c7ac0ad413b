"""Whatever somebody typed, made printable: a text in, one that the fonts here can show out, with a notice for the rest.

The look of the page rests on the typeface that the typesetter carries in itself, so that a report is the same
everywhere. The fonts of the machine are asked only for letters that this one lacks.
"""

import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from alignment.texts import say

if TYPE_CHECKING:
    import typst

#: The typeface of the page, embedded in the typesetter.
FACE: Final = "Libertinus Serif"
ELLIPSIS: Final = "…"
_ZERO_WIDTH_SPACE: Final = "\u200b"
_JOINERS: Final = "\u200c\u200d"
#: A run of so many letters without a space may be broken anywhere, since no column is sure to be wider.
_LONGEST_WORD: Final = 22
#: So many marks on one letter are drawn; more would climb over the lines above.
_MOST_MARKS: Final = 3
_known: dict[str, bool] = {}
_lock = Lock()


@cache
def embedded_fonts() -> "typst.Fonts":
    """The fonts that the typesetter carries in itself."""
    import typst

    return typst.Fonts(include_system_fonts=False)


@cache
def all_fonts() -> "typst.Fonts":
    """These and the fonts of the machine."""
    import typst

    return typst.Fonts()


def clean_text(text: str, most: int, *, lines: bool = False) -> str:
    """At most `most` letters of a text, cut with an ellipsis, on one line unless `lines` are kept, nothing invisible."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(_is_kept(letter, lines=lines) for letter in text)
    parts = [" ".join(line.split()) for line in kept.split("\n")]
    tidy = "\n".join(part for part in parts if part)
    letters = list(clusters(tidy))
    return tidy if len(letters) <= most else "".join(letters[: max(most - 1, 0)]).rstrip() + ELLIPSIS


def _is_kept(letter: str, *, lines: bool) -> str:
    if letter == "\n" and lines:
        return letter
    category = unicodedata.category(letter)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    # What turns the direction of what follows, and other invisible signs; not what joins letters or emoji.
    return "" if category == "Cf" and letter not in _JOINERS and not "\U000e0020" <= letter <= "\U000e007f" else letter


def clusters(text: str) -> Iterator[str]:
    """The letters of a text with their marks, each as it is drawn: é, किं, a family of emoji."""
    cluster, marks = "", 0
    for letter in text:
        mark = unicodedata.category(letter).startswith("M") or "\U0001f3fb" <= letter <= "\U0001f3ff"
        joins = mark or letter in _JOINERS or "\U000e0020" <= letter <= "\U000e007f"
        if cluster and (joins or cluster[-1] == "\u200d" or _second_flag(cluster, letter)):
            marks += mark
            cluster += letter if not mark or marks <= _MOST_MARKS else ""
            continue
        if cluster:
            yield cluster
        cluster, marks = letter, 0
    if cluster:
        yield cluster


def _second_flag(cluster: str, letter: str) -> bool:
    """Whether this is the second of the two letters that make a flag."""
    return len(cluster) == 1 and all("\U0001f1e6" <= one <= "\U0001f1ff" for one in (cluster, letter))


def printable(texts: Collection[str]) -> tuple[dict[str, str], "typst.Fonts"]:
    """Each of these texts as it can be printed, and the fonts for it.

    Long words may break; what no font here can show is a notice that says how many letters are missing.
    """
    wanted = {
        cluster for text in texts for cluster in clusters(text) if not (cluster.isascii() and cluster.isprintable())
    }
    if not _missing(wanted, own=True):
        return {text: _breakable(text) for text in texts}, embedded_fonts()
    missing = _missing(wanted, own=False)
    return {text: _breakable(_with_notices(text, missing)) for text in texts}, all_fonts()


def _missing(wanted: Collection[str], *, own: bool) -> set[str]:
    """Which of these letters cannot be shown: by the embedded fonts alone, or by those of the machine either."""
    with _lock:
        asked = [cluster for cluster in sorted(wanted) if f"{own:d}{cluster}" not in _known]
        _known.update({f"{own:d}{cluster}": True for cluster in asked})
        for cluster in _refused_letters(asked, own=own):
            _known[f"{own:d}{cluster}"] = False
        return {cluster for cluster in wanted if not _known[f"{own:d}{cluster}"]}


def _refused_letters(asked: list[str], *, own: bool) -> list[str]:
    """The letters that the typesetter refuses, found by halves: it names one at a time."""
    if not asked or _sets(asked, own=own):
        return []
    if len(asked) == 1:
        return asked
    middle = len(asked) // 2
    return _refused_letters(asked[:middle], own=own) + _refused_letters(asked[middle:], own=own)


def _sets(asked: list[str], *, own: bool) -> bool:
    """Whether all of these letters can be shown. A standard that forbids missing letters makes the typesetter say so."""
    import typst

    if any(unicodedata.category(letter) in ("Cn", "Co", "Cs") for cluster in asked for letter in cluster):
        return False
    source = f'#set document(title: "x")\n#set text(font: "{FACE}")\n#sys.inputs.letters'.encode()
    try:
        typst.compile(
            source,
            format="pdf",
            font_paths=embedded_fonts() if own else all_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"letters": " ".join(asked)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )
    except (typst.TypstError, UnicodeEncodeError):
        return False
    return True


def _with_notices(text: str, missing: set[str]) -> str:
    """The text with each run of letters that cannot be shown replaced by a notice of how many they are."""
    made, run, between = [], 0, ""
    for cluster in [*clusters(text), ""]:
        if cluster in missing:
            run, between = run + 1, ""
        elif cluster.isspace() and run:
            between += cluster
        else:
            if run:
                made.append(say("report_letters_missing" if run > 1 else "report_letter_missing", count=run).message)
            made += [between, cluster]
            run, between = 0, ""
    return "".join(made)


def _breakable(text: str) -> str:
    """The text in which a long run without a space may be broken behind every letter."""
    words = text.split(" ")
    return " ".join(_ZERO_WIDTH_SPACE.join(clusters(word)) if len(word) > _LONGEST_WORD else word for word in words)


def right_to_left(text: str) -> bool:
    """Whether a text is read from the right: by its first letter that has a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
