"""The cue beside a run's result: how fast its beats are, and that nothing else has any."""

import pytest
from streamlit.testing.v1 import AppTest


def page(activity, cadence):
    from types import SimpleNamespace

    from alignment.pages import cue

    cue.show(SimpleNamespace(activity=activity, summary=[SimpleNamespace(measure="cadence", mean=cadence)]))


@pytest.mark.parametrize(("activity", "cadence"), [("walking", 110.0), ("running", None)])
def test_no_other_movement_and_no_run_without_a_pace_has_a_beat(activity, cadence):
    shown = AppTest.from_function(page, args=(activity, cadence)).run()
    assert not shown.exception
    assert not shown.markdown


def test_a_run_has_beats_five_and_ten_percent_faster():
    shown = AppTest.from_function(page, args=("running", 166.2)).run()
    assert not shown.exception
    words = " ".join(one.value for one in shown.markdown)
    assert all(pace in words for pace in ("166", "**175**", "**183**"))
    assert len(shown.get("audio")) == 2


def live_page(cadence):
    from alignment.live.pace import Pace
    from alignment.pages import cue

    cue.live(Pace(cadence, None))


def test_while_filming_the_beat_keeps_to_the_pace_at_which_it_was_asked_for():
    shown = AppTest.from_function(live_page, args=(160.0,)).run()
    assert shown.metric[0].value == "160"
    assert not shown.get("audio")
    shown.session_state["cue_more_pct"] = 10
    shown.run()
    assert "176" in shown.caption[0].value
    faster = AppTest.from_function(live_page, args=(172.0,))
    for name in ("cue_more_pct", "cue_beat"):
        faster.session_state[name] = shown.session_state[name]
    faster.run()
    assert faster.metric[0].value == "172"
    assert "176" in faster.caption[0].value
