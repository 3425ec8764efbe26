"""Compare all that is stored with the videos that there are; have what deleted ones left behind removed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import batched, islice

from sluice.domain.counts import Counts, counted_as
from sluice.domain.errors import SluiceError
from sluice.domain.holdings import Holding, Orphaned, orphaned
from sluice.domain.video import Status
from sluice.usecases.audit_ports import CountsRow, Inventory, ReceiptRow, Rows, VideoRow
from sluice.usecases.contention import rounds
from sluice.usecases.deletion_ports import PurgeRequests
from sluice.usecases.ports import VideoStore

_AT_ONCE = 100
# Indexes follow the table within moments.
_RECOUNTS = 8


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something that belongs to no video."""

    holding: Holding
    why: Orphaned


@dataclass(slots=True)
class Report:
    """What was found. ``unread`` names places that could not be looked at, or not to their end."""

    looked_at: dict[str, int] = field(default_factory=dict)
    orphans: list[Orphan] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    asked_to_purge: int = 0
    unread: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Audit:
    """One round. ``has_time`` says whether there is any left; ``failed`` is told what went wrong where."""

    rows: Rows
    videos: VideoStore
    purges: PurgeRequests
    now: datetime
    grace: timedelta
    has_time: Callable[[], bool]
    failed: Callable[[str, SluiceError], None]
    report: Report = field(default_factory=Report)

    def run(self, inventories: Mapping[str, Callable[[], Inventory]]) -> Report:
        """Look at each place and at the table; a place that cannot be read holds back no other."""
        for place, inventory in inventories.items():
            self._guarded(place, partial(self._look_at, inventory))
        table = _Table()
        self._guarded("table", lambda: self._judge(table.read(self._in_time(self.rows.all()))))
        if "table" not in self.report.unread:
            self._judge(table.unverified(self.now - self.grace))
            self.report.miscounted = [owner for owner in table.suspects() if self._is_miscounted(owner)]
        self._purge_again()
        return self.report

    def _guarded(self, place: str, look: Callable[[], None]) -> None:
        try:
            look()
        except _OutOfTime:
            self.report.unread.append(place)
        except SluiceError as error:
            self.failed(place, error)
            self.report.unread.append(place)

    def _look_at(self, inventory: Callable[[], Inventory]) -> None:
        self._judge(inventory().holdings())

    def _judge(self, holdings: Iterable[Holding]) -> None:
        for some in batched(self._in_time(holdings), _AT_ONCE, strict=False):
            known = self.rows.videos(sorted({one.video_id for one in some if one.video_id}))
            for one in some:
                self.report.looked_at[one.sort] = self.report.looked_at.get(one.sort, 0) + 1
                why = orphaned(one, known.get(one.video_id), now=self.now, grace=self.grace)
                if why:
                    self.report.orphans.append(Orphan(one, why))

    def _in_time[T](self, things: Iterable[T]) -> Iterator[T]:
        for thing in things:
            if not self.has_time():
                raise _OutOfTime
            yield thing

    def _is_miscounted(self, owner_id: str) -> bool:
        """Counted again, as the videos may have changed while the table was being read."""
        for _ in islice(rounds(), _RECOUNTS):
            before = self.videos.counts(owner_id)
            if before == self._recount(owner_id) == self.videos.counts(owner_id):
                return False
        return True

    def _recount(self, owner_id: str) -> Counts:
        found, after = Counts(), None
        while True:
            page = self.videos.page(owner_id, status=None, limit=_AT_ONCE, after=after)
            for video in page.videos:
                found += counted_as(video.status)
            after = page.next_key
            if after is None:
                return found

    def _purge_again(self) -> None:
        left = {one.holding.video_id for one in self.report.orphans if one.why is Orphaned.DELETED}
        for video_id in sorted(left):
            self.purges.ask(video_id)
        self.report.asked_to_purge = len(left)


class _OutOfTime(Exception):
    """The rest is for another night."""


class _Table:
    """What one reading of the whole table adds up to."""

    def __init__(self) -> None:
        self._counted: dict[str, Counts] = {}
        self._told: dict[str, Counts] = {}
        self._deleted: dict[str, datetime | None] = {}
        self._verified: set[str] = set()

    def read(self, rows: Iterable[VideoRow | CountsRow | ReceiptRow | Holding]) -> Iterator[Holding]:
        """Take every row in; what leads to a video goes on to be judged."""
        for row in rows:
            match row:
                case VideoRow(status=Status.DELETED):
                    self._deleted[row.video_id] = row.deleted_at
                case VideoRow():
                    counted = self._counted.get(row.owner_id, Counts())
                    self._counted[row.owner_id] = counted + counted_as(row.status)
                case CountsRow():
                    self._told[row.owner_id] = row.counts
                case ReceiptRow(complete=True):
                    self._verified.add(row.video_id)
                case ReceiptRow():
                    pass
                case Holding():
                    yield row

    def unverified(self, before: datetime) -> Iterator[Holding]:
        """Videos deleted ``before`` of which nobody has verified that nothing is left."""
        for video_id, deleted_at in self._deleted.items():
            if video_id not in self._verified and deleted_at and deleted_at <= before:
                yield Holding(place="table", kind="unverified", name=video_id, video_id=video_id)

    def suspects(self) -> list[str]:
        """Owners who seem to be told other counts than they have."""
        owners = self._counted.keys() | self._told.keys()
        return sorted(
            one for one in owners if self._counted.get(one, Counts()) != self._told.get(one, Counts())
        )
