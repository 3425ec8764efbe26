"""A connection follows what its user may watch."""

import pytest
from sluice.domain import facts
from sluice.domain.errors import Forbidden, NotFound, TooManyRequests
from sluice.domain.secret_keys import hash_of
from sluice.domain.video import Video, reduce
from sluice.usecases.follow_video import MOST_SUBSCRIPTIONS, follow_video
from sluice.usecases.ports import Versioned
from sluice.usecases.realtime_ports import Connection, Subscriber

from tests.builders import VIDEO_ID, at, make_video, video_id
from tests.fakes.realtime import FakeRows
from tests.fakes.videos import FakeVideos

BOB = Connection(connection_id="socket", user_id="bob", opened_at=at(0), ends_at=at(7200))


def follow(rows: FakeRows, *videos: Video, key: str = "") -> Versioned:
    return follow_video(VIDEO_ID, BOB, key=key, subscriptions=rows.follows, videos=FakeVideos(*videos))


def test_a_public_video_is_followed_and_seen_as_it_stands() -> None:
    rows, video = FakeRows(BOB), make_video("processing", visibility="public")
    assert follow(rows, video) == Versioned(video, 1)
    assert rows.follows.followers_of(VIDEO_ID) == [Subscriber(BOB)]


def test_following_twice_is_following_once() -> None:
    rows, video = FakeRows(BOB), make_video(visibility="public")
    for _ in range(2):
        follow(rows, video)
    assert rows.follows.followed_by("socket") == [VIDEO_ID]


@pytest.mark.parametrize("status", ["uploading", "ready"])
def test_anothers_private_video_is_not(status: str) -> None:
    rows = FakeRows(BOB)
    with pytest.raises(Forbidden):
        follow(rows, make_video(status))
    assert rows.follows.followers_of(VIDEO_ID) == []


def test_with_its_key_it_is_and_the_key_s_hash_is_kept() -> None:
    rows = FakeRows(BOB)
    video = reduce(make_video(), facts.SecretKeySet(at=at(1), key_hash=hash_of("key")))
    follow(rows, video, key="key")
    assert rows.follows.followers_of(VIDEO_ID) == [Subscriber(BOB, hash_of("key"))]


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_a_wrong_key_opens_nothing(visibility: str) -> None:
    rows = FakeRows(BOB)
    with pytest.raises(Forbidden) as refused:
        follow(rows, make_video(visibility=visibility), key="wrong")
    assert refused.value.code == "wrong_key"
    assert rows.follows.followers_of(VIDEO_ID) == []


def test_what_is_deleted_or_never_was_is_not() -> None:
    for videos in ([], [make_video("deleted", visibility="public")]):
        with pytest.raises(NotFound):
            follow(FakeRows(BOB), *videos)


def test_a_connection_follows_a_hundred_and_no_more_but_the_same_again() -> None:
    rows = FakeRows(BOB)
    for number in range(2, MOST_SUBSCRIPTIONS + 1):
        rows.follows.add(video_id(number), Subscriber(BOB))
    follow(rows, make_video(visibility="public"))
    follow(rows, make_video(visibility="public"))
    rows.follows.remove(VIDEO_ID, "socket")
    rows.follows.add(video_id(1000), Subscriber(BOB))
    with pytest.raises(TooManyRequests) as refused:
        follow(rows, make_video(visibility="public"))
    assert refused.value.code == "too_many_subscriptions"
