"""Endpoints are their owner's alone; their keys are told once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sluice.edge import outgoing_wiring as wiring

from functions.webhook_endpoints.handler import handler
from tests.authority import Authority
from tests.deployment import Deployment, caller, running
from tests.events import answer_of
from tests.functions.delivering import delivering, due
from tests.hostile_urls import WRONG_IN_THEMSELVES
from tests.loopback import Site

call = caller(handler)
ALL, ONE = "/api/webhook-endpoints", "/api/webhook-endpoints/{endpoint_id}"
MAKE = f"POST {ALL}"


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    with delivering(made, site, authority) as deployment:
        yield deployment


pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def url(site: Site) -> str:
    return f"https://localhost:{site.port}/hook?token=hunter2"


def make(user: str, url: str, *, key: str | None = None, **more: Any) -> dict[str, Any]:
    headers = {"idempotency-key": key} if key else {}
    return call(MAKE, user=user, body={"url": url, "events": ["video.ready"], **more}, headers=headers)


def made_for(user: str, url: str, **more: Any) -> dict[str, Any]:
    reply = make(user, url, **more)
    assert reply["statusCode"] == 201, reply
    return answer_of(reply)


def on(method: str, rest: str, user: str, endpoint: dict[str, Any], **given: Any) -> dict[str, Any]:
    return call(f"{method} {ONE}{rest}", user=user, endpoint_id=endpoint["id"], **given)


def test_a_new_endpoint_has_a_secret_that_is_told_once(user: str, url: str) -> None:
    made = made_for(user, url)
    assert made["secret"].startswith("whsec_")
    assert (made["url"], made["events"], made["status"]) == (url, ["video.ready"], "enabled")
    (listed,) = answer_of(call(f"GET {ALL}", user=user))["endpoints"]
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    assert answer_of(on("GET", "", user, made)) == listed


def test_one_that_wants_our_signature_is_told_our_public_key(user: str, url: str) -> None:
    made = made_for(user, url, signing="v1a")
    assert made["publicKey"].startswith("whpk_")
    assert "secret" not in made
    assert made["signing"] == "v1a"


def test_the_same_request_again_is_the_same_endpoint_and_no_secret(user: str, url: str) -> None:
    first = answer_of(make(user, url, key="k"))
    again = make(user, url, key="k")
    assert again["headers"]["idempotent-replayed"] == "true"
    assert answer_of(again) == {name: value for name, value in first.items() if name != "secret"}
    assert len(answer_of(call(f"GET {ALL}", user=user))["endpoints"]) == 1


@pytest.mark.parametrize("wrong", list(WRONG_IN_THEMSELVES.values())[::4])
def test_a_url_that_nobody_may_be_sent_to_is_refused(user: str, wrong: str) -> None:
    reply = make(user, wrong)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "refused_address")
    assert [one["field"] for one in answer_of(reply)["details"]] == ["url"]


@pytest.mark.parametrize("events", [[], ["video.sold"], ["video.ready", "video.ready"], "video.ready"])
def test_events_that_there_are_not_are_refused(user: str, url: str, events: object) -> None:
    reply = make(user, url, events=events)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "invalid_fields")


def test_ten_are_enough(user: str, url: str) -> None:
    for _ in range(10):
        made_for(user, url)
    reply = make(user, url)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "too_many_endpoints")


def test_its_owner_changes_it(user: str, url: str) -> None:
    made = made_for(user, url)
    changed = answer_of(on("PATCH", "", user, made, body={"url": f"{url}2", "events": ["video.deleted"]}))
    assert (changed["url"], changed["events"]) == (f"{url}2", ["video.deleted"])
    off = answer_of(on("PATCH", "", user, made, body={"enabled": False}))
    assert (off["status"], off["disabledReason"]) == ("disabled", "owner")
    assert answer_of(on("PATCH", "", user, made, body={"enabled": True}))["status"] == "enabled"


@pytest.mark.parametrize(
    ("body", "code"),
    [({"url": "http://10.0.0.1/"}, "refused_address"), ({"events": ["video.sold"]}, "invalid_fields")],
)
def test_a_change_is_checked_as_a_new_one_is(user: str, url: str, body: object, code: str) -> None:
    made = made_for(user, url)
    reply = on("PATCH", "", user, made, body=body)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, code)


def test_what_is_deleted_is_gone(user: str, url: str) -> None:
    made = made_for(user, url)
    assert on("DELETE", "", user, made)["statusCode"] == 204
    assert on("DELETE", "", user, made)["statusCode"] == 404
    assert answer_of(call(f"GET {ALL}", user=user))["endpoints"] == []


ROUTES = [
    ("GET", ""),
    ("PATCH", ""),
    ("DELETE", ""),
    ("POST", "/secret"),
    ("POST", "/test"),
    ("GET", "/deliveries"),
    ("POST", "/deliveries/{delivery_id}/resend"),
]


@pytest.mark.parametrize(("method", "rest"), ROUTES)
def test_anothers_is_none_and_nothing_comes_of_it(user: str, url: str, method: str, rest: str) -> None:
    made = made_for(user, url)
    reply = on(method, rest, f"{user}-other", made)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "endpoint_not_found")
    assert answer_of(on("GET", "", user, made))["status"] == "enabled"
    assert wiring.deliveries().page(made["id"], limit=1, after=None).deliveries == []


@pytest.mark.parametrize(("method", "rest"), ROUTES)
def test_a_name_that_no_endpoint_can_have_is_not_found(user: str, method: str, rest: str) -> None:
    assert on(method, rest, user, {"id": "x" * 3000})["statusCode"] == 404


def test_a_new_key_signs_beside_the_one_before_for_a_day(user: str, url: str) -> None:
    made = made_for(user, url)
    rotated = answer_of(on("POST", "/secret", user, made, headers={"idempotency-key": "r"}))
    again = on("POST", "/secret", user, made, headers={"idempotency-key": "r"})
    assert rotated["secret"] != made["secret"]
    assert answer_of(again) == {"previousKeyUntil": rotated["previousKeyUntil"]}
    found = wiring.endpoints().find(user, made["id"])
    assert found is not None
    assert [one.key for one in found.keys] == [rotated["secret"], made["secret"]]
    assert answer_of(on("GET", "", user, made))["previousKeyUntil"] == rotated["previousKeyUntil"]


def test_a_test_event_is_queued_whatever_the_endpoint_wants(
    deployed: Deployment, user: str, url: str
) -> None:
    made = made_for(user, url)
    due(deployed)
    reply = on("POST", "/test", user, made)
    delivery_id = answer_of(reply)["deliveryId"]
    assert reply["statusCode"] == 202
    assert [job["job"]["delivery_id"] for job in due(deployed)] == [delivery_id]
    (listed,) = answer_of(on("GET", "/deliveries", user, made))["deliveries"]
    assert (listed["deliveryId"], listed["eventType"], listed["status"], listed["attempts"]) == (
        delivery_id,
        "webhook.test",
        "pending",
        [],
    )


def test_a_disabled_endpoint_is_not_tried_out(user: str, url: str) -> None:
    made = made_for(user, url)
    delivery_id = answer_of(on("POST", "/test", user, made))["deliveryId"]
    on("PATCH", "", user, made, body={"enabled": False})
    again = on("POST", "/deliveries/{delivery_id}/resend", user, made, delivery_id=delivery_id)
    for reply in (on("POST", "/test", user, made), again):
        assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "endpoint_disabled")


def test_what_was_sent_is_listed_newest_first_in_pages_and_sent_again(
    deployed: Deployment, user: str, url: str
) -> None:
    made = made_for(user, url)
    ids = [answer_of(on("POST", "/test", user, made))["deliveryId"] for _ in range(3)]
    first = answer_of(on("GET", "/deliveries", user, made, query={"limit": "2"}))
    query = {"limit": "2", "cursor": first["nextCursor"]}
    rest = answer_of(on("GET", "/deliveries", user, made, query=query))
    listed = [one["deliveryId"] for page in (first, rest) for one in page["deliveries"]]
    assert (sorted(listed), rest["nextCursor"]) == (sorted(ids), None)
    reply = on("POST", "/deliveries/{delivery_id}/resend", user, made, delivery_id=ids[0])
    assert (reply["statusCode"], answer_of(reply)) == (202, {"deliveryId": ids[0]})
    sent = wiring.deliveries().find(made["id"], ids[0])
    assert sent is not None
    assert (sent.status, sent.version) == ("pending", 1)


def test_a_cursor_of_another_endpoint_or_a_changed_one_is_refused(user: str, url: str) -> None:
    one, other = made_for(user, url), made_for(user, url)
    for _ in range(2):
        on("POST", "/test", user, one)
    cursor = answer_of(on("GET", "/deliveries", user, one, query={"limit": "1"}))["nextCursor"]
    for endpoint, given in ((other, cursor), (one, cursor + "A")):
        reply = on("GET", "/deliveries", user, endpoint, query={"cursor": given})
        assert (reply["statusCode"], answer_of(reply)["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize("name", ["msg_0195a1c2-0000-7000-8000-00000000dead", "x" * 3000])
def test_a_delivery_that_there_is_not_is_not_found(user: str, url: str, name: str) -> None:
    made = made_for(user, url)
    reply = on("POST", "/deliveries/{delivery_id}/resend", user, made, delivery_id=name)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "delivery_not_found")


@pytest.mark.parametrize("service", ["DYNAMODB", "SQS"])
def test_while_something_is_down_it_says_so(deployed: Deployment, user: str, url: str, service: str) -> None:
    made = made_for(user, url)
    with running(deployed, **{f"AWS_ENDPOINT_URL_{service}": "http://127.0.0.1:9"}):
        assert on("POST", "/test", user, made)["statusCode"] == 503


def test_keys_and_urls_are_in_no_log(
    user: str, url: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    made = made_for(user, url)
    said = capsys.readouterr().out + caplog.text
    assert "hunter2" not in said
    assert made["secret"] not in said
