"""The joints of the legs read anew from a zoom on them: the head of its own on the landmark network's early maps."""

from alignment.pose.joints.head import SIDE_PX, JointsHead, Layers, Reading, crop_around, legs_crop, reads_maps_of

__all__ = ["SIDE_PX", "JointsHead", "Layers", "Reading", "crop_around", "legs_crop", "reads_maps_of"]
