"""The verdict on the filming alone: from a few pictures with known truth, from films, by command and from Python."""

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import alignment
from alignment import sources, workflow
from alignment.cli import main
from alignment.core.activities import ACTIVITIES
from alignment.core.quality import check_filming
from alignment.core.settings import Settings
from alignment.errors import InputError
from alignment.pose.fake import FakeEngine
from alignment.request import Request
from alignment.texts import ENGLISH
from alignment.views.wording import reason_words
from tests import films
from tests.analyses import activity, analyzed, filmed, glimpsed, unseen, without
from tests.fakes import engine_replaced, poses_of
from tests.setups import HEAVY
from tests.synthetic import Camera

FRONTAL = {
    "fppa",
    "fppa_image",
    "knee_over_foot",
    "knee_over_toe",
    "knee_ankle_ratio",
    "weight_right_share",
    "pelvic_obliquity",
} | {
    "pelvic_drop",
    "pelvic_change",
    "trunk_lean",
}


def checked(name="squat", camera=None, **options):
    return check_filming(glimpsed(filmed(name, camera)), ACTIVITIES[activity(name)], HEAVY, Settings(**options))


def codes(found):
    return [reason.code for reason in found.quality.reasons]


def changed(track, **facts):
    return replace(track, source=replace(track.source, **facts))


# --- one fault at a time -------------------------------------------------------------------------------------------


def test_a_film_without_a_fault_is_good():
    found = checked(camera_roll_deg=0.0)
    assert (found.quality.grade, found.quality.reasons, found.fit) == ("good", (), True)
    assert (found.people, found.person, found.seen_share) == (1, 1, 1.0)
    assert found.whole_share == {"left": 1.0, "right": 1.0}
    assert found.viewpoint.facing == "front"
    assert found.viewpoint.distance_leg_lengths == pytest.approx(4.0, rel=0.05)


@pytest.mark.parametrize("camera", [Camera(yaw_deg=14.0), Camera("back", yaw_deg=-9.0), Camera(yaw_deg=-28.0)])
def test_the_cameras_place_is_that_of_the_whole_film(camera):
    found, whole = checked(camera=camera, camera_roll_deg=0.0), analyzed("squat", camera, camera_roll_deg=0.0)
    assert found.viewpoint.facing == camera.facing
    assert found.viewpoint.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.5)
    assert found.viewpoint.yaw_deg == pytest.approx(whole.viewpoint.yaw_deg, abs=0.2)
    assert codes(found) == ["camera_yaw"]
    assert found.fit
    side = "left" if camera.yaw_deg > 0 else "right"
    told = reason_words(found.quality.reasons[0])
    assert told.message == f"The camera stood about {abs(camera.yaw_deg):.0f}° to your {side}."


@pytest.mark.parametrize(
    ("camera", "code"),
    [(Camera("left"), "side_view"), (Camera("right"), "side_view"), (Camera(yaw_deg=41.0), "camera_yaw")],
)
def test_a_camera_too_far_round_comes_first_and_costs_what_is_seen_from_the_front(camera, code):
    found = checked(camera=camera)
    assert found.fit
    assert codes(found)[0] == code
    assert set(found.quality.reasons[0].measures) == FRONTAL & set(ACTIVITIES["squat"].measures)
    assert reason_words(found.quality.reasons[0]).remedy == "Film from straight in front or behind."
    # A tilt matters only where anything is measured from the front.
    assert "roll_unknown" not in codes(found)


def test_the_tilt_is_asked_for_last_and_only_where_it_matters():
    found = checked(camera=Camera(yaw_deg=12.0))
    assert codes(found) == ["camera_yaw", "roll_unknown"]
    assert not found.viewpoint.roll_given
    given = checked(camera_roll_deg=2.0)
    assert (given.viewpoint.roll_given, given.viewpoint.roll_deg, codes(given)) == (True, 2.0, [])
    assert "roll_unknown" not in codes(checked("cycling"))


@pytest.mark.parametrize(
    ("parts", "code", "fit"),
    [(("ankle", "toe"), "feet_out", False), (("toe",), "feet_out", True), (("shoulder",), "shoulders_out", True)],
)
def test_what_is_out_of_the_picture_is_named(parts, code, fit):
    """Without ankles no leg's line can be drawn; without toes the bend of the knee still can."""
    track = glimpsed(without(filmed("squat"), *parts))
    found = check_filming(track, ACTIVITIES["squat"], HEAVY, Settings(camera_roll_deg=0.0))
    assert codes(found) == [code]
    assert found.fit == fit
    assert found.whole_share["left"] == (1.0 if parts == ("shoulder",) else 0.0)


def test_feet_that_are_out_now_and_then_are_no_fault():
    track = glimpsed(filmed("squat"))
    found = check_filming(
        without(track, "toe", frames=slice(0, 4)), ACTIVITIES["squat"], HEAVY, Settings(camera_roll_deg=0.0)
    )
    assert codes(found) == []
    assert found.whole_share == {"left": 0.8, "right": 0.8}


@pytest.mark.parametrize(
    ("code", "spoil", "fit"),
    [
        ("too_dark", lambda t: replace(t, brightness=np.full(t.frames, 20.0)), False),
        ("nobody", unseen, False),
        ("low_rate", lambda t: changed(t, fps=8.0), False),
        ("too_short", lambda t: changed(t, duration_s=0.7), False),
        ("slow_film", lambda t: changed(t, fps=15.0), True),
        ("blurred", lambda t: replace(t, sharpness=np.full(t.frames, 4.0)), True),
        ("seldom_seen", lambda t: unseen(t, slice(0, 12)), True),
        ("several_people", lambda t: replace(t, people=np.full(t.frames, 2)), True),
        ("small_figure", lambda t: changed(replace(t, pixels=t.pixels * 0.2), width=144, height=256), True),
        ("damaged", lambda t: changed(t, damaged=True), True),
        ("rate_assumed", lambda t: changed(t, rate_assumed=True), True),
    ],
)
def test_each_fault_is_told_alone_with_its_way_out(code, spoil, fit):
    found = check_filming(spoil(glimpsed(filmed("squat"))), ACTIVITIES["squat"], HEAVY, Settings(camera_roll_deg=0.0))
    assert codes(found) == [code]
    assert found.fit == fit
    assert reason_words(found.quality.reasons[0]).remedy
    json.loads(found.to_json())


def test_many_faults_come_worst_first():
    track = replace(glimpsed(filmed("squat", Camera(yaw_deg=15.0))), people=np.full(20, 3))
    dark = replace(changed(track, fps=8.0, rate_assumed=True), brightness=np.full(20, 20.0))
    found = check_filming(dark, ACTIVITIES["squat"], HEAVY)
    assert codes(found) == ["too_dark", "low_rate", "camera_yaw", "several_people", "rate_assumed", "roll_unknown"]
    assert not found.fit


@pytest.mark.parametrize("name", ["squat", "left_squat", "stairs", "cycling"])
@pytest.mark.parametrize("camera", [None, Camera("left")])
def test_what_is_fit_can_be_measured_but_for_what_is_named(name, camera):
    """The verdict on a few pictures agrees with the whole analysis."""
    found, whole = checked(name, camera), analyzed(name, camera)
    assert found.fit
    assert found.viewpoint.facing == whole.viewpoint.facing
    assert whole.measured
    cannot = {measure for one in found.quality.reasons if one.code == "side_view" for measure in one.measures}
    assert not cannot & {row.measure for row in whole.summary if row.mean is not None}
    assert bool(cannot) == (camera is not None)


def test_every_fault_of_an_analysis_that_a_few_pictures_can_show_has_its_place_in_the_order():
    from alignment.core.quality.filming import _WORST_FIRST

    told = {code.removeprefix("quality_") for code in ENGLISH if code.startswith("quality_")}
    needs_movement = {
        "wrong_activity",
        "few_cycles",
        "swaps",
        "lost",
        "camera_yaw_corrected",
        "other_movement",
        "facings",
    }
    about_afterwards = {"by_hand", "other_limits", "needs_marks"}
    without_film = {"other_program"}
    assert set(_WORST_FIRST) == {
        code for code in told - needs_movement - about_afterwards - without_film if not code.startswith("pelvis_")
    }


# --- the film's pictures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codec", "more"),
    [
        ("a.mp4", "libx264", {"options": {"bf": "2", "g": "7"}}),
        ("long-groups.mp4", "libx264", {"options": {"bf": "2", "g": "250"}}),
        ("a.webm", "libvpx-vp9", {"options": {"g": "10"}}),
        ("a.avi", "mpeg4", {}),
        ("a.ts", "libx264", {"options": {"g": "12"}}),
        ("a.mkv", "libx264", {"options": {"g": "250"}}),
        ("a.gif", "gif", {"pix_fmt": "rgb8"}),
    ],
)
def test_one_picture_comes_from_each_part_of_the_film_at_its_own_time(tmp_path, name, codec, more):
    source = sources.sample(films.numbered(tmp_path / name, 80, codec, **more), count=10)
    frames = list(source)
    assert [frame.index for frame in frames] == list(range(10))
    numbers = films.numbers(frames)
    assert films.times(frames) == pytest.approx(np.array(numbers) / 30, abs=0.006 if codec == "gif" else 0.001)
    assert numbers[0] == 0
    # A part is eight pictures; at its end a container's own sense of time may be a picture off.
    assert all(8 * part - 1 <= number <= 8 * part + 8 for part, number in enumerate(numbers))
    assert source.facts.fps == pytest.approx(30, rel=0.01)
    assert source.facts.duration_s == pytest.approx(80 / 30, abs=0.05)
    assert films.numbers(source) == numbers


def test_little_is_decoded_where_there_are_key_pictures(tmp_path, monkeypatch):
    path = films.numbered(tmp_path / "a.mp4", 240, options={"g": "8", "sc_threshold": "0"})
    decoded = []
    pictures = sources.film._pictures
    monkeypatch.setattr(sources.film, "_pictures", lambda packet: decoded.append(packet) or pictures(packet))
    assert len(list(sources.sample(path, count=10))) == 10
    assert len(decoded) < 100


def test_a_part_of_a_film_is_sampled_within_it(tmp_path):
    path = films.numbered(tmp_path / "a.mp4", 90, options={"g": "10"})
    numbers = films.numbers(sources.sample(path, sources.Reading(start_s=1.0, end_s=2.0), count=6))
    assert len(numbers) == 6
    assert (numbers[0], max(numbers) < 60) == (30, True)


def test_a_film_that_does_not_tell_its_length_is_sampled_to_its_end(tmp_path):
    source = sources.sample(films.numbered(tmp_path / "a.h264", 60, options={"g": "10"}), count=6)
    numbers = films.numbers(source)
    assert (source.facts.duration_s, source.facts.rate_assumed) == (pytest.approx(2.0, abs=0.05), True)
    assert numbers == [0, 10, 20, 30, 40, 50]


def test_a_film_whose_length_is_guessed_is_sampled_nearly_to_its_end(tmp_path):
    whole = films.numbered(tmp_path / "a.mkv", 60, options={"g": "10"})
    numbers = films.numbers(sources.sample(films.remuxed(whole, tmp_path / "live.mkv", live="1"), count=6))
    assert len(numbers) == 6
    assert numbers[-1] >= 40


def test_a_film_of_few_pictures_gives_all_of_them(tmp_path):
    assert films.numbers(sources.sample(films.numbered(tmp_path / "a.mp4", 5), count=20)) == [0, 1, 2, 3, 4]


def test_a_film_that_ends_too_soon_is_told(tmp_path):
    path = films.numbered(tmp_path / "a.mp4", 300, options={"g": "10"}, container_options={"movflags": "faststart"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    source = sources.sample(path)
    assert 5 <= len(list(source)) < 20
    assert source.facts.damaged


def test_a_mirrored_film_is_turned_back(tmp_path):
    path = films.write(tmp_path / "a.mp4", [films.marked(0)[:, ::-1].copy()] * 8)
    for frame in sources.sample(path, sources.Reading(mirrored=True)):
        films.assert_upright(frame.image)


def test_a_folder_of_pictures_is_sampled(tmp_path):
    import cv2

    for number in range(40):
        cv2.imwrite(str(tmp_path / f"{number}.png"), films.marked(number)[..., ::-1])
    source = sources.sample(tmp_path, sources.Reading(rate_hz=10.0), count=8)
    assert films.numbers(source) == [0, 5, 10, 15, 20, 25, 30, 35]
    assert (source.facts.duration_s, source.facts.rate_assumed) == (4.0, True)


# --- by command and from Python ------------------------------------------------------------------------------------


@pytest.fixture
def film(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return films.write(tmp_path / "knee.mp4", [films.marked(i, 360, 640) for i in range(60)])


@pytest.fixture
def seen():
    """The engine sees the stick figure as this camera does, and perhaps more people; it notes how often it is asked."""
    with ExitStack() as stack:

        def show(camera=None, people=1):
            poses, asked = poses_of(filmed("squat", camera), people), []

            def look(image):
                asked.append(image.shape)
                return poses(image)

            stack.enter_context(engine_replaced(FakeEngine(look)))
            return asked

        yield show


def test_the_command_says_how_it_is_filmed_and_what_to_change(film, seen, capfd):
    seen(Camera(yaw_deg=14.0))
    assert main(["check", str(film), "--activity", "squat"]) == 0
    said = capfd.readouterr().out
    for words in (
        "This film will do.",
        "one person, seen in 100 % of 20 pictures",
        "100 % (left) and 100 % (right)",
        "Camera 14° to your left, give or take",
        "not given; 0° ± 2° is reckoned with",
        "leg lengths; the person fills",
        "30.0 pictures a second",
        "! The camera stood about 14° to your left. Film from straight in front or behind.",
    ):
        assert words in said
    assert list(Path().iterdir()) == [Path("knee.mp4")]


def test_a_side_view_is_named_and_will_do(film, seen, capfd):
    seen(Camera("left"))
    assert main(["check", str(film), "--json", "-"]) == 0
    said = capfd.readouterr()
    content = json.loads(said.out)
    assert (content["schema"], content["fit"], content["quality"]["grade"]) == (
        "alignment-filming/2",
        True,
        "usable",
    )
    assert content["quality"]["reasons"][0]["code"] == "side_view"
    assert content["viewpoint"]["facing"] == "left"
    assert "Camera at your left side" in said.err


@pytest.mark.parametrize(
    "told",
    [
        "nowhere.mp4",
        "track.parquet",
        "knee.mp4 --activity skating",
        "knee.mp4 --model tiny",
        "knee.mp4 --json no/it.json",
    ],
)
def test_what_cannot_be_checked_has_code_2(film, seen, capfd, told):
    seen()
    assert main(["check", *told.split()]) == 2
    assert capfd.readouterr().err.startswith("Error: ")


def test_options_arrive(film, seen):
    asked = seen(people=2)
    told = "--mirrored --camera-roll -3 --person 2 --model lite --start 0.5 --end 1.5"
    assert main(["check", str(film), *told.split(), "--json", "it.json"]) == 0
    assert len(asked) >= 20
    content = json.loads(Path("it.json").read_text())
    assert (content["source"]["mirrored"], content["source"]["duration_s"], content["model"]) == (True, 1.0, "lite")
    assert (content["viewpoint"]["roll_deg"], content["person"]) == (-3.0, 2)


def test_python_can_ask_too(film, seen):
    asked = seen(Camera(yaw_deg=-20.0))
    found = alignment.check_filming(film, "squat", mirrored=True, camera_roll_deg=0.0)
    assert found.fit
    assert codes(found) == ["camera_yaw"]
    assert asked
    assert found.source.mirrored
    with pytest.raises(InputError, match="skating"):
        alignment.check_filming(film, "skating")
    with pytest.raises(InputError, match="cannot be checked"):
        workflow.check_filming(0, Request("squat"))


@pytest.mark.model
def test_a_rendered_film_from_aside_is_checked_in_seconds(samples, heavy):
    """The truth: 12° to the subject's left. Half of a look's time is loading what it needs."""
    found = alignment.check_filming(samples / "squat_yaw12.mp4", "squat", camera_roll_deg=0.0)
    assert found.fit
    assert found.source.analyzed_frames == 20
    assert codes(found) == ["camera_yaw"]
    assert abs(found.viewpoint.yaw_deg - 12.0) < 2 * found.viewpoint.yaw_se_deg
    assert found.whole_share == {"left": 1.0, "right": 1.0}
