"""A result folder in, and its film where there is one; what records keep of it out: result, landmarks, key frames."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from alignment import files, sources
from alignment.records.kinds import KeyFrame, NewAnalysis
from alignment.result import Cycle, Result
from alignment.texts import InputError
from alignment.track import Track
from alignment.views import faces
from alignment.views.canvas import Image

#: More repetitions than this are shown by as many of them, evenly chosen.
MOST_KEY_FRAMES: Final = 40
#: Pictures are reduced to this height, which fills a screen and half a page.
MOST_ROWS_PX: Final = 960
_JPEG_QUALITY: Final = 85


@dataclass(frozen=True)
class _Wanted:
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
    result = files.read_result(folder)
    files.check_names(result)
    content = _read(folder / files.TRACK)
    track = files.track_of_parquet(content, name=str(folder / files.TRACK))
    _check_same_film(folder, result, track)
    wanted = _wanted(result.cycles, track)
    if film is not None:
        pictures = _from_film(film, track, wanted)
    elif (folder / files.OVERLAY).is_file():
        pictures = _from_overlay(folder / files.OVERLAY, track, wanted)
    else:
        pictures = []
    return NewAnalysis(result, content, tuple(pictures), film if keep_video else None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("missing_file", path=path) from None
    except OSError:
        raise InputError("unreadable_file", path=path) from None


def _check_same_film(folder: Path, result: Result, track: Track) -> None:
    ours = (result.source.sha256, result.source.analyzed_frames)
    if ours != (track.source.sha256, track.frames):
        raise InputError("records_two_films", folder=folder, result=files.RESULT, track=files.TRACK)


def _wanted(cycles: Sequence[Cycle], track: Track) -> list[_Wanted]:
    """The repetitions to show in order of time: all that count, or as many as may be, evenly chosen."""
    counted = sorted((cycle for cycle in cycles if cycle.rejected is None), key=lambda cycle: cycle.key_s)
    if len(counted) > MOST_KEY_FRAMES:
        counted = [counted[at] for at in np.linspace(0, len(counted) - 1, MOST_KEY_FRAMES).round().astype(int)]
    if not track.frames:
        return []
    return [_Wanted(cycle.index, int(np.abs(track.time_s - cycle.key_s).argmin())) for cycle in counted]


def _from_film(film: Path, track: Track, wanted: Sequence[_Wanted]) -> list[KeyFrame]:
    """Plain pictures of the film. InputError where it is not the one that was analyzed."""
    facts = track.source
    largest = round(max(facts.width, facts.height) * min(1.0, MOST_ROWS_PX / facts.height))
    stills = sources.stills(
        film,
        [float(track.time_s[one.position]) for one in wanted],
        mirrored=facts.mirrored,
        rate_hz=facts.fps if facts.rate_assumed else None,
        max_side_px=max(1, largest),
    )
    if stills.facts.sha256 != facts.sha256:
        raise InputError("records_other_film", path=film, name=facts.name)
    return list(_key_frames(stills, track, wanted, begins_s=0.0, drawn=False))


def _from_overlay(overlay: Path, track: Track, wanted: Sequence[_Wanted]) -> list[KeyFrame]:
    """Pictures with their lines, without the strip of words below them. InputError where the overlay cannot be read."""
    begins_s = float(track.time_s[0]) if track.frames else 0.0
    times_s = [float(track.time_s[one.position]) - begins_s for one in wanted]
    try:
        stills = sources.stills(overlay, times_s, max_side_px=_any_size(track))
        return list(_key_frames(stills, track, wanted, begins_s=begins_s, drawn=True))
    except InputError as fault:
        raise InputError("records_bad_overlay", path=overlay) from fault


def _any_size(track: Track) -> int:
    """A side that no overlay of this film exceeds: small films are enlarged, and words are added below."""
    return 100 * max(track.source.width, track.source.height, MOST_ROWS_PX)


def _key_frames(
    stills: sources.Stills, track: Track, wanted: Sequence[_Wanted], *, begins_s: float, drawn: bool
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
