"""The generator's deliveries: Standard Webhooks, on their own route and on the one for all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.standard_webhooks import secret_of
from standardwebhooks import Webhook

from tests.deployment import Deployment, running
from tests.events import answer_of, sample
from tests.functions.webhooks.conftest import Inbox, secret
from tests.functions.webhooks.signing import ANY, GENERATION, GENERATION_SECRETS, generation_signed, send

pytestmark = pytest.mark.usefixtures("deployed")
BODY = sample("webhooks/generation")["body"].encode()
both = pytest.mark.parametrize("key", [GENERATION, ANY])


def said(reply: dict[str, Any]) -> tuple[int, str]:
    return reply["statusCode"], answer_of(reply)["code"]


@both
@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("encoded", [False, True])
def test_a_good_delivery_is_queued_as_it_came(inbox: Inbox, key: str, number: int, encoded: bool) -> None:
    reply = send(key, BODY, generation_signed(BODY, GENERATION_SECRETS[number]), encoded=encoded)
    assert (reply["statusCode"], answer_of(reply)) == (200, {"received": True})
    (queued,) = inbox.taken()
    queued.pop("receivedAt")
    assert queued == {"provider": "generation", "body": BODY.decode()}


@both
def test_what_the_public_package_signs_is_good(inbox: Inbox, key: str) -> None:
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "msg_2",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(GENERATION_SECRETS[0]).sign("msg_2", now, BODY.decode()),
    }
    assert send(key, BODY, headers)["statusCode"] == 200
    assert len(inbox.taken()) == 1


WRONG: dict[str, Callable[[], tuple[bytes, dict[str, str]]]] = {
    "another secret": lambda: (BODY, generation_signed(BODY, secret_of(b"x" * 32))),
    "an altered body": lambda: (BODY.replace(b"42", b"43"), generation_signed(BODY)),
    "an old one": lambda: (BODY, generation_signed(BODY, age=310)),
    "one of the future": lambda: (BODY, generation_signed(BODY, age=-310)),
    "another id": lambda: (BODY, {**generation_signed(BODY), "webhook-id": "msg_2"}),
    "no signature": lambda: (BODY, {"webhook-id": "msg_1"}),
    "a fresh time": lambda: (
        BODY,
        {**generation_signed(BODY, age=400), "webhook-timestamp": str(int(datetime.now(UTC).timestamp()))},
    ),
}


@both
@pytest.mark.parametrize("how", WRONG)
def test_what_is_not_signed_for_these_bytes_is_refused(inbox: Inbox, key: str, how: str) -> None:
    body, headers = WRONG[how]()
    assert said(send(key, body, headers)) == (401, "invalid_signature")
    assert inbox.taken() == []


@both
def test_what_is_signed_and_is_no_object_is_refused(inbox: Inbox, key: str) -> None:
    for body in (b"[]", b"{", b"\xff"):
        reply = send(key, body, generation_signed(body), encoded=True)
        assert reply["statusCode"] == 400
    assert inbox.taken() == []


@both
def test_more_than_256_kib_are_not_even_verified(inbox: Inbox, key: str) -> None:
    body = json.dumps({"a": "x" * 256 * 1024}).encode()
    assert said(send(key, body, generation_signed(body))) == (413, "body_too_large")


@both
def test_without_a_secret_nothing_is_accepted(deployed: Deployment, inbox: Inbox, key: str) -> None:
    with running(deployed, GENERATION_SECRETS_ARN=""):
        assert said(send(key, BODY, generation_signed(BODY))) == (503, "webhook_not_configured")


@pytest.mark.parametrize("content", ["secret", "whsec_not-base64", secret_of(b"short")])
def test_a_secret_of_no_use_is_named_in_the_log_and_not_shown(
    deployed: Deployment, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    arn = secret(deployed, {"GENERATION_WEBHOOK_SECRET": content})
    with running(deployed, GENERATION_SECRETS_ARN=arn):
        reply = send(GENERATION, BODY, generation_signed(BODY))
    assert said(reply) == (500, "internal_error")
    assert "GENERATION_WEBHOOK_SECRET" in caplog.text
    assert content.removeprefix("whsec_") not in caplog.text.replace("GENERATION_WEBHOOK_SECRET", "")
