"""Who may see a video: its owner, and anybody if it is public; nobody once it is deleted."""

from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.errors import Conflict, Forbidden, NotFound, SluiceError, Unauthenticated
from sluice.domain.identity import Caller
from sluice.domain.secret_keys import hash_of
from sluice.domain.video import reduce
from sluice.usecases.find_video import (
    find_downloadable,
    find_owned,
    find_owned_by_playback_id,
    find_viewable,
    ready,
)

from tests.builders import ALICE, BOB, VIDEO_ID, at, make_video
from tests.fakes.videos import FakeVideos

PRIVATE, PUBLIC = FakeVideos(make_video()), FakeVideos(make_video(visibility="public"))
DELETED = FakeVideos(make_video("deleted", visibility="public"))
NONE = FakeVideos()


def test_an_owner_finds_their_own() -> None:
    assert find_owned(PRIVATE, VIDEO_ID, ALICE).video == make_video()


@pytest.mark.parametrize(
    ("videos", "caller", "error"),
    [
        (PRIVATE, BOB, Forbidden),
        (PUBLIC, BOB, Forbidden),
        (DELETED, ALICE, NotFound),
        (DELETED, BOB, NotFound),
        (NONE, ALICE, NotFound),
    ],
)
def test_what_is_not_theirs_is_not_for_them_to_own(
    videos: FakeVideos, caller: Caller, error: type[SluiceError]
) -> None:
    with pytest.raises(error):
        find_owned(videos, VIDEO_ID, caller)


@pytest.mark.parametrize(
    ("videos", "caller"), [(PRIVATE, ALICE), (PUBLIC, ALICE), (PUBLIC, BOB), (PUBLIC, None)]
)
def test_their_own_and_public_videos_can_be_viewed(videos: FakeVideos, caller: Caller | None) -> None:
    assert find_viewable(videos, VIDEO_ID, caller).video.video_id == VIDEO_ID


@pytest.mark.parametrize(
    ("videos", "caller", "error"),
    [
        (PRIVATE, BOB, Forbidden),
        (PRIVATE, None, Unauthenticated),
        (DELETED, None, Unauthenticated),
        (NONE, None, Unauthenticated),
        (NONE, BOB, NotFound),
        (DELETED, BOB, NotFound),
    ],
)
def test_private_and_deleted_videos_are_shown_to_nobody_else(
    videos: FakeVideos, caller: Caller | None, error: type[SluiceError]
) -> None:
    with pytest.raises(error):
        find_viewable(videos, VIDEO_ID, caller)


def test_a_stranger_cannot_tell_a_private_video_from_one_that_is_not_there() -> None:
    messages = set()
    for videos in (PRIVATE, DELETED, NONE):
        with pytest.raises(Unauthenticated) as refused:
            find_viewable(videos, VIDEO_ID, None)
        messages.add((refused.value.code, refused.value.message))
    assert len(messages) == 1


KEYED = FakeVideos(reduce(make_video(), facts.SecretKeySet(at=at(1), key_hash=hash_of("key"))))


@pytest.mark.parametrize("find", [find_viewable, find_downloadable])
@pytest.mark.parametrize("caller", [None, ALICE, BOB])
def test_a_right_key_opens_whoever_brings_it(find: Any, caller: Caller | None) -> None:
    assert find(KEYED, VIDEO_ID, caller, key="key").video.video_id == VIDEO_ID


@pytest.mark.parametrize("find", [find_viewable, find_downloadable])
@pytest.mark.parametrize("caller", [None, ALICE, BOB])
@pytest.mark.parametrize("videos", [KEYED, PRIVATE, PUBLIC, DELETED, NONE])
def test_a_wrong_key_is_refused_alike_whether_there_is_such_a_video_or_not(
    find: Any, caller: Caller | None, videos: FakeVideos
) -> None:
    for video_id in (VIDEO_ID, "x"):
        with pytest.raises(Forbidden) as refused:
            find(videos, video_id, caller, key="wrong")
        assert (refused.value.code, refused.value.message) == (
            "wrong_key",
            "This key does not open the video.",
        )


def test_what_is_public_can_be_watched_by_anybody_and_kept_by_its_owner_alone() -> None:
    assert find_downloadable(PUBLIC, VIDEO_ID, ALICE).video.video_id == VIDEO_ID
    with pytest.raises(Forbidden):
        find_downloadable(PUBLIC, VIDEO_ID, BOB)
    for videos in (PUBLIC, NONE):
        with pytest.raises(Unauthenticated):
            find_downloadable(videos, VIDEO_ID, None)


class _Untouchable(FakeVideos):
    def find(self, video_id: str) -> None:
        raise AssertionError(f"asked the table for {video_id!r}")


@pytest.mark.parametrize(
    "video_id",
    ["", "x", "vid_", "vid_1", "a" * 3000, "vid_" + "é" * 36, VIDEO_ID + "\n", VIDEO_ID.upper(), "\ud800",
     "vid_../../../../../../../../../../../", " " + VIDEO_ID],
)  # fmt: skip
def test_what_cannot_be_an_id_is_not_found_without_asking_the_table(video_id: str) -> None:
    """The table refuses long and unreadable keys with an error of its own."""
    for call in (find_owned, find_viewable):
        with pytest.raises(NotFound):
            call(_Untouchable(), video_id, ALICE)
    with pytest.raises(Unauthenticated):
        find_viewable(_Untouchable(), video_id, None)


@pytest.mark.parametrize("status", ["ready", "complete"])
def test_a_ready_video_can_be_played(status: str) -> None:
    assert ready(make_video(status)).video_id == VIDEO_ID


@pytest.mark.parametrize("status", ["uploading", "processing", "error", "deleted"])
def test_any_other_says_why_it_cannot(status: str) -> None:
    with pytest.raises(Conflict) as refused:
        ready(make_video(status))
    assert refused.value.code == "video_not_ready"


@pytest.mark.parametrize("kind", ["playback", "playback_public"])
def test_an_owner_finds_their_own_by_what_it_plays_by(kind: str) -> None:
    link = facts.ProviderLinked(at=at(1), kind=kind, provider_id="PLAYS")
    videos = FakeVideos(reduce(make_video(provider="mux"), link))
    assert find_owned_by_playback_id(videos, "mux", "PLAYS", ALICE).video.video_id == VIDEO_ID
    with pytest.raises(Forbidden):
        find_owned_by_playback_id(videos, "mux", "PLAYS", BOB)
    for provider, name in (("mux", "OTHER"), ("cloudflare", "PLAYS")):
        with pytest.raises(NotFound):
            find_owned_by_playback_id(videos, provider, name, ALICE)
