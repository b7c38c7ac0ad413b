"""What is judged while filming: list, countdown, counts, cues; and what is kept of it. Without a model or a camera."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import parse_limits, shipped_limits, shipped_limits_text
from alignment.core.skeleton import LANDMARKS, SWAPPED
from alignment.live import drawing, filming
from alignment.live.checks import CODES, all_met, checklist, waiting
from alignment.live.counter import Counter, measured_in
from alignment.live.cues import CueSelector, Excursion, excursions
from alignment.live.latency import LatencyMeter
from alignment.live.recent_poses import WINDOW_S, Moment, RecentPoses, last
from alignment.live.recording import Recorder
from alignment.live.state import Phase, State, hint
from alignment.live.state_machine import COUNTDOWN_S, UNSEEN, StateMachine
from alignment.outputs import read_track
from alignment.pose.people import Poses
from alignment.texts import is_known, say
from tests.analyses import activity, analyzed, filmed, motion, unseen, without
from tests.movements import after, mirrored, squat_while_stepping
from tests.runners import runner
from tests.synthetic import Camera, film, squat, still

DATA = Path(__file__).parent / "data"
LOOK_S = 0.25


def moments(track):
    """A track as it comes in while filming: moment by moment, with the mirrored pictures that belong to it."""
    pairs = dict(zip(track.mirrored_frames.tolist(), track.mirrored_metres, strict=True))
    for i, time_s in enumerate(track.time_s.tolist()):
        found = np.isfinite(track.pixels[i, 0, 0])
        pose = (track.pixels[i], track.metres[i], track.visibility[i]) if found else (None, None, None)
        yield Moment(time_s, *pose, float(track.brightness[i])), pairs.get(i)


def filming_of(track, look, every_s=LOOK_S):
    """Calls `look` with what is recent, as often as the engine does, and once more at the end."""
    recent, due_s = RecentPoses(track.source.width, track.source.height, track.model), 0.0
    for moment, metres in moments(track):
        recent.add(moment)
        if metres is not None:
            recent.add_mirrored(moment.time_s, metres)
        if moment.time_s >= due_s:
            due_s += every_s
            look(recent.track())
    look(recent.track())


def counts(counter):
    return {side: counter.of(side) for side in ("left", "right", "both") if counter.of(side)}


# --- counting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("squat", {"both": 3}),
        ("left_squat", {"left": 2}),
        ("right_squat", {"right": 2}),
        ("step_down", {"right": 2}),
        ("sit_to_stand", {"both": 2}),
        ("stairs", {"left": 3, "right": 3}),
        ("cycling", {"left": 4, "right": 4}),
        ("still", {}),
        ("walk", {}),
    ],
)
def test_as_many_are_counted_while_filming_as_afterwards(name, expected):
    counter = Counter(ACTIVITIES[activity(name)])
    filming_of(filmed(name), counter.look, every_s=0.5)
    assert counts(counter) == expected
    cycles = [cycle for cycle in analyzed(name).cycles if cycle.rejected is None]
    # The turn that ends with the film's last picture would count with the next one.
    assert sum(expected.values()) == len([cycle for cycle in cycles if cycle.end_s < filmed(name).time_s[-1] - 0.1])


@pytest.mark.parametrize("name", ["squat_front", "squat_tilt", "squat_yaw12", "stairs_up_behind"])
def test_recorded_landmarks_are_counted_as_in_the_film(name):
    track = read_track(DATA / f"{name}.track.parquet")
    expected = {"squat_front": {"both": 4}, "squat_yaw12": {"both": 4}, "squat_tilt": {"both": 3}}
    counter = Counter(ACTIVITIES["stairs" if "stairs" in name else "squat"])
    filming_of(track, counter.look, every_s=0.5)
    if name in expected:
        assert counts(counter) == expected[name]
    else:
        assert counter.of("left") + counter.of("right") >= 4


def test_a_repetition_is_counted_soon_after_its_end():
    track, counter, seen = filmed("squat"), Counter(ACTIVITIES["squat"]), []

    def look(recent):
        before = len(counter.counted)
        counter.look(recent)
        seen.extend(float(recent.time_s[-1]) for _ in counter.counted[before:])

    filming_of(track, look)
    ends = [cycle.end_s for cycle in analyzed("squat").cycles]
    assert len(seen) == len(ends) == 3
    assert all(0 < now_s - end_s < 0.8 for now_s, end_s in zip(seen, ends, strict=True))


def test_what_began_before_the_start_is_not_counted():
    counter = Counter(ACTIVITIES["squat"])
    first_end_s = analyzed("squat").cycles[0].end_s
    filming_of(filmed("squat"), lambda recent: counter.look(recent, since_s=first_end_s))
    assert counts(counter) == {"both": 2}


def test_a_long_filming_is_counted_although_only_its_end_is_looked_at():
    long = film(after(*[squat() for _ in range(4)]))
    assert long.time_s[-1] > WINDOW_S + 10
    counter = Counter(ACTIVITIES["squat"])
    filming_of(long, counter.look, every_s=1.0)
    assert counts(counter) == {"both": 12}


def test_why_something_does_not_count_is_told_for_a_while():
    track = film(squat_while_stepping())
    counter, told = Counter(ACTIVITIES["squat"]), []

    def look(recent):
        counter.look(recent)
        told.append(counter.rejected)

    filming_of(track, look)
    assert counts(counter) == {}
    assert set(told) == {None, "feet_moved"}
    # Before the first one, and not any more once a while has passed without another.
    assert told[0] is None
    later = replace(track, time_s=track.time_s + 60.0)
    counter.look(last(later, 0.8))
    assert counter.rejected is None


# --- the list before the start --------------------------------------------------------------------------------------


def states(track, name="squat"):
    return {check.code: check.state for check in checklist(track, ACTIVITIES[name])}


def test_everything_is_met_by_someone_who_stands_as_they_should():
    checks = checklist(filmed("still"), ACTIVITIES["squat"])
    assert [check.code for check in checks] == list(CODES)
    assert all_met(checks), checks


@pytest.mark.parametrize(
    ("code", "track"),
    [
        ("body", lambda: without(filmed("still"), "ankle", "toe", "heel")),
        ("body", lambda: unseen(filmed("still"))),
        ("facing", lambda: filmed("still", Camera(yaw_deg=25.0))),
        ("facing", lambda: filmed("still", Camera("left"))),
        ("level", lambda: filmed("still", Camera(roll_deg=5.0))),
        ("distance", lambda: filmed("still", Camera(distance=14.0))),
        ("light", lambda: replace(filmed("still"), brightness=np.full(filmed("still").frames, 30.0))),
        ("light", lambda: replace(filmed("still"), brightness=np.full(filmed("still").frames, 240.0))),
    ],
)
def test_what_is_not_met_is_named_with_a_way_out(code, track):
    checks = {check.code: check for check in checklist(track(), ACTIVITIES["squat"])}
    assert checks[code].state == "unmet"
    assert checks[code].text.remedy
    assert not all_met(tuple(checks.values()))


def test_who_is_seen_turned_is_told_the_way_back():
    def told(yaw_deg):
        checks = checklist(filmed("still", Camera(yaw_deg=yaw_deg)), ACTIVITIES["squat"])
        return next(check.text.remedy for check in checks if check.code == "facing")

    # A camera on one's left is faced by turning left.
    assert "left" in told(20.0)
    assert "right" in told(-20.0)


def test_the_direction_is_not_known_before_mirrored_pictures_were_looked_at():
    track = filmed("still")
    bare = replace(track, mirrored_frames=track.mirrored_frames[:0], mirrored_metres=track.mirrored_metres[:0])
    assert states(bare)["facing"] == "unknown"
    assert states(last(track, 0.05)) == dict.fromkeys(CODES, "unknown")
    assert [check.state for check in waiting()] == ["unknown"] * len(CODES)


def test_stairs_may_be_filmed_from_behind_and_squats_from_either_side():
    assert states(filmed("still", Camera("back")), "stairs")["facing"] == "met"
    assert states(filmed("still", Camera("back")), "cycling")["facing"] == "unmet"


# --- from the list to the end ---------------------------------------------------------------------------------------


def phases(machine, track):
    seen = []

    def look(recent):
        state = machine.update(recent)
        if not seen or seen[-1][1] is not state.phase:
            seen.append((float(recent.time_s[-1]), state.phase))

    filming_of(track, look)
    return seen


def test_it_begins_by_itself_after_a_countdown_and_counts():
    machine = StateMachine(ACTIVITIES["squat"])
    seen = phases(machine, film(after(still(6.0), squat())))
    assert [phase for _, phase in seen] == [Phase.CHECKING, Phase.READY, Phase.RUNNING]
    assert COUNTDOWN_S <= seen[2][0] - seen[1][0] < COUNTDOWN_S + 2 * LOOK_S
    assert machine.state.counts == (("both", 3),)
    machine.stop()
    assert machine.update(filmed("still")).phase is Phase.STOPPED


def test_without_being_asked_to_it_waits_for_the_click():
    machine = StateMachine(ACTIVITIES["squat"], by_itself=False)
    assert [phase for _, phase in phases(machine, film(still(8.0)))] == [Phase.CHECKING]
    machine.begin()
    assert machine.update(filmed("still")).phase is Phase.RUNNING


def test_leaving_during_the_countdown_goes_back_to_the_list():
    track = film(still(10.0))
    gone = unseen(track, slice(90, 180))
    found = [phase for _, phase in phases(StateMachine(ACTIVITIES["squat"]), gone)]
    assert found[:3] == [Phase.CHECKING, Phase.READY, Phase.CHECKING]


def test_who_leaves_the_picture_is_called_back():
    track = film(after(still(6.0), squat()))
    machine = StateMachine(ACTIVITIES["squat"])
    filming_of(unseen(track, slice(track.frames - 60, None)), machine.update)
    assert machine.state.cue == UNSEEN
    assert hint(machine.state) == say(UNSEEN)


def test_who_runs_sees_the_pace_of_the_last_seconds():
    slow, quick = (runner(cadence=cadence, duration_s=9.0, rate_hz=30.0) for cadence in (160.0, 176.0))
    machine = StateMachine(ACTIVITIES["running"], by_itself=False)
    machine.begin()
    side = Camera("left", focal_px=1100.0)
    for run in (slow, quick):
        first = film(run.motion, side, noise_px=1.0)
        machine.update(first)
        assert machine.update(first).pace.cadence == pytest.approx(run.cadence, abs=1.5)
        # At 30 pictures a second nobody knows how long a foot is on the ground.
        assert machine.state.pace.contact_ms is None
    assert StateMachine(ACTIVITIES["squat"]).update(filmed("squat")).pace.cadence is None


# --- cues -----------------------------------------------------------------------------------------------------------


def cued(track, name, limits=None):
    """Every cue that is shown, in order."""
    cue, shown, chosen = CueSelector(), [], ACTIVITIES[name]

    def look(recent):
        if recent.frames < 15:
            return
        found = excursions(measured_in(recent, chosen), chosen, limits or shipped_limits())
        code = cue.look(float(recent.time_s[-1]), found)
        if code and (not shown or shown[-1] != code):
            shown.append(code)

    filming_of(track, look)
    return shown


INWARDS = squat(reps=1, inwards_deg=(35.0, 0.0))


def test_a_knee_far_inwards_is_asked_outwards_and_nothing_else():
    assert cued(film(INWARDS), "squat") == ["live_cue_knee_left_out"]
    assert cued(film(mirrored(INWARDS)), "squat") == ["live_cue_knee_right_out"]


def test_who_turns_before_the_webcam_is_cued_as_well():
    """The turn is told from more pictures than the last moment has."""
    done = squat(reps=3, inwards_deg=(35.0, 0.0))
    turned_deg = 30.0 * np.clip((done.time_s - 2.0) / 6.0, 0.0, 1.0)
    track = film(replace(done, turned_deg=turned_deg), Camera(yaw_deg=15.0))
    turns = []
    filming_of(
        track, lambda recent: turns.append(recent.frames > 60 and measured_in(recent, ACTIVITIES["squat"]).setup)
    )
    assert any(setup and setup.heading.turn.real for setup in turns)
    assert "live_cue_knee_left_out" in cued(track, "squat")


def test_a_straight_squat_is_met_with_silence():
    assert cued(film(squat()), "squat") == []


def test_a_number_that_is_not_sure_enough_gives_no_cue():
    track = film(squat(reps=1, inwards_deg=(7.0, 0.0)))
    assert track.model.variant != "lite"
    # The same landmarks of a coarser model, far away.
    assert (
        cued(replace(track, model=replace(track.model, variant="lite"), visibility=track.visibility * 0.3), "squat")
        == []
    )


def test_only_the_standing_leg_is_asked_anything():
    found = cued(filmed("left_squat"), "single_leg_squat")
    assert all("right" not in code for code in found if "knee" in code)


def test_every_cue_that_there_may_be_has_words():
    codes = {f"live_cue_knee_{side}_{way}" for side in ("left", "right") for way in ("in", "out")}
    codes |= {f"live_cue_{what}_{side}" for what in ("trunk", "weight") for side in ("left", "right")}
    assert all(is_known(code) for code in codes)


def test_a_cue_waits_for_a_second_look_and_does_not_flicker():
    cue, sure, unsure = CueSelector(), (Excursion("a", 1.5),), (Excursion("a", 0.4),)
    assert cue.look(0.0, sure) is None
    assert cue.look(0.25, sure) == "a"
    # Not sure any more, but still beyond: it stays.
    assert cue.look(0.5, unsure) == "a"
    # Back inside for a moment: it stays for the least time, and a while after.
    assert [cue.look(0.5 + 0.25 * k, ()) for k in range(1, 7)] == ["a"] * 6
    assert cue.look(2.5, ()) is None
    assert cue.look(2.75, unsure) is None
    assert cue.look(3.0, unsure) is None


def test_one_cue_at_a_time_the_surest_first():
    cue, both = CueSelector(), (Excursion("a", 1.2), Excursion("b", 2.5))
    cue.look(0.0, both)
    assert cue.look(0.25, both) == "b"
    assert cue.look(0.5, (Excursion("a", 9.0), Excursion("b", 0.1))) == "b"


def test_a_table_without_limits_gives_no_cue():
    bare = "\n".join(line for line in shipped_limits_text().splitlines() if not line.startswith("squat,knee_over"))
    assert cued(film(INWARDS), "squat", parse_limits(bare, "bare")) == []


def test_a_mirror_image_of_the_landmarks_is_counted_and_cued_for_the_other_leg():
    track = film(INWARDS)
    width = track.source.width
    turned = replace(
        track,
        pixels=(track.pixels * [-1, 1] + [width, 0])[:, SWAPPED],
        metres=(track.metres * [-1, 1, 1])[:, SWAPPED],
        visibility=track.visibility[:, SWAPPED],
        mirrored_metres=(track.mirrored_metres * [-1, 1, 1])[:, SWAPPED],
    )
    assert cued(turned, "squat") == ["live_cue_knee_right_out"]


# --- the picture ----------------------------------------------------------------------------------------------------


def test_the_picture_is_mirrored_and_the_lines_with_it():
    image = np.zeros((360, 640, 3), np.uint8)
    image[:, :20] = 255
    track = filmed("still")
    scale = 360 / track.source.height
    points = track.pixels[0] - [track.source.width / 2, 0] + [0.8 * 640 / scale, 0]
    drawn = drawing.draw(image, points, State(), scale=scale)
    assert drawn[180, -10].tolist() == [255, 255, 255]
    lines = np.flatnonzero((drawn[100:300, 20:-20] != 0).any(axis=(0, 2))) + 20
    # On the right of the picture the person stands, and on the left of the mirror.
    assert lines.max() < 0.5 * 640


def test_nobody_and_unseen_joints_leave_no_lines():
    image = np.full((240, 320, 3), 90, np.uint8)
    assert (drawing.draw(image, None, State()) == image).all()
    unknown = np.full((len(LANDMARKS), 2), np.nan)
    assert (drawing.draw(image, unknown, State(cue="live_cue_knee_left_out"), target=True) == image).all()


def test_what_is_told_is_one_thing_at_a_time():
    checks = checklist(filmed("still", Camera(roll_deg=5.0)), ACTIVITIES["squat"])
    assert hint(State(checks=checks)).remedy == say("live_level_unmet", tilt_deg=5.0).remedy
    assert hint(State(phase=Phase.RUNNING)) is None
    both = State(phase=Phase.RUNNING, cue="live_cue_knee_left_in", rejected="too_shallow")
    assert hint(both) == say("live_cue_knee_left_in")
    assert "too shallow" in hint(replace(both, cue=None)).message


# --- what is kept ---------------------------------------------------------------------------------------------------


def picture(number, width=64, height=48):
    """A picture whose brightness says its number."""
    image = np.full((height, width, 3), (16 + number * 7) % 200 + 20, np.uint8)
    return av.VideoFrame.from_ndarray(image, format="rgb24")


def recorded(frames, rate_hz=30.0, **limits):
    recorder = Recorder(**limits)
    for number in range(frames):
        recorder.add(picture(number), 100.0 + number / rate_hz)
    return recorder


def test_a_recording_gives_back_its_pictures_at_their_times():
    recording = recorded(50).finish()
    frames = list(recording)
    assert [frame.index for frame in frames] == list(range(50))
    assert np.allclose([frame.time_s for frame in frames], np.arange(50) / 30, atol=1e-4)
    wanted = [(16 + number * 7) % 200 + 20 for number in range(50)]
    assert np.abs(np.array([frame.image.mean() for frame in frames]) - wanted).max() < 4
    facts = recording.facts
    assert (facts.width, facts.height, facts.frames) == (64, 48, 50)
    assert facts.fps == pytest.approx(30, abs=0.01)
    assert facts.duration_s == pytest.approx(50 / 30, abs=0.01)
    assert len(list(recording)) == 50


def test_only_the_last_time_is_kept_and_it_can_still_be_read():
    recorder = recorded(400, most_s=5.0)
    assert recorder.trimmed
    assert recorder.seconds <= 5.0
    recording = recorder.finish()
    frames = list(recording)
    assert 3.9 <= recording.facts.duration_s <= 5.1
    assert frames[0].time_s == 0.0
    assert len(frames) == recording.facts.frames
    assert abs(frames[-1].image.mean() - ((16 + 399 * 7) % 200 + 20)) < 4


def test_the_memory_is_bounded_too():
    noise = np.random.default_rng(1)
    recorder = Recorder(most_bytes=200_000)
    for number in range(120):
        image = noise.integers(0, 255, (96, 128, 3), dtype=np.uint8)
        recorder.add(av.VideoFrame.from_ndarray(image, format="rgb24"), number / 30)
    assert recorder.trimmed
    assert recorder.bytes <= 200_000
    assert len(list(recorder.finish())) > 5


def test_another_size_is_brought_to_the_first_one_and_a_standing_clock_is_left_out():
    recorder = Recorder()
    recorder.add(picture(0, 64, 48), 1.0)
    recorder.add(picture(1, 32, 24), 1.1)
    recorder.add(picture(2), 1.1)
    recorder.add(picture(3, 65, 49), 1.2)
    frames = list(recorder.finish())
    assert [frame.image.shape for frame in frames] == [(48, 64, 3)] * 3


def test_nothing_recorded_is_no_film():
    assert Recorder().finish() is None


# --- recent, meter, sound --------------------------------------------------------------------------------------------


def test_only_the_last_seconds_are_looked_at():
    recent = RecentPoses(640, 480, filmed("still").model)
    nobody = Poses(*(np.empty((0, *shape), np.float32) for shape in ((33, 2), (33, 3), (33,))))
    for k in range(900):
        recent.add(Moment.of(k / 30, nobody, 100.0))
    recent.add(Moment.of(10.0, nobody, 100.0))
    track = recent.track()
    assert track.time_s[-1] == pytest.approx(899 / 30)
    assert track.time_s[-1] - track.time_s[0] <= WINDOW_S
    assert not track.seen.any()
    assert last(track, 1.0).frames == pytest.approx(30, abs=1)


def test_the_pace_is_told_from_the_last_pictures():
    meter = LatencyMeter()
    assert meter.latency() is None
    for k in range(40):
        meter.analyzed(k / 25)
        meter.shown(0.2 if k == 39 else 0.04, late=k % 4 == 0)
    latency = meter.latency()
    assert latency.analyzed_hz == pytest.approx(25)
    assert latency.median_ms == pytest.approx(40)
    assert latency.p95_ms < 60
    assert (latency.shown, latency.late) == (40, 10)


def test_each_beep_is_another_file_with_the_same_sound():
    one, two = filming.beep(1), filming.beep(2)
    assert one[:4] == b"RIFF"
    assert one != two
    assert abs(len(one) - len(two)) == 2
    assert motion("still").time_s[-1] > 3
