"""The gallery for frontends written against an earlier document: its envelope, its fields, its own rules."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.keys import source_key
from sluice.domain.video import Status, Video

from functions.gallery.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
LIST, DECLARE = "GET /api/auth/video/gallery", "PUT /api/auth/video/status"
DELETE = "DELETE /api/auth/video/delete"

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def stored(deployed: Deployment, user: str, status: str = "ready", **changes: Any) -> Video:
    now = datetime.now(UTC)
    known = {"video_id": new_video_id(now), "owner_id": user, "created_at": now}
    return deployed.has(make_video(status, **{**known, **changes}))


def data_of(reply: dict[str, Any], message: str) -> dict[str, Any]:
    assert reply["statusCode"] == 200, reply["body"]
    answer = answer_of(reply)
    assert (answer["success"], answer["message"]) == (True, message)
    return dict(answer["data"])


def test_a_gallery_has_counts_and_a_file_to_save_for_each_ready_video(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    ready, failed = stored(deployed, user), stored(deployed, user, "error")
    deployed.put(source_key(user, ready.video_id), b"original")
    data = data_of(call(LIST, user=user, query={"userId": user}), "Video gallery retrieved successfully")
    shown = {video["videoId"]: video for video in data["videos"]}
    assert list(shown) == [failed.video_id, ready.video_id]
    assert web.get(shown[ready.video_id]["downloadUrl"]).text == "original"
    assert shown[failed.video_id]["downloadUrl"] is None
    assert (
        shown[ready.video_id]["metadata"] | {"duration": 12.5, "size": 1_000_000, "format": "mp4"}
        == (shown[ready.video_id]["metadata"])
    )
    counts = {name: data[f"{name}Count"] for name in ("total", "ready", "processing", "failed")}
    assert counts == {"total": 2, "ready": 1, "processing": 0, "failed": 1}
    assert data["nextCursor"] is None


def test_a_user_id_may_be_left_out_and_is_never_anothers(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    for query in ({}, {"userId": ""}, {"userId": user}):
        assert call(LIST, user=user, query=query)["statusCode"] == 200
    replies = [
        call(LIST, user=user, query={"userId": "other"}),
        call(DECLARE, user=user, body={"userId": "other", "videoId": video.video_id, "status": "error"}),
        call(DELETE, user=user, body={"userId": "other", "videoId": video.video_id}),
    ]
    assert {(reply["statusCode"], answer_of(reply)["code"]) for reply in replies} == {(403, "forbidden")}
    assert deployed.state_of(video.video_id) == video


def test_a_cursor_goes_on_and_a_made_up_one_does_not(deployed: Deployment, user: str) -> None:
    stored(deployed, user)
    assert call(LIST, user=user, query={"cursor": "x"})["statusCode"] == 400


def test_metadata_lands_in_custom(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    said = {"duration": 120, "size": 10485760, "format": "mp4"}
    body = {"userId": user, "videoId": video.video_id, "status": "ready", "metadata": said}
    call(DECLARE, user=user, body=body)
    data = data_of(call(DECLARE, user=user, body=body), "Video status updated successfully")
    assert (data["videoId"], data["status"], data["custom"]) == (video.video_id, "ready", said)
    assert deployed.state_of(video.video_id).custom.value == said


def test_an_owner_fails_a_video_and_does_not_make_one_ready(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user, "processing")
    early = call(DECLARE, user=user, body={"videoId": video.video_id, "status": "ready"})
    assert (early["statusCode"], answer_of(early)["code"]) == (409, "video_not_ready")
    data = data_of(
        call(DECLARE, user=user, body={"videoId": video.video_id, "status": "error"}),
        "Video status updated successfully",
    )
    assert data["error"]["code"] == "failed_by_owner"
    assert deployed.state_of(video.video_id).status is Status.ERROR


def test_what_is_deleted_is_gone(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    body = {"userId": user, "videoId": video.video_id}
    data = data_of(call(DELETE, user=user, body=body), "Video deleted successfully")
    assert data == {"videoId": video.video_id}
    assert call(DELETE, user=user, body=body)["statusCode"] == 404
    assert deployed.state_of(video.video_id).status is Status.DELETED


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        (DECLARE, {"status": "ready"}, 422),
        (DECLARE, {"videoId": "x"}, 422),
        (DECLARE, {"videoId": "x", "status": "deleted"}, 422),
        (DECLARE, {"videoId": "x", "status": "ready", "metadata": []}, 422),
        (DECLARE, "[]", 400),
        (DECLARE, {"videoId": "x", "status": "ready"}, 404),
        (DELETE, {}, 422),
        (DELETE, {"videoId": 1}, 422),
        (DELETE, "{", 400),
        (DELETE, {"videoId": "x"}, 404),
    ],
)
def test_what_is_not_valid_is_refused(user: str, key: str, body: Any, status: int) -> None:
    assert call(key, user=user, body=body)["statusCode"] == status


@pytest.mark.parametrize("key", [LIST, DECLARE, DELETE])
def test_without_the_table_it_says_when_to_come_again(user: str, down: Down, key: str) -> None:
    with down("dynamodb"):
        assert call(key, user=user)["statusCode"] == 503
