"""Outgoing webhooks on the local stack: from a change of a video to a signed request that arrives."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from tests.engine import unique
from tests.integration.providers.driving import until
from tests.loopback import Asked, Handler, Site, answer
from tests.stack import LocalStack

type Json = dict[str, Any]
WISH = {"filename": "harbour.mp4", "fileSize": 1000, "mimeType": "video/mp4"}


@pytest.fixture
def api(stack: LocalStack) -> Iterator[httpx.Client]:
    with stack.client(unique("user")) as client:
        yield client


@pytest.fixture
def path() -> str:
    return f"/{unique('hook')}"


def endpoint(api: httpx.Client, url: str, *events: str) -> Json:
    body = {"url": url, "events": list(events or ("video.created", "video.deleted"))}
    made = api.post("/api/webhook-endpoints", json=body)
    assert made.status_code == 201, made.text
    told: Json = made.json()
    return told


def arrived(site: Site, path: str, count: int = 1) -> list[Asked]:
    return until(lambda: found if len(found := site.asked(path)) >= count else None, f"{count} arrive")


def delivered(api: httpx.Client, made: Json, status: str) -> Json:
    def look() -> Json | None:
        listed = api.get(f"/api/webhook-endpoints/{made['id']}/deliveries").json()["deliveries"]
        return next((one for one in listed if one["status"] == status), None)

    return until(look, f"a delivery is {status}")


def read(asked: Asked, secret: str) -> Json:
    """What a receiver with the public package reads."""
    told: Json = Webhook(secret).verify(asked.body.decode(), dict(asked.headers))
    return told


def test_what_happens_to_a_video_arrives_signed_and_again_if_need_be(
    api: httpx.Client, site: Site, path: str
) -> None:
    turns = [answer(503), answer(204)]

    def busy_at_first(request: Handler) -> None:
        (turns.pop(0) if len(turns) > 1 else turns[0])(request)

    made = endpoint(api, site.has(path, busy_at_first))
    ticket = api.post("/api/videos/upload-url", json=WISH).json()
    first, again = arrived(site, path, 2)[:2]
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    told = read(again, made["secret"])
    assert (told["type"], told["data"]["videoId"]) == ("video.created", ticket["videoId"])
    log = delivered(api, made, "delivered")
    assert ([one["status"] for one in log["attempts"]], log["deliveryId"]) == (
        [503, 204],
        first.headers["webhook-id"],
    )
    api.delete(f"/api/videos/{ticket['videoId']}/upload").raise_for_status()
    assert read(arrived(site, path, 3)[2], made["secret"])["type"] == "video.deleted"


def test_an_owner_tries_it_out_replaces_the_key_and_sends_again(
    api: httpx.Client, site: Site, path: str
) -> None:
    made = endpoint(api, site.has(path, answer(200)))
    at = f"/api/webhook-endpoints/{made['id']}"
    delivery_id = api.post(f"{at}/test").raise_for_status().json()["deliveryId"]
    assert read(arrived(site, path)[0], made["secret"])["type"] == "webhook.test"
    rotated = api.post(f"{at}/secret").raise_for_status().json()
    delivered(api, made, "delivered")
    api.post(f"{at}/deliveries/{delivery_id}/resend").raise_for_status()
    again = arrived(site, path, 2)[1]
    assert again.headers["webhook-id"] == delivery_id
    for secret in (made["secret"], rotated["secret"]):
        assert read(again, secret)["type"] == "webhook.test"


def test_an_endpoint_that_is_gone_is_disabled_and_shown_as_such(
    api: httpx.Client, site: Site, path: str
) -> None:
    made = endpoint(api, site.has(path, answer(410)), "video.created")
    api.post("/api/videos/upload-url", json=WISH).raise_for_status()
    delivered(api, made, "failed")

    def disabled() -> Json | None:
        (listed,) = api.get("/api/webhook-endpoints").json()["endpoints"]
        return listed if listed["status"] == "disabled" else None

    assert until(disabled, "it is disabled")["disabledReason"] == "gone"


def test_an_address_inside_is_no_endpoint(api: httpx.Client, stack: LocalStack) -> None:
    for url in (f"{stack.base_url}/api/health", "https://169.254.169.254/", "https://localhost:1/"):
        refused = api.post("/api/webhook-endpoints", json={"url": url, "events": ["video.ready"]})
        assert (refused.status_code, refused.json()["code"]) == (422, "refused_address")
