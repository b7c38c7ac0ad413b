"""What carries the body in an activity, and what follows for depth and lengths: one `Stance` for each kind of activity."""

from dataclasses import dataclass
from typing import Final, Literal

#: What carries the body: both feet that stay where they are, one of them, a saddle, or feet that take turns (stairs).
Carrier = Literal["both_feet", "one_foot", "saddle", "alternating_feet"]
#: What a foot that does not stand does: it is held up or swings, behind its knee, or it is lowered from a step in front.
FreeFoot = Literal["held", "lowered"]
#: When a leg is straight: while somebody stands, for a moment in each step, or never (on a pedal).
Straight = Literal["in_standing", "in_passing", "never"]

LENGTH_SE: Final = 0.015
#: On stairs the straightest knee may still be bent by some 10° (people) to 28° (rendered ones), and looks up to 3 % short.
STAIRS_SE: Final = 0.025
#: On a pedal the leg never straightens: at the lowest it is bent by 25-40° (clinical sources) and looks this much of its
#: length, give or take `PEDAL_SE`.
PEDAL_REACH, PEDAL_SE = 0.96, 0.05


@dataclass(frozen=True)
class Stance:
    """What carries the body, what the other foot does, when a leg is straight and how well its length is then known."""

    carrier: Carrier = "both_feet"
    free_foot: FreeFoot = "held"
    straight: Straight = "in_standing"
    #: What the longest leg seen in the picture is of the leg's length.
    reach: float = 1.0
    #: Standard error of a segment's length, as a share of it.
    length_se: float = LENGTH_SE

    #: Whether the figure's size changes slowly, as of somebody who stays at a place or goes by: with no single step.
    steady_size: bool = False

    @property
    def feet_planted(self) -> bool:
        """Whether a foot that stands keeps its place, so that the body is built up from it."""
        return self.carrier in ("both_feet", "one_foot")

    @property
    def fixed_part(self) -> Literal["ankle", "hip"] | None:
        """Which pair of joints stays at the place of the exercise; None where the subject walks.

        Who walks has a size of its own in every frame.
        """
        if self.carrier == "alternating_feet":
            return None
        return "ankle" if self.feet_planted else "hip"

    @property
    def on_one_leg(self) -> bool:
        """Whether one leg at a time carries the body."""
        return self.carrier in ("one_foot", "alternating_feet")


BOTH_FEET: Final = Stance()
ONE_FOOT: Final = Stance("one_foot")
ONE_FOOT_ON_STEP: Final = Stance("one_foot", free_foot="lowered")
SADDLE: Final = Stance("saddle", straight="never", reach=PEDAL_REACH, length_se=PEDAL_SE)
STAIRS: Final = Stance("alternating_feet", straight="in_passing", length_se=STAIRS_SE)
LEVEL_GROUND: Final = Stance("alternating_feet", straight="in_passing", length_se=STAIRS_SE, steady_size=True)
