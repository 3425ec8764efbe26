"""The form of our own ids."""

import re

_VIDEO_ID = re.compile(r"vid_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_video_id(text: str) -> bool:
    """Whether it has the form of our ids. Others put ids of their own where providers carry ours."""
    return _VIDEO_ID.fullmatch(text) is not None
