"""The plan is JSON that the other steps read, and a deleted video has none."""

import msgspec
import pytest
from sluice.domain.media_errors import VideoGone

from functions.media_plan import handler as plan
from tests.functions.media import Media, sample


def test_a_streamable_source_is_packaged_first(media: Media) -> None:
    media.add_video("processing")
    planned = plan.handler(sample("media_plan", "streamable"), None)
    assert [task["kind"] for task in planned["first"]] == ["package"]
    assert planned["rest"][0]["kind"] == "pictures"
    assert planned["concurrency"] == 40


def test_after_packaging_has_failed_it_is_encoded(media: Media) -> None:
    media.add_video("processing")
    planned = plan.handler(sample("media_plan", "packaging_failed"), None)
    assert [task["kind"] for task in planned["first"]] == ["audio", "piece", "piece"]


def test_planning_twice_gives_the_same(media: Media) -> None:
    media.add_video("processing")
    event = sample("media_plan", "streamable")
    assert plan.handler(event, None) == plan.handler(event, None)


@pytest.mark.parametrize("status", ["deleted", None])
def test_a_deleted_or_cancelled_video_ends_the_execution(media: Media, status: str | None) -> None:
    if status:
        media.add_video(status)
    with pytest.raises(VideoGone):
        plan.handler(sample("media_plan", "streamable"), None)


def test_what_no_state_machine_of_ours_sends_is_refused(media: Media) -> None:
    with pytest.raises(msgspec.ValidationError):
        plan.handler({"job": {"video_id": 1}}, None)
