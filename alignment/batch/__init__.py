"""Many videos in, one tidy table with quality and reasons out: on all cores of a machine, or on a cluster."""

from alignment.batch.runner import Analyzed, Batch, Study, analyze_many
from alignment.batch.tasks import Failure

__all__ = ["Analyzed", "Batch", "Failure", "Study", "analyze_many"]
