"""What a measure is called and what it means: a measure in, words out."""

from alignment.texts import is_known, say


def measure_name(measure: str, *, clinical: bool = False) -> str:
    """What a measure is called."""
    code = f"clinical_{measure}"
    return say(code if clinical and is_known(code) else f"measure_{measure}").message


def measure_meaning(measure: str, *, clinical: bool = False) -> str:
    """What a measure's number means, in one sentence; in plain words where the catalogue has them."""
    code = f"plain_{measure}"
    return say(code if not clinical and is_known(code) else f"meaning_{measure}").message
