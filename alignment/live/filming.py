"""One filming from the click that starts the camera to its result, as a page holds it: engine, call ends, analysis."""

import io
import threading
import time
import wave
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from alignment import workflow
from alignment.core.activities import ACTIVITIES
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.live.engine import Engine
from alignment.live.recording import Recording
from alignment.live.webrtc import Inlet, Outlet
from alignment.outputs import MemorySink, video_encoder
from alignment.pose import engines, model_files
from alignment.pose.model_files import ModelFile
from alignment.request import DEFAULT_MODEL, Request
from alignment.views import faces
from alignment.views.canvas import Image

#: A beep's pitch, length and samples a second.
_BEEP_HZ, _BEEP_S, _SOUND_HZ = 880.0, 0.12, 22_050
#: What is shorter is not analyzed.
SHORTEST_S: Final = 1.0
#: The model that follows somebody live, and that of the analysis, each with those that stand in where it is not here.
LIVE_MODELS: Final = ("lite", "full", "heavy")
ANALYSIS_MODELS: Final = (DEFAULT_MODEL, "full", "lite")


@dataclass(frozen=True)
class Choices:
    """What the person wants: the movement's name, to begin when all is met, the target drawn, a beep each time.

    `told` are values of options that the analysis is told besides.
    """

    activity: str
    by_itself: bool = True
    target: bool = True
    sound: bool = False
    told: Mapping[str, Any] = field(default_factory=dict)


class Filming:
    """One filming. `begin` when the camera is on; `job` is there once it was ended by `finish`; `close` drops it all."""

    def __init__(self, choices: Choices, model: ModelFile) -> None:
        self.choices = choices
        self.variant = model.variant
        self.outlet = Outlet()
        self.engine = Engine(
            ACTIVITIES[choices.activity],
            model,
            self.outlet.give,
            by_itself=choices.by_itself,
            target=choices.target,
            told=choices.told,
        )
        self.inlet = Inlet(self.engine.put, self._on_end)
        self.job: workflow.Job | None = None
        #: What is analyzed, and the files that come of it: in memory, until all of it is dropped.
        self.recording: Recording | None = None
        self.files = MemorySink()
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

    def finish(self) -> workflow.Job | None:
        """End the filming and begin the analysis of what was kept; None where that is too little."""
        self._closing = True
        recording = self.engine.stop()
        self.inlet.stop()
        self.outlet.stop()
        if self.job is None and recording is not None and recording.facts.duration_s >= SHORTEST_S:
            self.recording = recording
            self.job = workflow.Job(self._analyze, name="live analysis").start()
        return self.job

    def _analyze(self, report: workflow.Progress) -> workflow.Outcome:
        """The recording as a film. InputError where no model is here: the network is not asked."""
        if self.recording is None:
            raise ValueError("nothing was recorded")
        file = model_here(ANALYSIS_MODELS)
        request = Request(self.choices.activity, model=file.variant).choosing(self.choices.told)
        engine = engines.engine_named(request.engine).opened_by(file, request.joints)
        return workflow.analyze(self.recording, request, engine, self.files, report)

    def close(self) -> None:
        """End everything; the recording is let go of."""
        self._closing = True
        if self.job is not None:
            self.job.cancel()
        self.inlet.stop()
        self.outlet.stop()
        self.engine.close()

    def _on_end(self) -> None:
        """The browser sends no more. Called in the event loop, which must not wait."""
        if not self._closing:
            self.lost = True
            threading.Thread(target=self.engine.stop, daemon=True).start()
        self.outlet.stop()


def model_here(variants: tuple[str, ...], places: Iterable[Path] | None = None) -> ModelFile:
    """The first of these models that is on this machine. InputError where none is; asks no network."""
    file = model_files.first_here(variants, places)
    if file is None:
        raise InputError("live_no_model", variant=variants[0])
    return file


def blurred_film(recording: Recording, track: Track) -> bytes:
    """The recording itself as an .mp4, with the faces blurred that were found in it."""

    def blur() -> Iterator[tuple[float, Image]]:
        covers = faces.covers(track.faces, track.time_s)
        for frame, circles in zip(recording, covers, strict=False):
            image = frame.image.copy()
            faces.blur(image, circles)
            yield frame.time_s, image

    content = io.BytesIO()
    count = video_encoder.write_stream(content, blur())
    return content.getvalue() if count else b""


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
