"""A stick figure with chosen angles, filmed by a pinhole camera: the known truth that most tests start from.

The subject's axes are x to the subject's left, y up, z forward, in leg lengths; the floor is y = 0. The figure is made from
feet, pelvis and how far each knee leans in, by the two-segment leg's closed form; `truth` takes the measures from the joints
by plain trigonometry, independently of the package.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from alignment.core.marks import PELVIS, Marks
from alignment.core.skeleton import INDEX, LANDMARKS, SIDES, SWAPPED
from alignment.core.track import ModelFacts, SourceFacts, Track

THIGH, SHANK, TRUNK, HIP_WIDTH, SHOULDER_WIDTH, FOOT = 0.52, 0.48, 0.60, 0.22, 0.42, 0.24
ANKLE_HEIGHT = 0.08
#: Level, from the heel to the foot's tip as the model marks them; the tip is `FOOT` before the ankle.
HEEL_TO_TOE = 0.345
#: How much higher than the tip the model marks the heel of a level foot.
HEEL_HIGHER = 0.033
#: From the front the model draws the hips on the skin, so far before the joints.
HIP_FRONT = {"front": 0.065, "back": 0.0, "left": 0.0, "right": 0.0}
#: The base of the second toe is this share of the way back from the foot's tip to the ankle, seen from above. From the front
#: the model draws the tip so far inside that the base is this far outside of that way.
TOE_BASE, TOE_ASIDE = 0.27, {"front": 0.005, "back": 0.0, "left": 0.0, "right": 0.0}
OUTWARDS = {"left": 1.0, "right": -1.0}


@dataclass(frozen=True)
class Camera:
    """Where the camera stands: yaw from its facing (+ to the subject's left), roll (+ anticlockwise from behind it)."""

    facing: str = "front"
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    distance: float = 4.0
    height: float = 0.95
    focal_px: float = 1280.0
    width: int = 720
    height_px: int = 1280
    #: How far right of the camera's axis the figure stands, in leg lengths.
    aside: float = 0.0
    #: Down.
    pitch_deg: float = 0.0

    @property
    def bearing_deg(self) -> float:
        return float(np.degrees(np.arctan2(self.aside, self.distance)))

    @property
    def azimuth_deg(self) -> float:
        return {
            "front": self.yaw_deg,
            "back": 180.0 - self.yaw_deg,
            "left": 90.0 - self.yaw_deg,
            "right": self.yaw_deg - 90.0,
        }[self.facing]


@dataclass(frozen=True)
class Motion:
    """What the figure does: arrays over time in the subject's axes; numbers hold throughout."""

    time_s: np.ndarray
    #: Height of the hips' middle over the ankles, and how far it is behind them and to the left.
    height: np.ndarray
    behind: np.ndarray | float = 0.0
    aside: np.ndarray | float = 0.0
    obliquity_deg: np.ndarray | float = 0.0
    lean_deg: np.ndarray | float = 0.0
    forward_lean_deg: np.ndarray | float = 0.0
    #: How far each leg's plane is turned inwards about the line hip-ankle.
    inwards_deg: dict[str, np.ndarray | float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    #: Ankles: half the stance width, and each foot's way up, forward and aside from there.
    half_stance: float = 0.2
    foot_up: dict[str, np.ndarray | float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    foot_forward: dict[str, np.ndarray | float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    foot_aside: dict[str, np.ndarray | float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    #: Each foot turned about its ankle, toes up; only for a figure that is not turned itself.
    foot_pitch_deg: dict[str, np.ndarray | float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    #: The hips' way up and forward (stairs).
    up: np.ndarray | float = 0.0
    forward: np.ndarray | float = 0.0
    #: Then the whole figure is turned to its left and carried this far forward and left, as the axes were at first.
    turned_deg: np.ndarray | float = 0.0
    carried_forward: np.ndarray | float = 0.0
    carried_aside: np.ndarray | float = 0.0


def joints(motion: Motion) -> np.ndarray:
    """All landmarks in the subject's axes, shape (frames, landmarks, 3); a toe is the base of the second one."""
    return _pitched(_on_flat_feet(motion), motion)


def _pitched(points: np.ndarray, motion: Motion) -> np.ndarray:
    """The figure with its feet turned about the ankles, toes up."""
    moved = points.copy()
    for side in SIDES:
        pitch = np.radians(np.zeros(len(points)) + motion.foot_pitch_deg[side])
        ankle = points[:, INDEX[f"{side}_ankle"]]
        for part in ("heel", "toe"):
            _, up, ahead = (points[:, INDEX[f"{side}_{part}"]] - ankle).T
            moved[:, INDEX[f"{side}_{part}"], 1] = ankle[:, 1] + np.cos(pitch) * up + np.sin(pitch) * ahead
            moved[:, INDEX[f"{side}_{part}"], 2] = ankle[:, 2] + np.cos(pitch) * ahead - np.sin(pitch) * up
    return moved


def _on_flat_feet(motion: Motion) -> np.ndarray:
    n = len(motion.time_s)
    points = np.full((n, len(LANDMARKS), 3), np.nan)
    zero = np.zeros(n)
    middle = np.stack(
        [zero + motion.aside, ANKLE_HEIGHT + motion.height + motion.up, zero - motion.behind + motion.forward], 1
    )
    tilt = np.radians(zero + motion.obliquity_deg)
    # + right hip higher: the left end of the hip line goes down.
    along = np.stack([np.cos(tilt), -np.sin(tilt), zero], 1)
    for side in SIDES:
        out = OUTWARDS[side]
        hip = middle + out * along * HIP_WIDTH / 2
        ankle = np.stack(
            [
                zero + out * motion.half_stance + motion.foot_aside[side],
                ANKLE_HEIGHT + zero + motion.foot_up[side],
                zero + motion.foot_forward[side],
            ],
            1,
        )
        knee = _knee(hip, ankle, np.radians(zero + motion.inwards_deg[side]), out)
        ahead = np.sqrt(FOOT**2 - (ANKLE_HEIGHT / 2) ** 2)
        toe = ankle + [0.0, -ANKLE_HEIGHT / 2, (1 - TOE_BASE) * ahead]
        for part, place in (("hip", hip), ("knee", knee), ("ankle", ankle), ("toe", toe)):
            points[:, INDEX[f"{side}_{part}"]] = place
        points[:, INDEX[f"{side}_heel"]] = ankle + [0.0, -ANKLE_HEIGHT / 2, ahead - HEEL_TO_TOE]
    _upper_body(points, motion, middle, zero)
    return _carried(points, motion, zero)


def _carried(points, motion, zero):
    """The figure turned about its own place and carried to another; as it was where it does neither."""
    turn = np.radians(zero + motion.turned_deg)[:, None]
    x, z = points[..., 0], points[..., 2]
    aside = np.cos(turn) * x + np.sin(turn) * z + (zero + motion.carried_aside)[:, None]
    forward = np.cos(turn) * z - np.sin(turn) * x + (zero + motion.carried_forward)[:, None]
    return np.stack([aside, points[..., 1], forward], axis=-1)


def _knee(hip, ankle, inwards, out):
    """The knee of a two-segment leg: bent forwards, its plane turned inwards about the line hip-ankle."""
    line = ankle - hip
    length = np.linalg.norm(line, axis=1, keepdims=True)
    assert (length <= THIGH + SHANK + 1e-9).all(), "the leg does not reach the foot"
    down = line / length
    at = (THIGH**2 - SHANK**2 + length**2) / (2 * length)
    off = np.sqrt(np.clip(THIGH**2 - at**2, 0.0, None))
    forward = np.array([0.0, 0.0, 1.0]) - down * down[:, 2:]
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    inner = np.cross(down, forward)
    inner *= np.sign(-out * inner[:, :1])
    return hip + at * down + off * (np.cos(inwards)[:, None] * forward + np.sin(inwards)[:, None] * inner)


def _upper_body(points, motion, middle, zero):
    lean, forward = np.radians(zero + motion.lean_deg), np.radians(zero + motion.forward_lean_deg)
    # + to the subject's right; the frontal projection leans by exactly lean_deg.
    trunk = np.stack([-np.tan(lean), zero + 1.0, np.tan(forward)], 1)
    trunk *= TRUNK / np.linalg.norm(trunk, axis=1, keepdims=True)
    shoulders = middle + trunk
    for side in SIDES:
        out = OUTWARDS[side]
        shoulder = shoulders + [out * SHOULDER_WIDTH / 2, 0.0, 0.0]
        points[:, INDEX[f"{side}_shoulder"]] = shoulder
        points[:, INDEX[f"{side}_elbow"]] = shoulder + [out * 0.05, -0.32, 0.0]
        for part in ("wrist", "pinky", "index", "thumb"):
            points[:, INDEX[f"{side}_{part}"]] = shoulder + [out * 0.05, -0.60, 0.05]
        for part in ("eye_inner", "eye", "eye_outer"):
            points[:, INDEX[f"{side}_{part}"]] = shoulders + [out * 0.04, 0.28, 0.1]
        points[:, INDEX[f"{side}_ear"]] = shoulders + [out * 0.09, 0.26, 0.0]
        points[:, INDEX[f"mouth_{side}"]] = shoulders + [out * 0.03, 0.2, 0.1]
    points[:, INDEX["nose"]] = shoulders + [0.0, 0.24, 0.13]


def film(motion: Motion, camera: Camera | None = None, *, noise_px: float = 0.0, seed: int = 0) -> Track:
    """The figure as the camera sees it: pixels by a pinhole, hips where the model draws them, metres without any bias."""
    camera = camera or Camera()
    points = _on_flat_feet(motion)
    seen = _camera_axes(_pitched(to_the_tips(points), motion), camera)
    pixels = _project(_camera_axes(_pitched(_drawn(points, motion, camera), motion), camera), camera)
    if noise_px:
        pixels = pixels + np.random.default_rng(seed).normal(0.0, noise_px, pixels.shape)
    hips = seen[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1, keepdims=True)
    # The model sees the figure along the line of sight, wherever it is.
    bearing = np.arctan2(hips[..., 0], hips[..., 2])
    right, away = (seen - hips)[..., 0], (seen - hips)[..., 2]
    metres = 0.85 * np.stack(
        [
            np.cos(bearing) * right - np.sin(bearing) * away,
            (seen - hips)[..., 1],
            np.sin(bearing) * right + np.cos(bearing) * away,
        ],
        axis=-1,
    )
    n = len(points)
    samples = np.unique(np.linspace(0, n - 1, min(n, 16)).astype(int))
    mirrored = metres[samples][:, list(SWAPPED)] * [-1.0, 1.0, 1.0]
    rate_hz = 1.0 / float(np.median(np.diff(motion.time_s))) if n > 1 else 30.0
    source = SourceFacts(
        name="stick.mp4",
        sha256="0" * 64,
        fps=rate_hz,
        width=camera.width,
        height=camera.height_px,
        frames=n,
        duration_s=float(motion.time_s[-1] - motion.time_s[0]),
    )
    return Track(
        time_s=motion.time_s.astype(float),
        pixels=pixels,
        metres=metres,
        visibility=np.ones(pixels.shape[:2]),
        mirrored_frames=samples,
        mirrored_metres=mirrored,
        brightness=np.full(n, 120.0),
        sharpness=np.full(n, 100.0),
        people=np.ones(n, dtype=int),
        faces=np.full((n, 4, 3), np.nan),
        source=source,
        model=ModelFacts("mediapipe 0.10.33", "heavy", "0" * 64),
    )


def wearing(
    track: Track,
    motion: Motion,
    camera: Camera | None = None,
    *,
    apart: float = 0.28,
    before: float = 0.12,
    turned_deg: np.ndarray | float = 0.0,
    noise_px: float = 0.0,
    seed: int = 0,
) -> Track:
    """The figure's film with two dots on its pelvis, `apart` and so far `before` the hips (behind if negative).

    `turned_deg` is how far the pelvis turns to its left against where the figure faces, for a moment.
    """
    camera = camera or Camera()
    points, zero = joints(motion), np.zeros(len(motion.time_s))
    left, right = points[:, INDEX["left_hip"]], points[:, INDEX["right_hip"]]
    turn = np.radians(zero + motion.turned_deg)
    tilt, fast = np.radians(zero + motion.obliquity_deg), turn + np.radians(zero + turned_deg)
    along = np.stack([np.cos(tilt) * np.cos(fast), -np.sin(tilt), -np.cos(tilt) * np.sin(fast)], 1)
    middle = (left + right) / 2 + before * np.stack([np.sin(turn), zero, np.cos(turn)], 1) + [0.0, 0.08, 0.0]
    pixels = np.stack([seen_in_pixels(middle + sign * apart / 2 * along, camera) for sign in (1.0, -1.0)], 1)
    pixels += np.random.default_rng(seed).normal(0.0, noise_px, pixels.shape)
    return replace(track, marks=Marks("dots", PELVIS, pixels, np.ones(pixels.shape[:2]), max(noise_px, 0.3)))


def seen_in_pixels(points: np.ndarray, camera: Camera) -> np.ndarray:
    """Where points in the subject's axes appear."""
    return _project(_camera_axes(points, camera), camera)


def to_the_tips(points: np.ndarray) -> np.ndarray:
    """The joints with the toes' bases moved to the tips of the feet."""
    moved = points.copy()
    for side in SIDES:
        toe, ankle = INDEX[f"{side}_toe"], INDEX[f"{side}_ankle"]
        moved[:, toe] += TOE_BASE / (1 - TOE_BASE) * (points[:, toe] - points[:, ankle]) * [1.0, 0.0, 1.0]
    return moved


def _drawn(points: np.ndarray, motion: Motion, camera: Camera) -> np.ndarray:
    """The joints with the hips moved onto the skin, the tips of the feet towards the big toes and the heels up."""
    turn = np.radians(np.zeros(len(points)) + motion.turned_deg)
    forward = np.stack([np.sin(turn), np.zeros(len(points)), np.cos(turn)], axis=-1)
    drawn = to_the_tips(points)
    drawn[:, [INDEX["left_hip"], INDEX["right_hip"]]] += HIP_FRONT[camera.facing] * forward[:, None]
    for side in SIDES:
        drawn[:, INDEX[f"{side}_heel"], 1] += HEEL_HIGHER
        toe = INDEX[f"{side}_toe"]
        x, _, z = (drawn[:, toe] - drawn[:, INDEX[f"{side}_ankle"]]).T
        # Turned about the ankle, the foot keeps its length.
        inwards = OUTWARDS[side] * np.arcsin(TOE_ASIDE[camera.facing] / (1 - TOE_BASE) / np.hypot(x, z))
        drawn[:, toe, 0] += (np.cos(inwards) - 1) * x - np.sin(inwards) * z
        drawn[:, toe, 2] += (np.cos(inwards) - 1) * z + np.sin(inwards) * x
    return drawn


def _camera_axes(points: np.ndarray, camera: Camera) -> np.ndarray:
    """From the subject's axes to the camera's (right, down, away), the figure's middle `distance` away.

    Yaw is against the line of sight, so the camera's own axis is turned by the bearing of the figure.
    """
    azimuth = np.radians(camera.azimuth_deg + camera.bearing_deg)
    x, y, z = points[..., 0], points[..., 1] - camera.height, points[..., 2]
    right = camera.aside + np.cos(azimuth) * x - np.sin(azimuth) * z
    away = camera.distance - np.sin(azimuth) * x - np.cos(azimuth) * z
    return np.stack([right, -y, away], axis=-1)


def pitched(pitch_deg: float, *, distance: float = 4.0, **camera: Any) -> Camera:
    """A camera that looks down (or up) at the figure's middle, so that it is in the middle of the picture."""
    height = 0.95 + distance * float(np.tan(np.radians(pitch_deg)))
    return Camera(pitch_deg=pitch_deg, distance=distance, height=height, **camera)


def _project(seen: np.ndarray, camera: Camera) -> np.ndarray:
    pitch = np.radians(camera.pitch_deg)
    right, down, away = (seen[..., i] for i in range(3))
    lower = np.cos(pitch) * down - np.sin(pitch) * away
    ahead = np.sin(pitch) * down + np.cos(pitch) * away
    flat = camera.focal_px * np.stack([right, lower], axis=-1) / ahead[..., None]
    # A camera turned anticlockwise shows the world turned clockwise; with y down that is from +x towards +y.
    roll = np.radians(camera.roll_deg)
    x = np.cos(roll) * flat[..., 0] - np.sin(roll) * flat[..., 1]
    y = np.sin(roll) * flat[..., 0] + np.cos(roll) * flat[..., 1]
    return np.stack([x + camera.width / 2, y + camera.height_px / 2], axis=-1)


def truth(points: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
    """The measures of design section 3 from the joints, by plain trigonometry."""

    def at(name):
        return points[:, INDEX[name]]

    found: dict[tuple[str, str], np.ndarray] = {}
    for side in SIDES:
        out = OUTWARDS[side]
        hip, knee, ankle, toe = (at(f"{side}_{part}") for part in ("hip", "knee", "ankle", "toe"))
        thigh, shank = knee - hip, ankle - knee
        thigh_out = np.degrees(np.arctan2(out * thigh[:, 0], -thigh[:, 1]))
        shank_out = np.degrees(np.arctan2(out * shank[:, 0], -shank[:, 1]))
        found["fppa", side] = shank_out - thigh_out
        cosine = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
        found["knee_flexion", side] = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        # Where the line hip-toe passes at the knee's distance along it, and how far inside the knee lies.
        line = (toe - hip)[:, :2]
        unit = line / np.linalg.norm(line, axis=1, keepdims=True)
        off = (knee - hip)[:, :2] - ((knee - hip)[:, :2] * unit).sum(1, keepdims=True) * unit
        found["knee_over_toe", side] = 100 * np.linalg.norm(off, axis=1) * np.sign(-out * off[:, 0])
        # Seen from above: the knee's way beside the direction in which the foot points.
        ahead, over = (toe - ankle)[:, [0, 2]], (knee - ankle)[:, [0, 2]]
        ahead = ahead / np.linalg.norm(ahead, axis=1, keepdims=True)
        outwards = out * np.stack([ahead[:, 1], -ahead[:, 0]], axis=1)
        found["knee_over_foot", side] = -100 * (over * outwards).sum(1)
    hips = at("right_hip") - at("left_hip")
    found["pelvic_obliquity", "body"] = np.degrees(np.arctan2(hips[:, 1], -hips[:, 0]))
    trunk = (at("left_shoulder") + at("right_shoulder") - at("left_hip") - at("right_hip")) / 2
    found["trunk_lean", "body"] = np.degrees(np.arctan2(-trunk[:, 0], trunk[:, 1]))
    found["trunk_lean_forward", "body"] = np.degrees(np.arctan2(trunk[:, 2], trunk[:, 1]))
    knees = np.linalg.norm((at("left_knee") - at("right_knee"))[:, :2], axis=1)
    found["knee_ankle_ratio", "body"] = knees / np.linalg.norm((at("left_ankle") - at("right_ankle"))[:, :2], axis=1)
    return found


# --- movements ------------------------------------------------------------------------------------------------------


def clock(duration_s: float, rate_hz: float = 30.0) -> np.ndarray:
    return np.arange(round(duration_s * rate_hz) + 1) / rate_hz


def dip(time_s: np.ndarray, starts_s, duration_s: float = 2.0) -> np.ndarray:
    """0 at rest, 1 in the middle of each repetition, smooth."""
    wave = np.zeros_like(time_s)
    for start in starts_s:
        phase = (time_s - start) / duration_s
        wave += np.where((phase > 0) & (phase < 1), 0.5 - 0.5 * np.cos(2 * np.pi * phase), 0.0)
    return wave


def squat(
    *,
    reps: int = 3,
    depth: float = 0.3,
    inwards_deg: tuple[float, float] = (0.0, 0.0),
    obliquity_deg: float = 0.0,
    lean_deg: float = 0.0,
    aside: float = 0.0,
    rate_hz: float = 30.0,
    starts_s=None,
) -> Motion:
    """Squats on both legs; what is given is reached at the bottom, and standing is neutral."""
    starts_s = [1.0 + 3.0 * i for i in range(reps)] if starts_s is None else starts_s
    time_s = clock(max(starts_s, default=0.0) + 3.0, rate_hz)
    bottom = dip(time_s, starts_s)
    return Motion(
        time_s,
        height=0.985 - depth * bottom,
        behind=0.25 * depth / 0.3 * bottom,
        aside=aside * bottom,
        obliquity_deg=obliquity_deg * bottom,
        lean_deg=lean_deg * bottom,
        forward_lean_deg=35.0 * bottom,
        inwards_deg={"left": inwards_deg[0] * bottom, "right": inwards_deg[1] * bottom},
    )


def still(duration_s: float = 4.0) -> Motion:
    time_s = clock(duration_s)
    return Motion(time_s, height=np.full(len(time_s), 0.985))


def single_leg(
    stance: str = "left", *, reps: int = 3, depth: float = 0.15, inwards_deg: float = 0.0, drop_deg: float = 0.0
) -> Motion:
    """A second on both feet, then squats on one leg with the other foot held up behind."""
    starts_s = [2.0 + 3.0 * i for i in range(reps)]
    time_s = clock(starts_s[-1] + 4.5)
    bottom = dip(time_s, starts_s)
    lifted = np.clip(np.minimum(time_s - 1.0, time_s[-1] - 0.8 - time_s) / 0.6, 0.0, 1.0)
    lifted = 0.5 - 0.5 * np.cos(np.pi * lifted)
    free = "right" if stance == "left" else "left"
    sign = 1.0 if stance == "right" else -1.0
    return Motion(
        time_s,
        height=0.985 - depth * bottom - 0.01 * lifted,
        behind=0.1 * bottom,
        aside=OUTWARDS[stance] * 0.12 * lifted,
        obliquity_deg=sign * drop_deg * bottom,
        forward_lean_deg=20.0 * bottom,
        inwards_deg={stance: inwards_deg * bottom, free: 0.0},
        half_stance=0.13,
        foot_up={stance: 0.0, free: 0.25 * lifted},
        foot_forward={stance: 0.0, free: -0.25 * lifted},
    )


def sit_to_stand(*, reps: int = 3) -> Motion:
    """Sits a second and a half, leans, rises, stands a second, sits down again."""
    period_s = 5.5
    time_s = clock(reps * period_s + 1.0)
    phase_s = time_s % period_s
    up = np.clip((phase_s - 2.0) / 1.2, 0.0, 1.0) - np.clip((phase_s - 4.2) / 1.2, 0.0, 1.0)
    up = np.where(time_s >= reps * period_s, 0.0, 0.5 - 0.5 * np.cos(np.pi * up))
    leaning = np.exp(-(((phase_s - 2.0) / 0.35) ** 2)) + np.exp(-(((phase_s - 4.9) / 0.35) ** 2))
    return Motion(
        time_s,
        height=0.55 + 0.435 * up,
        behind=0.4 * (1 - up),
        forward_lean_deg=5.0 + 30.0 * leaning * (time_s < reps * period_s),
    )


def stairs(*, steps: int = 8, down: bool = False, height: float = 0.93) -> Motion:
    """Steps with alternating feet, up (seen from behind) or down; each foot swings for 0.6 s every 1.6 s.

    The hips stay at this height over the lower foot: with 0.93 no knee ever opens beyond 39°, with 0.965 they open to 24°,
    as those of the rendered people do.
    """
    swing_s, gap_s, rise, tread = 0.6, 0.2, 0.2, 0.32
    time_s = clock(1.0 + steps * (swing_s + gap_s) + 1.0)
    sign = -1.0 if down else 1.0
    level = {side: np.zeros_like(time_s) for side in SIDES}
    lift = {side: np.zeros_like(time_s) for side in SIDES}
    for number in range(steps):
        side = SIDES[number % 2]
        start = 1.0 + number * (swing_s + gap_s)
        phase = np.clip((time_s - start) / swing_s, 0.0, 1.0)
        smooth = 0.5 - 0.5 * np.cos(np.pi * phase)
        level[side] += smooth * (1.0 if number in (0, steps - 1) else 2.0)
        lift[side] += 0.08 * np.sin(np.pi * phase)
    middle = (level["left"] + level["right"]) / 2
    lowest = np.minimum(level["left"], level["right"])
    return Motion(
        time_s,
        height=np.full(len(time_s), height),
        half_stance=0.1,
        up=sign * rise * (lowest if not down else np.maximum(level["left"], level["right"])),
        forward=tread * middle,
        foot_up={side: sign * rise * level[side] + lift[side] for side in SIDES},
        foot_forward={side: tread * level[side] for side in SIDES},
    )


def cycling(*, cadence_hz: float = 1.25, duration_s: float = 12.0, sway: float = 0.0, rate_hz: float = 60.0) -> Motion:
    """Pedalling with cranks of 0.2 leg lengths; `sway` leans the knees in and out with the turn, in degrees."""
    time_s = clock(duration_s, rate_hz)
    angle = 2 * np.pi * cadence_hz * time_s
    phases = {"left": angle, "right": angle + np.pi}
    return Motion(
        time_s,
        height=np.full(len(time_s), 0.72),
        behind=0.25,
        half_stance=0.1,
        forward_lean_deg=40.0,
        inwards_deg={side: sway * np.sin(phases[side]) for side in SIDES},
        foot_up={side: 0.2 * np.cos(phases[side]) for side in SIDES},
        foot_forward={side: 0.2 * np.sin(phases[side]) for side in SIDES},
    )
