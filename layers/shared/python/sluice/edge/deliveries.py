"""Webhook deliveries: verified as raw bytes and queued; and read again on the other side of the queue."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from sluice.adapters.cloudflare.signature import SCHEME as CLOUDFLARE
from sluice.adapters.mux.signature import SCHEME as MUX
from sluice.adapters.signatures import verify
from sluice.adapters.standard_webhooks import ID as STANDARD
from sluice.adapters.standard_webhooks import verify as verify_standard
from sluice.domain.errors import Malformed, TooLarge, Unauthenticated, Unavailable
from sluice.edge import webhook_wiring
from sluice.edge.contract.webhooks import ReceivedAnswer
from sluice.edge.http import Request

if TYPE_CHECKING:
    from sluice.usecases.provider_ports import ProviderNews

_LARGEST_BYTES = 256 * 1024
_OWN_HEADER = "x-webhook-signature"
_SCHEMES = {"mux": (MUX, "MUX_SECRETS_ARN"), "cloudflare": (CLOUDFLARE, "CLOUDFLARE_SECRETS_ARN")}


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
        TooLarge: it has more than 256 KiB.
        Unauthenticated: the signature is not good for this body and time.
        Malformed: it is, and the body is not a JSON object all the same.
        Unavailable: no secret is configured, or the queue cannot be reached: to be delivered again.
    """
    _require_size(raw)
    scheme, source = _SCHEMES[provider]
    secrets = webhook_wiring.webhook_secrets(source)
    verify(scheme, raw, request.headers, secrets=secrets, now=request.now)
    return _queue(provider, request, raw)


def take_generation(request: Request, raw: bytes) -> ReceivedAnswer:
    """Verify as Standard Webhooks say, then queue; raises as ``take``."""
    _require_size(raw)
    keys = webhook_wiring.webhook_keys("GENERATION_SECRETS_ARN")
    verify_standard(raw, request.headers, keys=keys, now=request.now)
    return _queue("generation", request, raw)


def take_any(request: Request, raw: bytes) -> ReceivedAnswer:
    """Verify with whichever signature is there; our own header's deliveries have the form of Mux's.

    Raises:
        TooLarge, Unauthenticated, Malformed, Unavailable: as ``take``.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    if MUX.header in headers:
        return take("mux", request, raw)
    if STANDARD in headers:
        # Before Cloudflare's, whose signature has the same name.
        return take_generation(request, raw)
    if CLOUDFLARE.header in headers:
        return take("cloudflare", request, raw)
    _require_size(raw)
    _verify_own(headers.get(_OWN_HEADER, ""), raw)
    return _queue("mux", request, raw)


def _require_size(raw: bytes) -> None:
    if len(raw) > _LARGEST_BYTES:
        raise TooLarge(f"A delivery may have at most {_LARGEST_BYTES:,} bytes.", code="body_too_large")


def _verify_own(given: str, raw: bytes) -> None:
    secrets = webhook_wiring.webhook_secrets("WEBHOOK_SECRET_ARN")
    if not secrets:
        raise _not_configured()
    signature, good = given.strip().encode(errors="replace"), False
    for secret in secrets:
        expected = f"sha256={hmac.digest(secret.encode(), raw, sha256).hex()}".encode()
        good |= hmac.compare_digest(expected, signature)
    if not good:
        raise Unauthenticated("The signature is not valid for this body.", code="invalid_signature")


def _not_configured() -> Unavailable:
    return Unavailable("This webhook is not configured.", code="webhook_not_configured")


def _queue(provider: str, request: Request, raw: bytes) -> ReceivedAnswer:
    try:
        msgspec.json.decode(raw, type=dict[str, Any])
        body = raw.decode()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not a JSON object.") from error
    webhook_wiring.inbox().send({"provider": provider, "receivedAt": request.now, "body": body})
    return ReceivedAnswer(received=True)


def read_delivery(message: Mapping[str, Any]) -> Delivery:
    """A delivery as it was queued."""
    received_at = datetime.fromisoformat(message["receivedAt"]).astimezone(UTC)
    return Delivery(message["provider"], received_at, message["body"], bool(message.get("replayed")))


def translate(delivery: Delivery) -> "ProviderNews":
    """What a delivery says, in our words."""
    raw = delivery.body.encode()
    if delivery.provider == "mux":
        from sluice.adapters.mux.webhook import news as mux_news

        return mux_news(raw, received_at=delivery.received_at)
    from sluice.adapters.cloudflare.webhook import news as cloudflare_news

    return cloudflare_news(raw, received_at=delivery.received_at)
