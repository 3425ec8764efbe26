"""Cloudflare's videos: states, the one webhook, lists, edits, import, downloads, limits."""

import time
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import httpx
import pytest

from local.twins.cloudflare import lifecycle, records
from local.twins.core import Core
from local.twins.refusals import Doc
from local.twins.settings import CloudflareSettings
from tests.integration.twins.conftest import running_cloudflare
from tests.integration.twins.driving import CloudflareTwin, until
from tests.integration.twins.inbox import Inbox, hex_hmac

STATES = ["queued", "inprogress", "ready"]


def test_states_come_in_order(
    cloudflare_twin: CloudflareTwin, clip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []

    def noted(core: Core, uid: str, **changes: Any) -> Doc | None:
        video = records.change(core, uid, **changes)
        kept.extend([video["status"]["state"]] if video else [])
        return video

    monkeypatch.setattr(lifecycle, "change", noted)
    cloudflare_twin.ready(clip)
    assert [state for state, _ in groupby(kept)] == STATES


def test_trap_27_the_webhook_comes_long_before_all_is_complete(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    uid = cloudflare_twin.send(clip)
    told = cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)[0].event
    assert told["uid"] == uid
    assert told["readyToStream"] is True
    assert told["status"]["pctComplete"] == "39.000000"
    until(lambda: cloudflare_twin.video(uid)["status"]["pctComplete"] == "100.000000" or None, "complete")
    assert len(cloudflare_twin.inbox.deliveries) == 1  # nobody is told of that


def test_trap_11_the_webhook_is_the_video_signed_with_the_secret_as_text(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    before = int(time.time())
    video = cloudflare_twin.ready(clip)
    delivery = cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)[0]
    assert set(delivery.event) == set(video)
    assert "type" not in delivery.event
    (name, at), (scheme, signature) = delivery.signature("webhook-signature")
    assert (name, scheme) == ("time", "sig1")
    assert signature == hex_hmac(cloudflare_twin.webhook_secret, at, delivery.body)
    assert before <= int(at) <= delivery.at


def test_a_body_may_end_in_a_newline_that_is_signed(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    cloudflare_twin.fault("webhook", "trailing_newline")
    cloudflare_twin.send(clip)
    delivery = cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)[0]
    pairs = dict(delivery.signature("webhook-signature"))
    assert delivery.body.endswith(b"}\n")
    assert pairs["sig1"] == hex_hmac(cloudflare_twin.webhook_secret, pairs["time"], delivery.body)
    assert pairs["sig1"] != hex_hmac(cloudflare_twin.webhook_secret, pairs["time"], delivery.body.strip())


def test_trap_12_another_address_has_another_secret(cloudflare_twin: CloudflareTwin) -> None:
    path = cloudflare_twin.path("/webhook")
    first = cloudflare_twin.client.get(path).json()["result"]
    same = cloudflare_twin.client.put(path, json={"notificationUrl": first["notificationUrl"]}).json()[
        "result"
    ]
    assert same["secret"] == first["secret"] == cloudflare_twin.webhook_secret
    moved = cloudflare_twin.client.put(path, json={"notificationUrl": "https://hooks.example.test"}).json()[
        "result"
    ]
    assert moved["secret"] != first["secret"]
    assert moved["notification_url"] == moved["notificationUrl"] == "https://hooks.example.test"
    assert cloudflare_twin.client.delete(path).status_code == 200
    assert cloudflare_twin.client.get(path).status_code == 404


def test_a_failure_is_told_with_its_code(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    uid = cloudflare_twin.send(clip, maxDurationSeconds=1)
    told = cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)[0].event
    assert (told["uid"], told["readyToStream"]) == (uid, False)
    assert told["status"]["errorReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"
    assert told["status"]["step"] == "encoding"


def test_trap_28_the_code_of_an_error_has_two_names(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    cloudflare_twin.fault("webhook", "other_error_names")
    cloudflare_twin.send(clip, maxDurationSeconds=1)
    told = cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)[0].event["status"]
    assert told["errReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"
    assert "errorReasonCode" not in told


def test_by_default_a_webhook_that_fails_is_not_sent_again(
    cloudflare_twin: CloudflareTwin, clip: bytes
) -> None:
    cloudflare_twin.inbox.answers = [500]
    cloudflare_twin.ready(clip)
    path = f"{cloudflare_twin.url}/control/deliveries"

    def given_up() -> bool | None:
        listed = cloudflare_twin.client.get(path).json()["deliveries"]
        return True if listed and listed[0]["state"] == "given up" else None

    until(given_up, "given up")
    assert len(cloudflare_twin.inbox.deliveries) == 1


def test_a_second_notice_may_come_when_all_is_complete(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    cloudflare_twin.fault("asset", "second_notice")
    cloudflare_twin.send(clip)
    told = [one.event for one in cloudflare_twin.inbox.wait(lambda all_: len(all_) == 2)]
    first, second = sorted(told, key=itemgetter("modified"))
    percents = [one["status"]["pctComplete"] for one in (first, second)]
    assert percents == ["39.000000", "100.000000"]
    assert first["modified"] < second["modified"]


def test_a_deleted_video_is_gone_and_nobody_is_told(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    video = cloudflare_twin.ready(clip)
    cloudflare_twin.inbox.wait(lambda all_: len(all_) == 1)
    path = cloudflare_twin.path(f"/{video['uid']}")
    assert cloudflare_twin.client.delete(path).status_code == 200
    assert cloudflare_twin.client.get(path).status_code == 404
    assert cloudflare_twin.client.delete(path).status_code == 404
    assert cloudflare_twin.play(video["uid"]).status_code == 404
    assert not (cloudflare_twin.folder / "media" / video["uid"]).exists()
    assert len(cloudflare_twin.inbox.deliveries) == 1


def test_lists_are_filtered(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    ready = cloudflare_twin.ready(clip, creator="user_7", meta={"name": "Tour of the dam"})["uid"]
    waiting = cloudflare_twin.create(creator="user_8")["uid"]

    def listed(**query: str) -> list[str]:
        answer = cloudflare_twin.client.get(cloudflare_twin.path(), params=query)
        return [one["uid"] for one in answer.json()["result"]]

    assert listed() == [waiting, ready]
    assert listed(asc="true") == [ready, waiting]
    assert listed(creator="user_7") == listed(status="ready") == listed(search="the DAM") == [ready]
    assert listed(limit="1") == [waiting]
    assert listed(end="2020-01-01T00:00:00Z") == []
    assert cloudflare_twin.client.get(cloudflare_twin.path("?limit=1001")).status_code == 400


def test_what_describes_a_video_can_be_edited(cloudflare_twin: CloudflareTwin) -> None:
    path = cloudflare_twin.path(f"/{cloudflare_twin.create()['uid']}")
    body = {
        "requireSignedURLs": True,
        "meta": {"name": "new"},
        "allowedOrigins": ["app.example.test"],
        "other": 1,
    }
    edited = cloudflare_twin.client.post(path, json=body).json()["result"]
    assert (edited["requireSignedURLs"], edited["meta"], edited["allowedOrigins"]) == (
        True,
        {"name": "new"},
        ["app.example.test"],
    )
    assert "other" not in edited
    assert cloudflare_twin.client.post(path, json={"creator": "x" * 65}).status_code == 400


def test_an_import_is_fetched_by_the_provider(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    first = cloudflare_twin.ready(clip)
    made = cloudflare_twin.client.post(cloudflare_twin.path(f"/{first['uid']}/downloads"), json={})
    url = made.json()["result"]["default"]["url"]
    until(lambda: httpx.get(url).status_code == 200 or None, "the download")
    copied = cloudflare_twin.client.post(
        cloudflare_twin.path("/copy"), json={"url": url, "meta": {"name": "copy"}}
    )
    assert copied.json()["result"]["status"]["state"] == "downloading"
    video = cloudflare_twin.ended(copied.json()["result"]["uid"])
    assert (video["status"]["state"], video["meta"]["name"]) == ("ready", "copy")


def test_an_import_that_cannot_be_fetched_fails(cloudflare_twin: CloudflareTwin) -> None:
    body = {"url": f"{cloudflare_twin.url}/nothing.mp4"}
    copied = cloudflare_twin.client.post(cloudflare_twin.path("/copy"), json=body).json()["result"]
    assert cloudflare_twin.ended(copied["uid"])["status"]["errorReasonCode"] == "ERR_FETCH_ORIGIN_ERROR"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"just text", "ERR_NON_VIDEO"), (b"\0\0\0\x20ftypisom" + bytes(80), "ERR_MALFORMED_VIDEO")],
)
def test_errors_have_codes(cloudflare_twin: CloudflareTwin, content: bytes, code: str) -> None:
    made = cloudflare_twin.create_tus(len(content))
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert httpx.patch(made.headers["Location"], content=content, headers=headers).status_code == 204
    video = cloudflare_twin.ended(made.headers["stream-media-id"])
    assert video["status"]["errorReasonCode"] == code
    assert cloudflare_twin.play(video["uid"]).status_code == 424


def test_every_answer_says_how_many_calls_are_left(
    cloudflare_settings: CloudflareSettings, inbox: Inbox
) -> None:
    with running_cloudflare(replace(cloudflare_settings, limits=True), inbox) as twin:
        answer = twin.client.get(twin.path())
        assert answer.headers["Ratelimit"].startswith('"default";r=1199;t=')
        assert answer.headers["Ratelimit-Policy"] == '"burst";q=1200;w=300'
        assert "retry-after" not in answer.headers
        assert (
            twin.client.get(twin.path(f"/{'0' * 32}")).headers["Ratelimit"].startswith('"default";r=1198;t=')
        )


def test_trap_54_over_the_limit_all_calls_are_blocked_for_minutes(
    cloudflare_settings: CloudflareSettings, inbox: Inbox
) -> None:
    with running_cloudflare(replace(cloudflare_settings, limits=True), inbox) as twin:
        statuses = {twin.client.get(twin.path("/webhook")).status_code for _ in range(1200)}
        assert statuses == {200}
        blocked = twin.client.get(twin.path())
        assert blocked.status_code == 429
        assert 290 < int(blocked.headers["retry-after"]) <= 300
        assert twin.client.get(twin.path()).status_code == 429
