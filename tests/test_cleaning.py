"""Tracks spoiled on purpose: what is taken away, mended, filled and smoothed is known, and so is what must stay."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.core.cleaning import MAX_DOUBTED_S, MIN_VISIBILITY, clean
from alignment.core.result import Cleaning
from alignment.core.skeleton import INDEX, LANDMARKS, SWAPPED, of_side
from alignment.core.track import Track
from tests import movements, synthetic
from tests.synthetic import Camera, film

pytestmark = pytest.mark.checked

LEGS = [i for side in ("left", "right") for i in of_side(side, "hip", "knee", "ankle", "heel", "toe")]
KNEE = INDEX["left_knee"]
CUTOFF_HZ, GAP_S = 6.0, 0.2


def cleaned(track: Track, cutoff_hz: float = CUTOFF_HZ, max_gap_s: float = GAP_S) -> tuple[Track, Cleaning]:
    return clean(track, cutoff_hz=cutoff_hz, max_gap_s=max_gap_s)


def hidden(track: Track, landmark: int, *frames: int) -> Track:
    """The track with a landmark that the model only guesses in some frames, here and there."""
    visibility, pixels = track.visibility.copy(), track.pixels.copy()
    visibility[list(frames), landmark] = MIN_VISIBILITY / 2
    pixels[list(frames), landmark, 0] += [60.0 * (-1) ** frame for frame in frames]
    return replace(track, visibility=visibility, pixels=pixels)


def moved(track: Track, landmark: int, by_px: tuple[float, float], *frames: int) -> Track:
    pixels = track.pixels.copy()
    pixels[list(frames), landmark] += by_px
    return replace(track, pixels=pixels)


def exchanged(track: Track, *frames: int) -> Track:
    """The track with the legs' left and right exchanged in some frames."""
    order = np.arange(len(LANDMARKS))
    order[LEGS] = [SWAPPED[i] for i in LEGS]
    pixels, metres, visibility = track.pixels.copy(), track.metres.copy(), track.visibility.copy()
    for frame in frames:
        for values in (pixels, metres, visibility):
            values[frame] = values[frame, order]
    return replace(track, pixels=pixels, metres=metres, visibility=visibility)


def wave(frequency_hz: float, rate_hz: float = 30.0, duration_s: float = 10.0, time_s=None) -> Track:
    """A figure that stands still but for its left knee, which goes sideways by 20 px as a sine."""
    time_s = synthetic.clock(duration_s, rate_hz) if time_s is None else time_s
    still = film(synthetic.Motion(time_s, height=np.full(len(time_s), 0.985)))
    by_px = 20.0 * np.sin(2 * np.pi * frequency_hz * time_s)
    return moved_by(still, KNEE, by_px)


def moved_by(track: Track, landmark: int, by_px: np.ndarray) -> Track:
    pixels, metres = track.pixels.copy(), track.metres.copy()
    pixels[:, landmark, 0] += by_px
    metres[:, landmark, 0] += by_px / 1000
    return replace(track, pixels=pixels, metres=metres)


def swing(track: Track) -> np.ndarray:
    """Of a `wave`: where the knee is against its middle, in pixels."""
    return track.pixels[:, KNEE, 0] - film(synthetic.still(0.1)).pixels[0, KNEE, 0]


# --- what is not seen goes ------------------------------------------------------------------------------------------


def test_a_landmark_that_the_model_only_guesses_is_dropped():
    track = film(synthetic.squat(reps=1))
    result, notes = cleaned(hidden(track, KNEE, *range(30, 60)))
    gone = np.isnan(result.pixels[:, KNEE, 0])
    assert np.flatnonzero(gone).tolist() == list(range(30, 60))
    assert np.isnan(result.metres[30:60, KNEE]).all()
    assert np.isfinite(np.delete(result.pixels, KNEE, axis=1)).all()
    assert (notes.frames_dropped, notes.frames_filled) == (30, 0)


def test_a_landmark_just_visible_enough_stays():
    track = film(synthetic.still())
    visibility = np.full_like(track.visibility, MIN_VISIBILITY)
    result, notes = cleaned(replace(track, visibility=visibility))
    assert np.isfinite(result.pixels).all()
    assert notes.frames_dropped == 0


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_what_lies_outside_the_picture_is_dropped(edge):
    track = film(synthetic.still())
    ankle = INDEX["right_ankle"]
    x, y = track.pixels[0, ankle]
    by_px = {"left": (-x - 1, 0), "right": (720 - x + 1, 0), "top": (0, -y - 1), "bottom": (0, 1280 - y + 1)}[edge]
    result, notes = cleaned(moved(track, ankle, by_px, *range(40, 80)))
    assert np.flatnonzero(np.isnan(result.pixels[:, ankle, 1])).tolist() == list(range(40, 80))
    assert notes.frames_dropped == 40


def test_feet_below_the_picture_are_dropped_and_the_rest_kept():
    result, notes = cleaned(film(synthetic.squat(reps=1), Camera(distance=1.9, height=1.3)))
    assert np.isnan(result.pixels[:, INDEX["left_toe"]]).all()
    assert np.isfinite(result.pixels[:, INDEX["left_hip"]]).all()
    assert notes.frames_dropped == result.frames


def test_fingers_do_not_count_among_the_frames():
    track = film(synthetic.still())
    _, notes = cleaned(hidden(track, INDEX["left_thumb"], *range(10, 12)))
    assert (notes.frames_dropped, notes.frames_filled) == (0, 0)


def test_a_track_of_nobody_stays_empty():
    track = film(synthetic.still())
    nobody = replace(
        track,
        pixels=np.full_like(track.pixels, np.nan),
        metres=np.full_like(track.metres, np.nan),
        visibility=np.zeros_like(track.visibility),
    )
    result, notes = cleaned(nobody)
    assert np.isnan(result.pixels).all()
    assert np.isnan(result.metres).all()
    assert notes == Cleaning(0, 0, 0, CUTOFF_HZ)


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_a_few_frames_are_left_as_they_are(frames):
    track = film(movements.part(synthetic.squat(), 2.0, 2.0 + (frames - 1) / 30))
    result, notes = cleaned(track)
    assert result.frames == frames
    np.testing.assert_array_equal(result.pixels, track.pixels)
    assert notes == Cleaning(0, 0, 0, CUTOFF_HZ if frames > 1 else None)


# --- left and right -------------------------------------------------------------------------------------------------

RUNS = {
    "one frame": [50],
    "some frames": [20, 21, 60, 90, 91, 92],
    "a run": range(40, 100),
    "two runs": [*range(30, 55), *range(80, 130)],
    "every fifth": range(5, 200, 5),
    "from the start": range(30),
    "to the end": range(180, 211),
}


@pytest.mark.parametrize("frames", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("facing", ["front", "back"])
def test_exchanged_legs_are_mended_exactly(frames, facing):
    track = film(synthetic.squat(reps=2), Camera(facing), noise_px=0.5)
    whole, _ = cleaned(track)
    mended, notes = cleaned(exchanged(track, *frames))
    np.testing.assert_array_equal(mended.pixels, whole.pixels)
    np.testing.assert_array_equal(mended.metres, whole.metres)
    np.testing.assert_array_equal(mended.visibility, whole.visibility)
    assert (notes.swaps_mended, notes.frames_dropped) == (len(frames), 0)


def test_exchanged_legs_are_mended_beside_a_hidden_toe():
    track = hidden(film(synthetic.squat(reps=2)), INDEX["right_toe"], *range(211))
    _, notes = cleaned(exchanged(track, *range(70, 90)))
    assert notes.swaps_mended == 20


def test_exchanged_legs_are_mended_across_a_short_gap():
    track = film(synthetic.squat(reps=2))
    for landmark in LEGS:
        track = hidden(track, landmark, 80, 81, 82)
    _, notes = cleaned(exchanged(track, *range(70, 90)))
    assert notes.swaps_mended == 17


PASSING = {
    "walk": (movements.walk(start=-0.8), Camera("left", width=1920, distance=5.0)),
    "treadmill": (movements.treadmill(), Camera("right")),
    "stairs": (synthetic.stairs(), Camera("left", width=1900, distance=7.0)),
    "cycling": (synthetic.cycling(), Camera("left")),
    "fast pedals in a slow film": (synthetic.cycling(cadence_hz=1.8, rate_hz=15.0), Camera("left")),
    "turning round": (movements.walk_in_and_squat(from_camera=True), Camera()),
}


@pytest.mark.parametrize("name", PASSING)
def test_legs_that_pass_each_other_keep_their_names(name):
    motion, camera = PASSING[name]
    for noise_px in (0.0, 2.0):
        _, notes = cleaned(film(motion, camera, noise_px=noise_px))
        assert notes.swaps_mended == 0


def test_exchanged_legs_are_mended_while_they_pass_each_other():
    track = film(movements.treadmill(), Camera("left"), noise_px=1.0)
    whole, _ = cleaned(track)
    mended, notes = cleaned(exchanged(track, 55, 56, 57, 140))
    assert notes.swaps_mended == 4
    np.testing.assert_array_equal(mended.pixels, whole.pixels)


def test_exchanged_legs_are_mended_where_one_is_hardly_seen():
    track = film(synthetic.cycling(rate_hz=30.0), Camera("left"), noise_px=1.0)
    visibility = track.visibility.copy()
    visibility[:, [INDEX[f"right_{part}"] for part in ("hip", "knee", "ankle", "heel", "toe")]] = 0.3
    track = replace(track, visibility=visibility)
    whole, _ = cleaned(track)
    mended, notes = cleaned(exchanged(track, *range(50, 58), 140))
    assert notes.swaps_mended == 9
    np.testing.assert_array_equal(mended.pixels, whole.pixels)


def absent(track: Track, frames: slice) -> Track:
    pixels, metres = track.pixels.copy(), track.metres.copy()
    pixels[frames], metres[frames] = np.nan, np.nan
    return replace(track, pixels=pixels, metres=metres)


def test_legs_may_have_passed_each_other_in_an_absence():
    track = film(movements.treadmill(), Camera("left"), noise_px=1.0)
    for start in range(60, 93, 4):
        _, notes = cleaned(absent(track, slice(start, start + 16)))
        assert (notes.swaps_mended, notes.frames_filled) == (0, 0)


def test_after_a_long_absence_the_model_is_believed_again():
    track = absent(film(synthetic.squat(reps=2)), slice(90, 110))
    _, notes = cleaned(exchanged(track, *range(60, 90)))
    assert (notes.swaps_mended, notes.frames_filled) == (30, 0)


# --- slips ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [24.0, 30.0, 60.0])
@pytest.mark.parametrize("part", ["left_knee", "right_ankle", "left_shoulder"])
def test_a_single_frame_s_slip_is_removed_and_filled(part, rate_hz):
    track = film(synthetic.squat(reps=1, rate_hz=rate_hz))
    at = int(2.3 * rate_hz)
    whole, _ = cleaned(track)
    result, notes = cleaned(moved(track, INDEX[part], (60.0, -60.0), at))
    assert notes == Cleaning(1, 0, 1, CUTOFF_HZ)
    assert np.abs(result.pixels - whole.pixels).max() < 1.0


def test_a_slip_beside_a_gap_is_removed():
    track = hidden(film(synthetic.squat(reps=1)), KNEE, 50, 51)
    whole, _ = cleaned(track)
    result, notes = cleaned(moved(track, KNEE, (-70.0, 0.0), 52))
    assert notes == Cleaning(3, 0, 3, CUTOFF_HZ)
    assert np.abs(result.pixels - whole.pixels).max() < 2.0


MOVEMENTS = {
    "squat": (synthetic.squat(), Camera()),
    "deep and fast": (movements.faster(synthetic.squat(depth=0.4), 2.0), Camera()),
    "single leg": (synthetic.single_leg(), Camera()),
    "chair": (synthetic.sit_to_stand(), Camera("back")),
    "stairs": (synthetic.stairs(), Camera("back", distance=6.0)),
    "walk": (movements.walk(start=-0.8), Camera("left", width=1920, distance=5.0)),
    "cycling": (synthetic.cycling(rate_hz=30.0), Camera()),
}


@pytest.mark.parametrize("rate_hz", [12.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("name", MOVEMENTS)
def test_no_movement_is_taken_for_a_slip(name, rate_hz):
    motion, camera = MOVEMENTS[name]
    _, notes = cleaned(film(movements.at_rate(motion, rate_hz), camera, noise_px=1.0))
    assert (notes.frames_dropped, notes.swaps_mended, notes.frames_filled) == (0, 0, 0)


# --- gaps -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frames", [1, 3, 6])
@pytest.mark.parametrize("at", [40, 57, 70])
def test_a_short_gap_is_filled_close_to_the_truth(frames, at):
    track = film(synthetic.squat(reps=1))
    result, notes = cleaned(hidden(track, KNEE, *range(at, at + frames)))
    assert np.isfinite(result.pixels).all()
    assert np.abs(result.pixels[:, KNEE] - track.pixels[:, KNEE]).max() < 1.5
    assert np.abs(result.metres[:, KNEE] - track.metres[:, KNEE]).max() < 0.01
    assert notes == Cleaning(frames, 0, frames, CUTOFF_HZ)


@pytest.mark.parametrize(
    ("rate_hz", "max_gap_s", "filled"), [(30.0, 0.2, 6), (60.0, 0.1, 6), (24.0, 0.2, 4), (15.0, 0.2, 3)]
)
def test_how_long_a_gap_may_be_is_time_not_frames(rate_hz, max_gap_s, filled):
    track = film(movements.at_rate(synthetic.squat(reps=1), rate_hz))
    for frames, open_frames in ((filled, 0), (filled + 1, filled + 1)):
        result, notes = cleaned(hidden(track, KNEE, *range(40, 40 + frames)), max_gap_s=max_gap_s)
        assert np.isnan(result.pixels[:, KNEE, 0]).sum() == open_frames
        assert notes.frames_filled == frames - open_frames


def test_the_ends_stay_open():
    track = film(synthetic.squat(reps=1))
    result, notes = cleaned(hidden(track, KNEE, 0, 1, track.frames - 2, track.frames - 1))
    gone = np.flatnonzero(np.isnan(result.pixels[:, KNEE, 0]))
    assert gone.tolist() == [0, 1, track.frames - 2, track.frames - 1]
    assert (notes.frames_dropped, notes.frames_filled) == (4, 0)


def test_frames_are_counted_once():
    track = film(synthetic.squat(reps=1))
    for part in ("left_knee", "left_ankle", "right_hip"):
        track = hidden(track, INDEX[part], 50, 51)
    _, notes = cleaned(hidden(track, KNEE, 60))
    assert notes == Cleaning(3, 0, 3, CUTOFF_HZ)


def test_the_filter_does_not_reach_across_an_open_gap():
    track = film(synthetic.still())
    step = moved(track, KNEE, (30.0, 0.0), *range(70, track.frames))
    result, _ = cleaned(hidden(step, KNEE, *range(50, 70)))
    np.testing.assert_allclose(result.pixels[:50, KNEE], step.pixels[:50, KNEE], atol=1e-6)
    np.testing.assert_allclose(result.pixels[70:, KNEE], step.pixels[70:, KNEE], atol=1e-6)


def test_the_filter_does_not_reach_across_a_hole_in_time():
    time_s = np.concatenate([np.arange(60) / 30, 4.0 + np.arange(60) / 30])
    track = film(synthetic.Motion(time_s, height=np.full(120, 0.985)))
    step = moved(track, KNEE, (30.0, 0.0), *range(60, 120))
    result, _ = cleaned(step)
    np.testing.assert_allclose(result.pixels, step.pixels, atol=1e-6)


# --- noise ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate_hz", "cutoff_hz", "used_hz"), [(30.0, 6.0, 6.0), (60.0, 8.0, 8.0), (60.0, 6.0, 6.0), (240.0, 6.0, 6.0)]
)
def test_at_the_cutoff_the_amplitude_is_half_the_power(rate_hz, cutoff_hz, used_hz):
    result, notes = cleaned(wave(cutoff_hz, rate_hz), cutoff_hz)
    amplitude = swing(result)[len(result.time_s) // 4 : -len(result.time_s) // 4]
    reached = np.sqrt(2.0 * np.mean(amplitude**2)) / 20.0
    assert reached == pytest.approx(1 / np.sqrt(2), rel=0.02)
    assert notes.filter_hz == used_hz


@pytest.mark.parametrize(("rate_hz", "used_hz"), [(24.0, 6.0), (20.0, 5.0), (12.5, 3.125), (15.0, 3.75)])
def test_slow_film_lowers_the_cutoff_to_a_quarter_of_its_rate(rate_hz, used_hz):
    result, notes = cleaned(wave(used_hz, rate_hz, 20.0))
    assert notes.filter_hz == pytest.approx(used_hz)
    inner = swing(result)[len(result.time_s) // 4 : -len(result.time_s) // 4]
    # Four samples a turn: every second is a zero, so the mean square is that of a sine all the same.
    assert np.sqrt(2.0 * np.mean(inner**2)) / 20.0 == pytest.approx(1 / np.sqrt(2), rel=0.03)


@pytest.mark.parametrize("frequency_hz", [0.5, 1.0, 2.0, 4.0])
def test_the_filter_shifts_nothing_in_time(frequency_hz):
    track = wave(frequency_hz)
    result, _ = cleaned(track)
    inner = slice(60, -60)
    turn = 2 * np.pi * frequency_hz * track.time_s[inner]
    phase = np.arctan2((swing(result)[inner] * np.cos(turn)).sum(), (swing(result)[inner] * np.sin(turn)).sum())
    assert abs(phase) < 0.01


def test_what_trembles_is_stilled_and_what_moves_is_kept():
    slow, fast = wave(1.0), wave(13.0)
    assert np.abs(swing(cleaned(slow)[0])[30:-30] - swing(slow)[30:-30]).max() < 0.05
    assert np.abs(swing(cleaned(fast)[0])[30:-30]).max() < 1.0


UNEVEN = {
    "jitter": np.concatenate([[0.0], np.cumsum(np.random.default_rng(1).uniform(0.8, 1.2, 299)) / 30]),
    "pictures left out": np.delete(np.arange(300) / 30, [50, 51, 100, 150, 152, 200]),
    "thirty, then sixty": np.concatenate([[0.0], np.cumsum(np.repeat([1 / 30, 1 / 60, 1 / 30], 100))]),
}


@pytest.mark.parametrize("name", UNEVEN)
def test_uneven_frames_keep_their_times(name):
    track = wave(0.8, time_s=UNEVEN[name])
    result, notes = cleaned(track)
    assert np.abs(swing(result) - swing(track))[5:-5].max() < 0.15
    assert np.abs(swing(result) - swing(track)).max() < 0.4
    assert (notes.frames_dropped, notes.frames_filled) == (0, 0)
    np.testing.assert_array_equal(result.time_s, track.time_s)


@pytest.mark.parametrize("name", UNEVEN)
def test_uneven_frames_are_stilled_as_well(name):
    track = film(synthetic.Motion(UNEVEN[name], height=np.full(len(UNEVEN[name]), 0.985)), noise_px=1.5)
    result, _ = cleaned(track)
    still = film(synthetic.still(0.1)).pixels[0]
    assert (result.pixels - still)[10:-10].std() < 1.1


@pytest.mark.parametrize("frames", [1, 3, 4, 5, 14])
def test_short_stretches_between_open_gaps_are_kept(frames):
    track = film(synthetic.squat(reps=1))
    result, _ = cleaned(hidden(track, KNEE, *range(20, 40), *range(40 + frames, 70)))
    kept = slice(40, 40 + frames)
    assert np.abs(result.pixels[kept, KNEE] - track.pixels[kept, KNEE]).max() < 1.0


@pytest.mark.parametrize(
    ("motion", "limit_px", "margin"),
    [
        (synthetic.squat(), 0.1, 0),
        (synthetic.squat(depth=0.4, inwards_deg=(20.0, 20.0)), 0.1, 0),
        (movements.step_down(), 0.1, 0),
        (synthetic.single_leg(), 0.15, 0),
        # A film that ends in the middle of a movement cannot know how it goes on.
        (synthetic.cycling(rate_hz=30.0), 0.2, 15),
    ],
    ids=["squat", "deep squat", "step-down", "single leg", "cycling"],
)
def test_a_clean_track_hardly_changes(motion, limit_px, margin):
    track = film(motion)
    result, _ = cleaned(track)
    inner = slice(margin, track.frames - margin)
    assert np.abs(result.pixels - track.pixels)[inner].max() < limit_px
    assert np.abs(result.metres - track.metres)[inner].max() < 0.001


# --- whatever the track ---------------------------------------------------------------------------------------------


@st.composite
def spoiled(draw) -> Track:
    """A short squat with noise, hidden landmarks, absences, slips and exchanges at any place."""
    rate_hz = draw(st.sampled_from([8.0, 15.0, 30.0, 60.0]))
    track = film(movements.at_rate(synthetic.squat(reps=1), rate_hz), noise_px=draw(st.sampled_from([0.0, 3.0])))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    visibility = np.where(random.random(track.visibility.shape) < draw(st.sampled_from([0.0, 0.1, 0.6])), 0.0, 1.0)
    track = replace(track, visibility=visibility)
    absent = random.random(track.frames) < draw(st.sampled_from([0.0, 0.2, 0.9]))
    pixels = np.where(absent[:, None, None], np.nan, track.pixels)
    metres = np.where(absent[:, None, None], np.nan, track.metres)
    slips = random.random(pixels.shape[:2]) < draw(st.sampled_from([0.0, 0.02]))
    pixels = pixels + np.where(slips[:, :, None], random.normal(0, 200, pixels.shape), 0.0)
    track = replace(track, pixels=pixels, metres=metres)
    return exchanged(track, *np.flatnonzero(random.random(track.frames) < draw(st.sampled_from([0.0, 0.1]))))


@settings(max_examples=25, deadline=None)
@given(spoiled())
def test_nothing_is_invented_outside_short_gaps(track):
    result, notes = cleaned(track)
    assert result.pixels.shape == track.pixels.shape
    assert result.metres.shape == track.metres.shape
    np.testing.assert_array_equal(np.isnan(result.pixels[..., 0]), np.isnan(result.metres[..., 2]))
    for counted in (notes.frames_dropped, notes.swaps_mended, notes.frames_filled):
        assert 0 <= counted <= track.frames
    seen = np.isfinite(track.pixels[..., 0]) & (track.visibility >= MIN_VISIBILITY)
    seen |= seen[:, list(SWAPPED)]
    known = np.isfinite(result.pixels[..., 0])
    interval_s = 1 / track.rate_hz
    for frame, landmark in np.argwhere(known & ~seen):
        around = np.flatnonzero(seen[:, landmark])
        before, after = around[around < frame], around[around > frame]
        assert len(before), "invented before it was first seen"
        assert len(after), "invented after it was last seen"
        # What the model doubts for a while may be believed; what it did not find may not.
        longest_s = MAX_DOUBTED_S if np.isfinite(track.pixels[before[-1] : after[0], landmark, 0]).all() else GAP_S
        assert track.time_s[after[0]] - track.time_s[before[-1]] - interval_s <= longest_s + 1e-6
    for name in ("time_s", "mirrored_frames", "mirrored_metres", "brightness", "people", "faces"):
        np.testing.assert_array_equal(getattr(result, name), getattr(track, name))
