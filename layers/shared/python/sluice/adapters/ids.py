"""New ids and keys."""

import os
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sluice.domain.base64url import spelled

_MILLISECOND_BITS = 48
_RANDOM_BYTES = 10
_KEY_BYTES = 32


def new_video_id(now: datetime) -> str:
    return new_id("vid", now)


def new_id(prefix: str, now: datetime) -> str:
    """``{prefix}_`` and a UUIDv7 (RFC 9562): ids sort by the time they were made at."""
    return _id(prefix, now, os.urandom(_RANDOM_BYTES))


def derived_id(prefix: str, at: datetime, *names: str) -> str:
    """The same in form; the same names at the same time give the same id."""
    return _id(prefix, at, sha256("\x00".join(names).encode()).digest()[:_RANDOM_BYTES])


def new_secret_key() -> str:
    """A video's secret key: 256 random bits, base64url."""
    return spelled(os.urandom(_KEY_BYTES))


def _id(prefix: str, at: datetime, rest: bytes) -> str:
    milliseconds = int(at.timestamp() * 1000) & ((1 << _MILLISECOND_BITS) - 1)
    value = milliseconds << 80 | int.from_bytes(rest)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{prefix}_{UUID(int=value)}"
