"""Who may be filmed, in which clothes and where. The first four of each are for fitting, the others for reporting."""

from typing import Final

from samples.render.body import Body, Outfit
from samples.render.room import Room

_PALE, _FAIR, _OLIVE, _BROWN, _DARK = (
    (232, 196, 172),
    (222, 178, 148),
    (196, 148, 112),
    (146, 98, 68),
    (92, 60, 44),
)
_BLACK, _CHESTNUT, _BLOND, _GREY = (28, 22, 20), (74, 46, 30), (176, 138, 82), (150, 148, 145)

ANNA: Final = Body(0.95, 0.68, 0.50, 0.45, 0.50, 0.6, _FAIR, _CHESTNUT, long_hair=True)
BEN: Final = Body(0.05, 0.66, 0.52, 0.48, 0.75, 0.6, _BROWN, _BLACK)
CLARA: Final = Body(0.90, 0.90, 0.42, 0.78, 0.35, 0.4, _PALE, _GREY)
DAVID: Final = Body(0.10, 0.72, 0.72, 0.25, 0.45, 0.5, _PALE, _BLOND)
EMMA: Final = Body(1.00, 0.64, 0.36, 0.35, 0.60, 0.7, _DARK, _BLACK)
FRANK: Final = Body(0.00, 0.95, 0.48, 0.55, 0.40, 0.4, _FAIR, _GREY)
GEORGE: Final = Body(0.10, 0.75, 0.58, 0.85, 0.50, 0.5, _OLIVE, _BLACK)
HANNAH: Final = Body(0.85, 0.67, 0.66, 0.40, 0.55, 0.7, _OLIVE, _BLOND, long_hair=True)

BLUE_SHORTS: Final = Outfit((45, 95, 170), (45, 45, 60), (190, 60, 50))
WHITE_SHORTS: Final = Outfit((225, 225, 220), (95, 100, 110), (35, 35, 40), sleeves=0.6, legs=0.85, loose_m=0.012)
GREEN_TROUSERS: Final = Outfit((50, 110, 75), (35, 40, 75), (210, 205, 195), sleeves=1.9, legs=2.2, loose_m=0.012)
GREY_TROUSERS: Final = Outfit((150, 145, 150), (165, 145, 115), (90, 60, 45), sleeves=0.75, legs=2.2, loose_m=0.016)
YELLOW_LEGGINGS: Final = Outfit((225, 180, 60), (30, 30, 34), (235, 235, 235), sleeves=0.15, legs=1.9, loose_m=0.003)
RED_JEANS: Final = Outfit((170, 45, 50), (70, 90, 130), (40, 40, 40), sleeves=0.7, legs=2.2, loose_m=0.014)
BLACK_SHORTS: Final = Outfit((40, 40, 44), (120, 120, 125), (60, 140, 190), sleeves=0.55, legs=0.6, loose_m=0.010)
PURPLE_LONG: Final = Outfit((120, 75, 150), (215, 210, 200), (60, 60, 70), sleeves=1.8, legs=0.9, loose_m=0.010)

# --- rooms ----------------------------------------------------------------------------------------------------------

LIVING: Final = Room(seed=1)
BRICK: Final = Room("bricks", "carpet", (170, 120, 100), (110, 115, 120), 0.8, -1.0, 2)
HALL: Final = Room("plaster", "tiles", (160, 180, 190), (180, 178, 172), 0.7, 1.0, 3)
GYM: Final = Room("plaster", "carpet", (215, 210, 170), (70, 90, 110), 0.85, -1.0, 4)
BATH: Final = Room("tiles", "tiles", (200, 212, 215), (130, 128, 125), 0.75, 1.0, 5)
ATTIC: Final = Room("planks", "planks", (190, 165, 130), (120, 90, 65), 0.7, -1.0, 6)
CELLAR: Final = Room("bricks", "tiles", (190, 188, 182), (125, 125, 128), 0.65, 1.0, 7)
STUDIO: Final = Room("plaster", "planks", (226, 226, 228), (185, 160, 125), 0.9, -1.0, 8)
