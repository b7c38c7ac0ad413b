"""Poses as they come in; the last seconds of them as a `Track` out, for everything that is judged while filming."""

from collections import deque
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import LANDMARKS
from alignment.core.track import MAX_PEOPLE, ModelFacts, SourceFacts, Track
from alignment.pose.people import Poses

#: How far back is looked: more than the longest repetition (12 s) and the standing before it.
WINDOW_S: Final = 24.0
#: So many mirrored pictures tell where the camera stands; older ones are forgotten with the poses.
MIRRORED: Final = 24
#: What a track holds of each frame.
_OF_EACH_FRAME: Final = ("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces")


@dataclass(frozen=True)
class Moment:
    """One picture looked at: its time, the pose found in it (None where nobody was), and how bright it is (0 to 255)."""

    time_s: float
    pixels: Float[np.ndarray, "landmarks 2"] | None
    metres: Float[np.ndarray, "landmarks 3"] | None
    visibility: Float[np.ndarray, " landmarks"] | None
    brightness: float

    @staticmethod
    def of(time_s: float, poses: Poses, brightness: float) -> "Moment":
        """The first of the poses found in a picture."""
        if not len(poses):
            return Moment(time_s, None, None, None, brightness)
        return Moment(time_s, poses.pixels[0], poses.metres[0], poses.visibility[0], brightness)


class RecentPoses:
    """The last moments, oldest first. One thread adds while another reads."""

    def __init__(self, width: int, height: int, model: ModelFacts) -> None:
        self.width, self.height = width, height
        self._model = model
        self._moments: deque[Moment] = deque()
        self._mirrored: deque[tuple[float, np.ndarray]] = deque(maxlen=MIRRORED)

    def add(self, moment: Moment) -> None:
        """Take in one more; a time that does not rise is not taken."""
        if self._moments and moment.time_s <= self._moments[-1].time_s:
            return
        self._moments.append(moment)
        while self._moments[0].time_s < moment.time_s - WINDOW_S:
            self._moments.popleft()

    def add_mirrored(self, time_s: float, metres: Float[np.ndarray, "landmarks 3"]) -> None:
        """World landmarks of the mirrored picture of that moment, as the model gave them."""
        self._mirrored.append((time_s, metres))

    def track(self) -> Track:
        """All of them on their own clock, with the mirrored pictures of theirs; sharpness is not looked at while filming."""
        moments, mirrored = list(self._moments), list(self._mirrored)
        frames, landmarks = len(moments), len(LANDMARKS)
        pixels, metres = np.full((frames, landmarks, 2), np.nan), np.full((frames, landmarks, 3), np.nan)
        visibility = np.zeros((frames, landmarks))
        for i, moment in enumerate(moments):
            if moment.pixels is not None and moment.metres is not None and moment.visibility is not None:
                pixels[i], metres[i], visibility[i] = moment.pixels, moment.metres, moment.visibility
        seen = np.isfinite(pixels[:, 0, 0])
        places = {moment.time_s: i for i, moment in enumerate(moments)}
        pairs = [(places[at], found) for at, found in mirrored if at in places and seen[places[at]]]
        return Track(
            time_s=np.array([moment.time_s for moment in moments], float),
            pixels=pixels,
            metres=metres,
            visibility=visibility,
            mirrored_frames=np.array([place for place, _ in pairs], int),
            mirrored_metres=np.array([found for _, found in pairs], float).reshape(-1, landmarks, 3),
            brightness=np.array([moment.brightness for moment in moments], float),
            sharpness=np.full(frames, np.nan),
            people=seen.astype(int),
            faces=np.full((frames, MAX_PEOPLE, 3), np.nan),
            source=SourceFacts("camera", None, fps=30.0, width=self.width, height=self.height, frames=frames),
            model=self._model,
        )


def last(track: Track, seconds: float) -> Track:
    """The last seconds of a track, on the same clock."""
    if not track.frames:
        return track
    first = int(np.searchsorted(track.time_s, track.time_s[-1] - seconds))
    mirrored = track.mirrored_frames >= first
    return replace(
        track,
        mirrored_frames=track.mirrored_frames[mirrored] - first,
        mirrored_metres=track.mirrored_metres[mirrored],
        **{name: getattr(track, name)[first:] for name in _OF_EACH_FRAME},
    )
