"""A secret that may be replaced while a process lives."""

import time
from collections.abc import Callable

from sluice.domain.errors import Unavailable

_KEPT_SECONDS = 300


class RotatingSecret:
    """Read again every few minutes, so that a rotation needs no new processes."""

    def __init__(self, read: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._held: str | None = None
        self._read_at = 0.0

    def text(self) -> str:
        """The secret's text, at most five minutes old, or older while no newer can be had.

        Raises:
            Unavailable: it cannot be read at the moment, and never could.
        """
        now = self._clock()
        if self._held is None or now - self._read_at > _KEPT_SECONDS:
            try:
                self._held = self._read()
            except Unavailable:
                if self._held is None:
                    raise
            self._read_at = now
        return self._held
