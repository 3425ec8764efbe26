"""The providers' rate limits, in memory: a restart begins with a full allowance."""

from collections.abc import Callable


class Bucket:
    """A token bucket: ``per_second`` sustained, ``burst`` at once."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = per_second, burst, clock
        self._tokens, self._at = float(burst), clock()

    def take(self) -> bool:
        """Take one; whether there was one."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def left(self) -> int:
        """How many could be taken now."""
        return int(self._tokens)


class Window:
    """So many calls a window; whoever goes over it is blocked for a whole window more."""

    def __init__(self, calls: int, seconds: float, clock: Callable[[], float]) -> None:
        self.calls, self.seconds, self._clock = calls, seconds, clock
        self._used, self._resets_at, self._blocked_until = 0, clock() + seconds, 0.0

    def take(self) -> float | None:
        """Count one call; None if it may pass, else for how many seconds nothing will."""
        now = self._clock()
        if now < self._blocked_until:
            return self._blocked_until - now
        if now >= self._resets_at:
            self._used, self._resets_at = 0, now + self.seconds
        self._used += 1
        if self._used <= self.calls:
            return None
        self._blocked_until, self._resets_at, self._used = now + self.seconds, now + self.seconds, 0
        return self.seconds

    @property
    def left(self) -> int:
        """Calls left in this window."""
        return max(0, self.calls - self._used)

    @property
    def resets_in(self) -> float:
        """Seconds until the window begins anew."""
        return max(0.0, self._resets_at - self._clock())
