"""The whole analysis: pure, the same wherever and whenever the same thing is filmed, and whole for whatever track."""

import copy
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import parse_limits, shipped_limits, shipped_limits_text
from alignment.core.result import Result
from alignment.core.skeleton import INDEX, OTHER, SWAPPED
from alignment.core.track import Track
from alignment.views.wording import finding_text
from tests.analyses import activity, analyze, analyzed, filmed, motion, result_of, row, unseen, without_verdicts
from tests.movements import mirrored
from tests.synthetic import Camera, film, joints, single_leg, squat, truth

pytestmark = pytest.mark.checked

#: One squat, for what needs many analyses.
SHORT = film(squat(reps=1, inwards_deg=(10.0, -5.0)))


def cut(track: Track, keep: np.ndarray) -> Track:
    """The track of some of its frames only."""
    per_frame = ("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces")
    samples = np.isin(track.mirrored_frames, np.flatnonzero(keep))
    position = np.cumsum(keep) - 1
    return replace(
        track,
        **{name: getattr(track, name)[keep] for name in per_frame},
        mirrored_frames=position[track.mirrored_frames[samples]].astype(int),
        mirrored_metres=track.mirrored_metres[samples],
    )


# --- pure ----------------------------------------------------------------------------------------------------------


def test_the_same_track_gives_the_same_file_and_stays_as_it_was():
    name = "stairs"
    track = filmed(name)
    before = copy.deepcopy(track)
    again = result_of(track, activity(name))
    assert again.to_json() == analyzed(name).to_json()
    for one in fields(Track):
        kept, found = getattr(before, one.name), getattr(track, one.name)
        assert np.array_equal(kept, found, equal_nan=True) if isinstance(kept, np.ndarray) else kept == found


def test_the_curves_belong_to_the_analyzed_frames():
    result = analyzed("squat")
    assert result.curves.track.frames == result.source.analyzed_frames == len(motion("squat").time_s)
    for curve in result.curves.by_measure.values():
        assert len(curve.value) == len(curve.standard_error) == len(curve.reason) == result.curves.track.frames
        assert np.array_equal(np.isnan(curve.value), curve.reason != "")
        assert np.array_equal(np.isnan(curve.value), np.isnan(curve.standard_error))


def test_what_was_asked_for_is_recorded():
    limits = parse_limits(shipped_limits_text().replace("3.5,5.2", "3.4,5.2"), "mine.csv")
    asked = {"camera_roll_deg": 1.5, "start_s": 0.5, "end_s": 4.0, "person": 2, "height_m": 1.8}
    recorded = result_of(SHORT, **asked, limits=limits).software.settings
    assert recorded == {
        **asked,
        "activity": "squat",
        "max_fps": 30.0,
        "quality": "standard",
        "limits_sha256": limits.sha256,
        "mirrored": False,
        "rate_hz": None,
        "true_fps": None,
        "belt_km_h": None,
        "pelvis_dots": None,
        "pelvis_points": None,
        "joints": "read",
    }
    assert limits.sha256 != shipped_limits().sha256
    assert analyze(SHORT, ACTIVITIES["cycling"]).software.settings["max_fps"] == 60.0


def test_other_limits_change_verdicts_and_no_number():
    strict = parse_limits(shipped_limits_text().replace(",5,8,", ",0.5,1.0,"), "mine.csv")
    usual, judged = analyzed("squat"), result_of(filmed("squat"), limits=strict)
    assert without_verdicts(judged) == without_verdicts(usual)
    assert {value.verdict for cycle in judged.cycles for value in cycle.values} == {None, "outside", "edge", "within"}
    assert [one.mean for one in judged.summary] == [one.mean for one in usual.summary]
    assert (row(usual, "knee_over_foot", "right").verdict, row(judged, "knee_over_foot", "right").verdict) == (
        *("within", "edge"),
    )


# --- what must not matter ------------------------------------------------------------------------------------------


def test_when_it_was_filmed_does_not_matter():
    track = filmed("squat")
    usual, later = analyzed("squat"), result_of(replace(track, time_s=track.time_s + 1000.0))
    assert [one.mean for one in later.summary] == pytest.approx(
        [one.mean for one in usual.summary], abs=0.011, nan_ok=True
    )
    for one, other in zip(usual.cycles, later.cycles, strict=True):
        shift = (other.start_s - one.start_s, other.key_s - one.key_s, other.end_s - one.end_s)
        assert shift == pytest.approx((1000.0,) * 3, abs=0.002)
    for key, curve in usual.curves.by_measure.items():
        np.testing.assert_allclose(later.curves.by_measure[key].value, curve.value, atol=1e-6)


@pytest.mark.parametrize(
    ("done", "name", "camera"),
    [
        (squat(reps=1, inwards_deg=(12.0, -6.0), obliquity_deg=2.0, aside=0.04), "squat", Camera(yaw_deg=15.0)),
        (single_leg("left", reps=1, inwards_deg=12.0, drop_deg=2.0), "single_leg_squat", Camera("back", yaw_deg=-8.0)),
    ],
    ids=["squat", "single leg"],
)
def test_the_mirrored_movement_exchanges_the_sides(done, name, camera):
    one = result_of(film(done, camera), name)
    other = result_of(film(mirrored(done), replace(camera, yaw_deg=-camera.yaw_deg)), name)
    # To the right becomes to the left; a share of the weight its rest.
    flipped = {"pelvic_obliquity": lambda v: -v, "trunk_lean": lambda v: -v, "weight_right_share": lambda v: 1.0 - v}
    assert other.viewpoint.yaw_deg == pytest.approx(-one.viewpoint.yaw_deg, abs=0.01)
    for (measure, side), curve in one.curves.by_measure.items():
        twin = other.curves.by_measure[measure, OTHER.get(side, side)]
        expected = flipped.get(measure, lambda v: v)(curve.value)
        np.testing.assert_allclose(twin.value, expected, atol=1e-6, err_msg=f"{measure} {side}")
        assert np.array_equal(twin.reason, curve.reason)
        # A yaw and a roll are doubted to one side only, so the errors agree to second order.
        if (curve.reason == "").any():
            larger = float(np.nanmedian(twin.standard_error / curve.standard_error))
            assert larger == pytest.approx(1.0, abs=0.25), (measure, side)
    assert [(c.start_s, c.key_s, OTHER.get(c.side, c.side), c.rejected) for c in one.cycles] == [
        (c.start_s, c.key_s, c.side, c.rejected) for c in other.cycles
    ]


def mirror_image(track: Track) -> Track:
    """What the model finds in the mirrored pictures: everything on the other side, left taken for right."""
    swap = list(SWAPPED)
    pixels = track.pixels[:, swap] * [-1.0, 1.0] + [track.source.width, 0.0]
    metres = track.metres[:, swap] * [-1.0, 1.0, 1.0]
    seen_mirrored = track.mirrored_metres[:, swap] * [-1.0, 1.0, 1.0]
    return replace(
        track, pixels=pixels, metres=metres, mirrored_metres=seen_mirrored, visibility=track.visibility[:, swap]
    )


def test_a_mirrored_film_turned_back_is_the_film():
    track = film(squat(reps=1, inwards_deg=(12.0, -6.0)), Camera(yaw_deg=10.0))
    there = mirror_image(track)
    exchanged = result_of(there)
    back = result_of(mirror_image(there))
    assert back.to_json() == result_of(track).to_json()
    # Not turned back, it is another person's film: left is right.
    left, right = row(back, "knee_over_toe", "left").mean, row(exchanged, "knee_over_toe", "right").mean
    assert left == pytest.approx(right, abs=0.011)
    assert left > 3.0 > row(exchanged, "knee_over_toe", "left").mean


def test_the_pictures_size_does_not_matter():
    small = film(squat(reps=1, inwards_deg=(10.0, -5.0)), Camera(width=1440, height_px=2560, focal_px=2560.0))
    for one, other in zip(result_of(SHORT).summary, result_of(small).summary, strict=True):
        assert (one.mean is None) == (other.mean is None)
        assert one.mean is None or other.mean == pytest.approx(one.mean, abs=0.011)


# --- whatever the track --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "track",
    [
        cut(SHORT, np.zeros(SHORT.frames, bool)),
        cut(SHORT, np.arange(SHORT.frames) == 0),
        cut(SHORT, np.arange(SHORT.frames) < 2),
        unseen(SHORT),
        unseen(SHORT, frames=np.arange(SHORT.frames) != 60),
    ],
    ids=["no frame", "one frame", "two frames", "nobody", "seen once"],
)
@pytest.mark.parametrize("name", ["squat", "cycling"])
def test_a_track_with_nothing_in_it_gives_a_whole_result_without_numbers(track, name):
    result = result_of(track, name)
    assert not result.measured
    assert result.quality.grade == "unusable"
    assert result.cycles == ()
    assert len(result.findings) == 1
    assert finding_text(result.findings[0]).startswith("Nothing can be told, because ")
    assert all(one.reason for one in result.summary)
    assert Result.from_json(result.to_json()) == result


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_hidden_the_result_is_whole_and_no_number_comes_from_nothing(data):
    # Hips and shoulders stay: without them the figure's size is not known.
    parts = ("left_knee", "right_knee", "left_ankle", "right_ankle", "left_toe", "right_toe", "nose", "left_wrist")
    pixels, visibility = SHORT.pixels.copy(), SHORT.visibility.copy()
    hidden = []
    for part in data.draw(st.lists(st.sampled_from(parts), unique=True, max_size=4)):
        start = data.draw(st.integers(0, SHORT.frames - 1))
        stop = data.draw(st.integers(start, SHORT.frames))
        pixels[start:stop, INDEX[part]], visibility[start:stop, INDEX[part]] = np.nan, 0.0
        hidden.append((part, start, stop))
    result = result_of(replace(SHORT, pixels=pixels, visibility=visibility))
    assert Result.from_json(result.to_json()) == result
    known = truth(joints(squat(reps=1, inwards_deg=(10.0, -5.0))))
    for value in (value for cycle in result.cycles for value in cycle.values if value.value is not None):
        if (value.measure, value.side) in known:
            around = np.abs(SHORT.time_s - value.time_s) < 0.051
            true = np.median(known[value.measure, value.side][around])
            assert abs(value.value - true) < 3 * value.standard_error, (value, true, hidden)
