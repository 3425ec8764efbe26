"""How a source gets in: asked for, sent, resumed, completed, cancelled."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce as fold
from typing import Any
from unittest import mock

import httpx
import pytest
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.adapters.ids import new_video_id
from sluice.domain.counts import Counts
from sluice.domain.errors import Unavailable
from sluice.domain.keys import source_key
from sluice.domain.parts import MIB
from sluice.domain.video import Status, Video, reduce
from sluice.edge import wiring

from functions.upload_url.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
ASK, UPLOAD = "POST /api/videos/upload-url", "GET /api/videos/{video_id}/upload"
PARTS, COMPLETE = "POST /api/videos/{video_id}/upload/parts", "POST /api/videos/{video_id}/upload/complete"
CANCEL = "DELETE /api/videos/{video_id}/upload"
PART = 5 * MIB

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def body(**changes: Any) -> dict[str, Any]:
    known = {"filename": "holiday.mp4", "fileSize": 5, "mimeType": "video/mp4"}
    return {name: value for name, value in {**known, **changes}.items() if value is not ...}


def ask(user: str, *, key: str | None = None, **changes: Any) -> dict[str, Any]:
    headers = {"idempotency-key": key} if key is not None else {}
    return call(ASK, user=user, body=body(**changes), headers=headers)


def fresh(user: str, status: str = "uploading", **changes: Any) -> Video:
    now = datetime.now(UTC)
    return make_video(status, video_id=new_video_id(now), owner_id=user, created_at=now, **changes)


def in_parts(deployed: Deployment, user: str) -> Video:
    """A video whose multipart upload is open, in parts of S3's least size so that little is enough."""
    video = fresh(user, protocol="multipart", size_bytes=PART + 3)
    video = replace(video, upload=replace(video.upload, part_size_bytes=PART))
    _, facts = wiring.uploads().open_upload(video, now=datetime.now(UTC))
    return deployed.has(fold(reduce, facts, video))


def send_parts(web: httpx.Client, video: Video, user: str) -> list[dict[str, Any]]:
    asked = call(PARTS, user=user, body={"partNumbers": [1, 2]}, video_id=video.video_id)
    signed = answer_of(asked)["parts"]
    sent = [
        web.put(part["uploadUrl"], content=b"x" * size) for part, size in zip(signed, (PART, 3), strict=True)
    ]
    return [{"partNumber": n, "etag": answer.headers["etag"]} for n, answer in enumerate(sent, 1)]


def test_what_is_asked_for_can_be_sent_and_the_table_knows_of_it(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    reply = ask(user, title="T", metadata={"a": 1}, visibility="public")
    answer = answer_of(reply)
    assert reply["statusCode"] == 201
    assert set(answer) == {"videoId", "uploadUrl", "provider", "expiresAt", "upload"}
    assert answer["upload"] == {"protocol": "put", "method": "PUT", "headers": {"Content-Type": "video/mp4"}}
    sent = web.put(answer["uploadUrl"], content=b"12345", headers=answer["upload"]["headers"])
    assert sent.status_code == 200
    assert deployed.keys(source_key(user, answer["videoId"]))
    video = deployed.state_of(answer["videoId"])
    assert (video.status, video.title.value, video.visibility.value) == (Status.UPLOADING, "T", "public")
    assert video.custom.value == {"a": 1}
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_a_large_source_is_sent_in_parts(user: str) -> None:
    upload = answer_of(ask(user, fileSize=300 * MIB))["upload"]
    assert (upload["protocol"], upload["partSize"]) == ("multipart", 16 * MIB)
    assert [part["partNumber"] for part in upload["parts"]] == list(range(1, 11))


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"filename": ...}, 422, "invalid_fields"),
        ({"filename": ""}, 422, "invalid_fields"),
        ({"filename": "a/b.mp4"}, 422, "invalid_fields"),
        ({"fileSize": "5"}, 422, "invalid_fields"),
        ({"fileSize": 0}, 422, "invalid_fields"),
        ({"fileSize": 500 * MIB + 1}, 413, "video_too_large"),
        ({"mimeType": "image/png"}, 415, "not_a_video"),
        ({"title": "a" * 201}, 422, "invalid_fields"),
        ({"metadata": {"k": "x" * 4096}}, 422, "invalid_fields"),
        ({"metadata": []}, 422, "invalid_fields"),
        ({"visibility": "unlisted"}, 422, "invalid_fields"),
        ({"provider": "vimeo"}, 422, "invalid_fields"),
        ({"protocol": "tus"}, 422, "invalid_fields"),
    ],
)
def test_what_cannot_become_a_video_is_refused_and_leaves_nothing(
    deployed: Deployment, user: str, changes: dict[str, Any], status: int, code: str
) -> None:
    reply = ask(user, **changes)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (status, code)
    assert deployed.videos.counts(user) == Counts()


@pytest.mark.parametrize(("raw", "status"), [("{", 400), ("[]", 400), ("", 422)])
def test_a_body_that_is_no_object_is_refused(user: str, raw: str, status: int) -> None:
    assert call(ASK, user=user, body=raw)["statusCode"] == status


def test_the_longest_and_strangest_that_is_allowed_gets_through(user: str, web: httpx.Client) -> None:
    answer = answer_of(
        ask(user, filename="🎬" * 255, title="\u202eשלם", metadata={"k": "🎬" * 1000, "n": 10**40})
    )
    headers = answer["upload"]["headers"]
    assert web.put(answer["uploadUrl"], content=b"12345", headers=headers).status_code == 200


def test_nobody_who_is_not_signed_in_gets_anything() -> None:
    reply = call(ASK, body=body())
    assert (reply["statusCode"], reply["headers"]["www-authenticate"]) == (401, "Bearer")


# ---------------------------------------------------------------- the same request again


def test_a_repeated_request_is_answered_alike_with_its_url_signed_anew(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    first, again = (ask(user, key="k", metadata={"b": 1, "a": 2}) for _ in range(2))
    assert (again["statusCode"], again["headers"]["idempotent-replayed"]) == (201, "true")
    assert "idempotent-replayed" not in first["headers"]
    one, other = answer_of(first), answer_of(again)
    assert one["videoId"] == other["videoId"]
    assert (
        web.put(other["uploadUrl"], content=b"12345", headers=other["upload"]["headers"]).status_code == 200
    )
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_a_large_upload_that_is_asked_for_again_is_the_same_upload(deployed: Deployment, user: str) -> None:
    video_id = {answer_of(ask(user, key="k", fileSize=300 * MIB))["videoId"] for _ in range(2)}.pop()
    found = deployed.aws("s3").list_multipart_uploads(Bucket=deployed["MEDIA_BUCKET"]).get("Uploads", [])
    assert [upload["Key"] for upload in found if video_id in upload["Key"]] == [source_key(user, video_id)]
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_a_key_with_another_body_is_a_conflict(user: str) -> None:
    ask(user, key="k")
    reply = ask(user, key="k", fileSize=6)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "idempotency_key_reused")


def test_a_key_belongs_to_its_user(deployed: Deployment, user: str) -> None:
    other = f"{user}-other"
    assert answer_of(ask(user, key="k"))["videoId"] != answer_of(ask(other, key="k", fileSize=6))["videoId"]
    assert deployed.videos.counts(other) == Counts(processing=1)


def test_a_request_that_is_refused_does_not_use_its_key_up(user: str) -> None:
    assert ask(user, key="k", mimeType="image/png")["statusCode"] == 415
    assert ask(user, key="k")["statusCode"] == 201


def test_a_request_that_failed_does_not_use_its_key_up(user: str, down: Down) -> None:
    with down("sts"):
        assert ask(user, key="k")["statusCode"] == 503
    assert ask(user, key="k")["statusCode"] == 201


@pytest.mark.parametrize("size", [5, 300 * MIB])
def test_a_request_whose_end_was_lost_is_not_done_twice(deployed: Deployment, user: str, size: int) -> None:
    with mock.patch.object(DynamoIdempotency, "keep", side_effect=Unavailable("Lost.")):
        assert ask(user, key="k", fileSize=size)["statusCode"] == 503
    with mock.patch.object(DynamoIdempotency, "claim", _a_minute_later(DynamoIdempotency.claim)):
        reply = ask(user, key="k", fileSize=size)
    assert reply["statusCode"] == 201
    assert deployed.videos.counts(user) == Counts(processing=1)
    assert deployed.state_of(answer_of(reply)["videoId"]).status is Status.UPLOADING


def _a_minute_later(claim: Any) -> Any:
    def later(*given: Any, now: datetime, **named: Any) -> Any:
        return claim(*given, now=now + timedelta(seconds=61), **named)

    return later


@pytest.mark.parametrize("key", ["", "a" * 256])
def test_a_key_that_is_none_is_refused(user: str, key: str) -> None:
    assert ask(user, key=key)["statusCode"] == 422


def test_twenty_requests_at_once_with_one_key_make_one_video(deployed: Deployment, user: str) -> None:
    """R4."""
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: ask(user, key="k"), range(20)))
    made = {answer_of(reply)["videoId"] for reply in replies if reply["statusCode"] == 201}
    refused = {answer_of(reply)["code"] for reply in replies if reply["statusCode"] != 201}
    assert len(made) == 1
    assert refused <= {"request_in_progress"}
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_requests_without_a_key_are_each_their_own(deployed: Deployment, user: str) -> None:
    assert answer_of(ask(user))["videoId"] != answer_of(ask(user))["videoId"]
    assert deployed.videos.counts(user) == Counts(processing=2)


# ---------------------------------------------------------------- an upload under way


def test_an_interrupted_upload_says_what_has_arrived_and_goes_on(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    video = in_parts(deployed, user)
    parts = send_parts(web, video, user)
    standing = answer_of(call(UPLOAD, user=user, video_id=video.video_id))
    assert (standing["protocol"], standing["partSize"], standing["offset"]) == ("multipart", PART, None)
    assert [(part["partNumber"], part["size"], part["etag"]) for part in standing["uploaded"]] == [
        (1, PART, parts[0]["etag"]),
        (2, 3, parts[1]["etag"]),
    ]
    for _ in range(2):
        reply = call(COMPLETE, user=user, body={"parts": parts}, video_id=video.video_id)
        assert reply["statusCode"] == 202
        assert answer_of(reply)["status"] == "processing"
    source = deployed.state_of(video.video_id).source
    assert source is not None
    assert source.value.size_bytes == PART + 3


@pytest.mark.parametrize("asks", [(UPLOAD, None), (PARTS, {"partNumbers": [1]})])
def test_an_upload_that_goes_on_after_hours_is_waited_for(
    deployed: Deployment, user: str, asks: tuple[str, dict[str, Any] | None]
) -> None:
    video = in_parts(deployed, user)
    known = deployed.videos.find(video.video_id)
    assert known is not None
    hours_ago = timedelta(hours=5)
    older = replace(
        known.video,
        created_at=known.video.created_at - hours_ago,
        upload=replace(known.video.upload, expires_at=known.video.upload.expires_at - hours_ago),
    )
    deployed.videos.replace(known, older, due_at=None)
    assert call(asks[0], user=user, body=asks[1], video_id=video.video_id)["statusCode"] == 200
    assert deployed.state_of(video.video_id).open_until - datetime.now(UTC) > timedelta(hours=5, minutes=55)


def test_a_single_put_that_was_interrupted_gets_a_new_url(user: str, web: httpx.Client) -> None:
    video_id = answer_of(ask(user))["videoId"]
    standing = answer_of(call(UPLOAD, user=user, video_id=video_id))
    assert "uploaded" not in standing
    headers = standing["upload"]["headers"]
    assert web.put(standing["uploadUrl"], content=b"12345", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [[], [{"partNumber": 1}], [{"partNumber": 0, "etag": "e"}], [{"partNumber": 1, "etag": ""}],
     [{"partNumber": 1, "etag": "e"}], [{"partNumber": 1, "etag": "e"}, {"partNumber": 2, "etag": "e"}],
     [{"partNumber": 2, "etag": "e"}, {"partNumber": 1, "etag": "e"}], [{"partNumber": 1, "etag": "\x01"}]],
    ids=lambda wrong: json.dumps(wrong)[:60],
)  # fmt: skip
def test_parts_that_do_not_fit_are_refused(
    deployed: Deployment, user: str, wrong: list[dict[str, Any]]
) -> None:
    video = in_parts(deployed, user)
    reply = call(COMPLETE, user=user, body={"parts": wrong}, video_id=video.video_id)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "invalid_fields")


@pytest.mark.parametrize("numbers", [[], [0], [3], [10_001], list(range(1, 102)), ["1"]])
def test_parts_that_there_are_not_cannot_be_signed(
    deployed: Deployment, user: str, numbers: list[Any]
) -> None:
    video = in_parts(deployed, user)
    reply = call(PARTS, user=user, body={"partNumbers": numbers}, video_id=video.video_id)
    assert reply["statusCode"] == 422


def test_an_upload_without_parts_has_none_to_sign_or_join(user: str) -> None:
    video_id = answer_of(ask(user))["videoId"]
    for key, given in (
        (PARTS, {"partNumbers": [1]}),
        (COMPLETE, {"parts": [{"partNumber": 1, "etag": "e"}]}),
    ):
        reply = call(key, user=user, body=given, video_id=video_id)
        assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "not_multipart")


def test_a_cancelled_upload_is_gone_at_the_bucket_and_from_every_answer(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    video = in_parts(deployed, user)
    (part,) = answer_of(call(PARTS, user=user, body={"partNumbers": [2]}, video_id=video.video_id))["parts"]
    reply = call(CANCEL, user=user, video_id=video.video_id)
    assert (reply["statusCode"], reply["body"]) == (204, "")
    assert web.put(part["uploadUrl"], content=b"xxx").status_code == 404
    assert deployed.videos.counts(user) == Counts()
    for key in (UPLOAD, CANCEL, PARTS, COMPLETE):
        assert call(key, user=user, video_id=video.video_id)["statusCode"] == 404


@pytest.mark.parametrize("status", ["processing", "ready", "error"])
def test_an_upload_that_is_over_is_a_conflict(deployed: Deployment, user: str, status: str) -> None:
    video = deployed.has(fresh(user, status=status))
    for key in (UPLOAD, CANCEL, PARTS):
        reply = call(key, user=user, video_id=video.video_id)
        assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "not_uploading")


# ---------------------------------------------------------------- upstream down


def test_without_its_table_nothing_is_promised(user: str, down: Down) -> None:
    with down("dynamodb"):
        reply = ask(user)
    assert reply["statusCode"] == 503
    assert int(reply["headers"]["retry-after"]) > 0


@pytest.mark.parametrize(("service", "size"), [("sts", 5), ("s3", 300 * MIB)])
def test_a_storage_that_is_down_is_told_and_the_row_says_so(
    deployed: Deployment, user: str, down: Down, service: str, size: int
) -> None:
    with down(service):
        reply = ask(user, fileSize=size)
    assert (reply["statusCode"], "retry-after" in reply["headers"]) == (503, True)
    (video,) = deployed.videos.page(user, status=None, limit=10, after=None).videos
    assert (video.status, deployed.videos.counts(user)) == (Status.ERROR, Counts(failed=1))
