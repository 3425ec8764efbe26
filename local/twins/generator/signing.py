"""Standard Webhooks as a generator speaks them: HMAC-SHA256 over id, time and body, in three headers."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

TOLERANCE_SECONDS = 300


def headers(secret: str, message_id: str, body: bytes) -> dict[str, str]:
    """The headers of a body that is sent now."""
    at = str(int(time.time()))
    signature = f"v1,{_digest(secret, message_id, at, body)}"
    return {"webhook-id": message_id, "webhook-timestamp": at, "webhook-signature": signature}


def is_signed(secret: str, given: Mapping[str, str], body: bytes) -> bool:
    """Whether whoever sent this knows the secret, and sent it just now."""
    at = given.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > TOLERANCE_SECONDS:
        return False
    expected = f"v1,{_digest(secret, given.get('webhook-id', ''), at, body)}"
    return any(hmac.compare_digest(expected, one) for one in given.get("webhook-signature", "").split())


def _digest(secret: str, message_id: str, at: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{at}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
