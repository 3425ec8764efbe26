"""Where figures lie: rows in partitions of a video or of an owner, spread so that none of them runs hot.

    VIDEO#{id}#{n}     SESSION#{session}  a session's timeline        VIEW#{view}      whose token that is
                       VIEWER#{viewer}    sessions of one user        FIGURES#TOTALS   counts
                       FIGURES#DAY#{day}  a day's tally
    OWNER#{user}#{n}   VIEWER#{viewer}    videos of one user          FIGURES#TOTALS, FIGURES#DAY#{day}
                       FIGURES#VIDEO#{id} a video's tally

Sessions, views and viewers have their partition by their own name. Counts may be added to in any of the
partitions, since they are read from all of them.
"""

from dataclasses import dataclass
from zlib import crc32

from sluice.domain.qoe_counts import Totals
from sluice.domain.qoe_timeline import Timeline

SHARDS = 16
FIGURES = "FIGURES#"
_DAY, _VIDEO = "FIGURES#DAY#", "FIGURES#VIDEO#"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: ``kind`` is ``VIDEO`` or ``OWNER``."""

    kind: str
    name: str

    def partition(self, shard: int) -> str:
        return f"{self.kind}#{self.name}#{shard}"

    def partition_of(self, name: str) -> str:
        """Where the row of this name has its place."""
        return self.partition(crc32(name.encode()) % SHARDS)


@dataclass(frozen=True, slots=True)
class Known:
    """How many sessions (of a video) or videos (of an owner) a user has viewed; verified views apart."""

    views: int = 0
    verified: int = 0

    def __add__(self, other: "Known") -> "Known":
        return Known(self.views + other.views, self.verified + other.verified)

    def __sub__(self, other: "Known") -> "Known":
        return Known(self.views - other.views, self.verified - other.verified)

    def __bool__(self) -> bool:
        return self != Known()

    @property
    def at_all(self) -> "Known":
        """1 for each that is more than nothing."""
        return Known(int(self.views > 0), int(self.verified > 0))


@dataclass(frozen=True, slots=True)
class RowKey[T]:
    """A row's place, and what its document is."""

    partition: str
    sort: str
    kind: type[T]


@dataclass(frozen=True, slots=True)
class TallyKey:
    """A row that holds a tally."""

    partition: str
    sort: str


def video_scope(video_id: str) -> Scope:
    return Scope("VIDEO", video_id)


def owner_scope(owner_id: str) -> Scope:
    return Scope("OWNER", owner_id)


def session_row(video_id: str, session_id: str) -> RowKey[Timeline]:
    return RowKey(video_scope(video_id).partition_of(session_id), f"SESSION#{session_id}", Timeline)


def view_row(video_id: str, view: str) -> RowKey[str]:
    return RowKey(video_scope(video_id).partition_of(view), f"VIEW#{view}", str)


def viewer_row(scope: Scope, viewer: str) -> RowKey[Known]:
    return RowKey(scope.partition_of(viewer), f"VIEWER#{viewer}", Known)


def totals_row(scope: Scope, shard: int) -> RowKey[Totals]:
    return RowKey(scope.partition(shard), f"{FIGURES}TOTALS", Totals)


def day_row(scope: Scope, shard: int, day: str) -> TallyKey:
    return TallyKey(scope.partition(shard), f"{_DAY}{day}")


def video_row(scope: Scope, shard: int, video_id: str) -> TallyKey:
    return TallyKey(scope.partition(shard), f"{_VIDEO}{video_id}")


def day_of(sort: str) -> str | None:
    """The day whose tally a row is."""
    return sort.removeprefix(_DAY) if sort.startswith(_DAY) else None


def video_of(sort: str) -> str | None:
    """The video whose tally a row is."""
    return sort.removeprefix(_VIDEO) if sort.startswith(_VIDEO) else None
