"""Key frames with lines: an analysis and its kept pictures in; the pictures with lines drawn from the landmarks out."""

import cv2
import numpy as np

from alignment.pages.clinic import store
from alignment.records import Analysis, KeyFrame, Records
from alignment.result import Result
from alignment.texts import InputError
from alignment.views.canvas import Image
from alignment.views.overlay import Painter


def kept_frames(kept: Records, analysis: Analysis) -> dict[int, KeyFrame]:
    """The pictures that were kept of an analysis, by their repetition's index."""
    key = (kept.location, analysis.key, "frames")
    return {frame.cycle: frame for frame in store.frames().get(key, lambda: kept.key_frames(analysis.key))}


def lined(kept: Records, analysis: Analysis, frame: KeyFrame) -> bytes:
    """A key frame with its lines as JPEG: as it is where they are part of it, or where its landmarks cannot be used."""
    if frame.drawn:
        return frame.jpeg
    key = (kept.location, analysis.key, analysis.version, frame.cycle)
    return store.pictures().get(key, lambda: _drawn(kept, analysis, frame))


def _drawn(kept: Records, analysis: Analysis, frame: KeyFrame) -> bytes:
    try:
        result = store.with_curves(kept, analysis)
    except InputError:
        return frame.jpeg
    picture = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or result.curves is None or not result.curves.track.frames:
        return frame.jpeg
    image = painted(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)), result, frame.time_s)
    done, content = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return content.tobytes() if done else frame.jpeg


def painted(image: Image, result: Result, time_s: float) -> Image:
    """A picture of the film (RGB) with the lines of this moment, without the strip of words below it."""
    if result.curves is None:
        raise ValueError("lines need a result with its curves")
    position = int(np.abs(result.curves.track.time_s - time_s).argmin())
    # Faces were blurred before the picture was kept.
    drawn = Painter(result, blur_faces=False).paint(image, position)
    rows = round(drawn.shape[1] * image.shape[0] / image.shape[1])
    return drawn[:rows]
