"""Posting among others who write at the same time, and what is made again under the same id."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sluice.domain.errors import Forbidden, NotFound, Unavailable, WriteConflict
from sluice.domain.identity import Caller
from sluice.domain.ids import is_id
from sluice.domain.posts import Happening, Mark, Standing
from sluice.usecases.find_post import find_post
from sluice.usecases.react_to_post import note, set_mark
from sluice.usecases.write_post import (
    PostWish,
    delete_comment,
    delete_post,
    write_comment,
    write_post,
)

from tests.builders import ALICE, BOB, NOW, VIDEO_ID, at, make_video
from tests.fakes.posts import FakeCommunities, FakePosts
from tests.fakes.profiles import FakeProfiles
from tests.fakes.videos import FakeVideos

POST = "post_0195a1c2-0000-7000-8000-000000000001"
COMMENT = "comment_0195a1c2-0000-7000-8000-000000000001"


class Contended(FakePosts):
    """Somebody else is in the way at every first attempt."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.before_write = self.refuse_every_other

    def refuse_every_other(self) -> None:
        self.refused += 1
        if self.refused % 2:
            raise WriteConflict("Somebody else was first.")


class Purges:
    """``PostPurges``: remembers what was asked for, unless it fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[tuple[str, timedelta]] = []
        self._error = error

    def ask_about_post(self, post_id: str, *, delay: timedelta) -> None:
        if self._error:
            raise self._error
        self.asked.append((post_id, delay))


def write(posts: FakePosts, caller: Caller = ALICE, **wish: Any) -> None:
    write_post(
        PostWish(content="Hello.", **wish),
        POST,
        caller,
        now=NOW,
        posts=posts,
        videos=FakeVideos(make_video("ready")),
        communities=FakeCommunities(),
        profiles=FakeProfiles(),
    )


def comment(posts: FakePosts) -> None:
    write_comment(POST, COMMENT, "Well said.", BOB, now=NOW, comments=posts.comments, profiles=FakeProfiles())


def test_who_meets_others_tries_again_until_it_is_written() -> None:
    posts = Contended()
    write(posts)
    comment(posts)
    for on in (True, True):
        set_mark(POST, Mark.LIKE, ALICE, on=on, reactions=posts, posts=posts)
    note(POST, Happening.VIEW, BOB, request_id="r", reactions=posts, posts=posts)
    assert find_post(posts, POST, BOB).standing == Standing(likes=1, comments=1, views=1)
    delete_comment(POST, COMMENT, BOB, posts=posts, comments=posts.comments)
    assert find_post(posts, POST, BOB).standing.comments == 0
    purges = Purges()
    delete_post(POST, ALICE, now=at(1), posts=posts, purges=purges)
    assert posts.refused == 14
    assert purges.asked == [(POST, timedelta(minutes=1))]


def test_what_is_made_again_under_its_id_is_as_it_was() -> None:
    posts = FakePosts()
    write(posts)
    comment(posts)
    write(posts, replace(ALICE, name="Another"))
    comment(posts)
    seen = find_post(posts, POST, BOB)
    assert (seen.post.author.name, seen.standing.comments) == ("Alice", 1)


def test_a_post_that_is_refused_is_nowhere() -> None:
    posts = FakePosts()
    for wish in ({"video_id": VIDEO_ID}, {"community_id": "c"}):
        with pytest.raises(NotFound):
            write(posts, BOB, **wish)
    assert posts.find(POST, "bob") is None


def test_only_whose_it_is_deletes() -> None:
    posts, purges = FakePosts(), Purges()
    write(posts)
    comment(posts)
    with pytest.raises(Forbidden):
        delete_post(POST, BOB, now=NOW, posts=posts, purges=purges)
    with pytest.raises(Forbidden):
        delete_comment(POST, COMMENT, Caller(user_id="carol"), posts=posts, comments=posts.comments)
    delete_comment(POST, COMMENT, ALICE, posts=posts, comments=posts.comments)
    delete_post(POST, ALICE, now=NOW, posts=posts, purges=purges)
    with pytest.raises(NotFound):
        delete_post(POST, ALICE, now=NOW, posts=posts, purges=purges)
    assert len(purges.asked) == 1


def test_a_post_stays_if_nobody_could_be_told_to_clear_it() -> None:
    posts = FakePosts()
    write(posts)
    with pytest.raises(Unavailable):
        delete_post(POST, ALICE, now=NOW, posts=posts, purges=Purges(Unavailable("Later.")))
    assert posts.find(POST, "bob")


def test_ids_say_what_they_are_of() -> None:
    assert is_id("post", POST)
    assert not is_id("comment", POST)
    assert not is_id("post", POST.upper())
