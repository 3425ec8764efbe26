"""The form of our own ids."""

import re

_ID = re.compile(r"([a-z]+)_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_video_id(text: str) -> bool:
    """Whether it has the form of our ids. Others put ids of their own where providers carry ours."""
    return is_id("vid", text)


def is_id(prefix: str, text: str) -> bool:
    """Whether it has the form of an id with this prefix."""
    match = _ID.fullmatch(text)
    return match is not None and match[1] == prefix
