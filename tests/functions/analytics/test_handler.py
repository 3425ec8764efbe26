"""Beacons in: read without trusting, queued, answered; and figures for owners alone."""

import json
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sluice.edge import analytics_wiring
from sluice.edge.throttle import SessionThrottle

from functions.analytics.handler import handler
from tests.builders import VIDEO_ID
from tests.deployment import Deployment, caller
from tests.engine import unique
from tests.events import answer_of, http_event

pytestmark = pytest.mark.usefixtures("deployed")
EVENTS, CMCD = "POST /api/analytics/events", "POST /api/analytics/cmcd"
call = caller(handler)
type Down = Callable[..., AbstractContextManager[Deployment]]
type Json = dict[str, Any]


@pytest.fixture(autouse=True)
def taken(deployed: Deployment) -> Callable[[], list[Json]]:
    """What was queued since the last time."""

    def messages() -> list[Json]:
        return [json.loads(one) for one in deployed.resources.messages(deployed["BEACON_QUEUE_URL"])]

    messages()
    return messages


def event(**changes: Any) -> Json:
    known: Json = {
        "eventType": "play",
        "sessionId": unique("session"),
        "videoId": VIDEO_ID,
        "timestamp": int(time.time() * 1000),
        "data": {"currentTime": 0, "totalPlayTime": 0},
    }
    return {name: value for name, value in {**known, **changes}.items() if value is not ...}


def send(body: object, key: str = EVENTS, **given: Any) -> tuple[int, Json]:
    reply = call(key, body=body, **given)
    return reply["statusCode"], answer_of(reply)


def test_one_event_is_taken(taken: Callable[[], list[Json]]) -> None:
    one = event(userId="bob", viewToken="t")
    assert send(one) == (202, {"success": True, "accepted": 1, "rejected": []})
    (message,) = taken()
    assert message["events"] == [one]
    assert (message["device"], message["country"]) == ("desktop", None)


def test_the_sample_is_taken_as_plain_text_and_as_base64(taken: Callable[[], list[Json]]) -> None:
    now = int(time.time() * 1000)
    body = [{**one, "timestamp": now} for one in json.loads(http_event(EVENTS)["body"])]
    sent = http_event(EVENTS, body=body)
    assert sent["headers"]["content-type"].startswith("text/plain")
    assert handler(sent, None)["statusCode"] == 202
    sent["body"], sent["isBase64Encoded"] = b64encode(sent["body"].encode()).decode(), True
    assert answer_of(handler(sent, None))["accepted"] == 4
    assert [len(message["events"]) for message in taken()] == [4, 4]


def test_five_hundred_events_are_one_message_and_one_more_is_too_many(
    taken: Callable[[], list[Json]],
) -> None:
    assert send([event() for _ in range(500)])[1]["accepted"] == 500
    (message,) = taken()
    assert len(message["events"]) == 500
    status, answer = send([event() for _ in range(501)])
    assert (status, answer["code"]) == (413, "too_many_events")


def test_large_events_go_in_several_messages(taken: Callable[[], list[Json]]) -> None:
    noise = '"\\' * 950
    assert send([event(data={"note": noise}) for _ in range(240)])[1]["accepted"] == 240
    found = taken()
    assert sum(len(message["events"]) for message in found) == 240
    assert len(found) == 2


FIELDS: dict[str, tuple[Json, str]] = {
    "no type": ({"eventType": ...}, "eventType"),
    "an empty type": ({"eventType": ""}, "eventType"),
    "a type that is none": ({"eventType": "a b"}, "eventType"),
    "no session": ({"sessionId": ...}, "sessionId"),
    "an empty session": ({"sessionId": ""}, "sessionId"),
    "a session without end": ({"sessionId": "s" * 101}, "sessionId"),
    "a session that is a number": ({"sessionId": 5}, "sessionId"),
    "no video": ({"videoId": ...}, "videoId"),
    "no time": ({"timestamp": ...}, "timestamp"),
    "a time in words": ({"timestamp": "2026-03-01T12:00:00Z"}, "timestamp"),
    "a time in seconds": ({"timestamp": 1_772_366_400}, "timestamp"),
    "tomorrow": ({"timestamp": int(time.time() * 1000) + 86_400_000}, "timestamp"),
    "long ago": ({"timestamp": int(time.time() * 1000) - 31 * 86_400_000}, "timestamp"),
    "a negative total": ({"data": {"totalPlayTime": -1}}, "data.totalPlayTime"),
    "an absurd total": ({"data": {"totalPlayTime": 1e18}}, "data.totalPlayTime"),
    "a total in words": ({"data": {"totalBufferTime": "5"}}, "data.totalBufferTime"),
    "stalls without end": ({"data": {"rebufferCount": 10**9}}, "data.rebufferCount"),
    "a place nowhere": ({"data": {"currentTime": 1e9}}, "data.currentTime"),
    "data that is none": ({"data": []}, "data"),
    "a user who is a list": ({"userId": []}, "userId"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_bad_event_is_refused_by_itself_and_does_not_spoil_a_batch(
    taken: Callable[[], list[Json]], name: str
) -> None:
    changes, field = FIELDS[name]
    status, answer = send(event(**changes))
    assert (status, answer["code"]) == (400, "invalid_events")
    assert field in answer["details"][0]["problem"]
    assert taken() == []
    status, answer = send([event(), event(**changes), event()])
    assert (status, answer["accepted"]) == (202, 2)
    ((index, problem),) = ((one["index"], one["problem"]) for one in answer["rejected"])
    assert index == 1
    assert field in problem


@pytest.mark.parametrize("body", ["", " ", "[]", "{", "[{]", "\ud800", "nul"])
def test_what_is_no_json_or_nothing_is_malformed(body: str) -> None:
    reply = call(EVENTS, body=body) if body != "\ud800" else None
    if reply is None:
        sent = http_event(EVENTS)
        sent["body"], sent["isBase64Encoded"] = b64encode(b'{"eventType": "\xff"}').decode(), True
        reply = handler(sent, None)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (400, "malformed_request")


@pytest.mark.parametrize("body", ["5", '"x"', "null", "[5]", "[[]]", "{}"])
def test_what_is_no_event_is_refused(body: str) -> None:
    status, answer = send(body)
    assert (status, answer["code"]) == (400, "invalid_events")


def test_an_event_may_be_as_large_as_that_and_a_body_too() -> None:
    assert send(event(data={"x": "y" * 9000}))[0] == 400
    assert send("x" * 1_100_000)[1]["code"] == "body_too_large"


def test_unusual_but_good_events_are_taken() -> None:
    good = [event(data=...), event(data=None), event(userId=None), event(userId=7), event(more=[1]),
            event(data={"duration": None, "error": {"code": 3}}), event(timestamp=time.time() * 1000 + 0.5),
            event(videoId="somebody-else's"), event(data={"text": "\ud83d\ude00\uffff"})]  # fmt: skip
    assert send(good)[1] == {"success": True, "accepted": len(good), "rejected": []}


def test_a_flood_of_one_session_is_slowed_down_and_nobody_else_is(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle = SessionThrottle(burst=600, per_second=0.001)
    monkeypatch.setattr(analytics_wiring, "throttle", lambda: throttle)
    flood = [event(sessionId="flood") for _ in range(500)]
    answers = [call(EVENTS, body=flood) for _ in range(4)]
    assert [reply["statusCode"] for reply in answers] == [202, 202, 429, 429]
    assert answer_of(answers[1])["accepted"] == 100
    assert int(answers[3]["headers"]["retry-after"]) >= 1
    assert send(event())[0] == 202


def test_country_and_device_are_as_the_headers_say(taken: Callable[[], list[Json]]) -> None:
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148"
    call(EVENTS, body=event(), headers={"user-agent": phone, "cloudfront-viewer-country": "DE"})
    (message,) = taken()
    assert (message["device"], message["country"]) == ("mobile", "DE")


def test_while_the_queue_is_down_beacons_are_to_be_sent_again(down: Down) -> None:
    with down("sqs"):
        reply = call(EVENTS, body=event())
    assert reply["statusCode"] == 503
    assert int(reply["headers"]["retry-after"]) >= 1


def test_beacons_are_taken_without_what_costs_to_import() -> None:
    """A player does not wait, but each cold start is paid for."""
    costly = {"botocore.session", "boto3", "jwt", "requests", "cryptography", "sluice.domain.video"}
    program = f"import sys, functions.analytics.handler; print({costly} & sys.modules.keys())"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def cmcd_sample() -> list[Json]:
    return [{**one, "timestamp": int(time.time() * 1000)} for one in json.loads(http_event(CMCD)["body"])]


def kinds(found: list[Json]) -> list[tuple[str, str]]:
    return [(one["eventType"], one["sessionId"]) for message in found for one in message["events"]]


def test_cmcd_becomes_events_of_the_same_session(taken: Callable[[], list[Json]]) -> None:
    reports = cmcd_sample()
    assert send(reports, CMCD) == (202, {"success": True, "accepted": 1, "rejected": []})
    session = "session_1772366400000_k3j9x2m4q"
    found = taken()
    assert kinds(found) == [("play", session), ("buffering_start", session)]
    assert found[0]["events"][0]["data"]["cmcd"]["br"] == 3200


PAIRS = f'bs,cid="{VIDEO_ID}",ot=v,sid="s1"'


def test_cmcd_comes_in_query_headers_and_lines(taken: Callable[[], list[Json]]) -> None:
    by_query = call(CMCD, body="", query={"CMCD": PAIRS})
    parts = {"cmcd-object": "ot=v", "cmcd-session": f'cid="{VIDEO_ID}",sid="s1"', "cmcd-status": "bs"}
    by_headers = call(CMCD, body="", headers=parts)
    by_lines = call(CMCD, body=f"{PAIRS}\n\nCMCD=ot%3Dv%2Csid%3D%22s2%22\n", query={"videoId": VIDEO_ID})
    assert [reply["statusCode"] for reply in (by_query, by_headers, by_lines)] == [202] * 3
    both = [("play", "s1"), ("buffering_start", "s1")]
    assert kinds(taken()) == [*both, *both, *both, ("play", "s2")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "malformed_request"),
        ("{", "malformed_request"),
        ("=5", "invalid_events"),
        ('{"cmcd": 5}', "invalid_events"),
        ('{"cmcd": ""}', "invalid_events"),
        ('{"cmcd": "sid=x,bs"}', "invalid_events"),
        ('{"cmcd": "bs", "videoId": "v"}', "invalid_events"),
        ('{"cmcd": "bs,sid=x,ts=5", "videoId": "v"}', "invalid_events"),
    ],
)
def test_cmcd_that_cannot_be_used_is_refused(body: str, code: str) -> None:
    reply = call(CMCD, body=body)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (400, code)


def test_cmcd_that_is_no_text_is_malformed() -> None:
    sent = http_event(CMCD)
    sent["body"], sent["isBase64Encoded"] = b64encode(b"\xff\xfe").decode(), True
    assert answer_of(handler(sent, None))["code"] == "malformed_request"
