"""An event of a video reaches its owner's endpoint, signed, and again until it has arrived."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from sluice.adapters.ids import new_id
from sluice.adapters.standard_webhooks import new_key
from sluice.domain.outgoing import Delivery, DeliveryStatus, job_of
from sluice.domain.webhook_endpoints import Endpoint, EndpointKey
from sluice.edge import outgoing_wiring as wiring
from standardwebhooks import Webhook

from functions.deliver.handler import handler
from tests.authority import Authority
from tests.builders import make_endpoint
from tests.deployment import Deployment, running
from tests.engine import unique
from tests.events import sample
from tests.functions.delivering import delivering, due
from tests.loopback import Behaviour, Handler, Site, answer, hang_up


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    with delivering(made, site, authority) as deployment:
        yield deployment


pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def path() -> str:
    """A path of the site that no other test knows."""
    return f"/{unique('hook')}"


def endpoint_at(user: str, url: str, **changes: Any) -> Endpoint:
    now = datetime.now(UTC)
    made = make_endpoint(
        endpoint_id=new_id("whe", now),
        owner_id=user,
        url=url,
        keys=(EndpointKey("key_1", new_key("v1")),),
        created_at=now,
        **changes,
    )
    return wiring.endpoints().add(made)


def happened(user: str, name: str = "VideoReady", **detail: Any) -> dict[str, Any]:
    """What the bus tells of a video of this user's."""
    (record,) = sample("deliver/event")["Records"]
    told: dict[str, Any] = json.loads(record["body"])
    told["detail-type"] = name
    told["detail"] |= {"ownerId": user, "at": datetime.now(UTC).isoformat(), **detail}
    return told


def failed(*messages: object) -> list[str]:
    (record,) = sample("deliver/event")["Records"]
    records = [{**record, "messageId": f"m{n}", "body": json.dumps(m)} for n, m in enumerate(messages)]
    return [item["itemIdentifier"] for item in handler({"Records": records}, None)["batchItemFailures"]]


def deliveries(endpoint: Endpoint) -> list[Delivery]:
    return list(wiring.deliveries().page(endpoint.endpoint_id, limit=50, after=None).deliveries)


def told(
    deployed: Deployment, user: str, site: Site, path: str, *said: Behaviour
) -> tuple[Endpoint, Delivery]:
    """An event was told to an endpoint that answers so, in turn, and every attempt that is due was made."""
    script = list(said)

    def in_turn(request: Handler) -> None:
        (script.pop(0) if len(script) > 1 else script[0])(request)

    endpoint = endpoint_at(user, site.has(path, in_turn))
    due(deployed)
    assert failed(happened(user)) == []
    assert failed(*due(deployed)) == []
    (delivery,) = deliveries(endpoint)
    return endpoint, delivery


def made_due(delivery: Delivery) -> dict[str, Any]:
    """The next attempt's message, as if its time had come."""
    job = replace(job_of(delivery), not_before=datetime.now(UTC))
    return {"job": msgspec.to_builtins(job)}


@pytest.mark.parametrize("name", ["event", "due"])
def test_the_samples_are_about_nobody_and_are_done_with(name: str) -> None:
    assert handler(sample(f"deliver/{name}"), None) == {"batchItemFailures": []}


def test_an_event_arrives_signed_as_the_public_package_expects_it(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    endpoint, delivery = told(deployed, user, site, path, answer(204))
    (asked,) = site.asked(path)
    body = Webhook(endpoint.keys[0].key).verify(asked.body.decode(), dict(asked.headers))
    assert (body["type"], body["data"]["ownerId"], body["data"]["durationSeconds"]) == (
        "video.ready",
        user,
        12.5,
    )
    assert asked.headers["webhook-id"] == delivery.delivery_id
    assert (delivery.status, [one.status for one in delivery.attempts]) == ("delivered", [204])


def test_what_an_endpoint_does_not_want_is_not_sent(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    endpoint = endpoint_at(user, site.has(path, answer(200)), events=("video.deleted",))
    due(deployed)
    assert failed(happened(user), happened(f"{user}-other", "VideoDeleted")) == []
    assert (deliveries(endpoint), due(deployed)) == ([], [])


def test_the_same_event_again_is_sent_once(deployed: Deployment, user: str, site: Site, path: str) -> None:
    endpoint = endpoint_at(user, site.has(path, answer(200)))
    due(deployed)
    event = happened(user)
    assert failed(event, event) == []
    assert failed(*due(deployed)) == []
    assert (len(deliveries(endpoint)), len(site.asked(path))) == (1, 1)


def test_an_attempt_that_fails_is_made_again_under_the_same_id(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    endpoint, delivery = told(deployed, user, site, path, hang_up, answer(503), answer(200))
    assert (delivery.status, delivery.attempts[0].problem) == (DeliveryStatus.PENDING, "unreachable")
    known = wiring.endpoints().find(user, endpoint.endpoint_id)
    assert known is not None
    assert known.failures == 1
    for _ in range(2):
        assert failed(made_due(deliveries(endpoint)[0])) == []
    (done,) = deliveries(endpoint)
    assert (done.status, [one.status for one in done.attempts]) == ("delivered", [None, 503, 200])
    assert len({one.headers["webhook-id"] for one in site.asked(path)}) == 1
    assert wiring.endpoints().find(user, endpoint.endpoint_id) == endpoint


def test_an_attempt_that_is_not_due_is_put_back(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    _, delivery = told(deployed, user, site, path, answer(500))
    message = made_due(delivery)
    message["job"]["not_before"] = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    assert failed(message) == []
    assert len(site.asked(path)) == 1


def test_an_endpoint_that_says_410_is_disabled(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    endpoint, delivery = told(deployed, user, site, path, answer(410))
    known = wiring.endpoints().find(user, endpoint.endpoint_id)
    assert known is not None
    assert known.disabled is not None
    assert (known.disabled.reason, delivery.status) == ("gone", "failed")
    assert failed(happened(user, version=9)) == []
    assert len(deliveries(endpoint)) == 1


def test_an_endpoint_that_asks_for_time_is_given_it(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    _, delivery = told(deployed, user, site, path, answer(429, "", {"Retry-After": "3600"}))
    assert delivery.next_at is not None
    assert timedelta(minutes=59) < delivery.next_at - datetime.now(UTC) <= timedelta(hours=1)


def test_an_address_that_leads_inside_is_not_gone_to_and_says_why(
    deployed: Deployment, user: str, site: Site
) -> None:
    endpoint = endpoint_at(user, "http://169.254.169.254/latest/meta-data/")
    due(deployed)
    failed(happened(user))
    assert failed(*due(deployed)) == []
    (delivery,) = deliveries(endpoint)
    assert delivery.attempts[0].problem == "refused_address"


@pytest.mark.parametrize("service", ["DYNAMODB", "SQS"])
def test_while_something_is_down_events_come_again(
    deployed: Deployment, user: str, site: Site, path: str, service: str
) -> None:
    endpoint = endpoint_at(user, site.has(path, answer(200)))
    due(deployed)
    event = happened(user)
    with running(deployed, **{f"AWS_ENDPOINT_URL_{service}": "http://127.0.0.1:9"}):
        assert failed(event) == ["m0"]
    assert failed(event) == []
    assert failed(*due(deployed)) == []
    assert [one.status for one in deliveries(endpoint)] == ["delivered"]


def test_one_bad_message_holds_nobody_back(deployed: Deployment, user: str, site: Site, path: str) -> None:
    endpoint = endpoint_at(user, site.has(path, answer(200)))
    messages = [{"job": {}}, happened(user), {"detail-type": "VideoSold", "detail": {}}, "not an object"]
    assert failed(*messages) == ["m0", "m2", "m3"]
    assert len(deliveries(endpoint)) == 1


def test_nothing_secret_is_in_a_log(
    deployed: Deployment,
    user: str,
    site: Site,
    path: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    endpoint, _ = told(deployed, user, site, f"{path}?token=hunter2", answer(500))
    said = capsys.readouterr().out + caplog.text
    assert "attempted" in said
    assert not [secret for secret in ("hunter2", endpoint.keys[0].key, "v1,") if secret in said]
