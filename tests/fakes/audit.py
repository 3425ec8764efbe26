"""Places and a table to be audited, in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sluice.domain.errors import Unavailable
from sluice.domain.holdings import Holding
from sluice.domain.video import Video
from sluice.usecases.audit_ports import CountsRow, ReceiptRow, Row, VideoRow

from tests.fakes.videos import FakeVideos


@dataclass
class FakeInventory:
    """``Inventory`` that may break off after what it has."""

    held: Sequence[Holding] = ()
    breaks_off: bool = False

    def holdings(self) -> Iterator[Holding]:
        yield from self.held
        if self.breaks_off:
            raise Unavailable("It does not answer.")


@dataclass
class FakeRows:
    """``Rows`` of a fake table, receipts and links beside it."""

    store: FakeVideos
    beside: list[Row] = field(default_factory=list)

    def all(self) -> Iterator[Row]:
        owners = set()
        for row in self.store.rows.values():
            video = row.known.video
            owners.add(video.owner_id)
            yield VideoRow(video.video_id, video.owner_id, video.status, video.deleted_at)
        for owner in owners:
            yield CountsRow(owner, self.store.counts(owner))
        yield from self.beside

    def videos(self, video_ids: Sequence[str]) -> Mapping[str, Video]:
        found = {video_id: self.store.find(video_id) for video_id in video_ids}
        return {video_id: one.video for video_id, one in found.items() if one}


def verified(video: Video) -> ReceiptRow:
    return ReceiptRow(video.video_id, complete=True)
