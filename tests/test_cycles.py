"""Movements with known repetitions, filmed from several places: all are found, none is invented, what is not says why."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from alignment.core import viewpoint
from alignment.core.activities import ACTIVITIES
from alignment.core.cleaning import clean
from alignment.core.cycles import Cut, pedalling
from alignment.core.result import CycleSide
from alignment.core.skeleton import INDEX, OTHER, SIDES
from alignment.core.track import Track
from alignment.texts import is_known
from tests import movements, synthetic
from tests.analyses import result_of
from tests.setups import setup_of
from tests.synthetic import Camera, Motion, film

KEY_S = 0.05
FRONT, BEHIND = Camera(), Camera("back", distance=6.0, height=1.2)


@dataclass(frozen=True)
class Film:
    """A movement, where its camera stands, and the truth: sides and key moments of what counts, in the order of time."""

    activity: str
    motion: Motion
    keys: tuple[tuple[CycleSide, float], ...]
    camera: Camera = FRONT
    key_s: float = KEY_S


def both(*keys_s: float) -> tuple[tuple[CycleSide, float], ...]:
    return tuple(("both", key) for key in keys_s)


def on(side: CycleSide, *keys_s: float) -> tuple[tuple[CycleSide, float], ...]:
    return tuple((side, key) for key in keys_s)


#: A step's stance is on the foot that does not swing; the left one swings first.
STEPS: tuple[tuple[CycleSide, float], ...] = tuple((OTHER[SIDES[i % 2]], 1.3 + 0.8 * i) for i in range(8))
#: The left foot is at the top at 0.0, 0.8, ..., 12.0, the right one 0.4 later; a turn's key is a quarter of it later.
TURNS = (*on("left", *np.arange(0.2, 11.5, 0.8)), *on("right", *np.arange(0.6, 11.1, 0.8)))

FILMS = {
    "squat": Film("squat", synthetic.squat(), both(2, 5, 8)),
    "squat knees in": Film("squat", synthetic.squat(inwards_deg=(20.0, 10.0), aside=0.05), both(2, 5, 8)),
    "squat with pause": Film("squat", movements.squat_with_pause(), both(2.75, 7.25, 11.75), key_s=0.1),
    "squat with bounce": Film("squat", movements.squat_with_bounce(), both(2, 6, 10), key_s=1.05),
    "squat with half return": Film("squat", movements.squat_with_half_return(), both(2, 4)),
    "squat drifting": Film("squat", movements.squat_while_drifting(), both(2, 5, 8, 11)),
    "squat stepping between": Film("squat", movements.squat_while_stepping(during=False), both(2, 5, 8)),
    "squat after walking in": Film("squat", movements.walk_in_and_squat(), both(6.4, 9.4, 12.4)),
    "squat after coming from the camera": Film(
        "squat", movements.walk_in_and_squat(from_camera=True), both(6.4, 9.4, 12.4)
    ),
    "single-leg squat left": Film("single_leg_squat", synthetic.single_leg("left"), on("left", 3, 6, 9)),
    "single-leg squat right": Film("single_leg_squat", synthetic.single_leg("right"), on("right", 3, 6, 9)),
    "step-down left": Film("step_down", movements.step_down("left"), on("left", 2.5, 5.5, 8.5)),
    "step-down right": Film("step_down", movements.step_down("right"), on("right", 2.5, 5.5, 8.5)),
    "sit to stand": Film("sit_to_stand", synthetic.sit_to_stand(), both(2.6, 8.1, 13.6)),
    # A foot that lands softly, straight away from the camera, is seen to land early.
    "stairs up": Film("stairs", synthetic.stairs(), STEPS, BEHIND, 0.1),
    "stairs up, camera looks up": Film("stairs", synthetic.stairs(), STEPS, replace(BEHIND, pitch_deg=-8.0), 0.1),
    "stairs up, camera looks down": Film("stairs", synthetic.stairs(), STEPS, replace(BEHIND, pitch_deg=5.0), 0.1),
    "stairs down": Film("stairs", synthetic.stairs(down=True), STEPS, Camera("front", distance=8.0), 0.17),
    "cycling": Film("cycling", synthetic.cycling(), TURNS),
}


@dataclass(frozen=True)
class Found:
    """What was cut out of a film."""

    cuts: tuple[Cut, ...]
    time_s: np.ndarray

    @property
    def counted(self) -> list[tuple[CycleSide, float]]:
        return [(cut.side, float(self.time_s[cut.key])) for cut in self.cuts if cut.rejected is None]

    @property
    def reasons(self) -> list[str | None]:
        return [cut.rejected for cut in self.cuts]


def cut_out(track: Track, activity: str) -> Found:
    chosen = ACTIVITIES[activity]
    return Found(tuple(chosen.cut(seen(track, chosen.cutoff_hz, chosen.max_gap_s, chosen.stance))), track.time_s)


def seen(track: Track, cutoff_hz: float, max_gap_s: float, stance: viewpoint.Stance) -> viewpoint.Body:
    cleaned, _ = clean(track, cutoff_hz=cutoff_hz, max_gap_s=max_gap_s)
    setup = setup_of(cleaned, stance)
    return viewpoint.reconstruct(cleaned, setup)


def assert_all_found(found: Found, shot: Film) -> None:
    counted = sorted(found.counted, key=lambda one: one[1])
    expected = sorted(shot.keys, key=lambda one: one[1])
    assert [side for side, _ in counted] == [side for side, _ in expected], found.reasons
    off = np.array([key for _, key in counted]) - [key for _, key in expected]
    assert np.abs(off).max() <= shot.key_s + 1e-6, np.round(off, 3)


@pytest.mark.parametrize("name", FILMS)
def test_every_repetition_is_found_at_its_moment(name):
    shot = FILMS[name]
    chosen = ACTIVITIES[shot.activity]
    body = shown(name, chosen.cutoff_hz, chosen.max_gap_s, chosen.stance)
    assert_all_found(Found(tuple(chosen.cut(body)), body.time_s), shot)


@pytest.mark.parametrize("yaw_deg", [12.0, -20.0])
@pytest.mark.parametrize("name", FILMS)
def test_it_does_not_matter_where_the_camera_stands(name, yaw_deg):
    shot = FILMS[name]
    track = film(shot.motion, replace(shot.camera, yaw_deg=yaw_deg))
    assert_all_found(cut_out(track, shot.activity), shot)


@pytest.mark.parametrize("name", FILMS)
def test_it_does_not_matter_from_which_side_the_camera_looks(name):
    shot = FILMS[name]
    facing = "front" if shot.camera.facing == "back" else "back"
    track = film(shot.motion, replace(shot.camera, facing=facing, distance=shot.camera.distance + 1.5))
    assert_all_found(cut_out(track, shot.activity), shot)


@pytest.mark.parametrize("name", FILMS)
def test_left_and_right_are_alike(name):
    shot = FILMS[name]
    other = {"left": "right", "right": "left", "both": "both"}
    keys = tuple((other[side], key) for side, key in shot.keys)
    track = film(movements.mirrored(shot.motion), shot.camera)
    assert_all_found(cut_out(track, shot.activity), replace(shot, keys=keys))


@pytest.mark.parametrize("name", FILMS)
def test_noise_invents_and_hides_nothing(name):
    shot = FILMS[name]
    assert_all_found(cut_out(film(shot.motion, shot.camera, noise_px=1.5), shot.activity), shot)


@pytest.mark.parametrize("rate_hz", [15.0, 24.0, 60.0])
@pytest.mark.parametrize("name", FILMS)
def test_the_frame_rate_does_not_matter(name, rate_hz):
    shot = FILMS[name]
    track = film(movements.at_rate(shot.motion, rate_hz), shot.camera, noise_px=0.5)
    assert_all_found(cut_out(track, shot.activity), replace(shot, key_s=shot.key_s + 0.5 / rate_hz))


@pytest.mark.parametrize("start_s", [1.0, 2.6])
def test_start_and_end_are_where_the_hips_leave_and_reach_standing(start_s):
    motion = synthetic.squat(starts_s=[start_s])
    cut = cut_out(film(motion), "squat").cuts[0]
    # Three hundredths of a leg length under standing: where 0.3 * (1 - cos) / 2 is 0.03.
    leaves_s = start_s + 2.0 * np.arccos(0.8) / (2 * np.pi)
    assert motion.time_s[cut.start] == pytest.approx(leaves_s, abs=KEY_S)
    assert motion.time_s[cut.end] == pytest.approx(2 * start_s + 2.0 - leaves_s, abs=KEY_S)


# --- what does not count --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refused:
    """A film in which something does not count: the reason of each cycle in the order of time, None for those that count."""

    activity: str
    motion: Motion
    reasons: tuple[str | None, ...]
    camera: Camera = FRONT
    #: A landmark that is not seen, and when.
    hidden: tuple[str, float, float] | None = None


SQUAT, ONE_LEG, CHAIR = synthetic.squat(), synthetic.single_leg(), synthetic.sit_to_stand()
UP, WHEEL = synthetic.stairs(), synthetic.cycling(rate_hz=30.0)

REFUSED = {
    "film begins on the way down": Refused("squat", movements.part(SQUAT, 1.6, 9.0), ("cut_off", None, None)),
    "film begins at the bottom": Refused("squat", movements.part(SQUAT, 2.0, 9.0), ("cut_off", None, None)),
    "film ends on the way up": Refused("squat", movements.part(SQUAT, 0.0, 8.4), (None, None, "cut_off")),
    "film begins on one leg bent": Refused(
        "single_leg_squat", movements.part(ONE_LEG, 2.7, 13.0), ("cut_off", None, None)
    ),
    "film ends while rising": Refused("sit_to_stand", movements.part(CHAIR, 0.0, 13.9), (None, None, "cut_off")),
    "film begins in a step": Refused("stairs", movements.part(UP, 2.0, 8.4), ("cut_off", *[None] * 6), BEHIND),
    "film ends in a step": Refused("stairs", movements.part(UP, 0.0, 6.9), (*[None] * 7, "cut_off"), BEHIND),
    "foot steps aside": Refused("squat", movements.squat_while_stepping(), ("feet_moved",) * 3),
    "foot held up": Refused("squat", ONE_LEG, ("one_foot_raised",)),
    "foot not lowered": Refused("step_down", ONE_LEG, ("one_foot_raised",) * 3),
    "foot lowered": Refused("single_leg_squat", movements.step_down(), ("both_feet_down",) * 3),
    "both feet down": Refused("single_leg_squat", SQUAT, ("both_feet_down",) * 3),
    "half the way": Refused(
        "squat", movements.squat_of_depths(0.3, 0.15, 0.3, 0.15, 0.3), (None, "too_shallow", None, "too_shallow", None)
    ),
    "knees hardly bent": Refused("squat", movements.bow(), ("too_shallow",) * 3, Camera("left")),
    "too fast": Refused("squat", movements.faster(SQUAT, 2.2), ("too_short",) * 3),
    "held for long": Refused("squat", movements.squat_with_pause(reps=1, hold_s=12.0), ("too_long",)),
    "sits down": Refused("squat", movements.part(CHAIR, 3.3, 15.0), ("sat_down",) * 2),
    "knee hidden": Refused("squat", SQUAT, (None, "not_seen", None), hidden=("left_knee", 4.5, 5.5)),
    "knee of the standing leg hidden": Refused(
        "single_leg_squat", ONE_LEG, ("not_seen", None, None), hidden=("left_knee", 2.5, 3.5)
    ),
    "other foot hidden": Refused(
        "single_leg_squat", ONE_LEG, (None, "not_seen", None), hidden=("right_ankle", 5.0, 7.0)
    ),
    "knee hidden while rising": Refused(
        "sit_to_stand", CHAIR, (None, "not_seen", None), hidden=("right_knee", 7.7, 8.5)
    ),
    "squats on the chair's film": Refused("sit_to_stand", SQUAT, ("did_not_sit",) * 3),
    "paused squats on the chair's film": Refused("sit_to_stand", movements.squat_with_pause(), ("did_not_sit",) * 3),
    "second try": Refused("sit_to_stand", movements.slow_rise_with_a_second_try(), ("did_not_stand", None)),
    "feet move while rising": Refused(
        "sit_to_stand",
        replace(CHAIR, foot_aside={"left": -0.2 * ((CHAIR.time_s > 8) & (CHAIR.time_s < 10)), "right": 0.0}),
        (None, "feet_moved", None),
    ),
    "level walk": Refused(
        "stairs", movements.part(movements.walk(), 0.6, 4.8), ("not_a_step",) * 7, Camera(distance=6)
    ),
    # Looking down by 15° lifts each step by as much as a stair does.
    "level walk, filmed from above": Refused(
        "stairs",
        movements.part(movements.walk(), 0.6, 4.8),
        (*("level_ground",) * 7, "cut_off"),
        Camera(distance=6, height=1.8, pitch_deg=15),
    ),
    "steps aside on the floor": Refused("stairs", movements.squat_while_stepping(during=False), ("not_a_step",) * 3),
    "run upstairs too fast to be seen": Refused("stairs", movements.faster(UP, 5.5), ("too_short",) * 8, BEHIND),
    "slow motion": Refused("stairs", movements.faster(UP, 0.1, 15.0), ("too_long",) * 8, BEHIND),
    "stance knee hidden on stairs": Refused(
        "stairs", UP, (None, None, "not_seen", *[None] * 5), BEHIND, hidden=("right_knee", 2.5, 3.2)
    ),
    "squats as pedalling": Refused("cycling", SQUAT, ("legs_in_step",) * 4),
    "treadmill as pedalling": Refused("cycling", movements.treadmill(4.0), ("too_small",) * 5),
    "squats from the side as pedalling": Refused("cycling", SQUAT, ("not_pedalling",) * 2, Camera("left")),
    "marching from the side as pedalling": Refused(
        "cycling", movements.march(5.0), ("not_pedalling",) * 4, Camera("right")
    ),
    "marching as pedalling": Refused("cycling", movements.march(5.0), ("not_pedalling",) * 7),
    "stairs as pedalling": Refused("cycling", UP, ("not_pedalling",) * 5, BEHIND),
    "slow pedals": Refused("cycling", synthetic.cycling(cadence_hz=0.3, rate_hz=30.0), ("too_long",) * 6),
    "knee behind the handlebar": Refused(
        "cycling", WHEEL, (*("not_seen", None) * 14, "not_seen"), hidden=("left_knee", 0.0, 12.0)
    ),
    "foot behind the handlebar bag": Refused(
        "cycling", WHEEL, (*[None] * 12, "not_seen", *[None] * 14), hidden=("left_ankle", 5.0, 7.0)
    ),
}


@cache
def refused(name: str) -> Found:
    shot = REFUSED[name]
    track = film(shot.motion, shot.camera)
    if shot.hidden:
        landmark, start_s, end_s = shot.hidden
        # Guessed here and there, as what is hidden is.
        visibility, pixels = track.visibility.copy(), track.pixels.copy()
        while_s = (track.time_s >= start_s) & (track.time_s <= end_s)
        visibility[while_s, INDEX[landmark]] = 0.0
        pixels[while_s, INDEX[landmark]] += np.resize([[80.0, 0.0], [-80.0, 0.0]], (while_s.sum(), 2))
        track = replace(track, visibility=visibility, pixels=pixels)
    return cut_out(track, shot.activity)


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_count_says_why(name):
    assert tuple(refused(name).reasons) == REFUSED[name].reasons


def test_every_reason_has_its_words():
    reasons = {reason for name in REFUSED for reason in refused(name).reasons if reason}
    assert reasons == {
        *("both_feet_down", "cut_off", "did_not_sit", "did_not_stand", "feet_moved", "legs_in_step"),
        *("level_ground", "not_a_step", "not_pedalling", "sat_down"),
        *("not_seen", "one_foot_raised", "too_long", "too_shallow", "too_short", "too_small"),
    }
    assert [reason for reason in reasons if not is_known(f"reason_{reason}")] == []


def test_a_walk_into_the_picture_is_no_repetition():
    found = cut_out(film(movements.walk_in_and_squat(reps=1)), "squat")
    assert found.reasons == ["cut_off", None]
    assert found.time_s[found.cuts[0].end] < 3.4
    from_camera = cut_out(film(movements.walk_in_and_squat(from_camera=True, reps=1)), "squat")
    assert from_camera.reasons == ["one_foot_raised", None]
    assert from_camera.time_s[from_camera.cuts[0].end] < 3.4


# --- pedal turns ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facing", ["front", "back", "left", "right"])
@pytest.mark.parametrize("cadence_per_min", [25, 30, 60, 90, 130])
def test_three_turns_are_found_at_any_cadence_and_from_any_side(cadence_per_min, facing):
    turn_s = 60.0 / cadence_per_min
    motion = synthetic.cycling(cadence_hz=1 / turn_s, duration_s=3.0 * turn_s, rate_hz=30.0)
    # The left foot begins at the top, the right one at the bottom. From the side only the nearer leg is told.
    keys = {"left": np.arange(0.25, 3.0) * turn_s, "right": np.arange(0.75, 2.0) * turn_s}
    told = [side for side in SIDES if facing in ("front", "back", side)]
    shot = Film("cycling", motion, tuple(key for side in told for key in on(side, *keys[side])))
    assert_all_found(cut_out(film(motion, Camera(facing, distance=5.0)), "cycling"), shot)


@pytest.mark.parametrize(("missing", "turns"), [(0.05, 3), (0.12, 3), (0.25, 2)])
def test_a_turn_counts_that_lacks_a_little_at_either_end_of_the_film(missing, turns):
    whole = synthetic.cycling(cadence_hz=1.0, duration_s=4.0, rate_hz=60.0)
    late, early = movements.part(whole, missing, 3.0), movements.part(whole, 0.0, 3.0 - missing)
    for motion, gone_s in ((late, missing), (early, 0.0)):
        keys = [key - gone_s for side, key in cut_out(film(motion), "cycling").counted if side == "left"]
        whole_ones = [0.25, 1.25, 2.25][-turns:] if gone_s else [0.25, 1.25, 2.25][:turns]
        assert keys == pytest.approx([key - 2 * gone_s for key in whole_ones], abs=0.03)


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("height", [0.70, 0.75])
def test_the_knees_bend_is_taken_where_the_pedal_is_lowest(facing, height):
    motion = replace(synthetic.cycling(duration_s=4.0), height=np.full(241, height))
    true = synthetic.truth(synthetic.joints(motion))["knee_flexion", facing]
    result = result_of(film(motion, Camera(facing, distance=5.0)), "cycling")
    lowest_s = {"left": 0.4, "right": 0.8}[facing]
    values = [
        one for cycle in result.cycles for one in cycle.values if (one.measure, one.at) == ("knee_flexion", "key")
    ]
    assert len(values) >= 4
    for number, one in enumerate(values):
        assert one.time_s == pytest.approx(lowest_s + 0.8 * number, abs=0.03)
        # A leg that never straightens has no length of its own in the film: it is taken from the usual reach.
        assert one.value == pytest.approx(true[round(60 * one.time_s)], abs=1.96 * one.standard_error)
        assert one.verdict is not None


@pytest.mark.parametrize("facing", ["front", "back"])
def test_the_knees_bend_is_not_judged_from_front_and_back_and_not_told_from_behind(facing):
    result = result_of(film(synthetic.cycling(duration_s=4.0), Camera(facing, distance=5.0)), "cycling")
    rows = [row for row in result.summary if row.measure == "knee_flexion"]
    reason = None if facing == "front" else "landmarks"
    assert [(row.mean is None, row.reason, row.verdict) for row in rows] == [(facing == "back", reason, None)] * 2


def hiding(parts: tuple[str, ...], share: float) -> list[str | None]:
    """What becomes of each turn, filmed from behind, while these parts hide in this share of every turn of 24 frames."""
    chosen = ACTIVITIES["cycling"]
    body = seen(film(WHEEL, Camera("back", distance=5.0)), chosen.cutoff_hz, chosen.max_gap_s, chosen.stance)
    hidden = np.arange(len(body.time_s)) % 24 < 24 * share
    places = np.ix_(hidden, [INDEX[f"{side}_{part}"] for side in SIDES for part in parts])
    picture, space = body.picture.copy(), body.space.copy()
    picture[places], space[places] = np.nan, np.nan
    return [cut.rejected for cut in chosen.cut(replace(body, picture=picture, space=space))]


@pytest.mark.parametrize(
    ("parts", "share", "reasons"),
    [
        (("knee",), 0.7, {None}),
        (("knee",), 1.0, {"not_seen"}),
        (("toe",), 1.0, {None}),
        # Then the knees' way up and down tells the turns.
        (("ankle", "toe"), 0.5, {None}),
    ],
)
def test_turns_are_counted_by_what_is_seen_of_a_leg(parts, share, reasons):
    found = hiding(parts, share)
    assert len(found) == 29
    assert set(found) == reasons


# --- another activity than the one named ----------------------------------------------------------------------------

OTHERS = {
    "standing": (synthetic.still(), FRONT),
    "bowing": (movements.bow(), FRONT),
    "walking up to the camera": (movements.walk(), Camera(distance=6.0)),
    "walking away": (movements.walk(start=-1.5), Camera("back", distance=6.0)),
    "marching": (movements.march(), FRONT),
    "on a treadmill": (movements.treadmill(), FRONT),
    "on a treadmill, from the side": (movements.treadmill(), Camera("left")),
    "squat while stepping": (movements.squat_while_stepping(), FRONT),
}
SHOWN = {name: (shot.motion, shot.camera) for name, shot in FILMS.items()} | OTHERS
#: The walk from the camera begins so near to it that the next step looks much lower.
NEAR_STEPS = ("squat after coming from the camera", "stairs")
#: A walk on a belt is measured as one.
WALKS = (("on a treadmill, from the side", "walking"), ("on a treadmill", "walking"))


@cache
def shown(name: str, cutoff_hz: float, max_gap_s: float, stance: viewpoint.Stance) -> viewpoint.Body:
    return seen(film(*SHOWN[name]), cutoff_hz, max_gap_s, stance)


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("name", SHOWN)
def test_one_activity_is_not_taken_for_another(name, activity):
    if (name in FILMS and FILMS[name].activity == activity) or (name, activity) in (NEAR_STEPS, *WALKS):
        return
    chosen = ACTIVITIES[activity]
    cuts = chosen.cut(shown(name, chosen.cutoff_hz, chosen.max_gap_s, chosen.stance))
    assert [cut for cut in cuts if cut.rejected is None] == []


@pytest.mark.parametrize("height", [0.95, 1.3])
def test_who_leans_a_little_towards_a_near_camera_before_getting_up_has_sat(height):
    """From near the leaning trunk hardly looks shorter, since its shoulders come nearer; in space it is."""
    motion = synthetic.sit_to_stand(reps=2)
    leaning = replace(motion, forward_lean_deg=5.0 + 0.6 * (motion.forward_lean_deg - 5.0))
    near = Camera(distance=2.2, height=height, focal_px=704.0)
    cycles = result_of(film(leaning, near), "sit_to_stand").cycles
    assert [cycle.rejected for cycle in cycles] == [None, None]


def test_a_foot_that_seems_to_stay_while_the_other_pedals_is_ill_seen():
    """The pedals hang together. Where neither leg goes round, nobody pedals; one turn in which the hips move stays that."""
    stays = [Cut("turn", "left", first, first + 5, first + 20, rejected="not_pedalling") for first in (0, 20)]
    round_ = [Cut("turn", "right", first, first + 5, first + 20) for first in (10, 30)]
    moved = replace(round_[1], rejected="not_pedalling")
    assert [cut.rejected for cut in pedalling._coupled([*stays, *round_])] == ["not_seen"] * 2 + [None] * 2
    assert [cut.rejected for cut in pedalling._coupled([*stays, moved])] == ["not_pedalling"] * 3
    assert [cut.rejected for cut in pedalling._coupled([*round_[:1], moved])] == [None, "not_pedalling"]
