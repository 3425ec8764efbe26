"""Writers that meet on one row: who lost reads again after a pause that keeps them from meeting again."""

import time
from collections.abc import Callable, Iterator
from random import uniform

from sluice.domain.errors import WriteConflict

# 64 writers on one row need about 20 rounds at worst.
_ATTEMPTS = 40
_LONGEST_PAUSE_SECONDS = 0.4


def rounds(pause: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Number the attempts, with full-jitter pauses between them."""
    for attempt in range(_ATTEMPTS):
        if attempt:
            pause(uniform(0, min(_LONGEST_PAUSE_SECONDS, 0.01 * 2**attempt)))  # noqa: S311 - jitter
        yield attempt


def until_written(write: Callable[[], None]) -> None:
    """``write``, again as long as somebody else is in the way.

    Raises:
        WriteConflict: there were too many others.
    """
    for _ in rounds():
        try:
            write()
        except WriteConflict:
            continue
        return
    raise WriteConflict("This is being changed by too many requests at once. Please try again.")
