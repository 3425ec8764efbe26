"""Posting: in the shape of the reference document, once per key, refused with a reason."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

import httpx
import pytest
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.domain.errors import Unavailable
from sluice.domain.facts import DeletionRequested
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.usecases.apply_facts import apply_facts

from functions.posts.handler import handler
from tests.builders import at
from tests.deployment import Deployment, token_for
from tests.events import http_event
from tests.functions.posts.conftest import Call

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]
type Make = Callable[..., Video]
POST, READ, FEED = "POST /api/posts", "GET /api/posts/{post_id}", "GET /api/posts"
COMMENT, FOUND = "POST /api/posts/{post_id}/comments", "POST /api/communities"
UNKNOWN = "0195a1c2-0000-7000-8000-0000000000ff"


def test_a_post_has_the_shape_of_the_reference(call: Call, user: str, video: Make, web: httpx.Client) -> None:
    community = call(FOUND, body={"name": "Harbours ⚓"})[1]
    mine = video()
    body = {
        "content": "Look! 🎬\n\tTwo lines",
        "videoId": mine.video_id,
        "communityId": community["id"],
        "type": "video",
    }
    claims = {"name": "Álice", "preferred_username": "alice", "picture": "https://example.com/a.png"}
    status, answer = call(POST, token=token_for(user, **claims), body=body)
    assert status == 201
    post_id, timestamp, media = answer.pop("id"), answer.pop("timestamp"), answer.pop("media")
    assert answer == {
        "content": "Look! 🎬\n\tTwo lines",
        "type": "video",
        "author": {
            "id": user,
            "name": "Álice",
            "username": "alice",
            "avatar": "https://example.com/a.png",
            "verified": False,
        },
        "community": {"id": community["id"], "name": "Harbours ⚓"},
        "likes": 0,
        "comments": 0,
        "shares": 0,
        "views": 0,
        "isLiked": False,
        "isSaved": False,
    }
    assert timestamp.endswith("Z")
    assert (media["type"], media["videoId"], media["duration"]) == ("video", mine.video_id, 12.5)
    assert f"/api/videos/{mine.video_id}/hls/index.m3u8?token=" in media["url"]
    assert web.get(media["thumbnail"]).status_code in {200, 302, 404}, "signed, whether or not it is there"
    again = call(READ, post_id=post_id, by=f"{user}-reader")[1]
    assert (again["media"]["videoId"], again["author"]) == (mine.video_id, answer["author"])
    assert again["media"]["url"] != media["url"], "signed for its reader"


def test_an_author_whose_token_says_little_is_named_as_before(call: Call, user: str) -> None:
    assert call(POST, token=token_for(user), body={"content": "x"})[1]["author"]["name"] == user
    claims = {"name": "Alice", "picture": "https://example.com/a.png"}
    call(FEED, token=token_for(user, **claims))
    author = call(POST, token=token_for(user, preferred_username="al"), body={"content": "x"})[1]["author"]
    assert author == {
        "id": user,
        "name": "Alice",
        "username": "al",
        "avatar": "https://example.com/a.png",
        "verified": False,
    }


@pytest.mark.parametrize(
    "body", [{"content": "x"}, {"content": "x", "videoId": None, "communityId": None, "type": None}]
)
def test_a_post_of_text_has_no_media(call: Call, body: dict[str, Any]) -> None:
    status, answer = call(POST, body=body)
    assert (status, answer["type"], answer["media"], answer["community"]) == (201, "text", None, None)


@pytest.mark.parametrize("content", [{}, {"content": ""}, {"content": None}, {"content": " \n"}])
def test_a_video_needs_no_words_but_no_video_does(call: Call, video: Make, content: dict[str, Any]) -> None:
    assert call(POST, body={**content, "videoId": video().video_id})[0] == 201
    status, answer = call(POST, body=content)
    assert (status, answer["details"][0]["field"]) == (422, "content")


@pytest.mark.parametrize(
    ("raw", "status", "field"),
    [
        ('{"content": "%s"}' % ("🎬" * 5000), 201, None),
        ('{"content": "%s"}' % ("a" * 5001), 422, "content"),
        (r'{"content": "a\u0000b"}', 422, "content"),
        (r'{"content": "a\ud800b"}', 400, None),
        ('{"content": 5}', 422, "content"),
        ('{"content": "a", "type": "poll"}', 422, "type"),
        ('{"content": "a", "videoId": 5}', 422, "videoId"),
        ('["content"]', 400, None),
        ('{"content":', 400, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_posted_is_refused(call: Call, raw: str, status: int, field: str | None) -> None:
    answered, answer = call(POST, body=raw)
    assert answered == status
    assert field is None or answer["details"][0]["field"] == field


@pytest.mark.parametrize("status", ["uploading", "processing", "error"])
def test_a_video_that_does_not_play_cannot_be_posted(call: Call, video: Make, status: str) -> None:
    answered, answer = call(POST, body={"content": "x", "videoId": video(status).video_id})
    assert (answered, answer["code"]) == (409, "video_not_ready")


def test_anothers_video_is_as_unknown_as_one_that_never_was(call: Call, video: Make, user: str) -> None:
    theirs, gone = video(owner=f"{user}-other"), video("deleted")
    for named in (theirs.video_id, gone.video_id, f"vid_{UNKNOWN}", "x" * 3000, ""):
        status, answer = call(POST, body={"content": "x", "videoId": named})
        assert (status, answer["code"]) == (404, "video_not_found")
    assert call(FEED, query={"userId": user})[1]["posts"] == []


@pytest.mark.parametrize("named", [f"community_{UNKNOWN}", f"post_{UNKNOWN}", "x" * 3000, ""])
def test_an_unknown_community_takes_no_post(call: Call, named: str) -> None:
    status, answer = call(POST, body={"content": "x", "communityId": named})
    assert (status, answer["code"]) == (404, "community_not_found")


def test_a_community_is_read_by_its_id(call: Call, user: str) -> None:
    made = call(FOUND, body={"name": "🎬" * 100})[1]
    assert call("GET /api/communities/{community_id}", community_id=made["id"], by=f"{user}-b") == (200, made)
    for unknown in (f"community_{UNKNOWN}", "x" * 3000):
        status, answer = call("GET /api/communities/{community_id}", community_id=unknown)
        assert (status, answer["code"]) == (404, "community_not_found")


@pytest.mark.parametrize("name", ["", " ", "a" * 101, "a\nb", "a\x00", 5, None])
def test_a_community_needs_a_name_of_one_line(call: Call, name: object) -> None:
    status, answer = call(FOUND, body={"name": name})
    assert (status, answer["details"][0]["field"]) == (422, "name")


def test_a_post_outlives_its_video(call: Call, user: str, video: Make) -> None:
    mine = video()
    made = call(POST, body={"content": "x", "videoId": mine.video_id})[1]
    apply_facts(wiring.videos(), mine.video_id, DeletionRequested(at=at(100)), patience=wiring.patience)
    for answer in (call(READ, post_id=made["id"])[1], call(FEED, query={"userId": user})[1]["posts"][0]):
        assert (answer["id"], answer["type"], answer["media"]) == (made["id"], "video", None)


# ---------------------------------------------------------------- the same request again
def keyed(user: str, body: dict[str, Any], route: str = POST, key: str = "k", **path: Any) -> dict[str, Any]:
    event = http_event(route, token=token_for(user), body=body, headers={"idempotency-key": key}, **path)
    return handler(event, None)


@pytest.mark.parametrize("route", [POST, COMMENT, FOUND])
def test_a_repeated_request_makes_one(call: Call, user: str, post: dict[str, Any], route: str) -> None:
    body: dict[str, Any] = {"name": "Harbours"} if route == FOUND else {"content": "x"}
    path: dict[str, Any] = {"post_id": post["id"]} if route == COMMENT else {}
    first, again = (keyed(user, body, route, **path) for _ in range(2))
    assert (first["statusCode"], again["statusCode"]) == (201, 201)
    assert "idempotent-replayed" not in first["headers"]
    assert again["headers"]["idempotent-replayed"] == "true"
    assert again["body"] == first["body"]
    other = keyed(user, {name: f"{text}!" for name, text in body.items()}, route, **path)
    assert (other["statusCode"], json.loads(other["body"])["code"]) == (409, "idempotency_key_reused")
    assert len(call(FEED, query={"userId": user})[1]["posts"]) == 1 + (route == POST)
    assert call(READ, post_id=post["id"])[1]["comments"] == (route == COMMENT)


def test_twenty_at_once_with_one_key_make_one(call: Call, user: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: keyed(user, {"content": "x"}), range(20)))
    made = {json.loads(reply["body"])["id"] for reply in replies if reply["statusCode"] == 201}
    refused = {json.loads(reply["body"])["code"] for reply in replies if reply["statusCode"] != 201}
    assert len(made) == 1
    assert refused <= {"request_in_progress"}
    assert len(call(FEED, query={"userId": user})[1]["posts"]) == 1


def test_a_post_whose_answer_was_lost_is_not_posted_twice(call: Call, user: str) -> None:
    with mock.patch.object(DynamoIdempotency, "keep", side_effect=Unavailable("Lost.")):
        assert keyed(user, {"content": "x"})["statusCode"] == 503
    with mock.patch("sluice.adapters.dynamodb.idempotency._CLAIM_HOLDS", at(0) - at(1)):
        assert keyed(user, {"content": "x"})["statusCode"] == 201
    assert len(call(FEED, query={"userId": user})[1]["posts"]) == 1


def test_a_refused_post_does_not_use_its_key_up(call: Call, user: str) -> None:
    assert keyed(user, {"content": ""})["statusCode"] == 422
    assert keyed(user, {"content": "x"})["statusCode"] == 201


def test_a_table_that_is_down_is_503(call: Call, down: Down) -> None:
    with down("dynamodb"):
        status, answer = call(POST, body={"content": "x"})
    assert (status, answer["code"]) == (503, "unavailable")
