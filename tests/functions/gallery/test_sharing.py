"""A video's secret key: minted, rotated, taken back, and told once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.video import Video

from functions.gallery.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
MINT, REVOKE = "POST /api/videos/{video_id}/secret-key", "DELETE /api/videos/{video_id}/secret-key"
STATUS = "GET /api/videos/{video_id}/status"

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


@pytest.fixture
def video(deployed: Deployment, user: str) -> Video:
    now = datetime.now(UTC)
    return deployed.has(make_video("complete", video_id=new_video_id(now), owner_id=user, created_at=now))


def minted(user: str, video: Video, **headers: str) -> dict[str, Any]:
    reply = call(MINT, user=user, video_id=video.video_id, headers=headers)
    assert reply["statusCode"] == 201, reply["body"]
    return reply


def status_with(key: str, video: Video) -> int:
    return int(call(STATUS, video_id=video.video_id, headers={"x-video-key": key})["statusCode"])


def test_a_key_is_random_opens_its_video_and_is_not_kept(
    deployed: Deployment, user: str, video: Video
) -> None:
    key = answer_of(minted(user, video))["secretKey"]
    assert re.fullmatch("[A-Za-z0-9_-]{43}", key)
    assert status_with(key, video) == 200
    items = deployed.aws("dynamodb").scan(TableName=deployed["VIDEOS_TABLE"])["Items"]
    assert key not in repr([item for item in items if video.video_id in item["pk"]["S"]])


def test_a_new_key_stops_the_old_one_at_once(user: str, video: Video) -> None:
    old, new = (answer_of(minted(user, video))["secretKey"] for _ in range(2))
    assert (status_with(old, video), status_with(new, video)) == (403, 200)


def test_a_key_that_is_taken_back_opens_nothing_and_taking_it_back_again_is_harmless(
    user: str, video: Video
) -> None:
    key = answer_of(minted(user, video))["secretKey"]
    for _ in range(2):
        reply = call(REVOKE, user=user, video_id=video.video_id)
        assert (reply["statusCode"], reply["body"]) == (204, "")
    assert status_with(key, video) == 403


def test_a_repeated_request_makes_no_second_key_and_does_not_tell_the_first_again(
    user: str, video: Video
) -> None:
    first = minted(user, video, **{"idempotency-key": "one"})
    again = minted(user, video, **{"idempotency-key": "one"})
    assert "idempotent-replayed" not in first["headers"]
    assert (again["headers"]["idempotent-replayed"], answer_of(again)) == ("true", {})
    assert status_with(answer_of(first)["secretKey"], video) == 200


def test_of_keys_asked_for_at_the_same_moment_one_opens_and_the_others_were_not_told_or_do_not(
    user: str, video: Video
) -> None:
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _n: call(MINT, user=user, video_id=video.video_id), range(8)))
    keys = [answer_of(reply)["secretKey"] for reply in replies if reply["statusCode"] == 201]
    assert {reply["statusCode"] for reply in replies} <= {201, 503}
    assert [status_with(key, video) for key in keys].count(200) == 1


@pytest.mark.parametrize("key", [MINT, REVOKE])
def test_only_the_owner_shares(deployed: Deployment, user: str, video: Video, key: str) -> None:
    assert call(key, video_id=video.video_id)["statusCode"] == 401
    assert call(key, user=f"{user}-other", video_id=video.video_id)["statusCode"] == 403
    assert call(key, user=user, video_id=new_video_id(datetime.now(UTC)))["statusCode"] == 404
    assert deployed.state_of(video.video_id) == video


@pytest.mark.parametrize("key", [MINT, REVOKE])
def test_without_the_table_it_says_when_to_come_again(user: str, video: Video, down: Down, key: str) -> None:
    with down("dynamodb"):
        assert call(key, user=user, video_id=video.video_id)["statusCode"] == 503
