"""What others may add, all in this one module: an activity, a measure, an output, an engine, a mark, an option, a language.

It is loaded as an extension is (`alignment.extensions`); `tests/test_extension_points.py` follows it through the program.
"""

from functools import partial
from typing import Any

import numpy as np

from alignment import marks, outputs, request
from alignment.core import activities
from alignment.core.assessment import Activity
from alignment.core.cycles import dips
from alignment.core.geometry import Numbers, lean_deg
from alignment.core.marks import PELVIS, Marks
from alignment.core.measures import measure
from alignment.core.skeleton import OTHER, Side
from alignment.core.track import Frame, Source, Track
from alignment.core.viewpoint import BOTH_FEET, Body
from alignment.pose import engines
from alignment.pose.fake import FakeEngine
from alignment.request import ANALYZE, BATCH, Option
from alignment.texts import Text, add_words
from tests.fakes import poses_of
from tests.movements import CYCLES, SHOWN
from tests.synthetic import Camera, film, squat


@measure(unit="deg", useful_se=30.0, reference="made up")
def thigh_lean(body: Body, side: Side) -> Numbers:
    """Lean of the thigh in the frontal plane: 0 hanging straight down, + knee towards the midline."""
    hip, knee, other = (body.at(side, "hip"), body.at(side, "knee"), body.at(OTHER[side], "hip"))
    return np.sign(other[:, 0] - hip[:, 0]) * lean_deg((knee - hip)[:, :2])


activities.register(
    Activity(name="wall_sit", cut=partial(dips), stance=BOTH_FEET, measures=("thigh_lean", "knee_flexion"))
)

request.register(
    Option(
        "lens_deg",
        "number",
        default=None,
        changes="numbers",
        flag="--lens",
        unit="deg",
        low=20.0,
        high=120.0,
        commands=frozenset({ANALYZE, BATCH}),
        manifest=True,
        control="by_kind",
    )
)


class CountOutput:
    """How many repetitions counted, and through which lens."""

    name, filename, mime, option, essential = "count", "count.txt", "text/plain", "count", False

    def applies(self, analysis: outputs.Analysis) -> bool:
        return bool(analysis.result.cycles)

    def write(self, analysis: outputs.Analysis, sink: outputs.Sink) -> None:
        counted = sum(cycle.rejected is None for cycle in analysis.result.cycles)
        with sink.open(self.filename) as stream:
            stream.write(f"{counted} through {analysis.request['lens_deg']}".encode())


outputs.register(CountOutput())


def _sees_the_figure(**_: Any) -> FakeEngine:
    return FakeEngine(poses_of(film(squat(reps=2, starts_s=[0.5, 3.0]))))


engines.register(_sees_the_figure().engine("figure"))


class StripeReader:
    """Sees a stripe near either side of every picture."""

    def __init__(self) -> None:
        self._places: list[Any] = []

    def add(self, frame: Frame, people: marks.People) -> None:
        assert people.shape[1:] == (33, 2)
        rows, columns = frame.image.shape[:2]
        self._places.append([(0.98 * columns, 0.5 * rows), (0.02 * columns, 0.5 * rows)])

    def marks(self, track: Track, frames: Source) -> Marks:
        assert (track.frames, frames.facts) == (len(self._places), track.source)
        return Marks("stripes", PELVIS, np.array(self._places), np.ones((track.frames, 2)), 1.0)


marks.register(marks.MarkType("stripes", 5, lambda asked, _facts: StripeReader() if asked["stripes"] else None))
request.register(Option("stripes", "flag", False, "landmarks", flag="--stripes"))

add_words("eo", {"activity_wall_sit": "Mura sido"})
add_words(
    "en",
    {
        "activity_wall_sit_how": Text(
            "Film from straight in front, the phone level at hip height, the whole body in the picture."
        )
    },
)

# What the contract test of all activities has to see.
SHOWN["wall_sit"] = (squat(), Camera())
CYCLES["wall_sit"] = ("rep", {"both"})
