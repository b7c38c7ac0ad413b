"""The live view: a camera's pictures in; the picture drawn on at once, counts and cues out, and in the end a recording.

What is judged while filming follows the rules of the analysis, with a fast model. The numbers come from the recording,
which goes the way of a film (`afterwards`). Nothing here knows the page that shows it, and nothing touches the disk.
"""

from alignment.live.engine import Engine
from alignment.live.recording import Recording
from alignment.live.scene import Stage, State

__all__ = ["Engine", "Recording", "Stage", "State"]
