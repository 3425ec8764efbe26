"""The gallery's counts of one owner: which count a status belongs to, and what a change adds to each."""

from dataclasses import dataclass

from sluice.domain.video import Status


@dataclass(frozen=True, slots=True)
class Counts:
    """Videos of one owner. The three parts add up to ``total``; as a difference they may be negative."""

    ready: int = 0
    processing: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.ready + self.processing + self.failed

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.ready + other.ready, self.processing + other.processing, self.failed + other.failed
        )

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(
            self.ready - other.ready, self.processing - other.processing, self.failed - other.failed
        )

    def __bool__(self) -> bool:
        return self != Counts()


_COUNTED_AS = {
    Status.UPLOADING: Counts(processing=1),
    Status.PROCESSING: Counts(processing=1),
    Status.READY: Counts(ready=1),
    Status.ERROR: Counts(failed=1),
    Status.DELETED: Counts(),
}


def counted_as(status: Status | None) -> Counts:
    """What one video of this status adds; ``None`` is a video that is not there."""
    return _COUNTED_AS[status] if status else Counts()


def change(before: Status | None, after: Status | None) -> Counts:
    """What to add to the owner's counts when a video goes from one status to another."""
    return counted_as(after) - counted_as(before)
