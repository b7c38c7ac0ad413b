"""overlay.mp4: the film with lines, angles and verdicts drawn on it, faces blurred unless that is not wanted."""

from collections.abc import Iterator
from itertools import islice

from alignment.outputs import video_encoder
from alignment.outputs.folder import OVERLAY
from alignment.outputs.output import Analysis, Sink
from alignment.views.canvas import Image
from alignment.views.overlay import Painter
from alignment.views.stills import Stills


class OverlayOutput:
    """The film once more, with what was measured."""

    name, filename, mime, option, essential = "overlay", OVERLAY, "video/mp4", "overlay", True

    def applies(self, analysis: Analysis) -> bool:
        """Where the film's pictures can be looked at once more."""
        return analysis.frames is not None

    def write(self, analysis: Analysis, sink: Sink) -> None:
        """Read the film again, draw on each analyzed picture, and keep those that a report shows."""
        stills = Stills(analysis.result, analysis.track)
        pictures = _paint(analysis, stills)
        path = sink.path(self.filename)
        if path is not None:
            video_encoder.write_file(path, pictures)
        else:
            with sink.open(self.filename) as stream:
                count = video_encoder.write_stream(stream, pictures)
            if not count:
                sink.drop(self.filename)
        analysis.key_frames = stills.pictures


def _paint(analysis: Analysis, stills: Stills) -> Iterator[tuple[float, Image]]:
    painter = Painter(analysis.result, blur_faces=analysis.request.blur_faces)
    total = analysis.result.source.analyzed_frames
    for position, frame in enumerate(islice(analysis.frames or (), total)):
        analysis.progress(position / total)
        picture = painter.paint(frame.image, position)
        stills.offer(position, picture)
        yield frame.time_s, picture
