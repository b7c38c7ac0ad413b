from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from alignment.core.marks import PELVIS, Marks
from alignment.core.measures import MEASURES
from alignment.core.result import Curve, Curves, Cycle, Summary, Verdict
from alignment.core.skeleton import INDEX
from alignment.views import faces, overlay
from alignment.views.canvas import COLOURS, INK, PAPER, Canvas, wrap
from alignment.views.figure import PLUMB, hips_words, knee_words
from alignment.views.footer import Footer, judgement, not_counted, repetition_counts
from alignment.views.overlay import Painter
from tests.results import make_result, make_track

pytestmark = pytest.mark.checked

WIDTH, HEIGHT, FRAMES = 640, 960, 4
GROUND = (90, 110, 60)
#: Landmarks in px of the film, seen from the front: the left knee bent outwards, the right one inwards.
BODY = {
    "left_shoulder": (380.0, 300.0),
    "right_shoulder": (260.0, 300.0),
    "left_hip": (370.0, 500.0),
    "right_hip": (270.0, 500.0),
    "left_knee": (430.0, 670.0),
    "right_knee": (300.0, 670.0),
    "left_ankle": (405.0, 800.0),
    "right_ankle": (250.0, 810.0),
    "left_toe": (450.0, 850.0),
    "right_toe": (240.0, 840.0),
}


def row(side, verdict, mean: float | None = 1.0, reason=None):
    return Summary("knee_over_toe", side, "pct", "key", mean, 0.5, 4, 0.4, None, None, None, verdict, reason)


def curve(measure, side, unit, values, error=1.0):
    number = np.asarray(values, float)
    blank = np.full(number.shape, "")
    return Curve(measure, side, unit, number, number * 0 + error, np.where(np.isnan(number), "hidden", ""), blank)


def track_of(*bodies, width=WIDTH, height=HEIGHT):
    """A track with these bodies (landmark name to px), one a frame; what a body does not name was not seen."""
    track = make_track(len(bodies))
    pixels = np.full((len(bodies), 33, 2), np.nan)
    for frame, body in enumerate(bodies):
        for name, place in body.items():
            pixels[frame, INDEX[name]] = place
    empty = np.full(track.faces.shape, np.nan)
    facts = replace(track.source, width=width, height=height)
    return replace(track, pixels=pixels, faces=empty, time_s=np.arange(len(bodies)) / 10, source=facts)


def result_of(track, *, left=Verdict.WITHIN, right=Verdict.OUTSIDE, curves=(), view=None, cycles=(), **changes):
    made = make_result(track, cycles=cycles)
    return replace(
        made,
        summary=(row("left", left), row("right", right)),
        viewpoint=replace(made.viewpoint, **(view or {})),
        curves=Curves(track, {(c.measure, c.side): c for c in curves}),
        **changes,
    )


def ground(width=WIDTH, height=HEIGHT):
    return np.full((height, width, 3), GROUND, np.uint8)


def paint(result, position=0, image=None):
    return Painter(result).paint(ground() if image is None else image, position)


def near(image, place, colour, reach=1, tolerance=40):
    """Whether the colour is found around this place (x, y)."""
    x, y = round(place[0]), round(place[1])
    part = image[y - reach : y + reach + 1, x - reach : x + reach + 1].astype(int)
    return bool((np.abs(part - colour).max(axis=-1) <= tolerance).any())


def where(image, colour, tolerance=40, rows=HEIGHT):
    """Places (x, y) of the film's picture that have this colour."""
    y, x = np.nonzero(np.abs(image[:rows].astype(int) - colour).max(axis=-1) <= tolerance)
    return np.column_stack([x, y])


def between(first, last, share):
    return tuple(np.asarray(first) + share * (np.asarray(last) - np.asarray(first)))


# --- the body ---------------------------------------------------------------------------------------------------------


def test_each_leg_is_drawn_where_it_is_in_its_verdicts_colour():
    image = paint(result_of(track_of(BODY)))
    for side, verdict in (("left", Verdict.WITHIN), ("right", Verdict.OUTSIDE)):
        for first, last in (("hip", "knee"), ("knee", "ankle")):
            ends = BODY[f"{side}_{first}"], BODY[f"{side}_{last}"]
            shown = [near(image, between(*ends, share), COLOURS[verdict]) for share in np.linspace(0.3, 0.85, 8)]
            assert all(shown), (side, first)
    assert not len(where(image[:, :320], COLOURS[Verdict.WITHIN]))
    assert not len(where(image[:HEIGHT, 320:], COLOURS[Verdict.OUTSIDE], rows=HEIGHT))


def test_the_dashed_line_runs_straight_from_hip_to_toe():
    image = paint(result_of(track_of(BODY)))
    hip, toe = BODY["right_hip"], BODY["right_toe"]
    on_it = [near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.1, 0.42, 100)]
    # Dashed: some of it white, some not; and the knee beside it is not on it.
    assert 0.3 < np.mean(on_it) < 0.95
    assert sum(a != b for a, b in pairwise(on_it)) >= 6
    gap = np.array([40.0, 0.0])
    assert not any(near(image, between(hip, toe, share) - gap, PAPER, 1, 60) for share in np.linspace(0.1, 0.4, 40))


def test_the_hips_are_joined():
    image = paint(result_of(track_of(BODY)))
    for share in (0.25, 0.4, 0.6, 0.75):
        assert near(image, between(BODY["right_hip"], BODY["left_hip"], share), PAPER)


@pytest.mark.parametrize("hidden", ["left_knee", "left_hip", "left_toe", "left_ankle"])
def test_a_landmark_that_was_not_seen_draws_nothing(hidden):
    seen = {name: place for name, place in BODY.items() if name != hidden}
    image, whole = paint(result_of(track_of(seen))), paint(result_of(track_of(BODY)))
    colour = COLOURS[Verdict.WITHIN]
    neighbour = {"left_knee": "left_hip", "left_hip": "left_knee", "left_toe": "left_ankle", "left_ankle": "left_knee"}
    middle = between(BODY[hidden], BODY[neighbour[hidden]], 0.4)
    assert near(whole, middle, colour, 4)
    assert not near(image, middle, colour, 4)
    assert near(image, between(BODY["right_knee"], BODY["right_hip"], 0.5), COLOURS[Verdict.OUTSIDE], 4)


def test_a_foot_out_of_the_picture_leaves_no_straight_line():
    seen = {name: place for name, place in BODY.items() if not name.endswith("toe")}
    image = paint(result_of(track_of(seen)))
    hip, toe = BODY["right_hip"], BODY["right_toe"]
    assert not any(near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.1, 0.42, 60))


def test_nobody_there_leaves_only_a_note_and_no_stale_skeleton():
    track = track_of(BODY, {}, BODY)
    painter = Painter(result_of(track))
    before = painter.paint(ground(), 0)
    empty = painter.paint(ground(), 1)
    changed = np.argwhere((empty[:HEIGHT] != GROUND).any(axis=-1))
    assert len(changed)
    assert changed[:, 0].max() < 0.1 * HEIGHT
    np.testing.assert_array_equal(painter.paint(ground(), 2)[:HEIGHT], before[:HEIGHT])


def test_a_smaller_picture_of_the_film_is_drawn_at_its_own_scale():
    track = track_of({name: (2 * x, 2 * y) for name, (x, y) in BODY.items()}, width=2 * WIDTH, height=2 * HEIGHT)
    np.testing.assert_array_equal(paint(result_of(track)), paint(result_of(track_of(BODY))))


@pytest.mark.parametrize("size", [(240, 427), (320, 240), (640, 480), (1280, 720), (1080, 1080), (101, 73)])
def test_any_size_gives_a_picture_in_which_words_have_room(size):
    width, height = size
    image = paint(result_of(track_of(BODY)), image=ground(width, height))
    enlarged = max(1.0, overlay.MIN_SIDE_PX / min(size))
    assert image.shape[1] == round(width * enlarged)
    assert image.shape[0] > round(height * enlarged)
    # Nothing of the strip is cut off at its right edge.
    strip = image[round(height * enlarged) + 2 :, -3:].astype(int)
    assert not (np.abs(strip - INK).max(axis=-1) > 60).any()


def test_the_given_picture_stays_as_it_is():
    track = track_of(BODY)
    track = replace(track, faces=np.full(track.faces.shape, 200.0))
    image = ground()
    paint(result_of(track), image=image)
    np.testing.assert_array_equal(image, ground())


def test_from_the_side_no_straight_line_and_no_hips_are_drawn():
    image = paint(result_of(track_of(BODY), view={"facing": "left"}))
    hip, toe = BODY["right_hip"], BODY["right_toe"]
    assert not any(near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.2, 0.4, 40))
    assert not near(image, between(BODY["right_hip"], BODY["left_hip"], 0.4), PAPER)
    assert not len(where(image, PLUMB, 15))
    assert near(image, between(BODY["right_knee"], BODY["right_hip"], 0.5), COLOURS[Verdict.OUTSIDE], 4)


@pytest.mark.parametrize(
    ("yaw_deg", "drawn"), [(-35.0, False), (-10.0, True), (0.0, True), (None, True), (25.0, False)]
)
def test_a_camera_far_from_the_front_leaves_the_straight_line_out(yaw_deg, drawn):
    image = paint(result_of(track_of(BODY), view={"yaw_deg": yaw_deg}))
    hip, toe = BODY["right_hip"], BODY["right_toe"]
    assert any(near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.2, 0.4, 40)) == drawn


@pytest.mark.parametrize("roll_deg", [-8.0, 0.0, 4.0, 12.0])
def test_the_plumb_line_turns_with_a_given_roll(roll_deg):
    image = paint(result_of(track_of(BODY), view={"roll_deg": roll_deg, "roll_given": True}))
    places = where(image, PLUMB, 20)
    across = np.polyfit(places[:, 1], places[:, 0], 1)
    # A camera turned anticlockwise turns the picture clockwise: the upper end leans to the right.
    assert -np.degrees(np.arctan(across[0])) == pytest.approx(roll_deg, abs=0.3)
    assert np.polyval(across, 500) == pytest.approx(320, abs=1)
    assert np.ptp(places[:, 1]) > 400


def test_an_estimated_roll_does_not_turn_the_plumb_line():
    image = paint(result_of(track_of(BODY), view={"roll_deg": 9.0, "roll_given": False}))
    assert np.ptp(where(image, PLUMB, 20)[:, 0]) < 8


# --- labels -----------------------------------------------------------------------------------------------------------


def test_labels_stand_on_the_outer_side_of_each_knee():
    image = paint(result_of(track_of(BODY)))
    beside_left, beside_right, between_knees = image[660:680, 448:], image[660:680, :285], image[640:700, 330:390]
    for beside in (beside_left, beside_right):
        assert len(where(beside, INK, 45)) > 100
        assert len(where(beside, PAPER, 60)) > 5
    assert not len(where(between_knees, INK, 45))


def test_a_label_leaves_the_straight_line_free():
    """A knee bent inwards has the straight line on its outer side, where the label stands."""
    image = paint(result_of(track_of(BODY), curves=[curve("knee_over_toe", "right", "pct", [6.0])]))
    hip, toe = BODY["right_hip"], BODY["right_toe"]
    x = round(between(hip, toe, 0.5)[0])
    assert not len(where(image[660:680, x - 16 : x - 8], INK, 45))
    assert len(where(image[660:680, x - 60 : x - 30], INK, 45)) > 100
    assert any(near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.46, 0.54, 30))


def test_from_the_side_labels_follow_the_knees_as_they_pass_each_other():
    crossed = {**BODY, "left_knee": BODY["right_knee"], "right_knee": BODY["left_knee"]}
    painter = Painter(result_of(track_of(BODY, crossed, BODY), view={"facing": "left"}))
    for position in range(3):
        image = painter.paint(ground(), position)
        assert not len(where(image[660:680, 330:390], INK, 45))
        assert len(where(image[660:680, 448:], PAPER, 60)) > 5


def test_a_label_shows_the_value_of_its_own_frame_and_none_where_there_is_none():
    values = curve("knee_over_toe", "left", "pct", [4.0, np.nan, 9.0])
    painter = Painter(result_of(track_of(BODY, BODY, BODY), curves=[values]))
    shown = [painter.paint(ground(), position)[640:700, 420:640] for position in range(3)]
    assert (shown[0] != shown[2]).any()
    no_curve = paint(result_of(track_of(BODY)))[640:700, 420:640]
    np.testing.assert_array_equal(shown[1], no_curve)


def test_a_value_too_unsure_to_be_told_is_not_shown():
    unsure = curve("knee_over_toe", "left", "pct", [4.0], error=2 * MEASURES["knee_over_toe"].useful_se)
    np.testing.assert_array_equal(paint(result_of(track_of(BODY), curves=[unsure])), paint(result_of(track_of(BODY))))


@pytest.mark.parametrize(
    ("measure", "value", "leg_m", "words"),
    [
        ("knee_over_toe", 4.2, None, "4 % in"),
        ("knee_over_toe", -12.0, None, "12 % out"),
        ("knee_over_toe", 0.3, None, "on line"),
        ("knee_over_foot", 4.2, 0.8, "3 cm in"),
        ("knee_over_foot", -12.0, 0.8, "10 cm out"),
        ("knee_over_foot", 0.3, None, "over foot"),
        ("fppa_image", -12.4, None, "12° out"),
        ("fppa", 7.0, 0.8, "7° in"),
        ("fppa", -0.4, None, "straight"),
    ],
)
def test_a_knees_value_in_words(measure, value, leg_m, words):
    assert knee_words(measure, value, leg_m) == words


def judged_by(measure, *curves):
    """A result whose legs are judged by this measure."""
    made = result_of(track_of(BODY), curves=curves)
    return replace(made, summary=tuple(replace(one, measure=measure) for one in made.summary))


def test_the_knee_is_labelled_with_what_is_judged():
    beside, toe_line = curve("knee_over_foot", "left", "pct", [3.0]), curve("knee_over_toe", "left", "pct", [-22.0])
    label = np.s_[640:700, 420:640]
    alone = paint(judged_by("knee_over_foot", beside))[label]
    np.testing.assert_array_equal(paint(judged_by("knee_over_foot", beside, toe_line))[label], alone)
    # Where the distance to the line from hip to toe is judged, or nothing is, it stands there as before.
    for measure in ("knee_over_toe", "trunk_lean"):
        assert (paint(judged_by(measure, beside, toe_line))[label] != alone).any()


def test_a_knee_held_against_its_foot_has_a_line_straight_down_in_place_of_that_from_hip_to_toe():
    image = paint(judged_by("knee_over_foot", curve("knee_over_foot", "right", "pct", [6.0])))
    knee, toe, hip = (np.array(BODY[f"right_{part}"]) for part in ("knee", "toe", "hip"))
    down = [near(image, (knee[0], y), PAPER, 1, 60) for y in np.linspace(knee[1] + 15, toe[1] - 5, 60)]
    assert 0.3 < np.mean(down) < 0.95
    assert not any(near(image, between(hip, toe, share), PAPER, 1, 60) for share in np.linspace(0.12, 0.4, 60))
    # Where the number is not known, nothing is held against anything.
    unknown = paint(judged_by("knee_over_foot", curve("knee_over_foot", "right", "pct", [np.nan])))
    assert not any(near(unknown, (knee[0], y), PAPER, 1, 60) for y in np.linspace(knee[1] + 15, toe[1] - 5, 60))


@pytest.mark.parametrize(
    ("degrees", "words"), [(3.2, "R hip 3° higher"), (-12.0, "L hip 12° higher"), (0.4, "hips level")]
)
def test_the_hips_in_words(degrees, words):
    assert hips_words(degrees) == words


def test_the_hips_label_says_which_side_is_higher():
    bodies = [BODY] * 4
    angles = curve("pelvic_obliquity", "body", "deg", [6.0, -6.0, 0.1, np.nan])
    painter = Painter(result_of(track_of(*bodies), curves=[angles]))
    shown = [painter.paint(ground(), position)[430:490, 150:490] for position in range(4)]
    for first, last in combinations(range(4), 2):
        assert (shown[first] != shown[last]).any(), (first, last)
    without = paint(result_of(track_of(BODY)))[430:490, 150:490]
    np.testing.assert_array_equal(shown[3], without)


def marked(left, right, *curves, frames=1, **changes):
    """The result of somebody who wears marks at these places of the picture."""
    track = track_of(*[BODY] * frames)
    pixels = np.array([[left, right]] * frames, float)
    worn = replace(track, marks=Marks("dots", PELVIS, pixels, np.ones(pixels.shape[:2]), 0.3))
    return result_of(worn, curves=curves, **changes)


def test_the_pelvis_line_runs_between_the_marks_where_somebody_wears_them():
    left, right = (365.0, 440.0), (275.0, 455.0)
    image = paint(marked(left, right))
    assert all(near(image, between(left, right, share), PAPER) for share in (0.1, 0.25, 0.75, 0.9))
    hips = BODY["left_hip"], BODY["right_hip"]
    assert not any(near(image, between(*hips, share), PAPER) for share in (0.25, 0.75))
    assert near(paint(result_of(track_of(BODY))), between(*hips, 0.25), PAPER)
    # A mark that is not seen has no line.
    assert not near(paint(marked((np.nan, np.nan), right)), between(left, right, 0.75), PAPER)


def test_the_pelvis_label_is_against_the_horizontal_where_that_is_known_and_else_against_standing():
    assert hips_words(5.0, "standing") == "R hip 5° higher than in standing"
    assert hips_words(-5.0, "median") == "L hip 5° higher than usual"
    assert hips_words(0.2, "standing") == "hips as in standing"
    change = curve("pelvic_change", "body", "deg", [6.0])
    level = curve("pelvic_obliquity", "body", "deg", [6.0])
    unsure = curve("pelvic_obliquity", "body", "deg", [6.0], error=3.5)
    places = (365.0, 440.0), (275.0, 455.0)
    both, absolute, against = (
        paint(marked(*places, *curves))[380:440] for curves in ((change, level), (level,), (change, unsure))
    )
    np.testing.assert_array_equal(both, absolute)
    assert (against != absolute).any()


def test_a_label_at_the_edge_stays_inside():
    body = {name: (x + 235, y) for name, (x, y) in BODY.items()}
    values = curve("knee_over_toe", "left", "pct", [-12.0])
    image = paint(result_of(track_of(body), curves=[values]))
    # The panel is dark; it ends before the picture does.
    dark = where(image[640:700], INK, 30, rows=60)
    assert dark[:, 0].max() == pytest.approx(WIDTH - 4, abs=3)


def test_degrees_umlauts_and_signs_have_letters_of_their_own():
    drawn = {}
    for letter in "?°äöüÄÖÜß–·%":
        canvas = Canvas(np.zeros((40, 40, 3), np.uint8), 24.0)
        canvas.text((4, 20), letter, 24.0)
        drawn[letter] = canvas.image
        assert canvas.image.any(), letter
    for one, other in combinations(drawn, 2):
        assert (drawn[one] != drawn[other]).any(), (one, other)


def test_text_is_broken_to_the_width_between_words():
    canvas = Canvas(np.zeros((10, 10, 3), np.uint8), 20.0)
    text = "near the edge of the usual range of everybody"
    lines = wrap(canvas, text, 20.0, 150.0)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(canvas.text_width(line, 20.0) <= 150 for line in lines)
    assert wrap(canvas, "", 20.0, 150.0) == []


# --- verdicts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("radius", [7, 12, 20])
def test_every_verdict_has_a_shape_of_its_own(radius):
    drawn = {}
    for mark in COLOURS:
        canvas = Canvas(np.zeros((4 * radius, 4 * radius, 3), np.uint8), float(radius))
        canvas.mark((2 * radius, 2 * radius), float(radius), mark)
        # Without colours: only what is as bright as the mark's brightest colour.
        drawn[mark] = np.abs(canvas.image.astype(int) - COLOURS[mark]).max(axis=-1) < 60
    for one, other in combinations(drawn, 2):
        union = (drawn[one] | drawn[other]).sum()
        assert (drawn[one] ^ drawn[other]).sum() > 0.2 * union, (one, other)


def test_every_verdict_has_a_word_of_its_own():
    track = track_of(BODY)
    marks = [Verdict.WITHIN, Verdict.EDGE, Verdict.OUTSIDE, Verdict.UNKNOWN, None]
    words = [judgement(result_of(track, left=mark), ["left"]).words for mark in marks]
    assert words[:4] == [
        "inside the usual range",
        "near the edge of the usual range",
        "outside the usual range",
        "cannot tell",
    ]
    assert len(set(words)) == 5


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        ([Verdict.WITHIN, Verdict.EDGE], Verdict.EDGE),
        ([Verdict.EDGE, Verdict.OUTSIDE, Verdict.WITHIN], Verdict.OUTSIDE),
        ([None, Verdict.WITHIN], Verdict.WITHIN),
        ([Verdict.UNKNOWN, Verdict.OUTSIDE], Verdict.OUTSIDE),
        ([Verdict.UNKNOWN, None], Verdict.UNKNOWN),
        ([None, None], None),
    ],
)
def test_a_leg_is_as_its_worst_measure(verdicts, worst):
    track = track_of(BODY)
    rows = (*(row("left", verdict) for verdict in verdicts), row("right", Verdict.OUTSIDE))
    assert judgement(replace(result_of(track), summary=rows), ["left"]).mark is worst


def test_what_could_not_be_told_is_noted_beside_what_could():
    rows = (row("left", Verdict.WITHIN), row("left", Verdict.UNKNOWN, None, "camera_yaw"))
    told = judgement(replace(result_of(track_of(BODY)), summary=rows), ["left"])
    assert told.note == "as far as the film can tell"


def test_a_leg_without_any_number_is_not_called_measured():
    rows = (row("left", None, None),)
    assert judgement(replace(result_of(track_of(BODY)), summary=rows), ["left"]).mark is Verdict.UNKNOWN
    assert judgement(replace(result_of(track_of(BODY)), summary=()), ["left"]).mark is Verdict.UNKNOWN


def test_cannot_tell_says_why():
    rows = (row("left", Verdict.UNKNOWN, None, "side_view"),)
    told = judgement(replace(result_of(track_of(BODY)), summary=rows), ["left"])
    assert (told.words, told.note) == ("cannot tell", "the camera looks from the side")


def test_what_lies_outside_is_named():
    rows = (row("left", Verdict.WITHIN), replace(row("left", Verdict.OUTSIDE), measure="pelvic_drop"))
    told = judgement(replace(result_of(track_of(BODY)), summary=rows), ["left"])
    assert told.note == "drop of the pelvis on the free side"


def test_verdicts_stand_under_their_legs():
    from_front = paint(result_of(track_of(BODY)))[HEIGHT:]
    from_behind = paint(result_of(track_of(BODY), view={"facing": "back"}))[HEIGHT:]
    for strip, outside_on_left in ((from_front, True), (from_behind, False)):
        places = where(strip, COLOURS[Verdict.OUTSIDE], 20, rows=60)
        assert len(places) > 100
        assert bool(places[:, 0].mean() < WIDTH / 2) == outside_on_left


def test_what_stands_out_of_both_legs_together_gets_a_place_of_its_own():
    plain = result_of(track_of(BODY))
    both = replace(plain, summary=(*plain.summary, row("body", Verdict.EDGE)))
    assert not len(where(paint(plain)[HEIGHT:], COLOURS[Verdict.EDGE], 20))
    assert len(where(paint(both)[HEIGHT:], COLOURS[Verdict.EDGE], 20)) > 100
    quiet = replace(plain, summary=(*plain.summary, row("body", Verdict.WITHIN)))
    np.testing.assert_array_equal(paint(quiet), paint(plain))


# --- counting ---------------------------------------------------------------------------------------------------------


def cycle(index, start_s, end_s, side="both", kind="rep", rejected=None):
    return Cycle(index, kind, side, start_s, end_s, (start_s + end_s) / 2, rejected)


REPS = (cycle(0, 1.0, 2.0), cycle(1, 2.5, 3.5, rejected="too_shallow"), cycle(2, 4.0, 5.0), cycle(3, 6.0, 7.0))


@pytest.mark.parametrize(("time_s", "done"), [(0.0, 0), (1.99, 0), (2.0, 1), (3.6, 1), (5.0, 2), (9.0, 3)])
def test_finished_repetitions_are_counted_without_the_rejected(time_s, done):
    assert repetition_counts(result_of(track_of(BODY), cycles=REPS), time_s) == [f"Repetitions: {done} of 3"]


def test_steps_are_counted_for_each_leg():
    steps = tuple(cycle(i, float(i), i + 0.8, ("left", "right")[i % 2], "step") for i in range(5))
    assert repetition_counts(result_of(track_of(BODY), cycles=steps), 2.9) == [
        "Steps, left: 2 of 3",
        "Steps, right: 1 of 2",
    ]


def test_no_repetition_at_all_is_said():
    assert repetition_counts(result_of(track_of(BODY)), 1.0) == ["No repetition found"]


def test_a_rejected_repetition_is_named_with_its_reason_while_it_lasts():
    result = result_of(track_of(BODY), cycles=REPS)
    assert not_counted(result, 2.4) == ""
    assert not_counted(result, 3.0) == "not counted: it is too shallow"
    assert not_counted(result, 3.7) == "not counted: it is too shallow"
    assert not_counted(result, 5.5) == ""


def test_the_strip_keeps_its_height_and_shows_what_changes():
    result = result_of(track_of(BODY), cycles=REPS)
    strip = Footer(result, WIDTH, 20.0, [])
    drawn = [strip.paint(time_s).copy() for time_s in np.arange(0, 9, 0.5)]
    assert len({image.shape for image in drawn}) == 1
    assert (drawn[0] != drawn[-1]).any()
    np.testing.assert_array_equal(drawn[0], strip.paint(0.2))


# --- faces ------------------------------------------------------------------------------------------------------------


def noise(rows=300, columns=400):
    return np.random.default_rng(5).integers(0, 255, (rows, columns, 3)).astype(np.uint8)


def sharpness(image):
    """Mean step from one pixel to the next."""
    return float(np.abs(np.diff(image.astype(int), axis=1)).mean())


def test_inside_the_circle_nothing_fine_is_left_and_outside_nothing_changes():
    image = noise()
    before = image.copy()
    faces.blur(image, np.array([[200.0, 150.0, 60.0]]))
    y, x = np.mgrid[:300, :400]
    apart = np.hypot(x - 200, y - 150)
    assert (image[apart < 60] != before[apart < 60]).any(axis=-1).mean() > 0.99
    assert sharpness(image[110:190, 160:240]) < 0.03 * sharpness(before[110:190, 160:240])
    np.testing.assert_array_equal(image[apart > 62], before[apart > 62])


def test_two_faces_that_differ_only_in_detail_look_the_same_afterwards():
    """What tells two people apart lies in the detail: a chequered face and its negative come out alike."""
    y, x = np.mgrid[:200, :200]
    fine = ((x // 4 + y // 4) % 2 * 200 + 20).astype(np.uint8)[..., None].repeat(3, axis=-1)
    one, other = fine.copy(), 240 - fine
    for image in (one, other):
        faces.blur(image, np.array([[100.0, 100.0, 50.0]]))
    assert np.abs(one[70:130, 70:130].astype(int) - other[70:130, 70:130]).max() < 20


@pytest.mark.parametrize("circle", [(-20, 10, 40), (395, 295, 40), (200, 150, 0.4), (900, 900, 30), (200, 150, 900)])
def test_circles_at_and_beyond_the_edge_do_no_harm(circle):
    image = noise()
    faces.blur(image, np.array([circle], float))
    assert image.shape == (300, 400, 3)


def covered(circles, place):
    """Whether a place lies inside one of the circles."""
    return bool((np.hypot(circles[:, 0] - place[0], circles[:, 1] - place[1]) <= circles[:, 2]).any())


def people(frames, *tracks):
    """Faces of several people, who change places along the axis from frame to frame."""
    found = np.full((frames, 4, 3), np.nan)
    for frame in range(frames):
        for k, places in enumerate(tracks):
            if places[frame] is not None:
                found[frame, (k + frame) % 4] = places[frame]
    return found


def test_a_face_found_in_every_frame_gets_its_own_circle_only():
    places = [(100.0 + 2 * i, 80.0, 20.0) for i in range(30)]
    circles = faces.covers(people(30, places), np.arange(30) / 30)
    for place, frame in zip(places, circles, strict=True):
        np.testing.assert_allclose(frame, [place])


def test_a_face_missed_for_a_few_frames_stays_covered_while_people_change_places():
    still = [(300.0, 90.0, 25.0)] * 60
    moving = [(60.0 + 3 * i, 80.0, 20.0) for i in range(60)]
    shown = [None if 20 <= i < 29 else place for i, place in enumerate(moving)]
    circles = faces.covers(people(60, still, shown), np.arange(60) / 30)
    for i in range(60):
        assert covered(circles[i], moving[i]), i
        assert covered(circles[i], still[i]), i


def test_the_way_through_a_gap_is_covered_also_longer_than_half_a_second():
    moving = [(60.0 + 4 * i, 80.0 + i, 15.0) for i in range(90)]
    shown = [None if 20 <= i < 60 else place for i, place in enumerate(moving)]
    circles = faces.covers(people(90, shown), np.arange(90) / 30)
    for i in range(90):
        assert covered(circles[i], moving[i]), i


def test_half_a_second_before_the_first_and_after_the_last_sighting_is_covered_and_no_more():
    shown = [(200.0, 90.0, 25.0) if 30 <= i < 60 else None for i in range(90)]
    circles = faces.covers(people(90, shown), np.arange(90) / 30)
    hold = round(30 * faces.HOLD_S)
    expected = [30 - hold <= i < 60 + hold for i in range(90)]
    assert [covered(frame, (200, 90)) for frame in circles] == expected


def test_one_face_does_not_cover_up_for_another_that_is_missing():
    near_one = [(200.0, 90.0, 25.0)] * 30
    other = [(260.0, 90.0, 25.0) if not 10 <= i < 14 else None for i in range(30)]
    circles = faces.covers(people(30, near_one, other), np.arange(30) / 30)
    assert all(covered(frame, (260, 90)) and covered(frame, (200, 90)) for frame in circles)


def test_nobody_and_single_frames_need_no_cover():
    assert [len(c) for c in faces.covers(np.full((3, 4, 3), np.nan), np.arange(3) / 30)] == [0, 0, 0]
    assert faces.covers(np.full((0, 4, 3), np.nan), np.zeros(0)) == []


def test_faces_are_blurred_unless_asked_otherwise():
    track = track_of(BODY)
    circles = np.full(track.faces.shape, np.nan)
    circles[0, 2] = (320.0, 180.0, 50.0)
    result = result_of(replace(track, faces=circles))
    picture = np.repeat(np.repeat(noise(HEIGHT // 4, WIDTH // 4), 4, axis=0), 4, axis=1)
    head = slice(150, 210), slice(330, 350)
    blurred, clear = Painter(result).paint(picture, 0), Painter(result, blur_faces=False).paint(picture, 0)
    np.testing.assert_array_equal(clear[head], picture[head])
    assert sharpness(blurred[head]) < 0.2 * sharpness(clear[head])
    half = Painter(result).paint(np.ascontiguousarray(picture[::2, ::2]), 0)
    assert half.shape[1] == overlay.MIN_SIDE_PX
    assert sharpness(half[112:157, 248:262]) < 0.2 * sharpness(clear[head])


def test_a_result_without_its_curves_is_refused():
    with pytest.raises(ValueError, match="curves"):
        Painter(make_result(make_track(), curves=False))


def test_painting_leaves_no_trace_from_one_width_to_the_next():
    painter = Painter(result_of(track_of(BODY)))
    first = painter.paint(ground(), 0)
    painter.paint(ground(1280, 1920), 0)
    np.testing.assert_array_equal(painter.paint(ground(), 0), first)
