"""Which events a change of a row amounts to."""

from functools import reduce as fold

import pytest
from hypothesis import given
from sluice.domain import facts
from sluice.domain.facts import Fact
from sluice.domain.video import Status, Video, reduce
from sluice.events.videos import VideoFailed, VideoProgressed, VideoReady, VideoUpdated
from sluice.usecases.describe_change import describe_change

from tests.builders import at, make_media, make_rendition, make_video
from tests.strategies import any_fact, fact_logs


def told(before: Video | None, after: Video) -> list[str]:
    return [type(event).__name__ for event in describe_change(before, after, 2)]


def test_a_new_row_is_a_new_video() -> None:
    assert told(None, make_video()) == ["VideoCreated"]


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ("uploading", "processing", ["VideoProcessing"]),
        ("uploading", "ready", ["VideoReady"]),
        ("processing", "ready", ["VideoReady"]),
        ("processing", "error", ["VideoFailed"]),
        ("error", "ready", ["VideoReady"]),
        ("ready", "complete", ["VideoProgressed"]),
        ("uploading", "deleted", ["VideoDeleted"]),
        ("ready", "deleted", ["VideoDeleted"]),
    ],
)
def test_a_change_of_status_is_told_by_its_name(before: str, after: str, events: list[str]) -> None:
    assert told(make_video(before), make_video(after)) == events


@pytest.mark.parametrize(
    "fact",
    [
        facts.ProgressMade(at=at(9), percent=50),
        facts.RenditionReady(at=at(9), rendition=make_rendition("1080p")),
        facts.PicturesReady(at=at(9), poster="p", storyboard=None),
        facts.SourceProbed(at=at(9), media=make_media(duration_seconds=99.0)),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_progress_within_a_status_is_told(fact: Fact) -> None:
    video = make_video("ready")
    assert told(video, reduce(video, fact)) == ["VideoProgressed"]


def test_what_the_owner_changed_is_told() -> None:
    video = make_video("ready")
    edited = reduce(video, facts.DetailsEdited(at=at(9), title="New", visibility="public"))
    match describe_change(video, edited, 7):
        case [VideoUpdated(title="New", visibility="public", version=7)]:
            pass
        case other:
            pytest.fail(f"{other}")


def test_what_changes_nothing_that_anybody_could_see_is_not_told() -> None:
    video = make_video("processing")
    assert told(video, reduce(video, facts.ProcessingStarted(at=at(99)))) == []
    assert told(video, reduce(video, facts.ProviderLinked(at=at(99), kind="asset", provider_id="x"))) == []


@given(fact_logs, any_fact)
def test_nothing_is_told_of_a_deleted_video_but_that_it_was_deleted(log: list[Fact], late: Fact) -> None:
    deleted = make_video("deleted")
    assert told(deleted, fold(reduce, [*log, late], deleted)) == []


@given(fact_logs, any_fact)
def test_every_change_of_status_is_told_exactly_once(log: list[Fact], fact: Fact) -> None:
    before = fold(reduce, log, make_video())
    after = reduce(before, fact)
    statuses = {"VideoProcessing", "VideoReady", "VideoFailed", "VideoDeleted"}
    assert len(statuses & set(told(before, after))) == (before.status is not after.status)


def test_events_say_what_a_consumer_needs_without_asking_back() -> None:
    before, ready = make_video("processing"), make_video("ready")
    failed = make_video("error")
    match [*describe_change(before, ready, 3), *describe_change(before, failed, 4)]:
        case [VideoReady() as good, VideoFailed() as bad]:
            assert (good.video_id, good.owner_id, good.status, good.version) == (
                ready.video_id, "alice", Status.READY, 3,
            )  # fmt: skip
            assert good.duration_seconds == 12.5
            assert (bad.code, bad.message, bad.correlation_id) == (
                "not_a_video", "This is not a video.", "request-1",
            )  # fmt: skip
        case other:
            pytest.fail(f"{other}")


def test_progress_names_the_renditions_that_play() -> None:
    video = make_video("ready")
    grown = reduce(video, facts.RenditionReady(at=at(9), rendition=make_rendition("1080p")))
    match describe_change(video, grown, 2):
        case [VideoProgressed(renditions=["1080p", "720p"], progress=0)]:
            pass
        case other:
            pytest.fail(f"{other}")
