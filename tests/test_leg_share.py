"""The picture of what "% of leg length" means: it is true to scale, and stands where somebody reads such a share."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from alignment.core.result import findings
from alignment.texts import say
from alignment.views.leg_share import DRAWN_PCT, leg_share_svg, leg_share_words, needs_leg_share
from alignment.views.palette import DARK, LIGHT
from tests.analyses import analyzed
from tests.test_report import flat, report


def leg_of(svg, colour):
    """The points of the line in this colour that has three: hip, knee and ankle."""
    lines = [one for one in ElementTree.fromstring(svg).iter() if one.get("stroke") == colour and one.get("d")]
    points = [np.array([pair.split() for pair in one.get("d")[1:].split("L")], float) for one in lines]
    return next(one for one in points if len(one) == 3)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_drawn_knee_is_as_far_inside_its_foot_as_the_picture_says(palette):
    svg = leg_share_svg(palette)
    hip, knee, ankle = leg_of(svg, palette.left)
    leg = np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)
    assert 100 * (ankle - knee)[0] / leg == pytest.approx(DRAWN_PCT, abs=0.1)
    # Inside: towards the other leg.
    other = leg_of(svg, palette.line)
    assert abs(knee[0] - other[1, 0]) < abs(ankle[0] - other[2, 0])
    assert re.findall(r">(\d+) %<", svg) == ["100", str(DRAWN_PCT)]


def test_its_words_say_the_same_in_centimetres():
    """Winter's share of the height: 10 % of 0.491 times 1.65 m."""
    assert leg_share_words().endswith("In somebody 1.65\u00a0m tall that is 8\u00a0cm.")


def test_it_stands_where_shares_are_read_and_not_where_there_are_centimetres():
    result = analyzed("squat")
    settings = {**result.software.settings, "height_m": 1.75}
    told = replace(result, software=replace(result.software, settings=settings))
    cycles = [cycle for cycle in told.cycles if cycle.rejected is None]
    told = replace(told, findings=findings(told.summary, cycles, told.activity, told.leg_m))
    assert needs_leg_share(result)
    assert not needs_leg_share(told)
    assert not needs_leg_share(replace(result, findings=()))
    words = say("leg_share_alt").message, leg_share_words().replace("\u00a0", " ")
    assert words[1] in flat(report(result, kind="plain"))
    assert words[1] not in flat(report(told, kind="plain"))
    assert "of leg length" not in flat(report(told, kind="plain"))
