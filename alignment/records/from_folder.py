"""What records keep of a result folder: its result, its landmarks, and a picture of each repetition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from alignment import outputs, sources
from alignment.core.result import Cycle
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.files import read_content
from alignment.records.models import KeyFrame, NewAnalysis
from alignment.views import faces
from alignment.views.canvas import Image

#: More repetitions than this are shown by as many of them, evenly chosen.
MOST_KEY_FRAMES: Final = 40
#: Pictures are reduced to this height, which fills a screen and half a page.
MOST_ROWS_PX: Final = 960
_JPEG_QUALITY: Final = 85


@dataclass(frozen=True)
class _PictureWanted:
    """A repetition whose picture is wanted, and the analyzed frame (position in the track) nearest to its key moment."""

    cycle: int
    position: int


def gather(folder: Path, film: Path | None = None, keep_video: bool = False) -> NewAnalysis:
    """What records keep of an analysis: its result, its track as it is, and a picture of each repetition that counts.

    The pictures are taken from `film` (the file or folder of pictures that was analyzed), plain, else from the overlay in
    the folder, with its lines; where there is neither, there are none. Faces are blurred in either case. `keep_video`
    adds the film file itself, as it is. InputError where the folder holds no analysis or parts of two, or where the film is
    another one.
    """
    if keep_video and (film is None or film.is_dir()):
        raise InputError("records_video_no_file" if film else "records_video_missing", path=film)
    result = outputs.read_result(folder)
    outputs.check_names(result)
    content = read_content(folder / outputs.TRACK)
    track = outputs.track_of_parquet(content, name=str(folder / outputs.TRACK))
    if (result.source.sha256, result.source.analyzed_frames) != (track.source.sha256, track.frames):
        raise InputError("records_two_films", folder=folder, result=outputs.RESULT, track=outputs.TRACK)
    wanted = _pictures_wanted(result.cycles, track)
    if film is not None:
        pictures = _from_film(film, track, wanted)
    elif (folder / outputs.OVERLAY).is_file():
        pictures = _from_overlay(folder / outputs.OVERLAY, track, wanted)
    else:
        pictures = []
    return NewAnalysis(result, content, tuple(pictures), film if keep_video else None)


def _pictures_wanted(cycles: Sequence[Cycle], track: Track) -> list[_PictureWanted]:
    """The repetitions to show in order of time: all that count, or as many as may be, evenly chosen."""
    counted = sorted((cycle for cycle in cycles if cycle.rejected is None), key=lambda cycle: cycle.key_s)
    if len(counted) > MOST_KEY_FRAMES:
        counted = [counted[at] for at in np.linspace(0, len(counted) - 1, MOST_KEY_FRAMES).round().astype(int)]
    if not track.frames:
        return []
    return [_PictureWanted(cycle.index, int(np.abs(track.time_s - cycle.key_s).argmin())) for cycle in counted]


def _from_film(film: Path, track: Track, wanted: Sequence[_PictureWanted]) -> list[KeyFrame]:
    """Plain pictures of the film. InputError where it is not the one that was analyzed."""
    facts = track.source
    largest = round(max(facts.width, facts.height) * min(1.0, MOST_ROWS_PX / facts.height))
    stills = sources.stills(
        film,
        [float(track.time_s[one.position]) for one in wanted],
        sources.Reading(
            mirrored=facts.mirrored, rate_hz=facts.fps if facts.rate_assumed else None, max_side_px=max(1, largest)
        ),
    )
    if stills.facts.sha256 != facts.sha256:
        raise InputError("records_other_film", path=film, name=facts.name)
    return list(_key_frames(stills, track, wanted, begins_s=0.0, drawn=False))


def _from_overlay(overlay: Path, track: Track, wanted: Sequence[_PictureWanted]) -> list[KeyFrame]:
    """Pictures with their lines, without the strip of words below them. InputError where the overlay cannot be read."""
    begins_s = float(track.time_s[0]) if track.frames else 0.0
    times_s = [float(track.time_s[one.position]) - begins_s for one in wanted]
    try:
        # No overlay of this film is larger: small films are enlarged, and words are added below.
        any_size = sources.Reading(max_side_px=100 * max(track.source.width, track.source.height, MOST_ROWS_PX))
        stills = sources.stills(overlay, times_s, any_size)
        return list(_key_frames(stills, track, wanted, begins_s=begins_s, drawn=True))
    except InputError as fault:
        raise InputError("records_bad_overlay", path=overlay) from fault


def _key_frames(
    stills: sources.Stills, track: Track, wanted: Sequence[_PictureWanted], *, begins_s: float, drawn: bool
) -> Iterator[KeyFrame]:
    covers = faces.covers(track.faces, track.time_s)
    for frame in stills:
        one = wanted[frame.index]
        time_s = float(track.time_s[one.position])
        # What was lost from the film since is left out: a picture of another moment would tell lies.
        if abs(frame.time_s + begins_s - time_s) * track.source.fps <= 1:
            yield KeyFrame(one.cycle, time_s, _jpeg(_picture(frame.image, track, covers[one.position])), drawn)


def _picture(image: Image, track: Track, circles: faces.Circles) -> Image:
    """The film's part of the picture, with faces blurred, and not larger than it may be."""
    scale = image.shape[1] / track.source.width
    rows = max(1, min(image.shape[0], int(track.source.height * scale + 0.5)))
    picture = np.ascontiguousarray(image[:rows])
    # Also where they should be already: an overlay may have been drawn without.
    faces.blur(picture, circles * scale)
    if rows <= MOST_ROWS_PX:
        return picture
    size = max(1, round(picture.shape[1] * MOST_ROWS_PX / rows)), MOST_ROWS_PX
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def _jpeg(image: Image) -> bytes:
    _, content = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return content.tobytes()
