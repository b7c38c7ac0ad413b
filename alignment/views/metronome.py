"""A pace in; the beat of a metronome as sound out: a WAV file of short clicks, one for each step."""

import io
import wave
from typing import Final

import numpy as np

RATE_HZ: Final = 8000
#: A click is a tone of this pitch that fades, loud enough beside a treadmill.
PITCH_HZ, FADES_S, LOUDNESS = 1200.0, 0.012, 0.8
#: So long at least, and then as long as whole beats last, so that it can be played over and over.
LENGTH_S: Final = 30.0


def beat(per_min: float) -> bytes:
    """Clicks at this pace, as a WAV file that can be played over and over without a stumble. ValueError for no pace."""
    if not 0 < per_min < 1000:
        raise ValueError(f"no pace: {per_min}")
    every_s = 60.0 / per_min
    clicks = int(np.ceil(LENGTH_S / every_s))
    sound = np.zeros(round(clicks * every_s * RATE_HZ))
    click = _click()
    for number in range(clicks):
        start = round(number * every_s * RATE_HZ)
        part = sound[start : start + len(click)]
        part[:] = click[: len(part)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes((sound * LOUDNESS * np.iinfo(np.int16).max).astype("<i2").tobytes())
    return file.getvalue()


def _click() -> np.ndarray:
    time_s = np.arange(round(5 * FADES_S * RATE_HZ)) / RATE_HZ
    return np.sin(2 * np.pi * PITCH_HZ * time_s) * np.exp(-time_s / FADES_S)
