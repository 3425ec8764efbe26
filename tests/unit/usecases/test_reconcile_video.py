"""No video waits for ever, and none is given up that could still be helped (R1, R5)."""

from datetime import datetime, timedelta

import pytest
from sluice.domain import facts
from sluice.domain.deadlines import due_at
from sluice.domain.errors import Unavailable
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.provider_ports import PrivacyKeeper, Strays
from sluice.usecases.reconcile_video import Helpers, Verdict, reconcile_video

from tests.builders import PATIENCE, VIDEO_ID, at, make_import, make_video
from tests.fakes.imports import FakeFetchQueue
from tests.fakes.provider import FakeSourceQueue, FakeWatch
from tests.fakes.videos import FakeVideos


class Case:
    """One overdue video and what its provider says."""

    def __init__(self, video: Video, *says: facts.Fact, now: datetime | None = None) -> None:
        self.videos, self.queue, self.watch = FakeVideos(video), FakeSourceQueue(), FakeWatch(*says)
        self.fetching = FakeFetchQueue()
        deadline = due_at(video, PATIENCE)
        self.now = now or (deadline or at(0)) + timedelta(seconds=1)

    def reconcile(self, strays: Strays | None = None, privacy: PrivacyKeeper | None = None) -> Verdict:
        return reconcile_video(
            VIDEO_ID,
            now=self.now,
            videos=self.videos,
            helpers=lambda _: Helpers(watch=self.watch, strays=strays, privacy=privacy),
            queue=self.queue,
            fetching=self.fetching,
            patience=PATIENCE,
        )

    @property
    def video(self) -> Video:
        found = self.videos.find(VIDEO_ID)
        assert found is not None
        return found.video


@pytest.mark.parametrize("status", ["complete", "error", "deleted"])
def test_a_settled_video_is_left_alone(status: str) -> None:
    case = Case(make_video(status))
    assert case.reconcile() is Verdict.SETTLED
    assert case.watch.asked == 0


def test_a_video_whose_time_has_not_come_is_left_alone() -> None:
    case = Case(make_video("processing"), now=at(60))
    assert case.reconcile() is Verdict.SETTLED
    assert case.watch.asked == 0


def test_a_video_that_is_gone_is_left_alone() -> None:
    case = Case(make_video())
    case.videos.rows.clear()
    assert case.reconcile() is Verdict.SETTLED


def test_what_the_provider_says_is_believed() -> None:
    deadline = due_at(make_video("processing"), PATIENCE)
    assert deadline is not None
    case = Case(make_video("processing"), facts.ProcessingStarted(at=deadline))
    assert case.reconcile() is Verdict.HEARD
    assert case.queue.announced == []
    failed = facts.Failed(at=deadline, code="processing_failed", message="m")
    case = Case(make_video("processing"), failed)
    assert case.reconcile() is Verdict.HEARD
    assert case.video.status is Status.ERROR


def test_an_upload_that_never_came_is_given_up_with_a_reason() -> None:
    case = Case(make_video("uploading"))
    assert case.reconcile() is Verdict.GIVEN_UP
    assert case.video.failure is not None
    assert case.video.failure.value.code == "upload_expired"


def test_a_stored_source_that_nobody_works_on_is_announced_again() -> None:
    case = Case(make_video("processing"))
    assert case.reconcile() is Verdict.HELPED
    assert case.queue.announced == [VIDEO_ID]
    assert due_at(case.video, PATIENCE) == case.now + PATIENCE.processing


def test_a_source_that_arrived_early_and_was_never_heard_of_is_processed_after_all() -> None:
    """Its URL holds for six hours, as long as helping is worth while: yet nobody has tried even once."""
    stored = facts.SourceStored(at=at(10), size_bytes=1, etag="e")
    case = Case(make_video("uploading"), stored)
    assert case.reconcile() is Verdict.HELPED
    assert case.queue.announced == [VIDEO_ID]
    assert case.video.status is Status.PROCESSING


def test_processing_that_was_helped_for_hours_is_given_up_with_a_reason() -> None:
    case = Case(make_video("processing"), now=at(1) + PATIENCE.give_up)
    assert case.reconcile() is Verdict.GIVEN_UP
    assert case.video.failure is not None
    assert case.video.failure.value.code == "processing_timed_out"


def test_an_import_that_nobody_fetches_is_announced_again() -> None:
    case = Case(make_import(facts.FetchProgressed(at=at(30), percent=10)))
    assert case.reconcile() is Verdict.HELPED
    assert case.fetching.announced == [(VIDEO_ID, timedelta())]
    assert due_at(case.video, PATIENCE) == case.now + PATIENCE.processing


def test_an_import_that_was_stored_without_a_word_is_announced_to_the_pipeline() -> None:
    case = Case(make_import(), facts.SourceStored(at=at(10), size_bytes=1, etag="e"))
    assert case.reconcile() is Verdict.HEARD
    case.now += PATIENCE.processing
    assert case.reconcile() is Verdict.HELPED
    assert (case.queue.announced, case.fetching.announced) == ([VIDEO_ID], [])


def test_an_import_that_was_announced_for_hours_is_given_up_with_a_reason() -> None:
    case = Case(make_import(), now=at(1) + PATIENCE.give_up)
    assert case.reconcile() is Verdict.GIVEN_UP
    assert case.video.failure is not None
    assert case.video.failure.value.code == "import_timeout"


def test_a_video_that_plays_goes_on_playing_when_its_ladder_is_given_up() -> None:
    case = Case(make_video("ready"), now=at(1) + PATIENCE.give_up)
    assert case.reconcile() is Verdict.GIVEN_UP
    assert (case.video.status, case.video.progress) == (Status.READY, 100)


@pytest.mark.parametrize(
    "video", [*(make_video(status) for status in ("uploading", "processing", "ready")), make_import()]
)
def test_every_video_settles_in_the_end_although_nothing_is_ever_heard(video: Video) -> None:
    case = Case(video)
    for _ in range(1000):
        deadline = due_at(case.video, PATIENCE)
        if deadline is None:
            break
        case.now = deadline
        case.reconcile()
    assert case.video.settled


class _Strays:
    """A provider that holds what nobody heard of."""

    def __init__(self) -> None:
        self.held = 1

    def cancel_strays(self, video: Video) -> int:
        held, self.held = self.held, 0
        return held


def test_what_is_astray_at_a_provider_is_cancelled_once() -> None:
    failed = reduce(make_video("error"), facts.CreateUnanswered(at=at(100)))
    case, strays = Case(failed), _Strays()
    assert case.reconcile(strays) is Verdict.TIDIED
    assert strays.held == 0
    assert case.reconcile(strays) is Verdict.SETTLED


class _Privacy:
    """``PrivacyKeeper`` of one video; ``says`` what plays without a token since it was asked."""

    def __init__(self, says: str) -> None:
        self.says = says

    def keep_privacy(self, video: Video, *, now: datetime) -> list[facts.Fact]:
        return [facts.ProviderLinked(at=now, kind="playback_public", provider_id=self.says)]


def test_a_private_video_that_anybody_can_play_is_closed() -> None:
    public = facts.ProviderLinked(at=at(8), kind="playback_public", provider_id="PUB")
    case = Case(reduce(make_video("complete"), public))
    assert case.reconcile(privacy=_Privacy("PUB")) is Verdict.CLOSED
    assert case.video.link("playback_public") == "PUB"
    case.now += timedelta(seconds=60)
    assert case.reconcile(privacy=_Privacy("")) is Verdict.CLOSED
    assert case.video.exposed_at is None
    assert case.reconcile(privacy=_Privacy("")) is Verdict.SETTLED


class _Down(FakeWatch):
    def look(self, video: Video, *, now: datetime) -> list[facts.Fact]:
        raise Unavailable("Not now.")


def test_a_provider_that_cannot_be_asked_fails_no_video() -> None:
    case = Case(make_video("processing"))
    case.watch = _Down()
    with pytest.raises(Unavailable):
        case.reconcile()
    assert case.video == make_video("processing")
