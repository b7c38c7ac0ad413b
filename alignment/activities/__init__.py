"""The activities that can be judged: one file each, found by itself."""
