"""What a film cannot carry: for each fault the measures it costs, why, and the way out. Known truth: what was spoiled."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.measures import FRONTAL as FRONT_OR_BACK
from alignment.core.measures import MEASURES
from alignment.core.result import changed_deg
from alignment.views.wording import camera_words, reason_words
from tests.analyses import MOVEMENTS, activity, analyzed, filmed, result_of, row, unseen, without
from tests.movements import at_rate
from tests.synthetic import Camera, film, single_leg, squat, wearing

FRONTAL = {name for name, measure in MEASURES.items() if measure.views == FRONT_OR_BACK}
#: Codes of what makes measures less sure and refuses none, where the camera's yaw was corrected.
REMARKS = ("roll_unknown", "subject_turned")
#: No number can lie beyond these whatever a body does: by unit, and where that can be said more narrowly.
POSSIBLE_BY_UNIT = {"deg": (-120, 120), "pct": (-50, 50), "share": (-0.2, 1.2), "ratio": (0, 4)}
POSSIBLE = {
    "fppa": (-90, 90),
    "knee_flexion": (0, 170),
    "pelvic_obliquity": (-30, 30),
    "pelvic_drop": (-30, 30),
    "trunk_lean": (-60, 60),
}


def reason(result, code):
    """The one reason of this code."""
    found = [one for one in result.quality.reasons if one.code == code]
    assert len(found) == 1, [one.code for one in result.quality.reasons]
    return found[0]


def codes(result):
    return [one.code for one in result.quality.reasons]


def lost(result):
    """The measures without a number on one side at least, by the summary."""
    return {one.measure for one in result.summary if one.mean is None}


def shown(name):
    return set(ACTIVITIES[name].measures)


def shown_from_the_front(name):
    return {one for one in shown(name) if "front" in MEASURES[one].views}


def changed(track, **facts):
    return replace(track, source=replace(track.source, **facts))


# --- one fault at a time -------------------------------------------------------------------------------------------


def test_a_film_with_nothing_to_say_is_good():
    result = analyzed("squat", camera_roll_deg=0.0)
    assert (result.quality.grade, result.quality.reasons) == ("good", ())
    assert lost(result) == set()


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_view_costs_what_is_seen_from_the_front(side):
    result = analyzed("squat", Camera(side))
    told = reason(result, "side_view")
    assert set(told.measures) == FRONTAL & shown("squat") == lost(result) - {"knee_flexion"}
    assert reason(result, "far_leg_hidden").measures == ("knee_flexion",)
    words = reason_words(told)
    assert words.message == (
        f"The camera looks from your {side} side, so it cannot see whether your knees go inwards or outwards."
    )
    assert words.remedy == "Film from straight in front or behind."
    assert {one.reason for one in result.summary if one.measure in told.measures} == {"side_view"}
    assert row(result, "knee_flexion", side).mean == pytest.approx(85.5, abs=10.0)


@pytest.mark.parametrize(
    ("facing", "yaw_deg", "words"), [("front", 40.0, "40° to your left"), ("back", -42.0, "42° to your right")]
)
def test_a_camera_too_far_round_costs_what_is_seen_from_the_front(facing, yaw_deg, words):
    result = analyzed("squat", Camera(facing, yaw_deg=yaw_deg))
    told = reason(result, "camera_yaw")
    assert not result.viewpoint.corrected
    assert set(told.measures) == FRONTAL & shown("squat") == lost(result)
    assert reason_words(told).message == f"The camera stood about {words}."
    assert reason_words(told).remedy == "Film from straight in front or behind."
    assert {one.reason for one in result.summary if one.mean is None} == {"camera_yaw"}
    assert not set(codes(result)) & set(REMARKS)


def test_a_camera_somewhat_aside_is_corrected_and_told():
    result = analyzed("squat", Camera(yaw_deg=12.0))
    told = reason(result, "camera_yaw")
    assert result.viewpoint.corrected
    words = reason_words(told).message
    assert words.startswith("The camera stood about 12° to your left. The knee results allow for that.")
    assert set(told.measures) == {"fppa", "knee_over_toe", "knee_ankle_ratio"}
    assert {row.reason for row in result.summary if row.measure in told.measures} <= {None, "camera_yaw", "too_unsure"}
    at_key = [{(v.measure, v.side): v.value for v in one.values if v.at == "key"} for one in result.cycles]
    changes = [abs(one["fppa", leg] - one["fppa_image", leg]) for one in at_key for leg in ("left", "right")]
    corrected = camera_words(result.viewpoint, changed_deg(result.cycles), clinical=True)
    assert corrected.endswith(f"FPPA corrected by up to {np.max(changes):.0f}°")
    assert "camera_yaw" not in codes(analyzed("squat", Camera(yaw_deg=3.0)))


def test_a_camera_in_front_is_asked_for_where_only_that_shows_the_movement():
    told = reason(analyzed("cycling", Camera(yaw_deg=40.0)), "camera_yaw")
    assert reason_words(told).remedy == "Film from straight in front."
    assert set(told.measures) == {"knee_over_toe", "fppa"}


def test_an_unknown_roll_is_remarked_where_an_upright_measure_is_shown():
    result = analyzed("squat")
    told = reason(result, "roll_unknown")
    assert set(told.measures) == {"trunk_lean", "weight_right_share"}
    assert reason_words(told).message == "We don't know whether the phone was level. For the knees that is fine."
    assert "unsure by 2° (SE)" in reason_words(told, clinical=True).message
    assert "Level the phone" in reason_words(told).remedy
    assert row(result, "trunk_lean", "body").mean is not None
    assert "roll_unknown" not in codes(analyzed("cycling"))
    assert "roll_unknown" not in codes(analyzed("squat", camera_roll_deg=0.0))


def test_hidden_toes_cost_what_needs_them():
    result = result_of(without(filmed("squat"), "toe"))
    told = reason(result, "feet_out")
    assert set(told.measures) == {"knee_over_foot", "knee_over_toe", "weight_right_share"} == lost(result)
    assert reason_words(told).message == "The feet are out of the picture or hidden in 100 % of the pictures."
    assert reason_words(told).remedy == "Film the whole body down to the toes, with nothing in front."
    assert row(result, "knee_over_toe", "left").reason == "not_seen"
    # Toes tell something of the camera's yaw, too.
    assert row(result, "fppa", "left").mean == pytest.approx(row(analyzed("squat"), "fppa", "left").mean, abs=0.05)


def test_toes_hidden_for_a_moment_cost_the_repetition_and_nothing_else():
    hidden = np.zeros(len(filmed("squat").time_s), bool)
    # Longer than a gap that is filled, around the second repetition's key moment.
    hidden[135:166] = True
    result = result_of(without(filmed("squat"), "toe", frames=hidden))
    found = row(result, "knee_over_toe", "left")
    assert (found.n, row(result, "fppa", "left").n) == (2, 3)
    assert found.mean == pytest.approx(row(analyzed("squat"), "knee_over_toe", "left").mean, abs=0.1)
    assert "feet_out" not in codes(result)


@pytest.mark.parametrize(("parts", "code"), [(("knee",), "hips_out"), (("ankle", "heel", "toe"), "feet_out")])
def test_without_knees_or_ankles_nothing_can_be_told(parts, code):
    result = result_of(without(filmed("squat"), *parts))
    told = reason(result, code)
    assert result.quality.grade == "unusable"
    assert set(told.measures) == shown_from_the_front("squat") == lost(result)
    assert "100 %" in reason_words(told).message
    assert reason_words(told).remedy.startswith("Film the whole body")
    # The movement may be the right one: it could not be found, and that is said already.
    assert "wrong_activity" not in codes(result)
    assert not [cycle for cycle in result.cycles if cycle.rejected is None]


def test_nobody_is_told_as_such():
    result = result_of(unseen(filmed("squat")))
    told = reason(result, "nobody")
    assert result.quality.grade == "unusable"
    assert set(told.measures) == shown("squat") == lost(result)
    assert reason_words(told).remedy.startswith("Film one person")
    assert {one.reason for one in result.summary} == {"nobody"}
    assert result.viewpoint.facing is None


def test_who_is_seen_in_a_few_pictures_only_counts_as_nobody():
    gone = np.arange(len(filmed("squat").time_s)) % 12 > 0
    assert codes(result_of(unseen(filmed("squat"), frames=gone))) == ["nobody"]


def test_who_is_seen_for_a_part_of_the_film_is_measured_there():
    track = film(squat(starts_s=(1.0, 4.0, 16.0)))
    result = result_of(unseen(track, frames=track.time_s > 7.5))
    told = reason(result, "seldom_seen")
    assert reason_words(told).message == "The person was found in only 40 % of the pictures."
    assert [cycle.key_s for cycle in result.cycles if cycle.rejected is None] == pytest.approx([2.0, 5.0], abs=0.1)
    assert row(result, "fppa", "left").mean == pytest.approx(0.0, abs=1.0)
    assert told.measures == ()


@pytest.mark.parametrize("frames", [1, 2, 9, 20])
def test_a_film_too_short_is_told_with_its_length(frames):
    track = filmed("squat")
    kept = {name: getattr(track, name)[:frames] for name in ("time_s", "pixels", "metres", "visibility", "brightness")}
    kept |= {name: getattr(track, name)[:frames] for name in ("sharpness", "people", "faces")}
    samples = track.mirrored_frames < frames
    kept |= {"mirrored_frames": track.mirrored_frames[samples], "mirrored_metres": track.mirrored_metres[samples]}
    result = result_of(replace(track, **kept))
    told = reason(result, "too_short")
    assert reason_words(told).message == f"The film is only {(frames - 1) / 30:.1f} s long."
    assert set(told.measures) == shown("squat") == lost(result)


def test_a_dark_film_is_told_as_such():
    track = filmed("squat")
    result = result_of(replace(track, brightness=np.full(track.frames, 12.0)))
    told = reason(result, "too_dark")
    assert set(told.measures) == shown("squat") == lost(result)
    assert reason_words(told).remedy == "Film in daylight or switch on the light."
    assert result_of(replace(track, brightness=np.full(track.frames, 60.0))).measured


@pytest.mark.parametrize("name", ["still", "walk"])
def test_another_movement_is_told_as_such(name):
    result = analyzed(name)
    told = reason(result, "wrong_activity")
    assert result.quality.grade == "unusable"
    assert set(told.measures) == shown_from_the_front("squat") == lost(result)
    assert reason_words(told).message.startswith("We found nothing that counts as squat, because ")
    assert reason_words(told).remedy.startswith("Check that the right movement is chosen")
    assert {one.reason for one in result.summary} <= {"no_cycles", "little_bend"}


def test_a_film_too_slow_for_movement_counts_nothing():
    result = result_of(film(at_rate(squat(), 8.0)))
    told = reason(result, "low_rate")
    assert reason_words(told).message == "The film has only 8.0 pictures a second, too few to follow a movement."
    assert reason_words(told).remedy == "Film with 30 pictures a second or more."
    assert set(told.measures) == shown_from_the_front("squat") == lost(result)
    assert {one.reason for one in result.summary} == {"film_too_slow"}
    assert result.cycles
    assert {cycle.rejected for cycle in result.cycles} == {"film_too_slow"}
    assert "wrong_activity" not in codes(result)


def test_a_slow_film_is_smoothed_more_and_says_so():
    result = result_of(film(at_rate(squat(inwards_deg=(10.0, -5.0)), 15.0)))
    told = reason(result, "slow_film")
    assert told.measures == ()
    assert reason_words(told).message.startswith("The film has only 15 pictures a second")
    assert "at 3.8 Hz" in reason_words(told, clinical=True).message
    found, usual = (row(one, "fppa", "left") for one in (result, analyzed("squat")))
    assert found.mean == pytest.approx(usual.mean, abs=found.standard_error)


def test_a_small_figure_is_remarked_and_less_sure():
    result = result_of(film(squat(), Camera(distance=14.0, width=360, height_px=640)))
    assert reason(result, "small_figure").measures == ()
    assert "pixels tall" in reason_words(reason(result, "small_figure")).message
    assert row(result, "fppa", "left").mean is None or (
        row(result, "fppa", "left").standard_error > row(analyzed("squat"), "fppa", "left").standard_error
    )


def test_who_turns_makes_the_numbers_less_sure():
    turning = replace(squat(), turned_deg=np.linspace(-15.0, 15.0, len(squat().time_s)))
    result = result_of(film(turning))
    told = reason(result, "subject_turned")
    assert result.viewpoint.yaw_varies
    assert reason_words(told).remedy == "Keep facing the same way."
    assert set(told.measures) <= FRONTAL & shown("squat")
    assert result.viewpoint.yaw_se_deg > 1.3 * analyzed("squat").viewpoint.yaw_se_deg
    assert row(result, "fppa", "left").standard_error > row(analyzed("squat"), "fppa", "left").standard_error
    assert "subject_turned" not in codes(analyzed("squat"))


def test_what_the_film_itself_lacks_is_told():
    track = changed(filmed("squat"), damaged=True, rate_assumed=True, fps=25.0)
    result = result_of(track, camera_roll_deg=0.0)
    assert codes(result) == ["damaged", "rate_assumed"]
    assert "25 pictures a second" in reason_words(reason(result, "rate_assumed")).message
    assert result.quality.grade == "good"
    assert codes(result_of(unseen(track))) == ["damaged", "rate_assumed", "nobody"]


def test_several_people_are_told_with_the_one_followed():
    track = filmed("squat")
    crowd = replace(track, people=np.full(track.frames, 3))
    assert "person 1 was followed" in reason_words(reason(result_of(crowd), "several_people")).message
    assert "person 2 was followed" in reason_words(reason(result_of(crowd, person=2), "several_people")).message


def test_repetitions_that_do_not_count_are_told_with_their_number():
    # The last one ends with the film.
    track = film(squat(starts_s=(1.0, 4.0, 7.0)))
    kept = track.time_s < 8.0
    cut = replace(
        track,
        **{
            name: getattr(track, name)[kept] for name in ("time_s", "pixels", "metres", "visibility", "people", "faces")
        },
        **{name: getattr(track, name)[kept] for name in ("brightness", "sharpness")},
        mirrored_frames=track.mirrored_frames[:8],
        mirrored_metres=track.mirrored_metres[:8],
    )
    told = reason(result_of(cut), "few_cycles")
    assert reason_words(told).message == (
        "2 of 3 repetitions count. The others do not, mostly because the film begins or ends in the middle of it."
    )
    assert told.measures == ()


@pytest.mark.parametrize(
    ("name", "rows"),
    [("stairs", {"pelvic_drop", "pelvic_obliquity"}), ("left_squat", {"pelvic_drop"}), ("cycling", set())],
)
def test_without_marks_the_pelvis_is_no_dead_end(name, rows):
    result = analyzed(name)
    assert {row.measure for row in result.summary if row.reason == "needs_marks"} == rows
    assert result.pelvis is None
    if not rows:
        # Without marks a bicycle shows no pelvis, so nothing needs saying of it.
        assert "needs_marks" not in codes(result)
        return
    told = reason(result, "needs_marks")
    assert set(told.measures) == rows
    words = reason_words(told)
    assert words.message == "Whether your hips stay level cannot be told from the body alone: wear two marks."
    assert "alignment tags" in words.remedy


def test_a_missing_baseline_is_told_with_its_way_out():
    motion = single_leg("left", reps=2)
    track = wearing(film(motion), motion)
    # The film begins after the foot was lifted and ends before it comes down.
    inside = (track.time_s > 1.9) & (track.time_s < 8.0)
    kept = {name: getattr(track, name)[inside] for name in ("time_s", "pixels", "metres", "visibility", "people")}
    kept |= {name: getattr(track, name)[inside] for name in ("faces", "brightness", "sharpness")}
    kept |= {"mirrored_frames": track.mirrored_frames[:4], "mirrored_metres": track.mirrored_metres[4:8]}
    kept["marks"] = replace(track.marks, pixels=track.marks.pixels[inside], score=track.marks.score[inside])
    result = result_of(replace(track, **kept), "single_leg_squat", camera_roll_deg=0.0)
    assert row(result, "pelvic_drop", "left").reason == "no_standing"
    told = reason(result, "no_standing")
    assert told.measures == ("pelvic_drop",)
    assert reason_words(told).message == "The film shows no quiet standing to compare with."
    assert reason_words(told, clinical=True).message == (
        "Cannot tell: contralateral pelvic drop, because the film shows no quiet standing to compare with."
    )
    assert reason_words(told).remedy == "Stand still on both feet for a second before the first repetition."


# --- whatever the movement and the camera --------------------------------------------------------------------------

CAMERAS = [
    None,
    Camera("front", yaw_deg=25.0),
    Camera("back", yaw_deg=-40.0),
    Camera("right", yaw_deg=-35.0),
]


def check(name, camera):
    """Every number is possible, and every missing one explained, from wherever this movement is filmed."""
    if name == "stairs" and camera is not None and camera.facing != "back":
        camera = replace(camera, facing="back")
    result = analyzed(name, camera)
    _assert_explained(result, name)
    for cycle in result.cycles:
        for value in (value for value in cycle.values if value.value is not None):
            low, high = POSSIBLE.get(value.measure, POSSIBLE_BY_UNIT[value.unit])
            assert low <= value.value <= high, value
            assert 0 < value.standard_error <= MEASURES[value.measure].useful_se, value
            # Never a stale number: what is told of a moment lies in the repetition.
            assert cycle.start_s <= value.time_s <= cycle.end_s
    return sum(row.mean is not None for row in result.summary)


def test_faults_explain_the_missing_numbers_and_no_number_is_impossible_from_anywhere():
    films = [(name, camera) for name in MOVEMENTS for camera in CAMERAS]
    given = {film: check(*film) for film in films}
    # From in front there are numbers, and from aside fewer.
    for name in MOVEMENTS:
        assert (given[name, None] > 0) == (name not in ("still", "walk"))
        assert given[name, CAMERAS[-1]] <= given[name, None]


def _assert_explained(result, name):
    missing = lost(result)
    given = {one.measure for one in result.summary if one.mean is not None}
    no_fault = {one.measure for one in result.summary if one.reason in ("no_cycles", "one_leg_only")}
    listed = set()
    for one in result.quality.reasons:
        assert set(one.measures) <= shown(activity(name)), one
        assert reason_words(one).message
        assert reason_words(one).remedy
        remark = one.code in REMARKS or (one.code == "camera_yaw" and result.viewpoint.corrected)
        if remark:
            held_back = {r.measure for r in result.summary if r.mean is None and r.reason == one.code}
            assert set(one.measures) <= given | held_back, one
        else:
            assert set(one.measures) <= missing, one
        listed |= set(one.measures)
    counted = any(cycle.rejected is None for cycle in result.cycles)
    assert missing - (no_fault if counted else set()) <= listed
    assert (result.quality.grade == "unusable") == (not given)
    assert (result.quality.grade == "good") == (bool(given) and not listed)
