"""A delivery is queued as it came if its signature is good, and else changes nothing (S3)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.deployment import Deployment, running
from tests.events import answer_of, sample
from tests.functions.webhooks.conftest import Inbox, secret
from tests.functions.webhooks.signing import (
    ANY,
    CLOUDFLARE,
    CLOUDFLARE_SECRETS,
    MUX,
    MUX_SECRETS,
    SCHEMES,
    SECRETS,
    cloudflare_signed,
    digest,
    mux_signed,
    own_signed,
    send,
)

pytestmark = pytest.mark.usefixtures("deployed")

BODY = sample("webhooks/mux")["body"].encode()
KIB_256 = 256 * 1024
every_route = pytest.mark.parametrize("key", SCHEMES)


def said(reply: dict[str, Any]) -> tuple[int, str]:
    return reply["statusCode"], answer_of(reply)["code"]


def of_size(size: int) -> bytes:
    """A JSON object of exactly this many bytes, nearly all of which a queue has to escape."""
    return b'{"a":"' + b'\\"' * ((size - 8) // 2) + b"x" * (size % 2) + b'"}'


@every_route
def test_a_good_delivery_is_queued_as_it_came_and_acknowledged(inbox: Inbox, key: str) -> None:
    reply = send(key, BODY, SCHEMES[key](BODY))
    assert (reply["statusCode"], answer_of(reply)) == (200, {"received": True})
    (queued,) = inbox.taken()
    received_at = datetime.fromisoformat(str(queued.pop("receivedAt")))
    assert abs(datetime.now(UTC) - received_at) < timedelta(seconds=30)
    assert queued == {"provider": "cloudflare" if key == CLOUDFLARE else "mux", "body": BODY.decode()}


@every_route
@pytest.mark.parametrize("number", [0, 1])
def test_while_a_secret_is_replaced_the_new_and_the_old_are_good(inbox: Inbox, key: str, number: int) -> None:
    assert send(key, BODY, SCHEMES[key](BODY, SECRETS[key][number]))["statusCode"] == 200
    assert len(inbox.taken()) == 1


@every_route
@pytest.mark.parametrize("encoded", [False, True])
def test_the_bytes_count_whichever_way_api_gateway_hands_them_over(
    inbox: Inbox, key: str, encoded: bool
) -> None:
    body = '{"title": "Grüße\\n😀 \uffff"}\n'.encode()
    assert send(key, body, SCHEMES[key](body), encoded=encoded)["statusCode"] == 200
    (queued,) = inbox.taken()
    assert queued["body"] == body.decode()


@every_route
@pytest.mark.parametrize("size", [KIB_256 - 1, KIB_256])
def test_256_kib_are_taken(inbox: Inbox, key: str, size: int) -> None:
    body = of_size(size)
    assert len(body) == size
    assert send(key, body, SCHEMES[key](body))["statusCode"] == 200
    (queued,) = inbox.taken()
    assert queued["body"] == body.decode()


@every_route
@pytest.mark.parametrize("encoded", [False, True])
def test_more_than_256_kib_are_not_even_verified(inbox: Inbox, key: str, encoded: bool) -> None:
    body = of_size(KIB_256 + 1)
    reply = send(key, body, SCHEMES[key](body), encoded=encoded)
    assert said(reply) == (413, "body_too_large")
    assert inbox.taken() == []


WRONG: dict[str, Callable[[str], tuple[bytes, dict[str, str]]]] = {
    "no signature": lambda _key: (BODY, {}),
    "an empty one": lambda key: (BODY, dict.fromkeys(SCHEMES[key](BODY), "")),
    "another secret": lambda key: (BODY, SCHEMES[key](BODY, "another")),
    "an empty secret": lambda key: (BODY, SCHEMES[key](BODY, "")),
    "both secrets as one": lambda key: (BODY, SCHEMES[key](BODY, ",".join(SECRETS[key]))),
    "an altered body": lambda key: (BODY.replace(b"ready", b"gone!"), SCHEMES[key](BODY)),
    "a body written anew": lambda key: (json.dumps(json.loads(BODY), indent=1).encode(), SCHEMES[key](BODY)),
    "a newline more": lambda key: (BODY + b"\n", SCHEMES[key](BODY)),
    "nothing of it": lambda key: (b"", SCHEMES[key](BODY)),
    "not ASCII": lambda key: (BODY, {name: f"{v[:-1]}é" for name, v in SCHEMES[key](BODY).items()}),
    "too long": lambda key: (BODY, {name: v + "0" * 9000 for name, v in SCHEMES[key](BODY).items()}),
    "capitals": lambda key: (BODY, {name: v.upper() for name, v in SCHEMES[key](BODY).items()}),
}


@every_route
@pytest.mark.parametrize("how", WRONG)
def test_what_is_not_signed_for_these_bytes_is_refused(inbox: Inbox, key: str, how: str) -> None:
    body, headers = WRONG[how](key)
    assert said(send(key, body, headers)) == (401, "invalid_signature")
    assert inbox.taken() == []


@pytest.mark.parametrize("key", [MUX, CLOUDFLARE])
@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-290, 200), (-310, 401), (86_400, 401)])
def test_a_signature_holds_for_five_minutes_either_way(
    inbox: Inbox, key: str, age: float, status: int
) -> None:
    assert send(key, BODY, SCHEMES[key](BODY, age=age))["statusCode"] == status
    assert len(inbox.taken()) == (status == 200)


@pytest.mark.parametrize("key", [MUX, CLOUDFLARE])
def test_a_signature_of_another_time_does_not_hold_for_this_one(inbox: Inbox, key: str) -> None:
    ((name, value),) = SCHEMES[key](BODY, age=400).items()
    ((_, fresh),) = SCHEMES[key](b"other").items()
    moved = f"{fresh.partition(',')[0]},{value.partition(',')[2]}"
    assert said(send(key, BODY, {name: moved})) == (401, "invalid_signature")
    assert inbox.taken() == []


@pytest.mark.parametrize("good_first", [True, False])
def test_one_good_signature_of_two_is_enough(inbox: Inbox, good_first: bool) -> None:
    time, good = mux_signed(BODY)["mux-signature"].split(",")
    two = [good, "v1=" + "0" * 64][:: 1 if good_first else -1]
    assert send(MUX, BODY, {"mux-signature": ",".join([time, *two])})["statusCode"] == 200
    assert len(inbox.taken()) == 1


def test_one_providers_signature_is_none_of_the_others(inbox: Inbox) -> None:
    assert said(send(CLOUDFLARE, BODY, mux_signed(BODY))) == (401, "invalid_signature")
    assert said(send(MUX, BODY, cloudflare_signed(BODY))) == (401, "invalid_signature")
    assert inbox.taken() == []


@pytest.mark.parametrize(
    ("signed", "provider"),
    [
        (mux_signed(BODY), "mux"),
        (mux_signed(BODY, MUX_SECRETS[1]), "mux"),
        (cloudflare_signed(BODY), "cloudflare"),
        (cloudflare_signed(BODY, CLOUDFLARE_SECRETS[1]), "cloudflare"),
        (own_signed(BODY), "mux"),
        ({"Mux-Signature": mux_signed(BODY)["mux-signature"]}, "mux"),
        ({"Webhook-Signature": cloudflare_signed(BODY)["webhook-signature"]}, "cloudflare"),
        ({"X-Webhook-Signature": own_signed(BODY)["x-webhook-signature"]}, "mux"),
    ],
)
def test_the_common_route_takes_whichever_signature_is_there(
    inbox: Inbox, signed: dict[str, str], provider: str
) -> None:
    assert send(ANY, BODY, signed)["statusCode"] == 200
    assert [queued["provider"] for queued in inbox.taken()] == [provider]


def test_a_wrong_signature_is_not_made_good_by_another_one_beside_it(inbox: Inbox) -> None:
    both = {**mux_signed(BODY, "another"), **own_signed(BODY)}
    assert said(send(ANY, BODY, both)) == (401, "invalid_signature")
    assert inbox.taken() == []


def test_a_standard_webhook_is_not_taken_for_cloudflares(inbox: Inbox) -> None:
    """Its signature has the same header's name; the generator has a secret of its own."""
    standard = {"webhook-id": "msg_1", "webhook-timestamp": "1772366416", "webhook-signature": "v1,AAAA"}
    assert said(send(ANY, BODY, standard)) == (401, "invalid_signature")
    assert said(send(ANY, BODY, standard | cloudflare_signed(BODY))) == (401, "invalid_signature")
    assert inbox.taken() == []


@every_route
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}{}", b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000],
)
def test_what_is_signed_and_no_json_object_is_refused(inbox: Inbox, key: str, body: bytes) -> None:
    assert said(send(key, body, SCHEMES[key](body))) == (400, "malformed_request")
    assert inbox.taken() == []


def test_bytes_that_are_no_text_are_refused(inbox: Inbox) -> None:
    body = b'{"a": "\xff"}'
    assert said(send(MUX, body, mux_signed(body), encoded=True)) == (400, "malformed_request")


@every_route
def test_while_the_queue_cannot_be_reached_the_provider_is_told_to_come_again(
    made: Deployment, deployed: Deployment, key: str
) -> None:
    known = {name: deployed_secret(name) for name in ("MUX_SECRETS_ARN", "WEBHOOK_SECRET_ARN")}
    known |= {"CLOUDFLARE_SECRETS_ARN": deployed_secret("CLOUDFLARE_SECRETS_ARN")}
    gone = f"{made['PURGE_QUEUE_URL']}-gone"
    with running(made, **known, CLOUDFLARE_CUSTOMER_SUBDOMAIN="c", INBOX_QUEUE_URL=gone):
        reply = send(key, BODY, SCHEMES[key](BODY))
    assert said(reply) == (503, "unavailable")
    assert int(reply["headers"]["retry-after"]) >= 1


def deployed_secret(name: str) -> str:
    from sluice.edge.settings import settings

    return str(getattr(settings(), name.lower()))


@every_route
@pytest.mark.parametrize("content", [None, {}, {"MUX_TOKEN_ID": "x"}, {"MUX_WEBHOOK_SECRET": ""}])
def test_without_a_secret_nothing_is_taken(
    made: Deployment, key: str, content: dict[str, object] | None
) -> None:
    arn = "" if content is None else secret(made, content)
    names = ("MUX_SECRETS_ARN", "CLOUDFLARE_SECRETS_ARN", "WEBHOOK_SECRET_ARN")
    with running(made, **dict.fromkeys(names, arn), CLOUDFLARE_CUSTOMER_SUBDOMAIN="c"):
        for headers in (SCHEMES[key](BODY), SCHEMES[key](BODY, ""), {}):
            reply = send(key, BODY, headers)
            assert said(reply) == (503, "webhook_not_configured")
            assert "retry-after" in reply["headers"]


@pytest.mark.parametrize("content", ["hunter2", "[]", '{"MUX_WEBHOOK_SECRET": ["hunter2"]}'])
def test_a_secret_that_is_of_no_use_is_named_in_the_log_and_never_shown(
    made: Deployment, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    with running(made, MUX_SECRETS_ARN=secret(made, content)):
        reply = send(MUX, BODY, mux_signed(BODY))
    assert said(reply) == (500, "internal_error")
    assert "MUX_" in caplog.text
    assert "hunter2" not in caplog.text + json.dumps(reply)


def test_no_log_line_has_a_signature_or_a_secret(
    inbox: Inbox, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    headers = mux_signed(BODY)
    send(MUX, BODY, headers)
    send(MUX, BODY + b" ", headers)
    lines = capsys.readouterr().out
    assert [json.loads(line)["status"] for line in lines.splitlines()] == [200, 401]
    written = lines + "".join(str(vars(record)) for record in caplog.records)
    for kept in (headers["mux-signature"], digest(MUX_SECRETS[0], BODY), *MUX_SECRETS, "AST0001"):
        assert kept not in written
