"""What a repetition and a form are, and what all activities share: time, standing, arms, weight."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from samples.render.kinematics import OUTWARDS, SIDES, Motion, Rig

STILL_S: Final = 1.0


@dataclass(frozen=True)
class Rep:
    """One repetition at its extreme; standing is neutral. Depth is a share of leg length, weight the right side's share."""

    depth: float = 0.30
    #: How far the left and the right leg's plane is turned inwards.
    inwards_deg: tuple[float, float] = (0.0, 0.0)
    #: + the side opposite the standing leg (the left side on two legs) sinks.
    drop_deg: float = 0.0
    #: + towards the standing leg (to the right on two legs).
    lean_deg: float = 0.0
    weight_right: float = 0.5


@dataclass(frozen=True)
class Gait:
    """A run, or with a contact longer than half a stride a walk; lengths in leg lengths, sides left first."""

    #: Steps a minute.
    cadence: float = 168.0
    contact_s: float = 0.25
    #: The feet's angle at contact against their flat one, + toes up, and how far the ankles are before the hips then.
    foot_deg: tuple[float, float] = (12.0, 12.0)
    ahead: float = 0.2
    speed: float = 2.8
    #: How far an ankle lands beside the middle, on its own side: negative crosses over.
    aside: float = 0.05
    #: How far the free side's hip sinks and each knee turns inwards in the middle of a stance; how far the trunk leans.
    drop_deg: float = 4.0
    inwards_deg: tuple[float, float] = (2.0, 2.0)
    lean_deg: float = 2.0
    forward_deg: float = 8.0
    #: How high an ankle comes in the swing, and how much it drops and rises again before it lands.
    lift: float = 0.32
    second_peak: float = 0.0
    #: The whole figure goes ahead past the camera, or stays on a treadmill.
    passing: bool = False
    length_s: float = 10.0


@dataclass(frozen=True)
class Form:
    """How somebody does an activity."""

    reps: tuple[Rep, ...]
    rep_s: float = 2.0
    pause_s: float = 0.5
    #: Half the distance between the ankles, by half the distance between the hips.
    stance: float = 1.5
    toe_out_deg: float = 10.0
    #: How much more than that the left and the right foot are turned out, and how far before its place each stands.
    uneven_deg: tuple[float, float] = (0.0, 0.0)
    stagger_m: tuple[float, float] = (0.0, 0.0)
    #: How far the shoulders are turned to the left of the pelvis, and the head of the shoulders.
    twist_deg: float = 0.0
    looks_deg: float = 0.0
    #: How far the left and the right hand are from where they would be: out, up, forward.
    hands_off_m: tuple[tuple[float, float, float], ...] = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    forward_deg: float = 35.0
    #: The leg that stands, or starts.
    side: str = "left"
    down: bool = False
    arms: str = "hanging"
    rise_m: float = 0.16
    tread_m: float = 0.29
    crank_m: float = 0.165
    cadence_hz: float = 1.2
    seat_m: float = 0.44
    #: Nobody stands like a post.
    sway_m: float = 0.003
    #: Seconds on the landing after the stairs.
    after_s: float = 0.0
    #: How somebody runs or walks.
    gait: Gait | None = None


@dataclass(frozen=True)
class Scripted:
    """A motion, its repetitions [side, start_s, end_s, key_s], and what stands around: boxes by (min, max) corners."""

    motion: Motion
    repetitions: list[dict]
    boxes: list[tuple[tuple[float, float, float], tuple[float, float, float]]] = field(default_factory=list)
    bicycle: bool = False


def smooth(phase: np.ndarray) -> np.ndarray:
    """From 0 to 1 and level at both ends, for phases from 0 to 1."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(phase, 0.0, 1.0))


def bump(time_s: np.ndarray, start_s: float, length_s: float) -> np.ndarray:
    """0, 1 in the middle, 0: a repetition."""
    phase = np.clip((time_s - start_s) / length_s, 0.0, 1.0)
    return 0.5 - 0.5 * np.cos(2 * np.pi * phase)


def softened(values: np.ndarray, width_s: float, fps: float) -> np.ndarray:
    """The values under a bell curve of this standard deviation, the ends held."""
    half = int(np.ceil(3 * width_s * fps))
    bell = np.exp(-0.5 * (np.arange(-half, half + 1) / (width_s * fps)) ** 2)
    padded = np.pad(values, half, mode="edge")
    return np.convolve(padded, bell / bell.sum(), mode="valid")


def neutral(rig: Rig, form: Form, time_s: np.ndarray) -> Motion:
    """Quiet standing on both feet."""
    n = len(time_s)
    zero = np.zeros(n)
    half = form.stance * abs(rig.joint("left", "hip")[0])
    pelvis = np.tile([0.0, rig.ankle_height + 0.99 * rig.leg, -0.02], (n, 1))
    pelvis[:, 0] += form.sway_m * np.sin(2 * np.pi * 0.43 * time_s + half)
    pelvis[:, 2] += form.sway_m * np.sin(2 * np.pi * 0.31 * time_s + 3 * half)
    return Motion(
        time_s=time_s,
        pelvis=pelvis,
        ankle={
            side: np.tile([OUTWARDS[side] * half, rig.ankle_height, ahead], (n, 1))
            for side, ahead in zip(SIDES, form.stagger_m, strict=True)
        },
        obliquity_deg=zero.copy(),
        lean_deg=zero.copy(),
        pitch_deg=zero.copy(),
        tilt_deg=zero.copy(),
        inwards_deg={side: zero.copy() for side in SIDES},
        toe_out_deg={
            side: np.full(n, form.toe_out_deg + more) for side, more in zip(SIDES, form.uneven_deg, strict=True)
        },
        toe_down_deg={side: zero.copy() for side in SIDES},
        down={side: np.ones(n, bool) for side in SIDES},
        level={side: np.zeros(n) for side in SIDES},
        twist_deg=np.full(n, form.twist_deg),
        looks_deg=np.full(n, form.looks_deg),
    )


def standing_height(rig: Rig, form: Form) -> float:
    """Middle of the hips above the ankles with nearly straight legs."""
    aside = (form.stance - 1.0) * abs(rig.joint("left", "hip")[0])
    return float(np.sqrt((0.997 * rig.leg) ** 2 - aside**2 - 0.02**2))


def hold_arms(rig: Rig, motion: Motion, form: Form, bend: np.ndarray) -> None:
    """Hands beside the body, or brought forward with the bend (0 to 1), or on the hips, or crossed."""
    arm = rig.length("shoulder", "elbow") + rig.length("elbow", "wrist")
    for side, off in zip(SIDES, form.hands_off_m, strict=True):
        out = OUTWARDS[side]
        hanging = np.array([0.16 * out, -0.95, 0.08])
        target = {
            "hanging": hanging,
            "forward": np.array([0.05 * out, -0.12, 0.93]),
            "hips": np.array([0.10 * out, -0.80, 0.10]),
            "crossed": np.array([-0.42 * out, -0.36, 0.42]),
        }[form.arms]
        moving = bend[:, None] if form.arms == "forward" else 1.0
        aside = np.array(off) * [out, 1.0, 1.0]
        motion.hand[side] = arm * (hanging + moving * (target - hanging)) + aside + np.zeros((len(bend), 3))


def shift_weight(motion: Motion, wave: np.ndarray, right_share: float) -> None:
    """Shift the pelvis so that about this share of the weight is over the right foot at the extreme."""
    apart = motion.ankle["left"][0, 0] - motion.ankle["right"][0, 0]
    motion.pelvis[:, 0] -= 1.05 * (right_share - 0.5) * apart * wave


def dips(rig: Rig, motion: Motion, side: str, waves: list[np.ndarray]) -> list[dict]:
    """Repetitions by their definition: the hips leave their standing height by 3 % of leg length until they are back."""
    height, found = motion.pelvis[:, 1], []
    limit = np.median(height[motion.time_s < STILL_S]) - 0.03 * rig.leg
    for wave in waves:
        low = np.flatnonzero((height < limit) & (wave > 0))
        if not low.size:
            raise ValueError("a repetition is not deep enough to count as one")
        key = low[np.argmin(height[low])]
        found.append(repetition(side, *(float(motion.time_s[i]) for i in (low[0], low[-1], key))))
    return found


def repetition(side: str, start_s: float, end_s: float, key_s: float) -> dict:
    """One repetition as the truth file has it."""
    start_s, end_s, key_s = (round(float(moment_s), 4) for moment_s in (start_s, end_s, key_s))
    return {"side": side, "start_s": start_s, "end_s": end_s, "key_s": key_s}


def clock(length_s: float, fps: float) -> np.ndarray:
    """Times of the frames."""
    return np.arange(round(length_s * fps)) / fps
