"""Posting among others who write at the same time, and what is made again under the same id."""

from dataclasses import replace
from typing import Any

import pytest
from sluice.domain.errors import Forbidden, NotFound, WriteConflict
from sluice.domain.identity import Caller
from sluice.domain.ids import is_id
from sluice.domain.posts import Happening, Mark, Standing
from sluice.usecases.react_to_post import note, set_mark
from sluice.usecases.write_post import (
    PostWish,
    delete_comment,
    delete_post,
    find_post,
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
    delete_post(POST, ALICE, now=at(1), posts=posts)
    assert posts.refused == 14


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
    posts = FakePosts()
    write(posts)
    comment(posts)
    with pytest.raises(Forbidden):
        delete_post(POST, BOB, now=NOW, posts=posts)
    with pytest.raises(Forbidden):
        delete_comment(POST, COMMENT, Caller(user_id="carol"), posts=posts, comments=posts.comments)
    delete_comment(POST, COMMENT, ALICE, posts=posts, comments=posts.comments)
    delete_post(POST, ALICE, now=NOW, posts=posts)
    with pytest.raises(NotFound):
        delete_post(POST, ALICE, now=NOW, posts=posts)


def test_ids_say_what_they_are_of() -> None:
    assert is_id("post", POST)
    assert not is_id("comment", POST)
    assert not is_id("post", POST.upper())
