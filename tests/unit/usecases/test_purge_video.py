"""Deleted means deleted: nothing stored stays, nothing that works goes on, and it is written down (R6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sluice.domain import facts
from sluice.domain.deletion import Receipt
from sluice.domain.errors import Unavailable
from sluice.domain.video import Video, reduce
from sluice.usecases.deletion_ports import Step
from sluice.usecases.purge_steps import plan_deletion
from sluice.usecases.purge_video import Purged, purge_video

from tests.builders import VIDEO_ID, at, make_video
from tests.fakes.deletion import FakeHoldings, FakeReceipts, FakeRemains, FakeRemnants, FakeWork
from tests.fakes.videos import FakeVideos

SOURCE, UPLOAD = f"uploads/alice/{VIDEO_ID}/source", f"uploads/alice/{VIDEO_ID}/source"
MADE, ANOTHERS = f"videos/{VIDEO_ID}/hls/index.m3u8", f"videos/{VIDEO_ID}0/hls/index.m3u8"
RUNNING = "arn:aws:states:::execution:media:one"


@dataclass
class Around:
    """Everything outside that may hold something of a video."""

    remains: FakeRemains = field(default_factory=FakeRemains)
    work: FakeWork = field(default_factory=FakeWork)
    mux: FakeHoldings = field(default_factory=FakeHoldings)
    remnants: FakeRemnants = field(default_factory=FakeRemnants)
    receipts: FakeReceipts = field(default_factory=FakeReceipts)

    def plan(self, video: Video) -> Sequence[Step]:
        return plan_deletion(
            video,
            work=lambda: self.work,
            remains=lambda: self.remains,
            holdings={"mux": self.mux}.__getitem__,
            remnants=self.remnants,
        )


def full() -> Around:
    return Around(
        FakeRemains({SOURCE, MADE, ANOTHERS}, {UPLOAD}),
        FakeWork({RUNNING}),
        FakeHoldings({VIDEO_ID: 3}),
        FakeRemnants({VIDEO_ID: 2}),
    )


def deleted(provider: str = "s3") -> Video:
    return reduce(make_video("ready", provider=provider), facts.DeletionRequested(at=at(9)))


def purge(video: Video | None, around: Around, *, when: float = 20, last: bool = False) -> Purged:
    videos = FakeVideos(video) if video else FakeVideos()
    return purge_video(
        VIDEO_ID, plan=around.plan, videos=videos, receipts=around.receipts, now=at(when), last=last
    )


def told(around: Around) -> dict[str, tuple[int, bool]]:
    """By step: how many things went, and whether none is left."""
    receipt, _ = around.receipts.written[VIDEO_ID]
    return {step.name: (step.removed, step.verified_at is not None) for step in receipt.steps}


def test_everything_of_a_deleted_video_goes_and_nothing_of_another() -> None:
    around = full()
    assert purge(deleted(), around) == Purged(was_deleted=True, removed=6)
    assert (around.remains.keys, around.remains.uploads, around.work.running) == ({ANOTHERS}, set(), set())
    assert told(around) == {
        "processing": (1, True),
        "open_uploads": (1, True),
        "source": (1, True),
        "renditions": (1, True),
        "records": (2, True),
    }


def test_what_another_provider_holds_is_erased_there_and_our_bucket_left_alone() -> None:
    around = full()
    assert purge(deleted("mux"), around) == Purged(was_deleted=True, removed=5)
    assert (around.mux.held, around.remains.keys) == ({}, {SOURCE, MADE, ANOTHERS})
    assert told(around) == {"provider": (3, True), "records": (2, True)}


def test_purging_again_is_harmless_and_takes_nothing_back_of_what_was_told() -> None:
    around = full()
    purge(deleted(), around)
    before = told(around)
    assert purge(deleted(), around, last=True) == Purged(was_deleted=True, removed=0)
    assert told(around) == before
    receipt, _ = around.receipts.written[VIDEO_ID]
    assert (receipt.requested_at, receipt.completed_at, receipt.confirmed_at) == (at(9), at(20), at(20))


def test_what_a_straggler_writes_is_removed_by_the_last_look() -> None:
    around = full()
    purge(deleted(), around)
    around.remains.keys.add(MADE)
    assert purge(deleted(), around, when=99, last=True).removed == 1
    assert told(around)["renditions"] == (2, True)
    assert around.remains.keys == {ANOTHERS}


class Stubborn(FakeRemains):
    """A bucket that removes nothing."""

    def remove(self, prefix: str) -> int:
        return 0


class Down(FakeHoldings):
    """A provider that cannot be reached."""

    def erase(self, video: Video) -> int:
        raise Unavailable("Mux does not answer.")


def test_what_is_still_there_is_not_said_to_be_gone_and_is_tried_again() -> None:
    around = full()
    around.remains = Stubborn({MADE})
    with pytest.raises(Unavailable):
        purge(deleted(), around)
    assert told(around)["renditions"] == (0, False)
    assert not around.receipts.written[VIDEO_ID][0].complete


def test_a_step_that_fails_holds_back_no_other() -> None:
    around = full()
    around.mux = Down({VIDEO_ID: 3})
    with pytest.raises(Unavailable, match="Mux does not answer"):
        purge(deleted("mux"), around)
    assert told(around) == {"provider": (0, False), "records": (2, True)}
    around.mux = FakeHoldings({VIDEO_ID: 3})
    purge(deleted("mux"), around, when=99)
    assert told(around) == {"provider": (3, True), "records": (2, True)}


class Contended(FakeReceipts):
    """Before the first receipt is written, another look writes its own."""

    def write(self, receipt: Receipt, version: int) -> None:
        if not self.written:
            super().write(receipt, version)
        super().write(receipt, version)


def test_two_looks_at_the_same_time_are_both_written_down() -> None:
    around = full()
    around.receipts = Contended()
    purge(deleted(), around)
    assert told(around)["source"] == (2, True)
    assert around.receipts.written[VIDEO_ID][1] == 2


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "error"])
def test_a_video_that_is_not_deleted_is_left_alone_whoever_asks(status: str) -> None:
    around = full()
    assert purge(make_video(status), around) == Purged(was_deleted=False, removed=0)
    assert around == full()


def test_a_video_that_nobody_knows_has_nothing_to_purge() -> None:
    assert purge(None, full()) == Purged(was_deleted=False, removed=0)
