"""What the core needs to know of a request, by the names of the request's options."""

from dataclasses import dataclass
from typing import Final, Literal

#: Where the legs' joints are taken from: the landmark model's own landmarks, or a second reading of a zoom on the legs.
Reading = Literal["model", "read"]
MODEL: Final = "model"
READ: Final = "read"


@dataclass(frozen=True)
class Settings:
    """How the film was made, as far as somebody said so.

    `camera_roll_deg` is + when the camera was turned anticlockwise as seen from behind it, None where no vertical is known;
    `person` is who was followed, counted from 1, None for whoever is most in view; `height_m` is how tall that person is,
    None where nobody said so: it changes in which unit sentences tell a share of a leg, and no number but the error of what
    marks on the pelvis tell; `joints` is by which reading of the legs' joints to measure, where the film has both;
    `belt_km_h` is how fast a treadmill's belt goes, without which no step has a length.
    """

    camera_roll_deg: float | None = None
    person: int | None = None
    height_m: float | None = None
    joints: Reading = READ
    belt_km_h: float | None = None
