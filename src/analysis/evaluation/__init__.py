"""The questions of the study, one module each. Frames in, an :class:`Outcome` out; never touches the disk."""
