"""Mux's webhooks: order, envelope, signature, retries."""

import json
import time
import uuid
from dataclasses import replace
from datetime import datetime
from itertools import count
from operator import itemgetter
from types import SimpleNamespace

import pytest

from local.twins import deliveries
from local.twins.settings import MuxSettings
from tests.integration.twins.conftest import running_mux
from tests.integration.twins.driving import MuxTwin, until
from tests.integration.twins.inbox import Delivery, Inbox, hex_hmac

LIFE = ["video.upload.created", "video.upload.asset_created", "video.asset.created", "video.asset.ready"]


def checked(twin: MuxTwin, delivery: Delivery, secret: str | None = None) -> bool:
    pairs = delivery.signature("mux-signature")
    at = dict(pairs)["t"]
    return ("v1", hex_hmac(secret or twin.webhook_secret, at, delivery.body)) in pairs


def test_the_life_of_an_upload_is_told_in_order(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.ready(clip)
    events = [one.event for one in mux_twin.inbox.wait(lambda all_: len(all_) == len(LIFE))]
    events.sort(key=itemgetter("created_at"))  # requests may overtake each other; what they say does not
    assert [event["type"] for event in events] == LIFE
    created, arrived, made, ready = events
    assert [one["object"]["type"] for one in (created, arrived, made, ready)] == [
        "upload",
        "upload",
        "asset",
        "asset",
    ]
    assert made["data"]["status"] == "preparing"
    assert made["data"]["playback_ids"] == asset["playback_ids"]  # there before it is ready
    assert made["data"]["upload_id"] == created["data"]["id"] == asset["upload_id"]
    assert created["data"]["new_asset_settings"]["passthrough"] == made["data"]["passthrough"] == "vid_01"


def test_trap_15_an_uploads_event_carries_the_uploads_id(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.ready(clip)
    event = mux_twin.inbox.wait_for("video.upload.asset_created").event
    assert event["data"]["id"] == event["object"]["id"] == asset["upload_id"]
    assert event["data"]["asset_id"] == asset["id"]


def test_the_envelope_has_all_of_its_fields(mux_twin: MuxTwin) -> None:
    mux_twin.create()
    event = mux_twin.inbox.wait_for("video.upload.created").event
    assert set(event) == {
        "type",
        "id",
        "created_at",
        "object",
        "environment",
        "data",
        "attempts",
        "request_id",
        "accessor",
        "accessor_source",
    }
    assert str(uuid.UUID(event["id"])) == event["id"]
    assert event["created_at"].endswith("Z")
    assert event["attempts"] == []
    assert event["request_id"] is None


def test_every_attempt_is_signed_anew_and_lists_those_before(mux_twin: MuxTwin) -> None:
    mux_twin.inbox.answers = [500, 302, 200]
    mux_twin.create()
    first, second, third = mux_twin.inbox.wait(lambda all_: len(all_) == 3)
    assert first.event["id"] == second.event["id"] == third.event["id"]
    assert [len(one.event["attempts"]) for one in (first, second, third)] == [0, 1, 2]
    attempt = third.event["attempts"][0]
    assert (attempt["response_status_code"], attempt["max_attempts"]) == (500, 30)
    assert attempt["address"] == mux_twin.inbox.url
    assert all(checked(mux_twin, one) for one in (first, second, third))
    ends = [datetime.fromisoformat(one["created_at"]).timestamp() for one in third.event["attempts"]]
    assert second.at - ends[0] >= 0.099  # 10 s, at a hundredth of the pace
    assert third.at - ends[1] >= 0.130  # gaps grow by a third


def test_trap_20_the_body_changes_between_attempts(mux_twin: MuxTwin) -> None:
    mux_twin.inbox.answers = [503]
    mux_twin.create()
    first, second = mux_twin.inbox.wait(lambda all_: len(all_) == 2)
    assert first.body != second.body


def test_trap_30_an_endpoint_that_is_slower_than_the_limit_is_asked_again(
    mux_settings: MuxSettings, inbox: Inbox
) -> None:
    inbox.answering.clear()
    with running_mux(replace(mux_settings, delivery_timeout_seconds=0.3), inbox) as twin:
        twin.create()
        told = inbox.wait(lambda all_: any(one.event["attempts"] for one in all_))
        inbox.answering.set()
    later = next(one for one in told if one.event["attempts"])
    assert later.event["attempts"][0]["response_status_code"] is None


def test_the_time_is_that_of_sending(mux_twin: MuxTwin) -> None:
    before = int(time.time())
    mux_twin.create()
    delivery = mux_twin.inbox.wait_for("video.upload.created")
    assert before <= int(dict(delivery.signature("mux-signature"))["t"]) <= delivery.at
    assert delivery.headers["content-type"] == "application/json"


def test_trap_12_each_endpoint_has_a_secret_of_its_own(mux_twin: MuxTwin) -> None:
    address = f"{mux_twin.inbox.url}&second"
    made = mux_twin.client.post("/system/v1/webhooks", json={"address": address})
    assert made.status_code == 201
    endpoint = made.json()["data"]
    shown = mux_twin.client.get(f"/system/v1/webhooks/{endpoint['id']}").json()["data"]
    assert "signing_secret" not in shown
    assert mux_twin.client.post("/system/v1/webhooks", json={"address": address}).status_code == 400
    mux_twin.create()
    both = mux_twin.inbox.wait(lambda all_: len(all_) == 2)
    assert {checked(mux_twin, one) for one in both} == {True, False}
    assert {checked(mux_twin, one, endpoint["signing_secret"]) for one in both} == {True, False}
    assert mux_twin.client.delete(f"/system/v1/webhooks/{endpoint['id']}").status_code == 204
    mux_twin.create()
    assert len(mux_twin.inbox.wait(lambda all_: len(all_) == 3)) == 3


def told_with(twin: MuxTwin, kind: str) -> Delivery:
    """The delivery of one event with a fault of its signature."""
    twin.fault("webhook", kind, match="video.upload.created")
    twin.create()
    return twin.inbox.wait(lambda all_: len(all_) == 1)[0]


@pytest.mark.parametrize("kind", ["wrong_secret", "altered"])
def test_a_forged_event_does_not_verify(mux_twin: MuxTwin, kind: str) -> None:
    assert not checked(mux_twin, told_with(mux_twin, kind))


def test_trap_4_half_a_body_may_be_rightly_signed(mux_twin: MuxTwin) -> None:
    delivery = told_with(mux_twin, "truncated")
    assert checked(mux_twin, delivery)
    with pytest.raises(json.JSONDecodeError):
        json.loads(delivery.body)


def test_trap_8_the_right_signature_may_not_be_the_first(mux_twin: MuxTwin) -> None:
    delivery = told_with(mux_twin, "two_signatures")
    (_, at), (_, wrong), (name, right) = delivery.signature("mux-signature")
    assert (name, right) == ("v1", hex_hmac(mux_twin.webhook_secret, at, delivery.body))
    assert wrong != right


def test_trap_9_a_right_signature_may_be_old_or_of_the_future(mux_twin: MuxTwin) -> None:
    mux_twin.fault("webhook", "old_timestamp", times=1)
    mux_twin.fault("webhook", "old_timestamp", skip=1, values={"seconds": -3600})
    mux_twin.create()
    old = mux_twin.inbox.wait(lambda all_: len(all_) == 1)[0]
    mux_twin.create()
    future = mux_twin.inbox.wait(lambda all_: len(all_) == 2)[1]
    assert checked(mux_twin, old)
    assert checked(mux_twin, future)
    ages = [time.time() - int(dict(one.signature("mux-signature"))["t"]) for one in (old, future)]
    assert ages == [pytest.approx(600, abs=10), pytest.approx(-3600, abs=10)]


def test_trap_29_whatever_is_not_2xx_is_sent_again(mux_twin: MuxTwin) -> None:
    mux_twin.inbox.answers = [404, 401, 204]
    mux_twin.create()
    assert len({one.event["id"] for one in mux_twin.inbox.wait(lambda all_: len(all_) == 3)}) == 1


def test_trap_19_a_doubled_event_has_the_same_id(mux_twin: MuxTwin) -> None:
    mux_twin.fault("webhook", "double", values={"times": 2})
    mux_twin.create()
    assert len({one.event["id"] for one in mux_twin.inbox.wait(lambda all_: len(all_) == 3)}) == 1


def test_trap_18_events_may_come_in_any_order(mux_twin: MuxTwin, clip: bytes) -> None:
    mux_twin.fault("webhook", "delay", match="asset.created", values={"seconds": 600})
    mux_twin.send(clip)
    ready = mux_twin.inbox.wait_for("video.asset.ready").event
    assert "video.asset.created" not in mux_twin.inbox.types()
    path = f"{mux_twin.url}/control/deliveries"
    waiting = mux_twin.client.get(path).json()["deliveries"]
    late = next(one for one in waiting if one["subject"] == "video.asset.created")
    assert mux_twin.client.post(f"{path}/{late['key']}/again", json={}).status_code == 204
    created = mux_twin.inbox.wait_for("video.asset.created").event
    assert created["object"] == ready["object"]
    assert created["created_at"] < ready["created_at"]


def test_an_event_that_falls_due_while_the_twin_looks_for_others_is_not_late(
    mux_twin: MuxTwin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks at the clock finds that a second has passed; nobody would wake up in time by himself."""
    ticks = count(int(time.time()))
    monkeypatch.setattr(deliveries, "time", SimpleNamespace(time=lambda: float(next(ticks))))
    monkeypatch.setattr(deliveries, "IDLE_SECONDS", 600)
    mux_twin.fault("webhook", "delay", values={"seconds": 1.5})
    mux_twin.create()
    assert mux_twin.inbox.wait_for("video.upload.created").event["attempts"] == []


def test_trap_31_events_of_others_come_too(mux_twin: MuxTwin) -> None:
    mux_twin.fault("webhook", "foreign_environment", times=1)
    mux_twin.fault("webhook", "unknown_type", skip=1)
    mux_twin.create()
    mux_twin.create()
    first, second = (one.event for one in mux_twin.inbox.wait(lambda all_: len(all_) == 2))
    assert first["environment"]["id"] != second["environment"]["id"]
    assert {first["type"], second["type"]} == {"video.upload.created", "video.asset.remembered"}


def test_a_fault_of_the_first_attempt_is_healed_by_the_second(mux_twin: MuxTwin) -> None:
    mux_twin.fault("webhook", "wrong_secret", values={"attempts": 1})
    mux_twin.inbox.answers = [401]
    mux_twin.create()
    both = mux_twin.inbox.wait(lambda all_: len(all_) == 2)
    assert [checked(mux_twin, one) for one in both] == [False, True]


def test_trap_15_any_event_can_be_staged(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.ready(clip)
    track = {"id": asset["tracks"][0]["id"], "asset_id": asset["id"], "status": "ready", "type": "text"}
    body = {"type": "video.asset.track.ready", "data": track}
    assert mux_twin.client.post("/control/events", json=body).status_code == 202
    delivery = mux_twin.inbox.wait_for("video.asset.track.ready")
    assert checked(mux_twin, delivery)
    assert (delivery.event["data"]["id"], delivery.event["data"]["asset_id"]) == (track["id"], asset["id"])
    assert mux_twin.client.post("/control/events", json={"type": "odd"}).status_code == 400


def test_a_dropped_event_never_comes_and_can_be_sent_by_hand(mux_twin: MuxTwin) -> None:
    mux_twin.fault("webhook", "drop", match="created")
    mux_twin.create()
    path = f"{mux_twin.url}/control/deliveries"
    dropped = until(lambda: next(iter(mux_twin.client.get(path).json()["deliveries"]), None), "a delivery")
    assert dropped["state"] == "dropped"
    assert mux_twin.inbox.deliveries == []
    assert mux_twin.client.post(f"{path}/{dropped['key']}/again", json={}).status_code == 204
    assert mux_twin.inbox.wait_for("video.upload.created").event["id"] == dropped["event_id"]
