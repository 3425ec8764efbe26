"""Beacons: what a player says of one session at one moment, and what is too absurd to be believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A player's own totals: a week, and as many stalls and seeks as nobody has.
MAX_TOTAL_MS = 7 * 24 * 3600 * 1000
MAX_COUNT = 100_000
# Twice the longest video that a deployment may allow.
MAX_MEDIA_SECONDS = 48 * 3600
MAX_STARTUP_MS = 3600 * 1000
# Phones' clocks are off by minutes; a wrong hour is a wrong day.
_AHEAD = timedelta(hours=1)
# Who was offline may report late, as long as the session's row is still there to be merged with.
_BEHIND = timedelta(days=30)
SESSION_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beacon:
    """One client report. Times at the client's clock are in ms since 1970, positions in µs of the video.

    ``play_ms``, ``buffer_ms``, ``rebuffers`` and ``seeks`` are the session's running totals as the player
    counted them until then; ``view`` is the id of the view whose token came along, if it was good.
    """

    kind: str
    session_id: str
    video_id: str
    at_ms: int
    user_id: str | None = None
    play_ms: int | None = None
    buffer_ms: int | None = None
    rebuffers: int | None = None
    seeks: int | None = None
    position_us: int | None = None
    duration_us: int | None = None
    startup_ms: int | None = None
    error: str | None = None
    device: str | None = None
    country: str | None = None
    view: str | None = None


def implausible(at_ms: float, *, now: datetime) -> str | None:
    """What is wrong with a client's time, if anything."""
    now_ms = now.timestamp() * 1000
    if at_ms > now_ms + _AHEAD.total_seconds() * 1000:
        return "lies in the future"
    if at_ms < now_ms - _BEHIND.total_seconds() * 1000:
        return f"lies more than {_BEHIND.days} days in the past; it is in milliseconds since 1970"
    return None
