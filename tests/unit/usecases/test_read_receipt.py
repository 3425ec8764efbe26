"""A receipt is for the owner of what was deleted, and for nobody else."""

import pytest
from sluice.domain.deletion import Receipt
from sluice.domain.errors import Conflict, Forbidden, NotFound, SluiceError
from sluice.domain.identity import Caller
from sluice.domain.video import Video
from sluice.usecases.read_receipt import read_receipt

from tests.builders import ALICE, BOB, VIDEO_ID, at, make_video
from tests.fakes.deletion import FakeReceipts
from tests.fakes.videos import FakeVideos

WRITTEN = Receipt(video_id=VIDEO_ID, requested_at=at(2), completed_at=at(3))


def read(video: Video | None, caller: Caller = ALICE, written: Receipt | None = None) -> Receipt:
    videos = FakeVideos(video) if video else FakeVideos()
    receipts = FakeReceipts({VIDEO_ID: (written, 1)} if written else {})
    return read_receipt(VIDEO_ID, caller, videos=videos, receipts=receipts)


def test_an_owner_reads_what_was_written_down() -> None:
    assert read(make_video("deleted"), ALICE, WRITTEN) == WRITTEN


def test_before_the_first_look_it_says_when_it_was_asked_for() -> None:
    receipt = read(make_video("deleted"))
    assert (receipt.requested_at, receipt.steps, receipt.complete) == (at(2), (), False)


@pytest.mark.parametrize(
    ("video", "caller", "error"),
    [
        (None, ALICE, NotFound),
        (make_video("deleted"), BOB, NotFound),
        (make_video("ready"), BOB, Forbidden),
        (make_video("ready"), ALICE, Conflict),
    ],
)
def test_anything_else_is_refused_as_it_is_elsewhere(
    video: Video | None, caller: Caller, error: type[SluiceError]
) -> None:
    with pytest.raises(error):
        read(video, caller, WRITTEN)


def test_what_cannot_be_an_id_is_not_looked_for() -> None:
    with pytest.raises(NotFound):
        read_receipt("x" * 3000, ALICE, videos=FakeVideos(), receipts=FakeReceipts())
