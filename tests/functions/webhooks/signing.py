"""Deliveries signed as providers sign them, and API Gateway's events that carry them."""

import hmac
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from sluice.adapters.standard_webhooks import secret_of

from functions.webhooks.handler import handler
from tests.events import http_event

MUX_SECRETS, CLOUDFLARE_SECRETS = ("mux-new", "mux-old"), ("cf-new", "cf-old")
OWN_SECRETS = ("own-new", "own-old")
GENERATION_SECRETS = (secret_of(b"n" * 32), secret_of(b"o" * 32))
MUX, CLOUDFLARE = "POST /api/webhooks/mux", "POST /api/webhooks/cloudflare"
OLD_PATH, ANY = "POST /api/mux/webhook", "POST /api/webhooks/video-processing"
GENERATION = "POST /api/webhooks/generation"


def digest(secret: str, signed: bytes) -> str:
    return hmac.digest(secret.encode(), signed, "sha256").hex()


def mux_signed(body: bytes, secret: str = MUX_SECRETS[0], *, age: float = 0) -> dict[str, str]:
    """The header of a delivery that was signed ``age`` seconds ago."""
    at = int(time.time() - age)
    return {"mux-signature": f"t={at},v1={digest(secret, b'%d.%b' % (at, body))}"}


def cloudflare_signed(body: bytes, secret: str = CLOUDFLARE_SECRETS[0], *, age: float = 0) -> dict[str, str]:
    at = int(time.time() - age)
    return {"webhook-signature": f"time={at},sig1={digest(secret, b'%d.%b' % (at, body))}"}


def own_signed(body: bytes, secret: str = OWN_SECRETS[0], *, age: float = 0) -> dict[str, str]:
    """Our own header has no time."""
    return {"x-webhook-signature": f"sha256={digest(secret, body)}"}


def generation_signed(body: bytes, secret: str = GENERATION_SECRETS[0], *, age: float = 0) -> dict[str, str]:
    """As Standard Webhooks say, by hand."""
    at, material = int(time.time() - age), b64decode(secret.removeprefix("whsec_"))
    signature = hmac.digest(material, b"msg_1.%d.%b" % (at, body), "sha256")
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }


SCHEMES: dict[str, Callable[..., dict[str, str]]] = {
    MUX: mux_signed,
    OLD_PATH: mux_signed,
    CLOUDFLARE: cloudflare_signed,
    ANY: own_signed,
}
SECRETS = {MUX: MUX_SECRETS, OLD_PATH: MUX_SECRETS, CLOUDFLARE: CLOUDFLARE_SECRETS, ANY: OWN_SECRETS}


def send(key: str, body: bytes, headers: dict[str, str], *, encoded: bool = False) -> dict[str, Any]:
    """What the function answers to these bytes; ``encoded``: API Gateway hands them over in base64."""
    event = http_event(key)
    for name in ("mux-signature", "webhook-signature", "x-webhook-signature", "webhook-id"):
        event["headers"].pop(name, None)
    event["headers"] |= headers
    event["body"] = b64encode(body).decode() if encoded else body.decode()
    event["isBase64Encoded"] = encoded
    return handler(event, None)
