"""Webhook deliveries: verified as raw bytes and queued; and read again on the other side of the queue."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

from sluice.domain.errors import Malformed, Unauthenticated, Unavailable
from sluice.edge import wiring
from sluice.edge.contract.webhooks import ReceivedAnswer
from sluice.edge.http import Request
from sluice.usecases.ports import ProviderNews

_OWN_HEADER = "x-webhook-signature"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A verified delivery. ``replayed``: it is given again on purpose, so it is no repetition."""

    provider: str
    received_at: datetime
    body: str
    replayed: bool = False


def take(provider: str, request: Request, raw: bytes) -> ReceivedAnswer:
    """Verify with the provider's own scheme, then queue.

    Raises:
        Unauthenticated: the signature is not good for this body and time.
        Malformed: it is, and the body is not a JSON object all the same.
        Unavailable: no secret is configured, or the queue cannot be reached: to be delivered again.
    """
    from sluice.adapters.cloudflare.webhook import SCHEME as CLOUDFLARE
    from sluice.adapters.mux.webhook import SCHEME as MUX
    from sluice.adapters.signatures import verify

    scheme = {"mux": MUX, "cloudflare": CLOUDFLARE}[provider]
    secrets = wiring.webhook_secrets(provider)
    verify(scheme, raw, request.headers, secrets=secrets, now=request.now)
    return _queue(provider, request, raw)


def take_any(request: Request, raw: bytes) -> ReceivedAnswer:
    """Verify with whichever signature is there; our own header's deliveries have the form of Mux's."""
    if "mux-signature" in request.headers:
        return take("mux", request, raw)
    if "webhook-signature" in request.headers:
        return take("cloudflare", request, raw)
    secrets = wiring.webhook_secrets("own")
    if not secrets:
        raise Unavailable("This webhook is not configured.", code="webhook_not_configured")
    given = request.headers.get(_OWN_HEADER, "").encode(errors="replace")
    expected = [f"sha256={hmac.digest(s.encode(), raw, sha256).hex()}".encode() for s in secrets]
    if not any(hmac.compare_digest(one, given) for one in expected):
        raise Unauthenticated("The signature is not valid for this body.", code="invalid_signature")
    return _queue("mux", request, raw)


def _queue(provider: str, request: Request, raw: bytes) -> ReceivedAnswer:
    try:
        msgspec.json.decode(raw, type=dict[str, Any])
        body = raw.decode()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not a JSON object.") from error
    wiring.inbox().send({"provider": provider, "receivedAt": request.now, "body": body})
    return ReceivedAnswer(received=True)


def read_delivery(message: Mapping[str, Any]) -> Delivery:
    """A delivery as it was queued."""
    received_at = datetime.fromisoformat(message["receivedAt"]).astimezone(UTC)
    return Delivery(message["provider"], received_at, message["body"], bool(message.get("replayed")))


def translate(delivery: Delivery) -> ProviderNews:
    """What a delivery says, in our words."""
    raw = delivery.body.encode()
    if delivery.provider == "mux":
        from sluice.adapters.mux.webhook import news as mux_news

        return mux_news(raw, received_at=delivery.received_at)
    from sluice.adapters.cloudflare.webhook import news as cloudflare_news

    return cloudflare_news(raw, received_at=delivery.received_at)
