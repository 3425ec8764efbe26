"""Polling asks the provider in its turn: not while something was just heard, and once an interval."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sluice.domain import facts
from sluice.domain.errors import NotFound
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.refresh_video import refresh_video

from tests.builders import PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.provider import FakeWatch
from tests.fakes.videos import FakeVideos

STORED = facts.SourceStored(at=at(5), size_bytes=1, etag="e")


def poll(videos: FakeVideos, watch: FakeWatch, moment: float) -> Video:
    found = videos.find(VIDEO_ID)
    assert found is not None
    return refresh_video(
        found, every_seconds=10, now=at(moment), videos=videos, watch=watch, patience=PATIENCE
    )


def test_what_the_provider_says_is_answered_and_kept() -> None:
    videos = FakeVideos(make_video())
    assert poll(videos, FakeWatch(STORED), 10).status is Status.PROCESSING
    found = videos.find(VIDEO_ID)
    assert found is not None
    assert found.video.status is Status.PROCESSING


def test_nobody_is_asked_while_something_was_heard_just_now() -> None:
    watch = FakeWatch(STORED)
    assert poll(FakeVideos(make_video()), watch, 9.9).status is Status.UPLOADING
    assert watch.asked == 0


@pytest.mark.parametrize("status", ["complete", "error"])
def test_nobody_is_asked_about_a_settled_video(status: str) -> None:
    watch = FakeWatch(STORED)
    poll(FakeVideos(make_video(status)), watch, 1000)
    assert watch.asked == 0


def test_whoever_polls_the_provider_is_asked_once_an_interval() -> None:
    videos, watch = FakeVideos(make_video()), FakeWatch()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: poll(videos, watch, 10), range(16)))
    assert watch.asked == 1
    poll(videos, watch, 19)
    assert watch.asked == 1
    poll(videos, watch, 20)
    assert watch.asked == 2


def test_a_video_that_is_deleted_while_its_provider_is_asked_is_shown_to_nobody() -> None:
    videos = FakeVideos(make_video())

    def delete_first() -> None:
        videos.before_write = lambda: None
        apply_facts(videos, VIDEO_ID, facts.DeletionRequested(at=at(8)), patience=PATIENCE)

    videos.before_write = delete_first
    with pytest.raises(NotFound):
        poll(videos, FakeWatch(STORED), 10)
