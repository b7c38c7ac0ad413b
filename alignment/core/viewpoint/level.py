"""A line drawn along something upright or level in the picture in; the camera's roll out."""

from math import atan2, degrees, hypot

#: A shorter line than this, in pixels, says nothing about a direction.
MIN_LENGTH_PX = 20.0


def roll_of_line_deg(start_px: tuple[float, float], end_px: tuple[float, float]) -> float | None:
    """Roll of the camera, + turned anticlockwise as seen from behind it, from what is upright or level in truth.

    The ends (x to the right, y down) may come in either order. What is nearer to upright in the picture is taken for
    upright, the rest for level; from -45 to 45. None where the line is too short.
    """
    across, down = end_px[0] - start_px[0], end_px[1] - start_px[1]
    if hypot(across, down) < MIN_LENGTH_PX:
        return None
    if abs(down) > abs(across):
        # The picture of a camera with positive roll is turned clockwise: what points up leans to its right.
        return degrees(atan2(across, -down)) if down < 0 else degrees(atan2(-across, down))
    return degrees(atan2(down, across)) if across > 0 else degrees(atan2(-down, -across))
