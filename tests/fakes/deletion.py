"""What deleted videos leave behind, in memory."""

from dataclasses import dataclass, field
from datetime import timedelta

from sluice.domain.deletion import Receipt
from sluice.domain.errors import WriteConflict
from sluice.domain.video import Video


@dataclass
class FakeRemains:
    """``Remains``: keys of objects, and of uploads that were never completed."""

    keys: set[str] = field(default_factory=set)
    uploads: set[str] = field(default_factory=set)

    def remove(self, prefix: str) -> int:
        return _taken(self.keys, prefix)

    def count(self, prefix: str) -> int:
        return sum(key.startswith(prefix) for key in self.keys)

    def abort(self, prefix: str) -> int:
        return _taken(self.uploads, prefix)

    def count_uploads(self, prefix: str) -> int:
        return sum(key.startswith(prefix) for key in self.uploads)


@dataclass
class FakeWork:
    """``Work``: references of what runs."""

    running: set[str] = field(default_factory=set)

    def stop(self, reference: str) -> bool:
        did = reference in self.running
        self.running.discard(reference)
        return did

    def runs(self, reference: str) -> bool:
        return reference in self.running


@dataclass
class FakeHoldings:
    """``ProviderHoldings``: how many things a provider has for each video."""

    held: dict[str, int] = field(default_factory=dict)

    def erase(self, video: Video) -> int:
        return self.held.pop(video.video_id, 0)

    def holds(self, video: Video) -> bool:
        return video.video_id in self.held


@dataclass
class FakeRemnants:
    """``Remnants``: how many rows there are about each video."""

    rows: dict[str, int] = field(default_factory=dict)

    def remove(self, video: Video) -> int:
        return self.rows.pop(video.video_id, 0)

    def count(self, video: Video) -> int:
        return self.rows.get(video.video_id, 0)


@dataclass
class FakePurges:
    """``PurgeRequests``: the videos that were asked for."""

    asked: list[str] = field(default_factory=list)

    def ask(self, video_id: str, *, last: bool = False, delay: timedelta = timedelta()) -> None:
        self.asked.append(video_id)


@dataclass
class FakeReceipts:
    """``Receipts``."""

    written: dict[str, tuple[Receipt, int]] = field(default_factory=dict)

    def find(self, video_id: str) -> tuple[Receipt, int] | None:
        return self.written.get(video_id)

    def write(self, receipt: Receipt, version: int) -> None:
        if self.written.get(receipt.video_id, (None, 0))[1] != version:
            raise WriteConflict("Somebody else was first.")
        self.written[receipt.video_id] = (receipt, version + 1)


def _taken(keys: set[str], prefix: str) -> int:
    gone = {key for key in keys if key.startswith(prefix)}
    keys -= gone
    return len(gone)
