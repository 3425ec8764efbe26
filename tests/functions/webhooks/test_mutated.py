"""Ten thousand deliveries with something wrong: none is our fault, and none is acknowledged and lost (S6)."""

import random
from typing import Any

import pytest

from functions.webhooks.handler import handler
from tests.deployment import Deployment
from tests.functions.webhooks.signing import MUX, SCHEMES, mux_signed, send
from tests.functions.webhooks.test_handler import BODY

pytestmark = pytest.mark.usefixtures("deployed")
PIECES = (
    b"",
    b"\x00",
    b'"',
    b"\\",
    b"{",
    b"]",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\\ud800",
    b"9" * 400,
    b"[" * 2000,
)
MARKS = (
    "",
    ",",
    "=",
    "t=",
    "v1=",
    "é",
    "\x00",
    " ",
    "9" * 30,
    "-1",
    "t=1e9",
    "sha256=",
    "a" * 5000,
    "\ud800",
)


def altered_bytes(chance: random.Random, body: bytes) -> bytes:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(body) + 1)
        until = at + chance.choice((0, 1, 1, 20, len(body)))
        body = body[:at] + chance.choice((*PIECES, chance.randbytes(3))) + body[until:]
    return body


def altered_text(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(MARKS) + text[at + chance.choice((0, 1, 8, len(text))) :]


class Taken:
    """In place of the queue, which has tests of its own and would take a minute."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def send(self, message: dict[str, Any]) -> None:
        self.messages.append(message)


@pytest.fixture
def taken(deployed: Deployment, monkeypatch: pytest.MonkeyPatch) -> Taken:
    found = Taken()
    monkeypatch.setattr("sluice.edge.webhook_wiring.inbox", lambda: found)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_mutated_delivery_is_never_a_server_error(taken: Taken, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same ten thousand each time
    routes = sorted(SCHEMES)
    for number in range(2000):
        key = chance.choice(routes)
        body = altered_bytes(chance, BODY) if number % 2 else BODY
        signed_anew = chance.random() < 0.5
        headers = SCHEMES[key](body if signed_anew else BODY)
        if not number % 2 or chance.random() < 0.2:
            headers = {name: altered_text(chance, value) for name, value in headers.items()}
        before = len(taken.messages)
        reply = send(key, body, headers, encoded=True)
        assert reply["statusCode"] in {200, 400, 401, 413}, (key, body, headers)
        assert (reply["statusCode"] == 200) == (len(taken.messages) == before + 1)
        if len(taken.messages) > before:
            assert taken.messages[-1]["body"].encode() == body


@pytest.mark.parametrize("body", [None, "not base64!", "YQ", "\ud800", "é"])
@pytest.mark.parametrize("encoded", [True, False])
def test_a_body_that_api_gateway_would_not_hand_over_is_refused_too(
    taken: Taken, body: str | None, encoded: bool
) -> None:
    event = {
        "routeKey": MUX,
        "headers": mux_signed(b""),
        "requestContext": {"requestId": "r"},
        "body": body,
        "isBase64Encoded": encoded,
    }
    assert handler(event, None)["statusCode"] in {400, 401}
    assert taken.messages == []
