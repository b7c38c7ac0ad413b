"""One filming from the click that starts the camera to its result, as a page holds it: engine, call ends, analysis."""

import io
import threading
import time
import wave
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment import pose
from alignment.activities import ACTIVITIES
from alignment.live.afterwards import Job
from alignment.live.calls import Inlet, Outlet
from alignment.live.engine import Engine

#: A beep's pitch, length and samples a second.
_BEEP_HZ, _BEEP_S, _SOUND_HZ = 880.0, 0.12, 22_050
#: What is shorter is not analyzed.
SHORTEST_S: Final = 1.0


@dataclass(frozen=True)
class Asked:
    """What the person wants: the movement's name, to begin when all is met, the target drawn, a beep each time."""

    activity: str
    by_itself: bool = True
    target: bool = True
    sound: bool = False


class Filming:
    """One filming. `begin` when the camera is on; `job` is there once it was ended by `finish`; `close` drops it all."""

    def __init__(self, asked: Asked, model: pose.Model) -> None:
        self.asked = asked
        self.variant = model.variant
        self.outlet = Outlet()
        self.engine = Engine(
            ACTIVITIES[asked.activity], model, self.outlet.give, by_itself=asked.by_itself, target=asked.target
        )
        self.inlet = Inlet(self.engine.put, self._ended)
        self.job: Job | None = None
        #: Whether the camera went away by itself.
        self.lost = False
        #: Whether the camera was started.
        self.on = False
        self._closing = False
        self._began_s = 0.0

    def begin(self) -> None:
        """The camera was started."""
        self.on, self._began_s = True, time.monotonic()

    @property
    def age_s(self) -> float:
        """How long ago the camera was started."""
        return time.monotonic() - self._began_s

    def finish(self) -> Job | None:
        """End the filming and begin the analysis of what was kept; None where that is too little."""
        self._closing = True
        recording = self.engine.stop()
        self.inlet.stop()
        self.outlet.stop()
        if self.job is None and recording is not None and recording.facts.duration_s >= SHORTEST_S:
            self.job = Job(recording, self.engine.activity).start()
        return self.job

    def close(self) -> None:
        """End everything; the recording is let go of."""
        self._closing = True
        if self.job is not None:
            self.job.cancel()
        self.inlet.stop()
        self.outlet.stop()
        self.engine.close()

    def _ended(self) -> None:
        """The browser sends no more. Called in the event loop, which must not wait."""
        if not self._closing:
            self.lost = True
            threading.Thread(target=self.engine.stop, daemon=True).start()
        self.outlet.stop()


def beep(number: int) -> bytes:
    """A short tone as a .wav; another number gives another file with the same sound, so that it is played again."""
    length = round(_BEEP_S * _SOUND_HZ)
    at = np.arange(length)
    tone = 0.4 * np.sin(2 * np.pi * _BEEP_HZ * at / _SOUND_HZ) * np.minimum(1, np.minimum(at, length - at) / 200)
    samples = np.concatenate([np.rint(32_767 * tone), np.zeros(number + 1)]).astype("<i2")
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_SOUND_HZ)
        sound.writeframes(samples.tobytes())
    return content.getvalue()
