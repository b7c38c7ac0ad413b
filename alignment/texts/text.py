"""What a catalogue is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """What is the matter, and what to do about it (empty where nothing needs doing)."""

    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()
