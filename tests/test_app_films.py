"""Films and runs of the app without a browser: what is kept, for how long, and what a run tells on its way."""

import io
import threading

import pytest

from alignment import workflow
from alignment.errors import InputError
from alignment.outputs import Analysis
from alignment.pages import films, runs
from alignment.pages.analyze import running
from alignment.request import Request
from alignment.texts import say
from alignment.workflow import Outcome, Stage
from tests.results import make_result, make_track


class Clock:
    def __init__(self):
        self.at_s = 100.0

    def __call__(self):
        return self.at_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def connected():
    return {"tab"}


@pytest.fixture
def shelf(tmp_path, clock, connected):
    return films.Shelf(tmp_path, connected.__contains__, clock)


def add(shelf, name="a.mp4", content=b"film"):
    return shelf.add(name, io.BytesIO(content))


def test_a_film_is_kept_under_its_own_name(shelf, tmp_path):
    film = add(shelf, "Knie beugen.mov")
    assert film.path.read_bytes() == b"film"
    assert film.path.name == "Knie beugen.mov"
    assert film.path.is_relative_to(tmp_path)
    assert shelf.get(film.key) == film
    assert add(shelf, "Knie beugen.mov") == film
    assert len({film.key, add(shelf, "b.mov").key, add(shelf, "Knie beugen.mov", b"other").key}) == 3
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("name", ["../../evil.mp4", "/etc/evil.mp4", "..\\evil.mp4", "C:\\evil.mp4"])
def test_no_name_leads_out_of_the_folder(shelf, tmp_path, name):
    film = add(shelf, name)
    assert film.path.name == "evil.mp4"
    assert film.path.parent.parent == tmp_path


def test_a_film_stays_while_somebody_looks_and_a_while_longer(shelf, clock, connected):
    film = add(shelf)
    shelf.look(film.key, "tab")
    clock.at_s += 10 * films.GRACE_S
    assert shelf.sweep() == []
    connected.clear()
    clock.at_s += films.GRACE_S - 1
    assert shelf.sweep() == []
    clock.at_s += 2
    assert shelf.sweep() == [film.key]
    assert shelf.get(film.key) is None
    assert not film.path.exists()


def test_a_film_that_nobody_ever_took_goes_too(shelf, clock):
    film = add(shelf)
    clock.at_s += films.GRACE_S + 1
    assert shelf.sweep() == [film.key]


def test_who_comes_back_keeps_it(shelf, clock, connected):
    film = add(shelf)
    shelf.look(film.key, "tab")
    connected.clear()
    clock.at_s += films.GRACE_S - 1
    shelf.sweep()
    connected.add("new tab")
    shelf.look(film.key, "new tab")
    clock.at_s += films.GRACE_S + 1
    assert shelf.sweep() == []


def test_a_film_at_work_stays_and_its_time_begins_when_that_is_done(shelf, clock):
    film, at_work = add(shelf), [True]
    shelf.busy.append(lambda key: key == film.key and at_work[0])
    clock.at_s += 10 * films.GRACE_S
    assert shelf.sweep() == []
    at_work[0] = False
    clock.at_s += films.GRACE_S - 1
    assert shelf.sweep() == []
    clock.at_s += 2
    assert shelf.sweep() == [film.key]


def test_all_films_together_have_a_bound_and_what_is_too_much_leaves_nothing(tmp_path, clock, connected):
    shelf = films.Shelf(tmp_path, connected.__contains__, clock, most_bytes=10)
    kept = [add(shelf, f"{name}.mp4", b"four") for name in "ab"]
    with pytest.raises(InputError) as refused:
        add(shelf, "c.mp4", b"four")
    assert refused.value.code == "films_full"
    assert {path.name for path in tmp_path.iterdir()} == {film.key for film in kept}
    shelf.remove(kept[0].key)
    add(shelf, "c.mp4", b"four")


def test_samples_have_a_movement_and_are_never_removed(shelf, clock):
    every = films.samples()
    assert every[0].path.name == "squat_front.mp4"
    assert all(film.activity for film in every)
    film = every[0]
    shelf.look(film.key, "gone")
    clock.at_s += films.GRACE_S + 1
    assert shelf.sweep() == [film.key]
    assert film.path.exists()
    assert shelf.get(film.key) == film


# --- runs ------------------------------------------------------------------------------------------------------------


TRACK = make_track()
RESULT = make_result(TRACK)
OUTCOME = Outcome(RESULT, TRACK, Analysis(RESULT, TRACK, Request("squat")))


def order(film, **choices):
    return runs.Order(film, Request("squat", model="lite", **choices))


def runs_doing(work, folder):
    """Runs whose work is made up: it gets the sink and whom to tell of the progress."""
    return runs.Runs(folder, lambda _path, _request, _engine, sink, report, **_: work(sink, report))


def ended(one):
    for thread in threading.enumerate():
        if thread.name == f"run-{one.order.key}":
            thread.join(10)
    return one


def test_the_same_request_is_one_run(shelf, tmp_path):
    calls, film = [], add(shelf)
    every = runs_doing(lambda sink, _report: calls.append(sink) or OUTCOME, tmp_path)
    one = ended(every.start(order(film)))
    assert (one.state, one.outcome) == ("done", OUTCOME)
    assert every.start(order(film)) is one
    assert every.get(one.order.key) is one
    other = ended(every.start(order(film, mirrored=True)))
    assert other is not one
    assert len(calls) == 2
    assert one.sink.folder.name == "a"


def test_another_setting_takes_the_landmarks_that_were_found_before(shelf, tmp_path):
    film, known = add(shelf), []
    every = runs.Runs(tmp_path, lambda *_, track: known.append(track) or OUTCOME)
    changes = (
        {},
        {"height_m": 1.8},
        {"blur_faces": False},
        {"mirrored": True},
        {"start_s": 1.0},
        {"pelvis_dots": "green"},
    )
    for choices in changes:
        ended(every.start(order(film, **choices)))
    assert [track is TRACK for track in known] == [False, True, True, False, False, False]
    # A bicycle needs more pictures than a squat, but this film has no more; another model finds other landmarks.
    for activity, model in (("cycling", "lite"), ("squat", "heavy")):
        ended(every.start(runs.Order(film, Request(activity, model=model))))
    assert [track is TRACK for track in known[6:]] == [True, False]
    assert not workflow.same_landmarks(Request("squat"), Request("cycling"), fps=59.9)
    ended(every.start(order(add(shelf, "other.mp4"))))
    assert known[-1] is None


def test_a_cancelled_run_stops_and_can_be_begun_again(shelf, tmp_path):
    begun, go_on = threading.Event(), threading.Event()

    def work(_sink, report):
        report(Stage.LANDMARKS, 0.1)
        begun.set()
        go_on.wait(10)
        report(Stage.LANDMARKS, 0.2)
        return OUTCOME

    every, film = runs_doing(work, tmp_path), add(shelf)
    one = every.start(order(film))
    begun.wait(10)
    one.cancel()
    assert one.stopping
    go_on.set()
    assert ended(one).state == "cancelled"
    assert not one.stopping
    assert one.outcome is None
    again = ended(every.start(order(film)))
    assert again is not one
    assert again.state == "done"


def test_several_runs_are_done_in_turn_and_one_cancelled_while_it_waits_is_none(shelf, tmp_path):
    begun, go_on, calls = threading.Event(), threading.Event(), []

    def work(sink, report):
        report(Stage.LANDMARKS, 0.1)
        calls.append(sink.folder.name)
        begun.set()
        go_on.wait(10)
        return OUTCOME

    every = runs_doing(work, tmp_path)
    orders = [order(add(shelf, name, name.encode())) for name in ("a.mp4", "b.mp4", "c.mp4")]
    known = every.start(orders[2])
    first, second, third = every.start_in_turn(orders)
    assert third is known
    begun.wait(10)
    # Of those that are new, at most the first has begun.
    assert second.progress() == runs.Progress(Stage.WAIT, None, 0.0, None)
    second.cancel()
    assert second.stopping
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "runs-in-turn":
            thread.join(10)
    assert [one.state for one in (first, second, ended(third))] == ["done", "cancelled", "done"]
    assert sorted(calls) == ["a", "c"]


def test_a_fault_is_kept_for_the_page(shelf, tmp_path):
    def work(_sink, _report):
        raise InputError("no_frames", path="a.mp4")

    one = ended(runs_doing(work, tmp_path).start(order(add(shelf))))
    assert one.state == "failed"
    assert one.fault.code == "no_frames"


def test_a_film_takes_its_runs_with_it(shelf, tmp_path):
    def work(sink, _report):
        sink.folder.mkdir()
        (sink.folder / "result.json").write_text("{}")

    every, film = runs_doing(work, tmp_path), add(shelf)
    shelf.dropped.append(every.drop)
    one = ended(every.start(order(film)))
    assert (one.sink.folder / "result.json").exists()
    shelf.remove(film.key)
    assert every.get(one.order.key) is None
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_through_the_stages_and_tells_the_time_left(shelf, clock, tmp_path):
    one = runs.Run(order(add(shelf)), tmp_path, now_s=clock)
    seen = []

    def step(stage, share, spent_s):
        one.report(stage, share)
        clock.at_s += spent_s
        seen.append(one.progress())

    step(Stage.MODEL, None, 1.0)
    step(Stage.LANDMARKS, 0.0, 0.0)
    clock.at_s += 10.0
    step(Stage.LANDMARKS, 0.5, 0.0)
    step(Stage.LANDMARKS, 1.0, 10.0)
    step(Stage.ASSESS, None, 0.0)
    step(Stage.OVERLAY, 0.0, 6.0)
    step(Stage.OVERLAY, 0.5, 0.0)
    step(Stage.OVERLAY, 1.0, 0.0)
    assert [now.whole for now in seen] == sorted(now.whole for now in seen)
    assert (seen[0].whole, seen[-1].whole) == (0.0, 1.0)
    # Half of the body's time (10 s of 20), and 0.6 times the whole of it for the overlay.
    assert seen[2].left_s == pytest.approx(10.0 + 0.6 * 20.0)
    assert seen[4].left_s == pytest.approx(0.6 * 20.0)
    assert seen[6].left_s == pytest.approx(6.0)
    assert seen[1].left_s is None


def test_the_time_left_in_words():
    assert running.time_left(None) == ""
    assert running.time_left(0.4) == say("analyze_left_s", seconds=5).message
    assert running.time_left(31.0) == say("analyze_left_s", seconds=35).message
    assert running.time_left(61.0) == say("analyze_left_min", minutes=2).message
