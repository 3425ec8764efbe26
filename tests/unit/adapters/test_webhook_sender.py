"""A delivery goes out signed and guarded, and whatever comes back is told in our words."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from sluice.adapters.guarded_http import GuardedHttp
from sluice.adapters.standard_webhooks import key_pair, secret_of
from sluice.adapters.standard_webhooks import verify as verify_ours
from sluice.adapters.webhook_sender import WebhookSender
from sluice.domain.addresses import AddressPolicy, read_exemptions
from sluice.domain.outgoing import Attempt
from standardwebhooks import Webhook

from tests.builders import make_delivery
from tests.loopback import Behaviour, Peer, answer, hang_up, running_peer

SECRET, OLD = secret_of(b"n" * 32), secret_of(b"o" * 32)
PRIVATE, PUBLIC = key_pair(b"k" * 32)
DELIVERY = make_delivery(body='{"type":"video.ready","data":{"title":"Grüße"}}')
NOW = datetime.now(UTC)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as peer:
        yield peer


def attempt(
    peer: Peer,
    *said: Behaviour,
    url: str | None = None,
    keys: tuple[str, ...] = (SECRET,),
    now: datetime = NOW,
) -> Attempt:
    peer.says(*said)
    policy = AddressPolicy(exempt=read_exemptions(f"{peer.url}/"))
    sender = WebhookSender(GuardedHttp(policy))
    return sender.attempt(url or f"{peer.url}/hook?x=1", DELIVERY, keys=keys, now=now)


def test_it_goes_out_as_it_is_and_the_public_package_verifies_it(peer: Peer) -> None:
    now = datetime.now(UTC)  # theirs refuses what is minutes old
    made = attempt(peer, answer(204), keys=(SECRET, OLD), now=now)
    (asked,) = peer.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/hook?x=1", DELIVERY.body.encode())
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["webhook-id"] == DELIVERY.delivery_id
    for secret in (SECRET, OLD):
        assert Webhook(secret).verify(asked.body.decode(), dict(asked.headers))["type"] == "video.ready"
    assert (made.status, made.problem, made.at) == (204, None, now)


def test_one_signed_with_a_private_key_is_verified_with_the_public_one(peer: Peer) -> None:
    attempt(peer, answer(200), keys=(PRIVATE,))
    (asked,) = peer.asked
    assert verify_ours(asked.body, asked.headers, keys=[PUBLIC], now=NOW).message_id == DELIVERY.delivery_id


@pytest.mark.parametrize("status", [200, 301, 400, 410, 500])
def test_what_is_answered_is_told(peer: Peer, status: int) -> None:
    made = attempt(peer, answer(status, "no matter what", {"Location": "http://169.254.169.254/"}))
    assert (made.status, made.problem) == (status, None)
    assert len(peer.asked) == 1


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("120", 120),
        (format_datetime(NOW + timedelta(seconds=60), usegmt=True), 60),
        (format_datetime(NOW - timedelta(seconds=60), usegmt=True), None),
        ("-1", None),
        ("soon", None),
    ],
    ids=["seconds", "a time to come", "a time that was", "less than nothing", "a word"],
)
def test_how_long_it_asks_us_to_wait_is_told(peer: Peer, given: str, seconds: float | None) -> None:
    made = attempt(peer, answer(503, "", {"Retry-After": given}))
    assert made.retry_after_seconds == (None if seconds is None else pytest.approx(seconds, abs=1))


def test_a_connection_that_is_closed_is_told(peer: Peer) -> None:
    made = attempt(peer, hang_up)
    assert (made.status, made.problem) == (None, "unreachable")


def test_nobody_there_is_told(peer: Peer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        sender = WebhookSender(GuardedHttp(AddressPolicy(exempt=read_exemptions(nowhere))))
        made = sender.attempt(nowhere, DELIVERY, keys=(SECRET,), now=NOW)
    assert made.problem == "unreachable"


@pytest.mark.parametrize("url", ["http://169.254.169.254/", "https://10.0.0.1/", "https://localhost/", "x"])
def test_an_address_inside_is_not_gone_to(peer: Peer, url: str) -> None:
    assert attempt(peer, answer(200), url=url).problem == "refused_address"
    assert peer.asked == []
