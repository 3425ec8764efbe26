"""P8: the acknowledgement of a delivery against one plain HTTP request with the same message to the queue."""

import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

from sluice.adapters.sigv4 import signed_headers
from sluice.edge.settings import own_credentials

from benchmarks.stack import WEBHOOK_SECRET, Stack
from benchmarks.table import Row
from benchmarks.timing import samples
from tests.events import sample

_ROUNDS = 2000


def delivery_event() -> dict[str, Any]:
    """Mux's delivery of ``events/``, signed now."""
    event, at = sample("webhooks/mux"), int(time.time())
    signed = f"{at}.{event['body']}".encode()
    event["headers"]["mux-signature"] = (
        f"t={at},v1={hmac.digest(WEBHOOK_SECRET.encode(), signed, 'sha256').hex()}"
    )
    return event


def acknowledgement(stack: Stack) -> list[Row]:
    """P8: verify, queue, log and answer; beside it the request alone, signed beforehand, connection kept."""
    from functions.webhooks.handler import handler

    event = delivery_event()

    def ours() -> None:
        answer = handler(event, None)
        assert answer["statusCode"] == 200, answer

    contenders = {
        "ours": partial(_taken, ours),
        "raw": partial(_taken, raw_post(stack, stack.environment["INBOX_QUEUE_URL"], event["body"])),
    }
    samples(contenders, rounds=50)
    taken = samples(contenders, rounds=_ROUNDS)
    p50 = {name: median(values) for name, values in taken.items()}
    p99 = {name: quantiles(values, n=100)[98] for name, values in taken.items()}
    what = "acknowledgement of a delivery ÷ raw POST to the queue"
    return [_row("P8", f"{what}, p50", p50, 1.5), _row("P8", f"{what}, p99", p99, 2)]


def raw_post(stack: Stack, queue: str, text: str) -> Callable[[], None]:
    """A plain request that sends ``text`` to the queue, signed beforehand over a connection that is kept."""
    message = json.dumps({"provider": "mux", "receivedAt": "2026-03-01T12:00:00Z", "body": text})
    body = json.dumps({"QueueUrl": queue, "MessageBody": message}).encode()
    place = urlsplit(stack.aws.endpoint)
    connection = HTTPConnection(place.netloc)
    plain = {"content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage"}
    scope, now = (stack.aws.region, "sqs"), datetime.now(UTC)
    headers = signed_headers(plain, body, host=place.netloc, scope=scope, by=own_credentials(), now=now)

    def post() -> None:
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    return post


def _taken(call: Callable[[], None]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _row(key: str, what: str, seconds: dict[str, float], limit: float) -> Row:
    ours, raw = seconds["ours"] * 1e6, seconds["raw"] * 1e6
    return Row(key=key, what=what, ours=ours, baseline=raw, unit="µs", limit=limit)
