"""Cloudflare's direct creator uploads: by form, by tus, and what they take of the quota."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from local.twins.settings import CloudflareSettings
from tests.integration.twins.conftest import padded, running_cloudflare
from tests.integration.twins.driving import CloudflareTwin
from tests.integration.twins.inbox import Inbox

MIB = 1024 * 1024
TUS = {"Tus-Resumable": "1.0.0"}


def tus_patch(url: str, content: bytes, offset: int, **headers: str) -> httpx.Response:
    given = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"} | headers
    return httpx.patch(url, content=content, headers=given)


def tus_head(url: str) -> httpx.Response:
    return httpx.head(url, headers=TUS)


@pytest.mark.parametrize(
    ("authorization", "status"), [("", 401), ("Bearer wrong", 401), ("Basic cf-token", 401)]
)
def test_without_the_token_nothing_is_answered(
    cloudflare_twin: CloudflareTwin, authorization: str, status: int
) -> None:
    answer = httpx.get(cloudflare_twin.url + cloudflare_twin.path(), headers={"Authorization": authorization})
    assert answer.status_code == status
    body = answer.json()
    assert (body["success"], body["result"]) == (False, None)
    assert {"code", "message"} <= set(body["errors"][0])


def test_another_account_is_not_ours(cloudflare_twin: CloudflareTwin) -> None:
    assert cloudflare_twin.client.get("/client/v4/accounts/other/stream").status_code == 403


@pytest.mark.parametrize("seconds", [None, 0, 36_001, "60", True])
def test_max_duration_is_required_and_bounded(cloudflare_twin: CloudflareTwin, seconds: object) -> None:
    body = {} if seconds is None else {"maxDurationSeconds": seconds}
    answer = cloudflare_twin.client.post(cloudflare_twin.path("/direct_upload"), json=body)
    assert answer.status_code == 400


def test_a_form_upload_becomes_a_video(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    upload = cloudflare_twin.create(creator="user_7", meta={"name": "tour"}, requireSignedURLs=True)
    waiting = cloudflare_twin.video(upload["uid"])
    assert waiting["status"]["state"] == "pendingupload"
    assert (waiting["duration"], waiting["input"]) == (-1, {"width": -1, "height": -1})
    assert waiting["uploaded"] is None
    assert waiting["readyToStream"] is False
    assert "playback" not in waiting
    assert httpx.post(upload["uploadURL"], files={"file": ("tour.mp4", clip)}).status_code == 200
    video = cloudflare_twin.ended(upload["uid"])
    assert video["readyToStream"] is True
    assert video["duration"] == pytest.approx(2, abs=0.1)
    assert video["input"] == {"width": 320, "height": 180}
    assert video["size"] == len(clip)
    assert (video["creator"], video["meta"], video["requireSignedURLs"]) == ("user_7", {"name": "tour"}, True)
    assert isinstance(video["status"]["pctComplete"], str)


def test_a_form_may_be_large(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    content = padded(clip, 12 * MIB)
    assert cloudflare_twin.ready(content)["size"] == len(content)


def test_trap_42_the_uploads_address_does_not_hold_the_uid(cloudflare_twin: CloudflareTwin) -> None:
    upload = cloudflare_twin.create()
    assert upload["uid"] not in upload["uploadURL"]


def test_an_address_is_good_for_one_use(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    upload = cloudflare_twin.create()
    statuses = [
        httpx.post(upload["uploadURL"], files={"file": ("a.mp4", clip)}).status_code for _ in range(2)
    ]
    assert statuses == [200, 400]


def test_the_form_field_is_named_file(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    url = cloudflare_twin.create()["uploadURL"]
    assert httpx.post(url, files={"video": ("a.mp4", clip)}).status_code == 400
    assert httpx.post(url, content=clip).status_code == 400
    assert httpx.post(url, files={"file": ("a.mp4", clip)}).status_code == 200


def test_what_is_no_video_is_refused_at_once_with_code_10059(cloudflare_twin: CloudflareTwin) -> None:
    url = cloudflare_twin.create()["uploadURL"]
    answer = httpx.post(url, files={"file": ("a.mp4", b"no video")})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == 10059


def test_trap_36_a_basic_upload_takes_200_mb(cloudflare_twin: CloudflareTwin) -> None:
    url = cloudflare_twin.create()["uploadURL"]

    head = b"--x\r\nContent-Disposition: form-data; name=file; filename=a.mp4\r\n\r\n"

    def body() -> Iterator[bytes]:
        yield head
        yield from (bytes(1_000_000) for _ in range(201))

    length = str(len(head) + 201_000_000)
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": length}
    try:
        status = httpx.post(url, content=body(), headers=headers).status_code
    except (httpx.WriteError, httpx.ReadError):  # refused before all was sent
        status = 413
    assert status == 413


def test_trap_40_a_misspelt_setting_is_ignored(cloudflare_twin: CloudflareTwin) -> None:
    upload = cloudflare_twin.create(requiredSignedURLs=True)
    assert cloudflare_twin.video(upload["uid"])["requireSignedURLs"] is False


def test_trap_24_an_expired_address_takes_nothing_and_nobody_is_told(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    upload = cloudflare_twin.create()
    cloudflare_twin.expire(upload["uid"])
    assert httpx.post(upload["uploadURL"], files={"file": ("a.mp4", clip)}).status_code == 400
    video = cloudflare_twin.video(upload["uid"])
    assert video["status"]["state"] == "pendingupload"
    assert datetime.fromisoformat(video["uploadExpiry"]) <= datetime.now(UTC)
    assert cloudflare_twin.inbox.deliveries == []


def test_an_expiry_may_be_named(cloudflare_twin: CloudflareTwin) -> None:
    at = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    upload = cloudflare_twin.create(expiry=at)
    shown = datetime.fromisoformat(cloudflare_twin.video(upload["uid"])["uploadExpiry"])
    assert abs(shown - datetime.fromisoformat(at)) < timedelta(seconds=1)
    past = cloudflare_twin.client.post(
        cloudflare_twin.path("/direct_upload"),
        json={"maxDurationSeconds": 9, "expiry": "2020-01-01T00:00:00Z"},
    )
    assert past.status_code == 400


def used(twin: CloudflareTwin) -> float:
    return float(twin.client.get(twin.path("/storage-usage")).json()["result"]["totalStorageMinutes"])


def test_trap_38_open_addresses_take_their_whole_duration_from_the_quota(
    cloudflare_settings: CloudflareSettings, inbox: Inbox, clip: bytes
) -> None:
    with running_cloudflare(replace(cloudflare_settings, storage_minutes=10), inbox) as twin:
        first = twin.create(maxDurationSeconds=540)
        assert used(twin) == 9
        refused = twin.client.post(twin.path("/direct_upload"), json={"maxDurationSeconds": 120})
        assert refused.status_code == 413
        assert refused.json()["errors"][0]["code"] == 10011
        twin.expire(first["uid"])
        assert used(twin) == 0
        second = twin.create(maxDurationSeconds=600)
        assert httpx.post(second["uploadURL"], files={"file": ("a.mp4", clip)}).status_code == 200
        twin.ended(second["uid"])
        assert used(twin) == pytest.approx(2 / 60, abs=0.01)  # what it really is
        assert twin.client.delete(twin.path(f"/{second['uid']}")).status_code == 200
        assert used(twin) == 0


def test_trap_39_a_video_that_is_too_long_fails_while_it_is_processed(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    uid = cloudflare_twin.send(clip, maxDurationSeconds=1)
    video = cloudflare_twin.ended(uid)
    assert video["status"]["state"] == "error"
    assert video["status"]["errorReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"
    assert video["readyToStream"] is False


def test_a_tus_upload_in_pieces_becomes_a_video(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    content = padded(clip, 5 * MIB + 1000)
    made = cloudflare_twin.create_tus(
        len(content), maxDurationSeconds="60", requiresignedurls=None, name="tour"
    )
    url, uid = made.headers["Location"], made.headers["stream-media-id"]
    assert made.status_code == 201
    assert (tus_head(url).headers["Upload-Offset"], tus_head(url).headers["Upload-Length"]) == (
        "0",
        str(len(content)),
    )
    first = tus_patch(url, content[: 5 * MIB], 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(5 * MIB))
    assert tus_patch(url, content[5 * MIB :], 0).status_code == 409
    assert tus_head(url).headers["Upload-Offset"] == str(5 * MIB)
    assert tus_patch(url, content[5 * MIB :], 5 * MIB).headers["Upload-Offset"] == str(len(content))
    video = cloudflare_twin.ended(uid)
    assert (video["status"]["state"], video["size"]) == ("ready", len(content))
    assert (video["requireSignedURLs"], video["meta"]["name"], video["maxDurationSeconds"]) == (
        True,
        "tour",
        60,
    )


def test_trap_41_the_uid_is_in_a_header_of_its_own_only(cloudflare_twin: CloudflareTwin) -> None:
    made = cloudflare_twin.create_tus(1000)
    assert cloudflare_twin.video(made.headers["stream-media-id"])["status"]["state"] == "pendingupload"
    assert made.headers["stream-media-id"] not in made.headers["Location"]


@pytest.mark.parametrize("size", [5 * MIB - 262_144, 5 * MIB + 1, 6 * MIB + 100])
def test_trap_37_pieces_have_a_least_size_and_a_grain(cloudflare_twin: CloudflareTwin, size: int) -> None:
    url = cloudflare_twin.create_tus(20 * MIB, maxDurationSeconds="60").headers["Location"]
    assert tus_patch(url, bytes(size), 0).status_code == 400
    assert tus_head(url).headers["Upload-Offset"] == "0"


def test_trap_35_the_length_is_needed_and_is_bytes(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    path = cloudflare_twin.path("?direct_user=true")
    assert cloudflare_twin.client.post(path, headers=TUS).status_code == 400
    seconds = cloudflare_twin.create_tus(60).headers["Location"]  # a minute, taken for sixty bytes
    assert tus_patch(seconds, clip, 0).status_code == 400


def test_trap_34_metadata_counts_when_the_upload_is_created_only(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    made = cloudflare_twin.create_tus(len(clip), maxdurationseconds="30", requiresignedurls=None)
    relaxed = f"maxDurationSeconds {base64.b64encode(b'36000').decode()}"
    tus_patch(made.headers["Location"], clip, 0, **{"Upload-Metadata": relaxed})
    video = cloudflare_twin.video(made.headers["stream-media-id"])
    assert (video["maxDurationSeconds"], video["requireSignedURLs"]) == (30, True)


def test_tus_speaks_one_version(cloudflare_twin: CloudflareTwin) -> None:
    old = cloudflare_twin.client.post(
        cloudflare_twin.path("?direct_user=true"), headers={"Upload-Length": "1"}
    )
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    url = cloudflare_twin.create_tus(1).headers["Location"]
    offered = httpx.options(url)
    assert "creation" in offered.headers["Tus-Extension"]
    assert httpx.post(url, headers=TUS | {"X-HTTP-Method-Override": "PATCH"}).status_code == 405


def test_a_broken_piece_goes_on_where_the_server_stands(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    cloudflare_twin.fault("receive", "break", times=1, values={"keep": 1000})
    url = cloudflare_twin.create_tus(len(clip)).headers["Location"]
    assert tus_patch(url, clip, 0).status_code == 500
    assert tus_head(url).headers["Upload-Offset"] == "1000"
    assert tus_patch(url, clip[1000:], 1000).status_code == 204


def test_an_expired_tus_upload_is_gone(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    made = cloudflare_twin.create_tus(len(clip))
    cloudflare_twin.expire(made.headers["stream-media-id"])
    assert tus_head(made.headers["Location"]).status_code == 410
    assert tus_patch(made.headers["Location"], clip, 0).status_code == 410
