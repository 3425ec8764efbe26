"""New ids."""

import os
from datetime import datetime
from uuid import UUID

_MILLISECOND_BITS = 48
_RANDOM_BYTES = 10


def new_video_id(now: datetime) -> str:
    """``vid_`` and a UUIDv7 (RFC 9562): ids sort by the time they were made at."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << _MILLISECOND_BITS) - 1)
    value = milliseconds << 80 | int.from_bytes(os.urandom(_RANDOM_BYTES))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"vid_{UUID(int=value)}"
