"""What posts, comments and communities may say, who their authors are, and in which feeds they stand."""

import pytest
from sluice.domain.errors import InvalidFields
from sluice.domain.identity import Caller
from sluice.domain.posts import (
    Author,
    Community,
    Feed,
    Post,
    author_from,
    check_comment,
    check_community,
    check_post,
    feeds_of,
)

from tests.builders import NOW

BARE = Caller(user_id="u1")
KNOWN = Caller(user_id="u1", name="Alice", username="alice", picture="https://p", email="a@example.com")


def test_a_post_says_something_or_shows_a_video() -> None:
    check_post("", "vid_1")
    check_post("\t\r\n🎬 שלום", None)
    for content in ("", " \n"):
        with pytest.raises(InvalidFields):
            check_post(content, None)


@pytest.mark.parametrize("text", ["\x00", "\x1b[31m", "\x7f", "\x85", "\ud800"])
def test_nothing_that_cannot_be_seen_or_stored_is_said(text: str) -> None:
    with pytest.raises(InvalidFields):
        check_post(f"a{text}", None)
    with pytest.raises(InvalidFields):
        check_comment(f"a{text}")


@pytest.mark.parametrize(("check", "most"), [(check_comment, 2_000), (check_community, 100)])
def test_lengths_are_in_characters(check: object, most: int) -> None:
    assert callable(check)
    check("🎬" * most)
    for text in ("🎬" * (most + 1), "", " "):
        with pytest.raises(InvalidFields):
            check(text)


def test_an_author_is_as_the_token_says_then_as_an_earlier_one_did() -> None:
    assert author_from(KNOWN, None) == Author(
        user_id="u1", name="Alice", username="alice", avatar="https://p"
    )
    assert author_from(BARE, KNOWN) == author_from(KNOWN, None)
    assert author_from(Caller(user_id="u1", name="Bea"), KNOWN).name == "Bea"


def test_an_author_always_has_a_name() -> None:
    assert author_from(BARE, None) == Author(user_id="u1", name="u1")
    assert author_from(Caller(user_id="u1", username="alice"), None).name == "alice"
    assert len(author_from(Caller(user_id="u1", name="x" * 5000), None).name) == 200


def test_a_post_stands_in_every_feed_that_could_be_asked_for() -> None:
    community = Community(community_id="c", name="C", created_at=NOW)
    post = Post(post_id="p", author=author_from(BARE, None), content="x", created_at=NOW, community=community)
    assert feeds_of(post) == [
        Feed(),
        Feed(user_id="u1"),
        Feed(community_id="c"),
        Feed(community_id="c", user_id="u1"),
    ]


def test_feeds_have_names_of_their_own() -> None:
    feeds = [Feed(), Feed(user_id="a"), Feed(community_id="a"), Feed(community_id="a", user_id="b")]
    assert len({feed.name for feed in feeds}) == 4
