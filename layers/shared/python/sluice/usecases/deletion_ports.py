"""What removing a deleted video needs from outside besides ``ports.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sluice.domain.deletion import Receipt
from sluice.domain.video import Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to remove of every deleted video.

    ``remove`` says how many there were, ``is_gone`` looks again; both may be repeated. ``check`` tells people
    how that is verified.
    """

    name: str
    check: str
    remove: Callable[[Video], int]
    is_gone: Callable[[Video], bool]


class Remains(Protocol):
    """Objects below a prefix, in all their versions, and uploads to there that were never completed."""

    def remove(self, prefix: str) -> int:
        """Remove all objects; how many there were."""

    def count(self, prefix: str) -> int: ...

    def abort(self, prefix: str) -> int:
        """End all uploads; how many there were."""

    def count_uploads(self, prefix: str) -> int: ...


class Work(Protocol):
    """Processing under way."""

    def stop(self, reference: str) -> bool:
        """End it; whether it was running."""

    def runs(self, reference: str) -> bool: ...


class Remnants(Protocol):
    """Rows about a video besides its tombstone and its receipt, and those that lead to it."""

    def remove(self, video: Video) -> int: ...

    def count(self, video: Video) -> int: ...


class PurgeRequests(Protocol):
    """Deleted videos that are to be looked at."""

    def ask(self, video_id: str, *, last: bool = False, delay: timedelta = timedelta()) -> None:
        """Have what is left of it removed, as soon as ``delay`` is over; ``last``: no other look follows."""


class Receipts(Protocol):
    """Receipts by their video, each kept as long as the tombstone."""

    def find(self, video_id: str) -> tuple[Receipt, int] | None:
        """The receipt and its version."""

    def write(self, receipt: Receipt, version: int) -> None:
        """Write it where this version still stands; 0: where there is none.

        Raises:
            WriteConflict: another writer was first.
        """
