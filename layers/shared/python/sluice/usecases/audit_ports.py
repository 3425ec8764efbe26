"""What the audit needs from outside besides ``ports.py``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sluice.domain.counts import Counts
from sluice.domain.holdings import Holding
from sluice.domain.video import Status, Video


class Inventory(Protocol):
    """One place where things are stored for videos."""

    def holdings(self) -> Iterator[Holding]:
        """Everything there, page by page.

        Raises:
            Unavailable: it cannot be listed at the moment; also in the middle.
        """


@dataclass(frozen=True, slots=True)
class VideoRow:
    """A video's row, without what was said about it."""

    video_id: str
    owner_id: str
    status: Status
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountsRow:
    """What an owner is told of how many videos they have."""

    owner_id: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A deletion's receipt."""

    video_id: str
    complete: bool


type Row = VideoRow | CountsRow | ReceiptRow | Holding


class Rows(Protocol):
    """The table, read as a whole."""

    def all(self) -> Iterator[Row]:
        """Every row that says something of videos; links of providers are holdings."""

    def videos(self, video_ids: Sequence[str]) -> Mapping[str, Video]:
        """Those of these videos that there are."""
