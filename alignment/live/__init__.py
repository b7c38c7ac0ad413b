"""The live view: a camera's pictures in; the picture drawn on at once, counts and cues out, and in the end a recording.

What is judged while filming follows the rules of the analysis, with a fast model. The numbers come from the recording,
which goes the way of a film (`workflow`). Nothing here knows the page that shows it, and nothing touches the disk.
"""

from alignment.live.engine import Engine
from alignment.live.recording import Recording
from alignment.live.state import Phase, State

__all__ = ["Engine", "Phase", "Recording", "State"]
