"""Poses that are made up, loaded as an extension is: here, and in every process that a run starts."""

from alignment.pose.engines import ENGINES
from alignment.pose.fake import FakeEngine
from alignment.request import DEFAULT_ENGINE
from tests import synthetic
from tests.fakes import poses_of

ENGINES[DEFAULT_ENGINE] = FakeEngine(poses_of(synthetic.film(synthetic.squat(reps=1)))).engine(DEFAULT_ENGINE)
