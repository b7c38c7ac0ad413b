"""Several films of one occasion judged as one: what is pooled, how sure it is, what is refused, and what is said of it."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import alignment
from alignment.cli import main
from alignment.core.assessment import Limit, repeatability, shipped_limits
from alignment.core.assessment.verdicts import Sample, film_verdict, pool
from alignment.core.result import Result, Verdict
from alignment.errors import InputError
from alignment.outputs import read_result, track_parquet
from alignment.pose.calibration import calibration_of
from alignment.views.wording import finding_text
from alignment.workflow import judge_occasion
from tests.analyses import result_of, row
from tests.synthetic import Camera, cycling, film, squat, stairs

#: Three cameras behind somebody on stairs, far enough from each other to err apart.
PLACES = (Camera("back"), Camera("back", yaw_deg=14.0), Camera("back", yaw_deg=-14.0))


def track_of(steps, camera, inwards_deg, number):
    """A film, of this number, of so many steps."""
    motion = replace(stairs(steps=steps, height=0.965), inwards_deg={"left": inwards_deg, "right": 0.0})
    track = film(motion, camera)
    return replace(track, source=replace(track.source, name=f"stairs_{number}.mp4", sha256=str(number) * 64))


@cache
def on_stairs(steps, place=0, inwards_deg=8.0, number=1):
    """The result of such a film."""
    return result_of(track_of(steps, PLACES[place], inwards_deg, number), "stairs")


def three_films():
    return [on_stairs(3), on_stairs(4, 1, 9.0, 2), on_stairs(5, 2, 10.0, 3)]


def told(found):
    return [finding_text(finding) for finding in found.findings]


def with_settings(result: Result, **settings):
    software = replace(result.software, settings={**result.software.settings, **settings})
    return replace(result, software=software)


def test_three_provisional_films_give_one_firm_answer():
    films = three_films()
    assert "Only one step on the left leg" in told(films[0])[0]
    occasion = judge_occasion(films)
    left, right = (row(occasion, "knee_over_toe", side) for side in ("left", "right"))
    assert [row(one, "knee_over_toe", "left").n for one in films] == [1, 2, 2]
    assert (left.n, left.verdict, left.provisional) == (5, "within", False)
    assert (right.n, right.verdict, right.provisional) == (7, "within", False)
    values = [
        value.value
        for one in films
        for cycle in one.cycles
        for value in cycle.values
        if (value.measure, value.side, value.at) == ("knee_over_toe", "left", "key")
    ]
    assert left.mean == pytest.approx(np.mean(values), abs=0.006)
    assert (left.lowest, left.highest, left.worst) == (min(values), max(values), max(values))
    assert left.inside + left.near + left.outside == 5


def test_the_worst_repetition_is_named_with_its_film():
    occasion = judge_occasion(three_films())
    assert [one.first_cycle for one in occasion.films] == [0, 3, 7]
    assert [cycle.index for cycle in occasion.cycles] == list(range(12))
    # The third film's first cycle is a right one, and its second the first step on the left leg.
    worst = occasion.cycles[row(occasion, "knee_over_toe", "left").worst_cycle]
    assert (worst.index, worst.side) == (8, "left")
    assert told(occasion)[0].startswith(
        "Left knee: about 3 % of leg length inwards on average, at most 4 % (step 1 of film 3)."
    )


def test_one_film_alone_is_told_as_it_was():
    for result in three_films():
        occasion = judge_occasion([result])
        assert (occasion.summary, occasion.cycles) == (result.summary, result.cycles)
        assert told(occasion) == told(result)


def test_two_parts_filmed_from_one_place_count_as_one_longer_film():
    """As if the camera had run on: nothing averages out, and the standard error falls by the spread alone."""
    one, two = on_stairs(4, number=1), on_stairs(4, number=2)
    occasion = judge_occasion([one, two])
    for before, after in zip(one.summary, occasion.summary, strict=True):
        assert after.n == 2 * before.n
        if before.mean is not None:
            assert after.mean == before.mean
            shared = np.sqrt(before.standard_error**2 - (before.sd or 0.0) ** 2 / before.n)
            assert after.standard_error == pytest.approx(
                np.hypot(shared, (after.sd or 0.0) / np.sqrt(after.n)), abs=0.02
            )


def test_what_a_camera_errs_by_averages_out_over_places_and_what_the_model_does_stays():
    errors, own = np.full(2, 1.0), np.full(2, 0.6)
    films = [Sample(np.zeros(2), errors, own, np.arange(2)) for _ in range(4)]
    apart = pool(films, [0, 1, 2, 3], 0.5)
    # Of the shared 0.8, 0.5 is each place's own.
    assert apart.shared == pytest.approx(0.8)
    assert apart.averaged_out == pytest.approx(0.5**2 * (1 - 1 / 4))
    assert pool(films, [0, 0, 2, 2], 0.5).averaged_out == pytest.approx(0.5**2 * (1 - 1 / 2))
    assert pool(films, [0, 0, 0, 0], 0.5).averaged_out == pytest.approx(0.0)
    # More than is shared cannot be the places'; and where nobody knows, nothing averages out.
    assert pool(films, [0, 1, 2, 3], 2.0).averaged_out == pytest.approx(0.8**2 * (1 - 1 / 4))
    assert pool(films, [0, 1, 2, 3], None).averaged_out == pytest.approx(0.0)
    assert pool(films, [0, 1, 2, 3], None).apart == pytest.approx(0.8)


def test_films_from_several_places_are_surer_than_from_one():
    # Where the camera stood is told by the results alone.
    films = three_films()
    from_one_place = judge_occasion([replace(one, viewpoint=films[0].viewpoint) for one in films])
    apart, together = (row(found, "knee_over_toe", "left") for found in (judge_occasion(films), from_one_place))
    assert apart.mean == together.mean
    assert apart.standard_error < together.standard_error
    # What two places differ by on stairs; the films hold 1, 2 and 2 of the 5 steps.
    known = repeatability(calibration_of(films[0].software.model), "stairs", "knee_over_toe", "left")
    gone = known.sem**2 * (1 - (1 + 4 + 4) / 25)
    assert apart.standard_error == pytest.approx(np.sqrt(together.standard_error**2 - gone), abs=0.01)


def test_repetitions_of_several_films_differ_only_by_more_than_films_do():
    def differ(offsets, sem):
        films = [Sample(np.array([0.0, 0.1]) + one, np.full(2, 1.0), np.full(2, 0.2), np.arange(2)) for one in offsets]
        return pool(films, range(len(films)), sem).differ

    assert not differ((0.0, 0.0), 0.9)
    assert not differ((0.0, 1.0), 0.9)
    assert differ((0.0, 1.0), 0.1)
    assert differ((0.0, 5.0), 0.9)


def test_left_and_right_are_paired_within_a_film():
    films = three_films()
    pairs = [row(one, "fppa", "difference").n for one in films]
    assert row(judge_occasion(films), "fppa", "difference").n == sum(pairs)


def test_a_film_without_a_number_leaves_the_others_theirs():
    track = track_of(4, Camera("back"), 8.0, 4)
    dark = result_of(replace(track, brightness=np.zeros(track.frames)), "stairs")
    assert not dark.measured
    occasion = judge_occasion([dark, *three_films()])
    assert row(occasion, "knee_over_toe", "left").n == 5
    assert "(step 1 of film 4)" in told(occasion)[0]
    nothing = judge_occasion([dark])
    assert told(nothing) == told(dark) == ["Nothing can be told, because it is too dark."]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (lambda: result_of(film(squat()), "squat"), "occasion_other_activity"),
        (lambda: replace(on_stairs(4), software=replace(on_stairs(4).software, model="lite")), "occasion_other_model"),
        (lambda: with_settings(on_stairs(4, number=2), limits_sha256="0" * 64), "occasion_other_limits"),
        (lambda: with_settings(on_stairs(4, number=2), height_m=1.6), "occasion_other_height"),
        (lambda: on_stairs(3), "occasion_same_film"),
        (lambda: with_settings(on_stairs(3), start_s=1.0), "occasion_same_film"),
    ],
)
def test_what_does_not_go_together_is_refused(other, code):
    first = with_settings(on_stairs(3), height_m=1.8)
    with pytest.raises(InputError) as fault:
        judge_occasion([first, other()])
    assert fault.value.code == code


def test_two_parts_of_one_film_go_together_and_nothing_gives_nothing():
    first, second = (with_settings(on_stairs(3), start_s=at, end_s=at + 1.0) for at in (0.0, 1.0))
    assert row(judge_occasion([first, second]), "knee_over_toe", "left").n == 2
    with pytest.raises(InputError) as fault:
        judge_occasion([])
    assert fault.value.code == "occasion_empty"


def test_a_height_tells_the_occasion_in_centimetres():
    films = [with_settings(one, height_m=1.8) for one in three_films()]
    assert " cm inwards" in told(judge_occasion(films))[0]


def test_python_has_it_at_its_front_door_and_as_json():
    content = json.loads(alignment.judge_occasion(three_films()).to_json())
    assert content["schema"] == "alignment-occasion/1"
    assert [one["name"] for one in content["films"]] == ["stairs_1.mp4", "stairs_2.mp4", "stairs_3.mp4"]
    first = content["findings"][0]["values"]
    assert (first["worst_film"], first["worst_number"]) == (3, 1)


# --- The command


@pytest.fixture
def tracks(tmp_path, monkeypatch):
    """Landmarks of the three films, each in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    paths = [tmp_path / f"film_{number}" / "track.parquet" for number in (1, 2, 3)]
    for path, steps, place, inwards_deg, number in zip(
        paths, (3, 4, 5), PLACES, (8.0, 9.0, 10.0), (1, 2, 3), strict=True
    ):
        path.parent.mkdir()
        path.write_bytes(track_parquet(track_of(steps, place, inwards_deg, number)))
    return [str(path) for path in paths]


COMMAND = ("--activity", "stairs", "--no-report", "--one-occasion")


def test_the_command_tells_films_given_together_as_one(tracks, capfd):
    assert main(["analyze", *tracks, *COMMAND]) == 0
    said = capfd.readouterr().out
    for number in (1, 2, 3):
        assert f"Film {number}: stairs_{number}.mp4: Stairs" in said
        assert Path(f"out/film_{number}/result.json").is_file()
    films, together = said.split("3 films of one occasion: Stairs")
    assert "•" not in films
    assert "Counted steps: 12" in together
    assert " ".join(together.split()).count("• Left knee: about 3 % of leg length inwards on average") == 1
    # Each film's own result is what it is without the others.
    assert read_result(Path("out/film_1")).findings[0].code == "provisional"


def test_the_commands_json_is_the_occasion(tracks, capfd):
    assert main(["analyze", *tracks, *COMMAND, "--json", "-"]) == 0
    assert json.loads(capfd.readouterr().out) == json.loads(judge_occasion(three_films()).to_json())


def test_a_bad_film_leaves_the_others_theirs_and_one_given_twice_is_refused(tracks, capfd):
    assert main(["analyze", "nowhere.mp4", *tracks[:2], *COMMAND, "--json", "it.json"]) == 2
    assert [one["name"] for one in json.loads(Path("it.json").read_text())["films"]] == ["stairs_1.mp4", "stairs_2.mp4"]
    capfd.readouterr()
    assert main(["analyze", tracks[0], tracks[0], *COMMAND]) == 2
    said = capfd.readouterr().err
    assert "stairs_1.mp4 was given twice, and its repetitions would count twice." in said


#: Standard errors as films have them: what all repetitions of a film share and what is each one's own, in % of leg length.
ERRORS = [(1.2, 0.3), (1.0, 1.0), (0.6, 1.3)]


@pytest.mark.parametrize(("shared", "own"), ERRORS)
@pytest.mark.parametrize("films", [1, 2, 3, 4])
@pytest.mark.parametrize("known", [True, False])
def test_what_is_usual_is_seldom_called_outside_however_many_films_there_are(shared, own, films, known):
    """Occasions of 1 to 4 films with 1 to 10 repetitions, the true value at the end of the usual range, and well inside.

    The camera's part of the shared error is drawn for each film, the model's for each occasion; `known` tells whether the
    rule knows how large the camera's is.
    """
    limit: Limit = next(
        one for one in shipped_limits().of("stairs") if one.measure == "knee_over_toe" and one.side == "leg"
    )
    camera = min(shared, limit.sem)
    places = list(range(films))
    for n in (1, 3, 10):
        random = np.random.default_rng([films, n])
        strays = (
            np.sqrt(shared**2 - camera**2) * random.normal(size=(400, 1, 1))
            + camera * random.normal(size=(400, films, 1))
            + own * random.normal(size=(400, films, n))
        )

        def verdicts(true, strays=strays, n=n):
            each = (np.full(n, np.hypot(shared, own)), np.full(n, own), np.arange(n))
            occasions = ([Sample(true + one, *each) for one in stray] for stray in strays)
            return [film_verdict(pool(one, places, limit.sem if known else None), limit)[0] for one in occasions]

        # A share of 5 % of 400 strays by 1.1 %.
        assert verdicts(limit.high).count(Verdict.OUTSIDE) <= 0.061 * len(strays)
        assert verdicts(1.5).count(Verdict.WITHIN) >= 0.8 * len(strays)


def test_what_only_the_side_shows_exactly_is_judged_by_the_films_from_there():
    front, side = (
        result_of(replace(track, source=replace(track.source, name=f"{facing}.mp4", sha256=facing[0] * 64)), "cycling")
        for facing in ("front", "left")
        for track in [film(cycling(duration_s=4.0), Camera(facing, distance=5.0))]
    )
    both, alone = row(judge_occasion([front, side]), "knee_flexion", "left"), row(side, "knee_flexion", "left")
    assert (both.mean, both.n, both.verdict) == (alone.mean, alone.n, alone.verdict)
    assert both.verdict is not None
    assert row(judge_occasion([front]), "knee_flexion", "left").verdict is None
