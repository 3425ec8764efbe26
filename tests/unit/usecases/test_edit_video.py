"""What an owner changes: details, or that it is there at all."""

from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.errors import Forbidden, InvalidFields, NotFound, SluiceError
from sluice.domain.identity import Caller
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.edit_video import delete_video, edit_video

from tests.builders import ALICE, BOB, PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.videos import FakeVideos


def edit(videos: FakeVideos, caller: Caller = ALICE, **changes: Any) -> Video:
    given = {"title": None, "visibility": None, "custom": None, **changes}
    return edit_video(VIDEO_ID, caller, **given, now=at(9), videos=videos, patience=PATIENCE)


def test_what_is_given_is_changed_and_the_rest_stays() -> None:
    videos = FakeVideos(make_video("ready", custom={"a": 1}))
    video = edit(videos, title="New", visibility="public")
    assert (video.title.value, video.visibility.value, video.custom.value) == ("New", "public", {"a": 1})
    found = videos.find(VIDEO_ID)
    assert found is not None
    assert found.video == video


def test_custom_data_is_replaced_as_a_whole() -> None:
    assert edit(FakeVideos(make_video(custom={"a": 1})), custom={"b": 2}).custom.value == {"b": 2}
    assert edit(FakeVideos(make_video(custom={"a": 1})), custom={}).custom.value == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"visibility": "unlisted"}, "visibility"),
        ({"custom": {"k": "x" * 4096}}, "custom"),
    ],
)
def test_details_that_are_not_valid_are_named_and_change_nothing(changes: dict[str, Any], field: str) -> None:
    videos = FakeVideos(make_video())
    with pytest.raises(InvalidFields) as refused:
        edit(videos, **changes)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert videos.writes == 1


@pytest.mark.parametrize(("caller", "error"), [(BOB, Forbidden)])
def test_nobody_else_may_edit_or_delete(caller: Caller, error: type[SluiceError]) -> None:
    videos = FakeVideos(make_video(visibility="public"))
    with pytest.raises(error):
        edit(videos, caller, title="Mine")
    with pytest.raises(error):
        delete_video(VIDEO_ID, caller, now=at(9), videos=videos, patience=PATIENCE)
    assert videos.writes == 1


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "complete", "error"])
def test_a_video_can_be_deleted_at_every_stage_and_then_is_gone(status: str) -> None:
    videos = FakeVideos(make_video(status))
    delete_video(VIDEO_ID, ALICE, now=at(9), videos=videos, patience=PATIENCE)
    assert videos.counts("alice") == Counts()
    assert videos.page("alice", status=None, limit=10, after=None).videos == []
    with pytest.raises(NotFound):
        delete_video(VIDEO_ID, ALICE, now=at(10), videos=videos, patience=PATIENCE)
    with pytest.raises(NotFound):
        edit(videos, title="Late")


def test_a_video_that_is_deleted_during_an_edit_is_shown_to_nobody() -> None:
    videos = FakeVideos(make_video())

    def delete_first() -> None:
        videos.before_write = lambda: None
        apply_facts(videos, VIDEO_ID, facts.DeletionRequested(at=at(8)), patience=PATIENCE)

    videos.before_write = delete_first
    with pytest.raises(NotFound):
        edit(videos, title="New")
