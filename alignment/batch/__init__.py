"""Many videos in, one tidy table with quality and reasons out: on all cores of a machine, or on a cluster."""

from alignment.batch.runs import TIMEOUT_S, Analyzed, Batch, Means, analyze_many
from alignment.batch.tasks import Failure

__all__ = ["TIMEOUT_S", "Analyzed", "Batch", "Failure", "Means", "analyze_many"]
