"""Films of clothed bodies whose joints are known: `python -m samples.render NAME ...` makes clips and their truth.

Needs the extra `render`; the kinematics, the camera and the truth do not. See docs/rendering.md.
"""
