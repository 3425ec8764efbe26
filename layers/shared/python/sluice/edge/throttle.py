"""How many events a session may send: a bucket each, in this process's memory.

Several processes grant as many times as much, which is enough: figures are the same however many events a
session sends, so this only keeps floods from the queue.
"""

from collections import OrderedDict

_BURST = 1000
_PER_SECOND = 20
# Sessions that are remembered: some megabytes.
_MOST = 20_000


class SessionThrottle:
    """Grants events by session; times in seconds since whenever."""

    retry_after_seconds = 5
    """When a request of a session that has none left makes sense again."""

    def __init__(self, burst: int = _BURST, per_second: float = _PER_SECOND) -> None:
        self._burst, self._per_second = burst, per_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, session: str, *, now: float) -> bool:
        """Whether one more event may come."""
        left, since = self._left.pop(session, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        granted = left >= 1
        self._left[session] = (left - granted, now)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)
        return granted
