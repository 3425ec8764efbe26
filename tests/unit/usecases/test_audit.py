"""Everything that is stored is looked at; what belongs to no video is named, what was deleted goes again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sluice.domain.counts import Counts
from sluice.domain.errors import SluiceError
from sluice.domain.holdings import Holding, Orphaned
from sluice.domain.video import Video
from sluice.usecases.audit import Audit, Report
from sluice.usecases.audit_ports import CountsRow, ReceiptRow, Row

from tests.builders import at, make_video, video_id
from tests.fakes.audit import FakeInventory, FakeRows, verified
from tests.fakes.deletion import FakePurges
from tests.fakes.videos import FakeVideos


def video(number: int, status: str = "complete", **changes: str) -> Video:
    return make_video(status, video_id=video_id(number), **changes)


def renditions(number: int) -> Holding:
    return Holding(place="bucket", kind="renditions", name=f"videos/{number}/", video_id=video_id(number))


@dataclass
class Night:
    """One audit and what it asked for."""

    purges: FakePurges = field(default_factory=FakePurges)
    failures: list[str] = field(default_factory=list)

    def audit(
        self,
        videos: FakeVideos,
        *held: Holding,
        beside: tuple[Row, ...] = (),
        breaks_off: bool = False,
        has_time: Callable[[], bool] = lambda: True,
    ) -> Report:
        def failed(place: str, error: SluiceError) -> None:
            self.failures.append(place)

        return Audit(
            rows=FakeRows(videos, list(beside)),
            videos=videos,
            purges=self.purges,
            now=at(7200),
            grace=timedelta(hours=1),
            has_time=has_time,
            failed=failed,
        ).run({"bucket": lambda: FakeInventory(held, breaks_off)})


def test_what_belongs_to_no_video_is_named_and_what_does_is_counted() -> None:
    report = Night().audit(FakeVideos(video(1)), renditions(1), renditions(2))
    assert [(one.holding.video_id, one.why) for one in report.orphans] == [(video_id(2), Orphaned.NO_VIDEO)]
    assert report.looked_at == {"bucket.renditions": 2}
    assert (report.miscounted, report.unread) == ([], [])


def test_what_is_left_of_deleted_videos_is_purged_again_and_nothing_else_is() -> None:
    night, gone = Night(), [video(1, "deleted"), video(2, "deleted")]
    report = night.audit(
        FakeVideos(*gone, video(3)),
        *map(renditions, (1, 1, 3, 4)),
        beside=tuple(map(verified, gone)),
    )
    assert [one.why for one in report.orphans] == [Orphaned.DELETED, Orphaned.DELETED, Orphaned.NO_VIDEO]
    assert (night.purges.asked, report.asked_to_purge) == ([video_id(1)], 1)


def test_a_deletion_that_nobody_verified_is_asked_for_again() -> None:
    night = Night()
    gone = [video(number, "deleted") for number in (1, 2, 3)]
    rows = (verified(gone[0]), ReceiptRow(gone[1].video_id, complete=False))
    report = night.audit(FakeVideos(*gone), beside=rows)
    assert night.purges.asked == [video_id(2), video_id(3)]
    assert {one.holding.sort for one in report.orphans} == {"table.unverified"}


def test_a_link_that_leads_nowhere_is_an_orphan() -> None:
    link = Holding(
        place="table", kind="asset", name="PROVIDER#mux#asset#A", video_id=video_id(9), their_id="A"
    )
    report = Night().audit(FakeVideos(), beside=(link,))
    assert [one.holding for one in report.orphans] == [link]


class Miscounting(FakeVideos):
    """Its owners are told of one video more than they have."""

    def counts(self, owner_id: str) -> Counts:
        return super().counts(owner_id) + Counts(ready=1)


def test_owners_who_are_told_other_counts_than_they_have_are_named() -> None:
    many = [video(number) for number in range(101)]
    assert Night().audit(FakeVideos(*many)).miscounted == []
    assert Night().audit(Miscounting(*many)).miscounted == ["alice"]


def test_counts_that_moved_while_the_table_was_read_are_counted_again() -> None:
    videos = FakeVideos(video(1))
    report = Night().audit(videos, beside=(CountsRow("alice", Counts(failed=7)), CountsRow("bob", Counts(1))))
    assert report.miscounted == []


def test_a_place_that_breaks_off_is_told_and_holds_back_no_other() -> None:
    night = Night()
    link = Holding(place="table", kind="asset", name="L", video_id=video_id(9), their_id="A")
    report = night.audit(FakeVideos(), *map(renditions, range(100)), beside=(link,), breaks_off=True)
    assert (night.failures, report.unread) == (["bucket"], ["bucket"])
    assert len(report.orphans) == 101


def test_when_time_is_over_it_says_what_was_not_looked_at_and_claims_nothing_of_it() -> None:
    moments = iter([True] * 3)
    report = Night().audit(
        Miscounting(video(1, "deleted")), *map(renditions, range(5)), has_time=lambda: next(moments, False)
    )
    assert report.unread == ["bucket", "table"]
    assert (report.orphans, report.miscounted) == ([], [])
