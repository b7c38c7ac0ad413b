"""A film or folder in; a few of its pictures out, without decoding what lies between where that can be."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.core.track import Frame, SourceFacts
from alignment.errors import InputError
from alignment.sources.reading import Image, Recording, ahead

#: So many tell where the camera stands as well as all of them; a second or two of looking.
SAMPLES: Final = 20


@dataclass(frozen=True)
class Sampled:
    """At most `count` pictures, one from each equal part of the film; read anew by every iteration.

    `facts` are the film's as far as its header and its first pictures tell them, `damaged` where whole parts are
    missing, known after an iteration. InputError "no_frames" where no picture can be decoded.
    """

    film: Recording
    count: int = SAMPLES

    @property
    def facts(self) -> SourceFacts:
        """What the film says of itself."""
        return self.film.facts

    def __iter__(self) -> Iterator[Frame]:
        index = -1
        with closing(ahead(self._pictures())) as pictures:
            for index, (time_s, image) in enumerate(pictures):
                yield Frame(index, time_s, image)
        if index < 0:
            raise InputError("no_frames", path=self.facts.name)

    def _pictures(self) -> Generator[tuple[float, Image], None, None]:
        facts = self.facts
        parts = max(1, min(self.count, round(facts.duration_s * facts.fps)))
        starts_s = self.film.first_s + facts.duration_s * np.arange(parts) / parts
        with closing(self.film.glimpses(starts_s.tolist())) as shots:
            for shot in shots:
                image = self.film.deliver(shot)
                if image is not None:
                    yield shot.time_s, image


@dataclass(frozen=True)
class Stills:
    """The picture nearest to each of these rising times, a frame for each; fewer where pictures cannot be decoded.

    `facts` are the film's as far as its header and its first pictures tell them. InputError "no_frames" where no picture
    can be decoded.
    """

    film: Recording
    times_s: Sequence[float]

    @property
    def facts(self) -> SourceFacts:
        """What the film says of itself."""
        return self.film.facts

    def __iter__(self) -> Iterator[Frame]:
        found = False
        with closing(self.film.nearest(self.times_s)) as shots:
            for index, shot in enumerate(shots):
                image = self.film.deliver(shot)
                if image is not None:
                    found = True
                    yield Frame(index, shot.time_s, image)
        if self.times_s and not found:
            raise InputError("no_frames", path=self.facts.name)
