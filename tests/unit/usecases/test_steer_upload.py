"""An upload under way: complete it, cancel it, by its owner alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.errors import Conflict, Forbidden, NotFound
from sluice.domain.identity import Caller
from sluice.domain.video import Status, Video
from sluice.usecases import steer_upload
from sluice.usecases.apply_facts import apply_facts

from tests.builders import ALICE, BOB, NOW, PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.provider import FakeUploads
from tests.fakes.videos import FakeVideos


class Case:
    """One video and its open upload."""

    def __init__(self, video: Video) -> None:
        self.videos, self.provider = FakeVideos(video), FakeUploads()
        self.provider.open.add(VIDEO_ID)

    def complete(self, caller: Caller = ALICE) -> Video:
        return steer_upload.complete_upload(
            VIDEO_ID,
            caller,
            [(1, "e")],
            videos=self.videos,
            provider=self.provider,
            patience=PATIENCE,
        )

    def cancel(self, caller: Caller = ALICE) -> None:
        steer_upload.cancel_upload(
            VIDEO_ID,
            caller,
            now=at(9),
            videos=self.videos,
            provider_of=lambda _name: self.provider,
            patience=PATIENCE,
        )


def kept_open(video: Video, now: datetime) -> datetime:
    videos = FakeVideos(video)
    known = videos.find(VIDEO_ID)
    assert known is not None
    steer_upload.keep_open(known, now=now, ttl=timedelta(hours=6), videos=videos, patience=PATIENCE)
    return videos.rows[VIDEO_ID].known.video.open_until


@pytest.mark.parametrize(
    ("hours", "until"),
    [(0, 6), (2.9, 6), (3.1, 9.1), (5, 11), (41, 47), (43, 48), (47.9, 48)],
)
def test_an_upload_that_goes_on_is_waited_for_until_its_parts_end(hours: float, until: float) -> None:
    assert kept_open(make_video(), NOW + timedelta(hours=hours)) == NOW + timedelta(hours=until)


def test_an_upload_at_a_provider_ends_when_the_provider_says() -> None:
    assert kept_open(make_video(provider="mux"), NOW + timedelta(hours=5)) == NOW + timedelta(hours=6)


MULTIPART = make_video(protocol="multipart")


def test_completing_says_that_the_source_is_there() -> None:
    assert Case(MULTIPART).complete().status is Status.PROCESSING


def test_completing_twice_says_the_same() -> None:
    case = Case(MULTIPART)
    assert case.complete() == case.complete()


def test_an_upload_without_parts_cannot_be_completed() -> None:
    with pytest.raises(Conflict) as refused:
        Case(make_video(protocol="put")).complete()
    assert refused.value.code == "not_multipart"


def test_an_upload_that_has_failed_cannot_be_completed() -> None:
    failed = replace(make_video("error"), upload=MULTIPART.upload, source=None, processing_at=None)
    with pytest.raises(Conflict) as refused:
        Case(failed).complete()
    assert refused.value.code == "not_uploading"


def test_a_video_that_is_deleted_while_its_parts_are_joined_is_shown_to_nobody() -> None:
    case = Case(MULTIPART)

    def delete_first() -> None:
        case.videos.before_write = lambda: None
        apply_facts(case.videos, VIDEO_ID, facts.DeletionRequested(at=at(8)), patience=PATIENCE)

    case.videos.before_write = delete_first
    with pytest.raises(NotFound):
        case.complete()


def test_cancelling_stops_the_upload_and_removes_the_video_from_every_answer() -> None:
    case = Case(make_video())
    case.cancel()
    assert case.provider.open == set()
    assert case.videos.counts("alice") == Counts()
    with pytest.raises(NotFound):
        case.cancel()


@pytest.mark.parametrize("status", ["processing", "ready", "error"])
def test_an_upload_that_is_over_can_be_neither_cancelled_nor_asked_about(status: str) -> None:
    case = Case(make_video(status))
    with pytest.raises(Conflict) as refused:
        case.cancel()
    assert refused.value.code == "not_uploading"
    assert case.provider.open == {VIDEO_ID}
    with pytest.raises(Conflict):
        steer_upload.find_uploading(case.videos, VIDEO_ID, ALICE)


def test_nobody_else_may_complete_or_cancel() -> None:
    case = Case(MULTIPART)
    with pytest.raises(Forbidden):
        case.complete(BOB)
    with pytest.raises(Forbidden):
        case.cancel(BOB)
    assert case.provider.open == {VIDEO_ID}
