"""Whoever listens hears how a video stands, and nobody more than four times a second."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sluice.domain import facts
from sluice.domain.errors import Unavailable
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.push_video import Pushed, Realtime, push_video
from sluice.usecases.realtime_ports import Connection, Subscriber

from tests.builders import NOW, PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.realtime import FakeOutlet, FakeRows, FakeSlots, FakeWording
from tests.fakes.videos import FakeVideos

if TYPE_CHECKING:
    from collections.abc import Callable


def connection(name: str, user: str = "alice", *, opened: datetime = NOW, hours: float = 2) -> Connection:
    ends = opened + timedelta(hours=hours)
    return Connection(connection_id=name, user_id=user, opened_at=opened, ends_at=ends)


class Stage:
    """A video, who is connected, and a clock that waiting moves on; ``meanwhile`` happens while one waits."""

    def __init__(self, *connections: Connection, video: Video | None = None) -> None:
        self.rows, self.outlet = FakeRows(*connections), FakeOutlet()
        self.videos = FakeVideos(video or make_video("processing"))
        self.now = at(60)
        self.waited: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.realtime = Realtime(
            videos=self.videos,
            connections=self.rows,
            subscriptions=self.rows.follows,
            slots=FakeSlots(),
            outlet=self.outlet,
            wording=FakeWording(),
            clock=lambda: self.now,
            wait=self._wait,
        )

    def _wait(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.meanwhile()
        self.now += timedelta(seconds=seconds)

    def hears(self, *said: facts.Fact) -> None:
        apply_facts(self.videos, VIDEO_ID, *said, patience=PATIENCE)

    def push(self, after: float = 1) -> list[tuple[str, str]]:
        """What was sent, to whom."""
        self.now += timedelta(seconds=after)
        before = len(self.outlet.sent)
        push_video(VIDEO_ID, "alice", self.realtime)
        return [(name, data.decode()) for name, data in self.outlet.sent[before:]]

    def follow(self, *connections: Connection) -> None:
        for one in connections:
            self.rows.add(one)
            self.rows.follows.add(VIDEO_ID, Subscriber(one))


def test_every_connection_of_the_owner_is_told_and_nobody_else() -> None:
    stage = Stage(connection("one"), connection("two"), connection("bobs", "bob"))
    assert stage.push() == [("one", "updated Holiday 0 alice"), ("two", "updated Holiday 0 alice")]


def test_where_nobody_listens_nothing_is_read_or_taken() -> None:
    stage = Stage()
    stage.realtime = replace(stage.realtime, slots=None, videos=None)  # type: ignore[arg-type]
    assert push_video(VIDEO_ID, "alice", stage.realtime) == Pushed(None)


def test_progress_is_told_as_progress_and_anything_more_in_full() -> None:
    stage = Stage(connection("one"))
    stage.push()
    stage.hears(facts.ProgressMade(at=at(9), percent=40))
    assert stage.push() == [("one", "progress Holiday 40 alice")]
    stage.hears(facts.ProgressMade(at=at(10), percent=60), facts.DetailsEdited(at=at(10), title="New"))
    assert stage.push() == [("one", "updated New 60 alice")]


def test_those_who_follow_a_public_video_are_told_in_words_for_them() -> None:
    stage = Stage(connection("own"), video=make_video("ready", visibility="public"))
    stage.follow(connection("bobs", "bob"), connection("own"))
    assert sorted(stage.push()) == [("bobs", "updated Holiday 0 bob"), ("own", "updated Holiday 0 alice")]


def test_a_video_made_private_is_followed_no_longer_but_by_its_owner() -> None:
    stage = Stage(connection("own"), video=make_video("ready", visibility="public"))
    stage.follow(connection("bobs", "bob"))
    stage.hears(facts.DetailsEdited(at=at(9), visibility="private"))
    assert dict(stage.push())["bobs"].startswith("ended")
    assert stage.rows.follows.followed_by("bobs") == []
    stage.hears(facts.DetailsEdited(at=at(10), title="Mine"))
    assert [name for name, _ in stage.push()] == ["own"]


def test_a_key_that_was_taken_back_ends_what_it_opened() -> None:
    stage = Stage(connection("own"))
    stage.hears(facts.SecretKeySet(at=at(8), key_hash="hash"))
    stage.rows.add(connection("bobs", "bob"))
    stage.rows.follows.add(VIDEO_ID, Subscriber(connection("bobs", "bob"), "hash"))
    assert dict(stage.push())["bobs"] == "updated Holiday 0 bob"
    stage.hears(facts.SecretKeySet(at=at(9), key_hash=""))
    assert dict(stage.push())["bobs"].startswith("ended")
    stage.hears(facts.DetailsEdited(at=at(10), title="Mine"))
    assert [name for name, _ in stage.push()] == ["own"]


def test_a_deletion_is_told_once_and_ends_all_following() -> None:
    stage = Stage(connection("own"), video=make_video("ready", visibility="public"))
    stage.follow(connection("bobs", "bob"))
    stage.hears(facts.DeletionRequested(at=at(9)))
    assert {name: words.split()[0] for name, words in stage.push()} == {"own": "deleted", "bobs": "deleted"}
    assert stage.rows.follows.followers_of(VIDEO_ID) == []
    assert stage.push() == []


def test_a_video_that_never_was_is_nothing_to_tell_of() -> None:
    stage = Stage(connection("own"))
    assert push_video("vid_other", "alice", stage.realtime) == Pushed(None)


def test_connections_that_have_ended_are_told_nothing() -> None:
    stage = Stage(connection("one", hours=0.01), connection("two"))
    assert [name for name, _ in stage.push()] == ["two"]


def test_a_connection_that_is_gone_is_forgotten_with_all_it_follows() -> None:
    stage = Stage(connection("one"), connection("two"))
    stage.follow(connection("bobs", "bob"))
    stage.outlet.gone = {"one", "bobs"}
    assert [name for name, _ in stage.push()] == ["two"]
    assert [one.connection_id for one in stage.rows.of_user("alice")] == ["two"]
    assert stage.rows.find("bobs") is None
    assert stage.rows.follows.followers_of(VIDEO_ID) == []


def test_a_connection_that_is_still_being_opened_is_not_taken_for_gone() -> None:
    stage = Stage(connection("one", opened=at(55)))
    stage.outlet.gone = {"one"}
    stage.push()
    assert stage.rows.find("one") is not None
    stage.hears(facts.DetailsEdited(at=at(10), title="Again"))
    stage.push(after=10)
    assert stage.rows.find("one") is None


def test_the_change_of_a_burst_that_waits_is_told_with_all_that_came_meanwhile() -> None:
    stage = Stage(connection("one"))
    stage.push()

    def more() -> None:
        stage.hears(facts.DetailsEdited(at=at(9), title="Last"))
        stage.meanwhile = lambda: None
        assert push_video(VIDEO_ID, "alice", stage.realtime) == Pushed(None)  # it is waited for already

    stage.hears(facts.DetailsEdited(at=at(8), title="First"))
    stage.meanwhile = more
    assert stage.push(after=0.1) == [("one", "updated Last 0 alice")]
    assert stage.waited == [0.15]


def test_who_comes_while_one_waits_is_told_too() -> None:
    stage = Stage(connection("one"))
    stage.push()
    stage.hears(facts.DetailsEdited(at=at(8), title="New"))
    stage.meanwhile = lambda: stage.rows.add(connection("two"))
    assert [name for name, _ in stage.push(after=0.1)] == ["one", "two"]


def test_what_was_told_already_is_not_told_again() -> None:
    stage = Stage(connection("one"))
    stage.push()
    assert stage.push() == []


def test_if_not_everybody_could_be_told_it_is_done_again_in_full() -> None:
    stage = Stage(connection("one"), connection("two"))
    stage.outlet.broken = {"two"}
    with pytest.raises(Unavailable):
        stage.push()
    assert [name for name, _ in stage.outlet.sent] == ["one"]
    stage.outlet.broken = set()
    assert stage.push() == [("one", "updated Holiday 0 alice"), ("two", "updated Holiday 0 alice")]
