"""Made-up people walk, squat and hide each other; whose pose is whose is known in every frame."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.core.skeleton import FACE, INDEX, LANDMARKS, SWAPPED, index
from alignment.core.track import MAX_PEOPLE
from alignment.outputs.track import read_track
from alignment.pose.people import Poses, apart, bodies, faces, metres_apart, scale, tell_apart

pytestmark = pytest.mark.checked

FLOOR_PX = 1150.0
#: Heights over the floor and distances from the middle, in metres, of somebody 1.7 m tall.
_HEIGHTS = {"nose": (1.58, 0.0), "eye": (1.62, 0.03), "ear": (1.6, 0.08), "mouth": (1.54, 0.02)} | {
    "shoulder": (1.4, 0.19),
    "elbow": (1.1, 0.25),
    "wrist": (0.87, 0.27),
    "hip": (0.92, 0.1),
    "knee": (0.5, 0.1),
    "ankle": (0.08, 0.1),
    "heel": (0.03, 0.1),
    "toe": (0.02, 0.12),
}


def body(down_m=0.0):
    """World landmarks of somebody facing the camera (their left is right in the picture), squatting by `down_m`."""
    points = np.zeros((len(LANDMARKS), 3))
    for name, i in INDEX.items():
        part = next((part for part in _HEIGHTS if part in name), "wrist")
        height, out = _HEIGHTS[part]
        lowered = down_m if height > 0.9 else down_m / 4 if part == "knee" else 0.0
        points[i] = (out if "left" in name else -out, lowered - height, 0.0)
    return points


def still(_t):
    return 0.0


def always(_t):
    return True


def at(place_m):
    return lambda _t: place_m


def person(name, where, size_px, *, down=still, seen=always):
    """Somebody at `where(t)` metres right of the middle and `size_px` pixels a metre."""

    def now(time_s):
        if not seen(time_s):
            return None
        points = body(down(time_s))
        return name, points[:, :2] * size_px + (640 + where(time_s) * size_px, FLOOR_PX), points

    return now


def film(*actors, seconds=6.0, rate=30.0, noise_m=0.004, seed=0):
    """Poses of every frame in random order, the times, and the names in that order."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(seconds * rate)) / rate
    found, names = [], []
    for now_s in time_s:
        there = [one for actor in actors if (one := actor(now_s)) is not None]
        there = [there[i] for i in rng.permutation(len(there))]
        found.append(poses_of([pixels for _, pixels, _ in there], [metres for *_, metres in there], rng, noise_m))
        names.append([name for name, *_ in there])
    return found, time_s, names


def poses_of(pixels, metres, rng=None, noise_m=0.0):
    shape = (len(pixels), len(LANDMARKS))
    pixels = np.array(pixels, float).reshape(*shape, 2)
    if rng is not None:
        pixels = pixels + rng.normal(0, noise_m * 300, pixels.shape)
    metres = np.array(metres, float).reshape(*shape, 3)
    return Poses(pixels.astype(np.float32), metres.astype(np.float32), np.full(shape, 0.9, np.float32))


def whose(one, names):
    """The name behind every place of a person, None where there is none."""
    return [those[place] if place >= 0 else None for those, place in zip(names, one, strict=True)]


def squats(t, deep=0.45, period_s=3.0):
    return deep * max(0.0, np.sin(2 * np.pi * t / period_s))


def test_scale_and_distance_are_those_of_the_figure():
    first = poses_of([body()[:, :2] * 300 + 500], [body()])
    moved = poses_of([body()[:, :2] * 300 + (530, 540)], [body()])
    assert scale(first.pixels, first.metres) == pytest.approx([300], rel=1e-4)
    assert apart(first.pixels, moved.pixels) == pytest.approx([50], rel=1e-4)
    assert metres_apart(first, moved) == pytest.approx(np.array([[50 / 300]]), rel=1e-4)


def test_scale_stays_while_somebody_squats():
    low = body(0.5)
    assert scale(low[None, :, :2] * 250, low[None]) == pytest.approx([250])


def test_exchanged_sides_are_the_same_body():
    pixels = body()[None, :, :2] * 300
    exchanged = pixels[:, SWAPPED]
    legs = pixels.copy()
    legs[:, index(["left_knee", "right_knee"])] = pixels[:, index(["right_knee", "left_knee"])]
    assert apart(pixels, exchanged) == pytest.approx([0], abs=1e-9)
    assert apart(pixels, legs) == pytest.approx([0], abs=1e-9)


@pytest.mark.parametrize("rate", [5, 15, 30, 60])
def test_one_person_is_followed_through_fast_squats(rate):
    found, time_s, names = film(person("subject", still, 300, down=lambda t: squats(t, 0.5, 1.5)), rate=rate)
    everybody = tell_apart(found, time_s)
    assert len(everybody) == 1
    assert whose(everybody[0], names) == ["subject"] * len(names)


def test_somebody_passing_in_front_does_not_take_over():
    def hidden(t):
        return abs(2.0 * (t - 3)) < 0.35

    subject = person("subject", still, 300, down=squats, seen=lambda t: not hidden(t))
    passer = person("passer", lambda t: 2.0 * (t - 3), 380, seen=lambda t: 1.5 < t < 4.5)
    found, time_s, names = film(subject, passer)
    first, second = tell_apart(found, time_s)
    expected = ["subject" if "subject" in those else None for those in names]
    assert whose(first, names) == expected
    assert set(whose(second, names)) == {"passer", None}


@pytest.mark.parametrize("size_px", [240, 300, 380])
def test_the_subjects_detection_may_jump_to_somebody_in_front(size_px):
    """While hidden, the model gives a second, slightly different pose on the passer instead of the subject's."""

    def path(t):
        return 1.5 * (t - 3)

    def hidden(t):
        return abs(path(t)) < 0.3

    subject = person("subject", still, 300, seen=lambda t: not hidden(t))
    passer = person("passer", path, size_px, seen=lambda t: 1 < t < 5)
    ghost = person("ghost", lambda t: path(t) + 0.1, size_px, seen=hidden)
    found, time_s, names = film(subject, passer, ghost)
    owners = Counter(whose(tell_apart(found, time_s)[0], names))
    assert set(owners) == {"subject", None}
    assert owners["subject"] > 0.95 * sum("subject" in those for those in names)


def test_somebody_passing_behind_changes_nothing():
    subject = person("subject", still, 300, down=squats)
    passer = person("passer", lambda t: 1.2 * (t - 3), 200)
    found, time_s, names = film(subject, passer)
    assert whose(tell_apart(found, time_s)[0], names) == ["subject"] * len(names)


def test_who_is_seen_only_while_hiding_the_subject_is_not_the_subject():
    def hidden(t):
        return 2.5 < t < 3.5

    subject = person("subject", still, 300, seen=lambda t: not hidden(t))
    passer = person("passer", lambda t: 0.6 * (t - 3), 360, seen=hidden)
    found, time_s, names = film(subject, passer)
    assert whose(tell_apart(found, time_s)[0], names) == ["subject" if "subject" in those else None for those in names]


def test_people_of_one_size_who_cross_keep_their_names():
    left = person("left", lambda t: 1.0 * (t - 3), 300, seen=lambda t: abs(t - 3) > 0.15)
    right = person("right", lambda t: -0.8 * (t - 3), 300)
    found, time_s, names = film(left, right)
    owners = [set(whose(one, names)) - {None} for one in tell_apart(found, time_s)]
    assert sorted(owners, key=str) == [{"left"}, {"right"}]


def test_a_pose_that_two_could_claim_is_nobodys():
    """Two who stand as one in the picture; then only one pose is left, exactly between them."""
    first = person("first", at(-0.15), 300, seen=lambda t: t < 2)
    second = person("second", at(0.15), 300, seen=lambda t: t < 2)
    between = person("either", still, 300, seen=lambda t: 2 <= t < 2.15)
    found, time_s, names = film(first, second, between, seconds=3, noise_m=0.0)
    for one in tell_apart(found, time_s)[:2]:
        assert "either" not in whose(one, names)


def test_bodies_found_twice_are_one_person():
    subject = person("subject", still, 300, down=squats)
    again = person("again", at(0.08), 310, down=squats, seen=lambda t: int(10 * t) % 3 == 0)
    found, time_s, names = film(subject, again)
    everybody = tell_apart(found, time_s)
    assert len(everybody) == 1
    assert (everybody[0] >= 0).all()
    assert Counter(whose(everybody[0], names))["subject"] > 0.9 * len(names)
    assert [len(set(bodies(poses).tolist())) for poses in found if len(poses)] == [1] * len(found)


def test_the_larger_for_a_while_is_not_the_subject_but_can_be_asked_for():
    subject = person("subject", still, 300)
    visitor = person("visitor", at(1.2), 450, seen=lambda t: 2 < t < 4)
    found, time_s, names = film(subject, visitor)
    everybody = tell_apart(found, time_s)
    assert [set(whose(one, names)) - {None} for one in everybody] == [{"subject"}, {"visitor"}]


def test_the_larger_of_two_is_first_and_the_hidden_body_counts_less():
    near = person("near", at(1.0), 330)
    far = person("far", at(-1.0), 300)
    found, time_s, names = film(near, far)
    assert set(whose(tell_apart(found, time_s)[0], names)) == {"near"}
    for poses, those in zip(found, names, strict=True):
        poses.visibility[those.index("near")] = 0.5
    assert set(whose(tell_apart(found, time_s)[0], names)) == {"far"}


@pytest.mark.parametrize("gap_s", [0.1, 0.5, 2.0, 20.0])
def test_a_gap_does_not_end_a_person(gap_s):
    subject = person("subject", still, 300, down=squats, seen=lambda t: not 2.2 < t < 2.2 + gap_s)
    found, time_s, names = film(subject, seconds=gap_s + 6, rate=15)
    everybody = tell_apart(found, time_s)
    assert len(everybody) == 1
    assert whose(everybody[0], names) == ["subject" if those else None for those in names]


def test_somebody_elsewhere_afterwards_is_somebody_else():
    subject = person("subject", still, 300, seen=lambda t: t < 4)
    other = person("other", at(1.0), 300, seen=lambda t: t > 4.5)
    found, time_s, names = film(subject, other)
    assert whose(tell_apart(found, time_s)[0], names) == ["subject" if "subject" in those else None for those in names]


def test_somebody_of_another_size_in_the_same_place_is_somebody_else():
    subject = person("subject", still, 300, seen=lambda t: t < 4)
    child = person("child", still, 190, seen=lambda t: t > 4.5)
    found, time_s, names = film(subject, child)
    assert set(whose(tell_apart(found, time_s)[0], names)) == {"subject", None}


def test_walking_up_to_the_camera_is_one_person():
    def size_px(t):
        return 150 + 60 * t

    def walker(t):
        name, _, points = person("walker", still, 1)(t)
        return name, points[:, :2] * size_px(t) + (640, FLOOR_PX), points

    found, time_s, names = film(walker)
    assert whose(tell_apart(found, time_s)[0], names) == ["walker"] * len(names)


def test_errors_of_the_model_are_nobody():
    """Poses that flash up for a few frames at a time, here and there, as on passing cars."""
    flashes = [person("error", at(k - 2.0), 80, seen=lambda t, k=k: k < t < k + 0.3) for k in range(5)]
    found, time_s, _ = film(*flashes)
    assert tell_apart(found, time_s) == []


def test_nobody_and_nothing():
    found, time_s, _ = film(seconds=1)
    assert tell_apart(found, time_s) == []
    assert tell_apart([], np.zeros(0)) == []


@pytest.mark.parametrize("frames", [1, 2, 3, 4])
def test_the_shortest_films_show_somebody(frames):
    found, time_s, names = film(person("subject", still, 300), seconds=frames / 30)
    everybody = tell_apart(found, time_s)
    assert whose(everybody[0], names) == ["subject"] * frames


@settings(max_examples=15, deadline=None)
@given(
    path=st.floats(0.3, 1.5) | st.floats(-1.5, -0.3),
    size=st.integers(150, 220),
    start=st.floats(-0.8, 0.8),
    seed=st.integers(0, 9999),
)
def test_the_subject_keeps_its_place_whoever_walks_by(path, size, start, seed):
    """Somebody further away at any speed, always found, never takes a frame; frames may only be lost, and few."""
    subject = person("subject", still, 300, down=squats)
    passer = person("passer", lambda t: start + path * (t - 2), size)
    found, time_s, names = film(subject, passer, seconds=4, rate=15, seed=seed)
    owners = Counter(whose(tell_apart(found, time_s)[0], names))
    assert set(owners) <= {"subject", None}
    assert owners["subject"] >= 0.9 * len(names)


def head_of(down_m=0.0, size_px=300.0):
    points = body(down_m)[:, :2] * size_px + (640, FLOOR_PX)
    return points[index(FACE)], points


@pytest.mark.parametrize("size_px", [60, 300])
def test_a_circle_covers_chin_and_hair(size_px):
    found, time_s, _ = film(person("subject", still, size_px), seconds=1, noise_m=0)
    circle = faces(found, tell_apart(found, time_s), time_s)[0, 0]
    face, points = head_of(0.0, size_px)
    crown = points[INDEX["nose"]] - (0, 0.14 * size_px)
    chin = points[INDEX["nose"]] + (0, 0.1 * size_px)
    for place in (*face, crown, chin):
        assert np.hypot(*(place - circle[:2])) < circle[2]
    assert circle[2] < 0.3 * size_px


def test_a_face_without_width_is_covered_as_large_as_the_body_asks():
    """From behind or afar all of the face's landmarks may lie on one spot."""
    found, time_s, _ = film(person("subject", still, 300), seconds=1, noise_m=0)
    for poses in found:
        poses.pixels[:, index(FACE)] = poses.pixels[:, [INDEX["nose"]]]
    assert faces(found, tell_apart(found, time_s), time_s)[0, 0, 2] >= 0.17 * 300


def test_everybodys_face_is_covered_also_who_was_there_for_a_moment():
    one = person("one", at(-1.2), 300)
    two = person("two", at(1.2), 250)
    moment = person("moment", still, 200, seen=lambda t: 0.5 < t < 0.7)
    found, time_s, names = film(one, two, moment, seconds=2)
    everybody = tell_apart(found, time_s)
    circles = faces(found, everybody, time_s)
    assert len(everybody) == 2
    assert circles.shape == (len(names), MAX_PEOPLE, 3)
    assert np.isfinite(circles[..., 0]).sum(axis=1).tolist() == [len(those) for those in names]
    radii = np.nan_to_num(circles[..., 2], nan=-1.0)
    assert (np.diff(radii, axis=1) <= 0).all()


def test_a_false_head_on_somebodys_leg_is_not_covered():
    subject = person("subject", still, 300)
    found, time_s, _ = film(subject, seconds=2, noise_m=0)
    knee = found[10].pixels[0, INDEX["left_knee"]]
    small = body()[:, :2] * 60
    false = small - small[INDEX["nose"]] + knee
    found[10] = poses_of([found[10].pixels[0], false], [body(), body()])
    circles = faces(found, tell_apart(found, time_s), time_s)
    assert np.isfinite(circles[..., 0]).sum(axis=1).tolist() == [1] * len(found)


def from_behind(points):
    """The same body seen from behind: its left is left in the picture, and the nose is beyond the ears."""
    turned = points * (-1, 1, 1)
    turned[INDEX["nose"], 2] = 0.12
    return turned


def walker(where=still, size_px=300, turned=lambda _t: True):
    """Somebody seen from behind where `turned`, else from the front."""

    def now(time_s):
        points = from_behind(body()) if turned(time_s) else body()
        return "walker", points[:, :2] * size_px + (640 + where(time_s) * size_px, FLOOR_PX), points

    return now


def covered(*actors, seconds=4.0):
    """How many circles each picture has, and the times."""
    found, time_s, _ = film(*actors, seconds=seconds, noise_m=0)
    circles = faces(found, tell_apart(found, time_s), time_s)
    return np.isfinite(circles[..., 0]).sum(axis=1), time_s


def test_the_head_of_who_is_surely_seen_from_behind_is_not_covered():
    count, _ = covered(walker())
    assert not count.any()


def test_in_doubt_a_head_is_covered():
    """Seen from the front for three pictures: covered then, and half a second before and after."""
    count, time_s = covered(walker(turned=lambda t: not 1.95 < t < 2.05))
    assert (count == 1).tolist() == ((time_s > 1.95 - 0.5) & (time_s < 2.05 + 0.5)).tolist()


def test_who_looks_back_over_a_shoulder_is_covered():
    def looking(time_s):
        name, pixels, points = walker()(time_s)
        pixels[INDEX["nose"], 0] = pixels[index(("left_ear", "right_ear")), 0].max() + 10
        return name, pixels, points

    count, _ = covered(looking)
    assert (count == 1).all()


def test_a_face_beside_somebody_seen_from_behind_is_covered():
    count, _ = covered(walker(at(-1.2)), person("other", at(1.2), 250))
    assert (count == 1).all()


@pytest.mark.parametrize(("knees_seen", "faces_seen"), [(0.1, 1), (0.9, 2)])
def test_a_body_seen_upside_down_in_another_one_has_no_face(knees_seen, faces_seen):
    """As the model sees a second one in a back over a saddle; somebody upside down with legs of their own has a face."""
    found, time_s, _ = film(person("subject", still, 300), seconds=3, noise_m=0)
    own = found[0].pixels[0]
    phantom = (body()[:, :2] * 150) * (1, -1) + own[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    phantom -= (0, phantom[INDEX["nose"], 1] - own[INDEX["left_knee"], 1])
    for i, poses in enumerate(found):
        both = poses_of([poses.pixels[0], phantom], [body(), body() * (1, -1, 1)])
        both.visibility[1, index(("left_knee", "right_knee"))] = knees_seen
        found[i] = both
    everybody = tell_apart(found, time_s)
    assert len(everybody) == 2
    circles = faces(found, everybody, time_s)
    assert np.isfinite(circles[..., 0]).sum(axis=1).tolist() == [faces_seen] * len(found)


@pytest.mark.parametrize(("clip", "faces_seen"), [("stairs_up_behind", 0), ("squat_front", 1), ("squat_yaw12", 1)])
def test_what_the_model_sees_of_a_head_from_behind_and_from_the_front(clip, faces_seen):
    """The heavy model's own landmarks of three clips."""
    track = read_track(Path(__file__).parent / "data" / f"{clip}.track.parquet")
    seen = np.flatnonzero(track.seen)
    found = [
        Poses(track.pixels[[i]].astype("f4"), track.metres[[i]].astype("f4"), track.visibility[[i]].astype("f4"))
        for i in seen
    ]
    circles = faces(found, [np.zeros(len(seen), int)], track.time_s[seen])
    assert np.isfinite(circles[..., 0]).sum(axis=1).tolist() == [faces_seen] * len(seen)


def test_nobody_has_no_face():
    found, time_s, _ = film(seconds=0.2)
    assert np.isnan(faces(found, tell_apart(found, time_s), time_s)).all()
