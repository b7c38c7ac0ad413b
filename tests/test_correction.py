"""Landmarks put right by a person: the moment is then true, nothing else changes, and the error stated stays honest."""

from dataclasses import replace
from functools import cache
from itertools import permutations

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.cleaning import clean
from alignment.core.correction import FLAT_S, MEMORY_CYCLES, MOVABLE, Correction, apply_corrections
from alignment.core.measures import MOMENT_S
from alignment.core.result import Result
from alignment.core.skeleton import INDEX, OTHER, SWAPPED
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.texts import is_known, text_of
from alignment.views.wording import reason_words
from tests.analyses import activity, analyze, analyzed, filmed, result_of, without
from tests.movements import mirrored
from tests.synthetic import Camera, film, squat

CUTOFF_HZ = 6.0
#: Squats that do not touch each other: deepest at 2 and 5 s.
TRUE = film(squat(reps=2, inwards_deg=(10.0, -5.0)))
ONE = film(squat(reps=1, inwards_deg=(10.0, -5.0)))


@cache
def usual() -> Result:
    """What is measured where nothing is misplaced."""
    return result_of(TRUE)


def cleaned(track: Track, name: str = "squat") -> Track:
    act = ACTIVITIES[activity(name)]
    return clean(track, cutoff_hz=act.cutoff_hz, max_gap_s=act.max_gap_s)[0]


def misplaced(track: Track, landmark: str, off_px, about_s: float, for_s: float) -> Track:
    """The track with a landmark off by so much for a while, as a model leaves it."""
    pixels = track.pixels.copy()
    pixels[np.abs(track.time_s - about_s) <= for_s / 2, INDEX[landmark]] += off_px
    return replace(track, pixels=pixels)


def put_right(true: Track, landmark: str, time_s: float) -> Correction:
    """The landmark put where it truly is at this time; `true` is cleaned."""
    at = int(np.abs(true.time_s - time_s).argmin())
    x_px, y_px = true.pixels[at, INDEX[landmark]]
    return Correction(float(true.time_s[at]), landmark, float(x_px), float(y_px))


def at_key(cycle) -> dict:
    return {(one.measure, one.side): one for one in cycle.values if one.at == "key"}


# --- the moment ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "landmark", "off_px", "for_s"),
    [
        ("squat", "left_knee", (30.0, 5.0), 0.4),
        ("squat", "left_knee", (30.0, 5.0), 3.0),
        ("squat", "right_hip", (-20.0, 15.0), 1.0),
        ("squat", "left_ankle", (10.0, 4.0), 1.0),
        ("squat", "left_toe", (25.0, 10.0), 0.4),
        ("squat", "left_shoulder", (40.0, 0.0), 1.0),
        ("left_squat", "left_knee", (-25.0, 0.0), 0.6),
        ("sit_to_stand", "right_knee", (15.0, 5.0), 0.5),
    ],
)
def test_the_value_at_the_moment_is_what_it_would_have_been(name, landmark, off_px, for_s):
    true, good = filmed(name), analyzed(name)
    cycle = [one for one in good.cycles if one.side in ("both", landmark.split("_")[0])][1]
    wrong = misplaced(true, landmark, off_px, cycle.key_s, for_s)
    before = result_of(wrong, activity(name))
    after = analyze(
        wrong, ACTIVITIES[activity(name)], corrections=[put_right(cleaned(true, name), landmark, cycle.key_s)]
    )
    wanted, off, found = (at_key(one.cycles[cycle.index]) for one in (good, before, after))
    given = [key for key, value in wanted.items() if value.value is not None]
    # It was noticeably wrong …
    errors = [abs((off[key].value or 0.0) - wanted[key].value) / wanted[key].standard_error for key in given]
    assert max(errors) > 0.4
    # … and is now right to a twelfth of its own error, or better.
    for key in given:
        assert found[key].value == pytest.approx(wanted[key].value, abs=wanted[key].standard_error / 12), key
    # Other repetitions stay exactly as they are, as do camera and lengths.
    assert after.viewpoint == before.viewpoint
    assert [one for one in after.cycles if one.index != cycle.index] == [
        one for one in before.cycles if one.index != cycle.index
    ]


@pytest.mark.parametrize(
    ("name", "landmark", "off_px", "for_s"),
    [("stairs", "left_hip", (15.0, 12.0), 0.4), ("cycling", "left_knee", (15.0, 5.0), 0.3)],
)
def test_a_step_and_a_pedal_turn_are_put_right_where_they_are_wrong(name, landmark, off_px, for_s):
    """Steps and turns come so fast that the values before and after rest on frames nearby; their moments do not change."""
    true, good = filmed(name), analyzed(name)
    cycle = [one for one in good.cycles if one.side == "left"][1]
    wrong = misplaced(true, landmark, off_px, cycle.key_s, for_s)
    before = result_of(wrong, activity(name))
    after = analyze(
        wrong, ACTIVITIES[activity(name)], corrections=[put_right(cleaned(true, name), landmark, cycle.key_s)]
    )
    wanted, off, found = (at_key(one.cycles[cycle.index])["fppa", "left"] for one in (good, before, after))
    assert abs(off.value - wanted.value) > 6.0
    assert found.value == pytest.approx(wanted.value, abs=0.3)
    for one, other in zip(before.cycles, after.cycles, strict=True):
        if one.index != cycle.index:
            assert (other.key_s, at_key(other)) == (one.key_s, at_key(one))


def test_an_ankle_that_was_off_throughout_is_put_right_without_the_foot_seeming_to_move():
    wrong = misplaced(TRUE, "left_ankle", (12.0, 4.0), 0.0, 1e3)
    before = result_of(wrong)
    after = analyze(wrong, ACTIVITIES["squat"], corrections=[put_right(cleaned(TRUE), "left_ankle", 5.0)])
    wanted, off, found = (at_key(one.cycles[1])["fppa", "left"] for one in (usual(), before, after))
    assert abs(off.value - wanted.value) > 3.0
    assert found.value == pytest.approx(wanted.value, abs=0.3)


def test_a_foot_stands_as_the_model_saw_it_stand():
    """A person places an ankle to 1 % of a leg; a foot that moved by that much from frame to frame would be a lifted one."""
    track = filmed("left_squat")
    key_s = analyzed("left_squat").cycles[0].key_s
    place = put_right(cleaned(track, "left_squat"), "left_ankle", key_s)
    nudged = replace(place, x_px=place.x_px + 6.0)
    knees = [
        at_key(analyze(track, ACTIVITIES["single_leg_squat"], corrections=[one]).cycles[0])["knee_flexion", "left"]
        for one in (place, nudged)
    ]
    assert knees[1].value == pytest.approx(knees[0].value, abs=1.5)


# --- the window ----------------------------------------------------------------------------------------------------


def test_the_moment_is_that_of_the_values():
    assert FLAT_S == MOMENT_S


@pytest.mark.parametrize("cutoff_hz", [3.0, 6.0, 8.0])
def test_the_memory_is_that_of_the_filter(cutoff_hz):
    """A step in one landmark, cleaned: within 1 % of either side about so long before and after it, and not much earlier."""
    still = film(squat(reps=0, starts_s=[1.0], depth=0.0, rate_hz=120.0))
    raw = replace(still, pixels=still.pixels + np.where(still.time_s > 2.0, 10.0, 0.0)[:, None, None])
    smooth, done = clean(raw, cutoff_hz=cutoff_hz, max_gap_s=0.2)
    assert done.filter_hz == cutoff_hz
    step = (smooth.pixels - still.pixels)[:, INDEX["left_knee"], 0] / 10.0
    away_s = np.abs(still.time_s - 2.0)
    off = np.minimum(np.abs(step), np.abs(step - 1.0))
    reach_s = MEMORY_CYCLES / cutoff_hz
    inner = (still.time_s > 0.5) & (still.time_s < 3.5)
    assert off[inner & (away_s > reach_s)].max() < 0.05
    assert off[inner & (away_s > 1.3 * reach_s)].max() < 0.015
    assert off[inner & (away_s < 0.4 * reach_s)].max() > 0.1


def test_the_shift_is_what_the_filter_shows_of_a_model_that_was_off_for_the_moment():
    """Raw, the knee is off in just the frames that the value rests on: cleaned, that is the shift of a correction."""
    reach_s = MEMORY_CYCLES / CUTOFF_HZ
    raw = misplaced(TRUE, "left_knee", (10.0, 0.0), 5.0, 2 * (FLAT_S + reach_s))
    seen = (cleaned(raw).pixels - cleaned(TRUE).pixels)[:, INDEX["left_knee"], 0]
    place = put_right(TRUE, "left_knee", 5.0)
    moved, _ = apply_corrections(TRUE, [replace(place, x_px=place.x_px + 10.0)], CUTOFF_HZ)
    made = (moved.pixels - TRUE.pixels)[:, INDEX["left_knee"], 0]
    away_s = np.abs(TRUE.time_s - 5.0)
    assert seen[away_s <= FLAT_S + 1e-6] == pytest.approx(10.0, abs=0.1)
    assert np.abs(seen[away_s > FLAT_S + 2 * reach_s]).max() < 0.1
    assert np.abs(seen - made).max() < 3.0
    assert seen.sum() == pytest.approx(made.sum(), rel=0.05)


def test_the_landmark_moves_whole_at_the_moment_and_ever_less_around_it():
    place = put_right(TRUE, "left_knee", 5.0)
    moved, hand = apply_corrections(TRUE, [replace(place, x_px=place.x_px + 20.0)], CUTOFF_HZ)
    knee = INDEX["left_knee"]
    way = moved.pixels - TRUE.pixels
    away_s = np.abs(TRUE.time_s - 5.0)
    order = np.argsort(away_s, kind="stable")
    share = hand.share[:, knee]
    assert way[:, knee, 0] == pytest.approx(20.0 * share)
    assert (share[away_s <= FLAT_S + 1e-6] == 1.0).all()
    assert (np.diff(share[order]) <= 0).all()
    end_s = FLAT_S + 2 * MEMORY_CYCLES / CUTOFF_HZ
    assert (share[away_s > end_s + 1e-5] == 0.0).all()
    assert share[(away_s > FLAT_S + 0.03) & (away_s < end_s - 0.01)].min() > 0.0
    others = [at for at in range(len(MOVABLE)) if at != knee]
    assert (way[:, others] == 0).all()
    assert (hand.share[:, others] == 0).all()


def test_no_correction_changes_nothing():
    moved, hand = apply_corrections(TRUE, [], CUTOFF_HZ)
    assert np.array_equal(moved.pixels, TRUE.pixels)
    assert not hand.share.any()
    assert analyze(TRUE, ACTIVITIES["squat"], corrections=()) == analyze(TRUE, ACTIVITIES["squat"])


def test_a_correction_to_where_it_is_changes_no_number():
    after = analyze(TRUE, ACTIVITIES["squat"], corrections=[put_right(cleaned(TRUE), "left_knee", 5.0)])
    for one, other in zip(usual().cycles, after.cycles, strict=True):
        assert [value.value for value in other.values] == [value.value for value in one.values]


def test_in_a_film_that_was_not_filtered_the_moment_alone_is_moved():
    place = put_right(TRUE, "left_knee", 5.0)
    _, hand = apply_corrections(TRUE, [place], None)
    assert set(np.flatnonzero(hand.share[:, INDEX["left_knee"]])) == {149, 150, 151}


# --- several of them -----------------------------------------------------------------------------------------------


def test_several_close_in_time_do_not_add_up_and_their_order_does_not_matter():
    wrong = misplaced(TRUE, "left_knee", (30.0, 5.0), 5.0, 1.0)
    base, true = cleaned(wrong), cleaned(TRUE)
    places = [put_right(true, "left_knee", time_s) for time_s in (4.9, 5.0, 5.1)]
    one, _ = apply_corrections(base, places[1:2], CUTOFF_HZ)
    tracks = [apply_corrections(base, order, CUTOFF_HZ)[0] for order in permutations(places)]
    assert all(np.array_equal(track.pixels, tracks[0].pixels) for track in tracks)
    knee, near = INDEX["left_knee"], np.abs(TRUE.time_s - 5.0) < 0.16
    # One makes the moment true, three a longer while, and nowhere is the shift made twice.
    assert tracks[0].pixels[near, knee] == pytest.approx(true.pixels[near, knee], abs=0.5)
    way = np.abs(tracks[0].pixels - base.pixels)[:, knee]
    single = np.abs(one.pixels - base.pixels)[:, knee]
    assert way.max() <= single.max() + 0.5
    for place in places:
        at = int(np.abs(TRUE.time_s - place.time_s).argmin())
        assert tuple(tracks[0].pixels[at, knee]) == pytest.approx((place.x_px, place.y_px))


def test_of_two_for_one_landmark_and_frame_the_last_stands():
    first, last = Correction(5.0, "left_knee", 300.0, 700.0), Correction(5.001, "left_knee", 320.0, 710.0)
    assert tuple(apply_corrections(TRUE, [first, last], CUTOFF_HZ)[0].pixels[150, INDEX["left_knee"]]) == (320.0, 710.0)


def test_corrections_of_several_landmarks_and_repetitions_stand_side_by_side():
    places = [put_right(TRUE, name, time_s) for name, time_s in (("left_knee", 2.0), ("right_hip", 5.0))]
    places = [replace(one, x_px=one.x_px + 15.0) for one in places]
    both, _ = apply_corrections(TRUE, places, CUTOFF_HZ)
    each = [apply_corrections(TRUE, [one], CUTOFF_HZ)[0] for one in places]
    assert both.pixels == pytest.approx(each[0].pixels + each[1].pixels - TRUE.pixels)


# --- what was not seen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["not_found", "not_believed"])
def test_a_landmark_that_was_not_seen_is_seen_where_a_person_puts_it(how):
    deep = np.abs(TRUE.time_s - 5.0) < 0.14
    if how == "not_found":
        hidden = without(TRUE, "knee", frames=deep)
    else:
        visibility, pixels = TRUE.visibility.copy(), TRUE.pixels.copy()
        knees = np.ix_(deep, [INDEX["left_knee"], INDEX["right_knee"]])
        visibility[knees] = 0.05
        pixels[knees] += np.resize([[80.0, 0.0], [-80.0, 0.0]], (deep.sum(), 2))[:, None]
        hidden = replace(TRUE, visibility=visibility, pixels=pixels)
    before, true = result_of(hidden), cleaned(TRUE)
    assert at_key(before.cycles[1])["knee_over_toe", "left"].value is None
    after = analyze(hidden, ACTIVITIES["squat"], corrections=[put_right(true, "left_knee", 5.0)])
    found, wanted = at_key(after.cycles[1]), at_key(usual().cycles[1])
    assert found["fppa_image", "left"].value == pytest.approx(wanted["fppa_image", "left"].value, abs=0.15)
    # The other knee, still unseen, has no say in how far away the hips are.
    assert found["knee_over_toe", "left"].value == pytest.approx(wanted["knee_over_toe", "left"].value, abs=0.3)
    # The knee that nobody placed stays unseen, and so does this one before and after the moment.
    assert found["knee_over_toe", "right"].reason == "not_seen"
    track = after.curves.track
    here = np.flatnonzero(np.isfinite(track.pixels[deep, INDEX["left_knee"], 0])) + np.flatnonzero(deep)[0]
    assert list(here) == [149, 150, 151]
    assert (track.visibility[here, INDEX["left_knee"]] == 1.0).all()
    assert np.isfinite(track.metres[here, INDEX["left_knee"]]).all()


def test_a_landmark_that_was_never_seen_can_be_placed():
    toeless = without(TRUE, "toe")
    true = cleaned(TRUE)
    after = analyze(
        toeless,
        ACTIVITIES["squat"],
        corrections=[
            put_right(true, f"{side}_toe", time_s) for side in ("left", "right") for time_s in (2.0, 5.0, 8.0)
        ],
    )
    for one, wanted in zip(after.cycles, usual().cycles, strict=True):
        found = at_key(one)["knee_over_toe", "left"]
        assert found.value == pytest.approx(at_key(wanted)["knee_over_toe", "left"].value, abs=0.2)


# --- the error that is stated --------------------------------------------------------------------------------------


def test_a_hand_is_not_surer_than_the_model_on_a_good_film():
    after = analyze(TRUE, ACTIVITIES["squat"], corrections=[put_right(cleaned(TRUE), "left_knee", 5.0)])
    one, other = at_key(usual().cycles[1]), at_key(after.cycles[1])
    for name in ("fppa", "fppa_image", "knee_over_toe"):
        factor = other[name, "left"].standard_error / one[name, "left"].standard_error
        assert 1.02 < factor < 1.2, name
    assert other["trunk_lean", "body"].standard_error == one["trunk_lean", "body"].standard_error


def test_a_hand_is_surer_than_a_model_that_hardly_sees():
    visibility = TRUE.visibility.copy()
    visibility[:, INDEX["left_knee"]] = 0.16
    dim = replace(TRUE, visibility=visibility)
    before = result_of(dim)
    after = analyze(dim, ACTIVITIES["squat"], corrections=[put_right(cleaned(dim), "left_knee", 5.0)])
    errors = [at_key(one.cycles[1])["knee_over_toe", "left"].standard_error for one in (before, after)]
    assert errors[1] < 0.9 * errors[0]


def test_where_the_shift_fades_out_the_error_holds_half_of_it():
    """Nobody knows how long the model was wrong: halfway out, the number may be off by half the shift either way."""
    place = put_right(cleaned(TRUE), "left_knee", 5.0)
    far = replace(place, x_px=place.x_px + 30.0)
    near, moved = (analyze(TRUE, ACTIVITIES["squat"], corrections=[one]).curves for one in (place, far))
    half = 150 + round((FLAT_S + MEMORY_CYCLES / CUTOFF_HZ) * 30.0)
    key = ("knee_over_toe", "left")
    kept, wide = (one.by_measure[key].standard_error for one in (near, moved))
    full = abs(moved.by_measure[key].value[150] - near.by_measure[key].value[150])
    assert np.sqrt(wide[half] ** 2 - kept[half] ** 2) == pytest.approx(full / 2, rel=0.25)
    assert wide[150] == pytest.approx(kept[150], rel=0.1)
    assert wide[170] == kept[170]


def test_an_error_as_large_as_a_persons_lies_within_the_error_stated():
    """Joints placed with 1 % of a leg's length of error: the numbers err by less than is stated, and not by little."""
    rng = np.random.default_rng(4)
    true, wanted = cleaned(ONE), at_key(result_of(ONE).cycles[0])
    leg_px, off = 310.0, []
    joints = [put_right(true, f"{side}_{part}", 2.0) for side in ("left", "right") for part in ("hip", "knee", "ankle")]
    for _ in range(5):
        errors_px = rng.normal(0.0, 0.01 * leg_px, (len(joints), 2)).tolist()
        noisy = [
            replace(one, x_px=one.x_px + dx, y_px=one.y_px + dy)
            for one, (dx, dy) in zip(joints, errors_px, strict=True)
        ]
        found = at_key(analyze(ONE, ACTIVITIES["squat"], corrections=noisy).cycles[0])
        off += [
            (found[name, side].value - wanted[name, side].value) / found[name, side].standard_error
            for name in ("fppa_image", "knee_over_toe")
            for side in ("left", "right")
        ]
    # What else is unsure (camera, lengths) is right in this film, so that less than 1 is used up, but not little.
    assert 0.4 < np.sqrt(np.mean(np.square(off))) < 1.0


# --- the track as a whole ------------------------------------------------------------------------------------------


def test_a_mirrored_film_gives_the_mirrored_result():
    done = squat(reps=1, inwards_deg=(10.0, -5.0), starts_s=[1.0])
    films = [film(done, Camera(yaw_deg=8.0)), film(mirrored(done), Camera(yaw_deg=-8.0))]
    place = Correction(2.0, "left_knee", 400.0, 700.0)
    twin = Correction(2.0, "right_knee", films[1].source.width - 400.0, 700.0)
    one, other = (
        analyze(track, ACTIVITIES["squat"], corrections=[put]) for track, put in zip(films, (place, twin), strict=True)
    )
    for key, value in at_key(one.cycles[0]).items():
        measure, side = key
        opposite = at_key(other.cycles[0])[measure, OTHER.get(side, side)]
        if value.value is None or measure in ("trunk_lean", "weight_right_share", "pelvic_obliquity"):
            continue
        assert opposite.value == pytest.approx(value.value, abs=0.02), key
        assert opposite.standard_error == pytest.approx(value.standard_error, abs=0.05), key


def test_metres_go_along_also_those_of_the_mirrored_frames():
    """A sampled frame: in the mirrored picture the other side's landmark moves as much the other way."""
    frame = int(TRUE.mirrored_frames[5])
    shoulder = INDEX["left_shoulder"]
    place = put_right(TRUE, "left_shoulder", float(TRUE.time_s[frame]))
    moved, _ = apply_corrections(TRUE, [replace(place, x_px=place.x_px + 40.0, y_px=place.y_px - 10.0)], CUTOFF_HZ)
    way = (moved.metres - TRUE.metres)[frame, shoulder]
    # The figure is 4 leg lengths away, a leg 0.85 of the model's metres, the picture's focal length 1280 px.
    px_per_m = 1280.0 / 4.0 / 0.85
    assert way == pytest.approx([40.0 / px_per_m, -10.0 / px_per_m, 0.0], abs=0.003)
    twin = (moved.mirrored_metres - TRUE.mirrored_metres)[5, SWAPPED[shoulder]]
    assert twin == pytest.approx(way * [-1.0, 1.0, 1.0])
    assert np.array_equal(moved.mirrored_metres[0], TRUE.mirrored_metres[0])


def test_the_track_given_stays_as_it_was():
    before = TRUE.pixels.copy(), TRUE.metres.copy(), TRUE.visibility.copy(), TRUE.mirrored_metres.copy()
    apply_corrections(TRUE, [Correction(5.0, "left_knee", 100.0, 100.0)], CUTOFF_HZ)
    after = TRUE.pixels, TRUE.metres, TRUE.visibility, TRUE.mirrored_metres
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


# --- what the result says ------------------------------------------------------------------------------------------


def test_a_result_with_corrections_says_so_with_the_measures_they_touch():
    places = [put_right(cleaned(TRUE), name, time_s) for name, time_s in (("right_knee", 5.0), ("left_toe", 2.0))]
    places = [replace(one, x_px=one.x_px + 20.0) for one in places]
    after = analyze(TRUE, ACTIVITIES["squat"], corrections=places[::-1])
    said = [one for one in after.quality.reasons if one.code == "by_hand"]
    assert len(said) == 1
    words = reason_words(said[0])
    assert words.message == "Moved by hand on key frames: left toe in repetition 1, right knee in repetition 2."
    assert words.remedy
    assert {"fppa_image", "knee_over_toe", "knee_flexion", "knee_ankle_ratio"} <= set(said[0].measures)
    assert "trunk_lean" not in said[0].measures
    assert after.quality.grade == "usable"
    assert type(after).from_json(after.to_json()) == after
    assert "by_hand" not in [one.code for one in usual().quality.reasons]


def test_many_corrections_are_counted_and_one_between_repetitions_has_its_time():
    places = [put_right(TRUE, name, 2.0) for name in MOVABLE[:8]] + [put_right(TRUE, "left_knee", 6.9)]
    said = analyze(TRUE, ACTIVITIES["squat"], corrections=places).quality.reasons
    message = next(reason_words(one).message for one in said if one.code == "by_hand")
    assert "and 3 more" in message
    lone = analyze(TRUE, ACTIVITIES["squat"], corrections=places[-1:]).quality.reasons
    assert "left knee at 6.90 s" in next(reason_words(one).message for one in lone if one.code == "by_hand")


def test_every_landmark_that_can_be_moved_has_a_name():
    assert len(MOVABLE) == 12
    assert [name for name in MOVABLE if not is_known(f"landmark_{name}")] == []


# --- what cannot be used -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (Correction(5.0, "nose", 1.0, 1.0), "correction_landmark"),
        (Correction(5.0, "knee", 1.0, 1.0), "correction_landmark"),
        (Correction(-0.5, "left_knee", 1.0, 1.0), "correction_no_frame"),
        (Correction(99.0, "left_knee", 1.0, 1.0), "correction_no_frame"),
        (Correction(5.0, "left_knee", -1.0, 1.0), "correction_outside"),
        (Correction(5.0, "left_knee", 1.0, 1e4), "correction_outside"),
        (Correction(5.0, "left_knee", float("nan"), 1.0), "correction_outside"),
    ],
)
def test_what_fits_no_landmark_no_frame_or_no_place_is_refused(one, code):
    with pytest.raises(InputError) as fault:
        apply_corrections(TRUE, [one], CUTOFF_HZ)
    assert fault.value.code == code
    assert text_of(fault.value).remedy
