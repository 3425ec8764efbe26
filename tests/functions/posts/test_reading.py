"""Feeds, likes, saves, views, shares, comments, deletion: exact, and each by whom it is allowed to."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.functions.posts.conftest import Call

pytestmark = pytest.mark.usefixtures("deployed")
POST, READ, FEED = "POST /api/posts", "GET /api/posts/{post_id}", "GET /api/posts"
DELETE, FOUND = "DELETE /api/posts/{post_id}", "POST /api/communities"
LIKE, UNLIKE = "PUT /api/posts/{post_id}/like", "DELETE /api/posts/{post_id}/like"
SAVE, UNSAVE = "PUT /api/posts/{post_id}/save", "DELETE /api/posts/{post_id}/save"
VIEW, SHARE = "POST /api/posts/{post_id}/view", "POST /api/posts/{post_id}/share"
COMMENT, COMMENTS = "POST /api/posts/{post_id}/comments", "GET /api/posts/{post_id}/comments"
UNCOMMENT = "DELETE /api/posts/{post_id}/comments/{comment_id}"
UNKNOWN = "post_0195a1c2-0000-7000-8000-0000000000ff"
NOTHING = {"likes": 0, "comments": 0, "shares": 0, "views": 0, "isLiked": False, "isSaved": False}


def test_a_like_is_per_user_and_can_be_taken_back(call: Call, user: str, post: dict[str, Any]) -> None:
    named = {"post_id": post["id"]}
    for _ in range(2):
        assert call(LIKE, **named) == (200, {**NOTHING, "likes": 1, "isLiked": True})
    assert call(LIKE, by=f"{user}-b", **named)[1]["likes"] == 2
    for _ in range(2):
        assert call(UNLIKE, **named) == (200, {**NOTHING, "likes": 1})
    assert call(READ, by=f"{user}-b", **named)[1]["isLiked"] is True


def test_a_save_is_the_users_own_affair(call: Call, user: str, post: dict[str, Any]) -> None:
    named = {"post_id": post["id"]}
    for _ in range(2):
        assert call(SAVE, **named) == (200, {**NOTHING, "isSaved": True})
    assert call(READ, by=f"{user}-b", **named)[1]["isSaved"] is False
    assert call(FEED, query={"userId": user})[1]["posts"][0]["isSaved"] is True
    for _ in range(2):
        assert call(UNSAVE, **named) == (200, NOTHING)


def test_64_users_at_once_are_counted_exactly(call: Call, user: str, post: dict[str, Any]) -> None:
    """R3."""

    def all_at_once(key: str, numbers: range) -> set[int]:
        users = [f"{user}-{number}" for number in (*numbers, *numbers)]
        with ThreadPoolExecutor(64) as pool:
            return set(pool.map(lambda who: call(key, by=who, post_id=post["id"])[0], users))

    assert all_at_once(LIKE, range(64)) == {200}
    assert all_at_once(UNLIKE, range(0, 64, 2)) == {200}
    assert all_at_once(SHARE, range(32)) == {200}
    seen = call(READ, post_id=post["id"])[1]
    assert (seen["likes"], seen["shares"]) == (32, 64)


def test_one_user_liking_from_64_places_at_once_likes_once(call: Call, post: dict[str, Any]) -> None:
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda _: call(LIKE, post_id=post["id"]), range(64)))
    assert {status for status, _ in answers} == {200}
    assert call(READ, post_id=post["id"])[1]["likes"] == 1


@pytest.mark.parametrize("key", [READ, DELETE, LIKE, UNLIKE, SAVE, UNSAVE, VIEW, SHARE, COMMENT, COMMENTS])
@pytest.mark.parametrize("named", [UNKNOWN, "x", "x" * 3000, "vid_0195a1c2-0000-7000-8000-0000000000ff"])
def test_a_post_that_is_not_there_is_404(call: Call, key: str, named: str) -> None:
    status, answer = call(key, post_id=named)
    assert (status, answer["code"]) == (404, "post_not_found")


def test_a_post_is_deleted_by_its_author_and_then_gone(call: Call, user: str, post: dict[str, Any]) -> None:
    named = {"post_id": post["id"]}
    made = call(COMMENT, body={"content": "x"}, **named)[1]
    call(LIKE, **named)
    status, answer = call(DELETE, by=f"{user}-b", **named)
    assert (status, answer["code"]) == (403, "forbidden")
    assert call(DELETE, **named) == (204, {})
    for key in (DELETE, READ, LIKE, UNLIKE, SAVE, UNSAVE, VIEW, SHARE, COMMENT, COMMENTS):
        assert call(key, **named)[0] == 404
    assert call(UNCOMMENT, comment_id=made["id"], **named)[0] == 404
    assert call(FEED, query={"userId": user})[1] == {"posts": [], "nextCursor": None}


# ---------------------------------------------------------------- comments
def test_comments_are_listed_newest_first_page_by_page(call: Call, user: str, post: dict[str, Any]) -> None:
    named = {"post_id": post["id"]}
    made = [call(COMMENT, body={"content": f"{n} 🎬"}, by=f"{user}-b", **named)[1] for n in range(3)]
    assert made[0]["author"]["id"] == f"{user}-b"
    first = call(COMMENTS, query={"limit": "2"}, **named)[1]
    rest = call(COMMENTS, query={"limit": "2", "cursor": first["nextCursor"]}, **named)[1]
    assert {one["id"] for one in first["comments"] + rest["comments"]} == {one["id"] for one in made}
    assert (len(first["comments"]), rest["nextCursor"]) == (2, None)
    assert call(READ, **named)[1]["comments"] == 3


@pytest.mark.parametrize("content", ["", " ", "a" * 2001, "\x07", 5, None])
def test_a_comment_says_something_and_not_too_much(call: Call, post: dict[str, Any], content: object) -> None:
    status, answer = call(COMMENT, body={"content": content}, post_id=post["id"])
    assert (status, answer["details"][0]["field"]) == (422, "content")
    assert call(COMMENT, body={"content": "🎬" * 2000}, post_id=post["id"])[0] == 201


@pytest.mark.parametrize(("who", "status"), [("-author", 204), ("", 204), ("-third", 403)])
def test_a_comment_is_deleted_by_its_author_or_the_posts(
    call: Call, user: str, post: dict[str, Any], who: str, status: int
) -> None:
    named = {"post_id": post["id"]}
    named["comment_id"] = call(COMMENT, body={"content": "x"}, by=f"{user}-author", **named)[1]["id"]
    assert call(UNCOMMENT, by=f"{user}{who}", **named)[0] == status
    assert call(READ, post_id=post["id"])[1]["comments"] == (status != 204)
    if status == 204:
        assert call(UNCOMMENT, **named)[1]["code"] == "comment_not_found"
    assert call(UNCOMMENT, post_id=post["id"], comment_id="x" * 2000)[1]["code"] == "comment_not_found"


# ---------------------------------------------------------------- feeds
def test_feeds_are_by_community_by_user_and_of_all(call: Call, user: str) -> None:
    community = call(FOUND, body={"name": "Harbours"})[1]["id"]
    other = f"{user}-b"
    ids = [
        call(POST, by=who, body={"content": "x", "communityId": where})[1]["id"]
        for who, where in ((user, None), (user, community), (other, community))
    ]

    def listed(**query: str) -> set[str]:
        return {one["id"] for one in call(FEED, query=query)[1]["posts"]}

    assert listed(userId=user) == {ids[0], ids[1]}
    assert listed(communityId=community) == {ids[1], ids[2]}
    assert listed(communityId=community, userId=other) == {ids[2]}
    assert listed(limit="100") >= set(ids)
    assert listed(userId="nobody", communityId="") == set()


def test_a_cursor_is_of_one_feed(call: Call, user: str, post: dict[str, Any]) -> None:
    call(POST, body={"content": "x"})
    cursor = call(FEED, query={"userId": user, "limit": "1"})[1]["nextCursor"]
    page = call(FEED, query={"userId": user, "limit": "1", "cursor": cursor})[1]
    assert ([one["id"] for one in page["posts"]], page["nextCursor"]) == ([post["id"]], None)
    for query in (
        {"cursor": cursor},
        {"userId": "x", "cursor": cursor},
        {"userId": user, "cursor": f"{cursor}A"},
    ):
        status, answer = call(FEED, query=query)
        assert (status, answer["code"]) == (400, "invalid_cursor")
    status, answer = call(COMMENTS, query={"cursor": cursor}, post_id=post["id"])
    assert (status, answer["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"userId": "x" * 256}, {"communityId": "x" * 256}],
)
def test_a_feed_that_cannot_be_is_refused(call: Call, query: dict[str, str]) -> None:
    assert call(FEED, query=query)[0] == 422


def test_nobody_reads_without_a_token(call: Call, post: dict[str, Any]) -> None:
    assert call(READ, by=None, post_id=post["id"])[0] == 401
    assert call(FEED, by=None)[0] == 401
