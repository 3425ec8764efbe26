"""Deleted means deleted: nothing that is stored stays, nothing that works goes on (R6)."""

import pytest
from sluice.domain import facts
from sluice.domain.video import Video, reduce
from sluice.usecases.purge_video import Purged, purge_video

from tests.builders import VIDEO_ID, at, make_video
from tests.fakes.provider import FakeUploads
from tests.fakes.videos import FakeVideos


class Outside:
    """A bucket and running executions."""

    def __init__(self, *keys: str) -> None:
        self.keys = set(keys)
        self.running = {"arn:aws:states:::execution:media:one"}

    def remove(self, prefix: str) -> int:
        gone = {key for key in self.keys if key.startswith(prefix)}
        self.keys -= gone
        return len(gone)

    def erase(self, video: Video) -> int:
        return 3 if video.provider == "mux" else 0

    def stop(self, reference: str) -> None:
        self.running.discard(reference)


SOURCE = f"uploads/alice/{VIDEO_ID}/source"
MADE = f"videos/{VIDEO_ID}/hls/index.m3u8"
ANOTHERS = f"videos/{VIDEO_ID}0/hls/index.m3u8"


def purge(video: Video | None, outside: Outside, uploads: FakeUploads | None = None) -> Purged:
    videos = FakeVideos(video) if video else FakeVideos()
    return purge_video(
        VIDEO_ID,
        videos=videos,
        remains=outside,
        work=outside,
        uploads=uploads or FakeUploads(),
        holdings={"mux": outside}.__getitem__,
    )


def test_what_another_provider_holds_is_erased_there_and_our_bucket_left_alone() -> None:
    outside = Outside(SOURCE)
    deleted = make_video("deleted", provider="mux")
    assert purge(deleted, outside) == Purged(was_deleted=True, removed=3)
    assert outside.keys == {SOURCE}


def test_everything_of_a_deleted_video_goes_and_nothing_of_another() -> None:
    outside, uploads = Outside(SOURCE, MADE, ANOTHERS), FakeUploads()
    uploads.open.add(VIDEO_ID)
    deleted = reduce(make_video("ready"), facts.DeletionRequested(at=at(9)))
    assert purge(deleted, outside, uploads) == Purged(was_deleted=True, removed=2)
    assert (outside.keys, outside.running, uploads.open) == ({ANOTHERS}, set(), set())


def test_purging_twice_is_harmless() -> None:
    outside, deleted = Outside(SOURCE), make_video("deleted")
    purge(deleted, outside)
    assert purge(deleted, outside) == Purged(was_deleted=True, removed=0)


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "error"])
def test_a_video_that_is_not_deleted_is_left_alone_whoever_asks(status: str) -> None:
    outside = Outside(SOURCE, MADE)
    assert purge(make_video(status), outside) == Purged(was_deleted=False, removed=0)
    assert outside.keys == {SOURCE, MADE}
    assert outside.running


def test_a_video_that_nobody_knows_has_nothing_to_purge() -> None:
    assert purge(None, Outside(MADE)) == Purged(was_deleted=False, removed=0)
