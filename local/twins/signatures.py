"""Signatures of webhooks, right ones and wrong ones: HMAC-SHA256 over the time, a dot and the raw body.

Both providers use the secret as text and give the time in seconds; only the names differ
(`mux-signature: t=…,v1=…`, `webhook-signature: time=…,sig1=…`).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

type Faults = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The names of one provider."""

    header: str
    time: str
    signature: str


def sign(secret: str, at: int, body: bytes) -> str:
    """The signature as lower-case hex."""
    return hmac.new(secret.encode(), b"%d.%b" % (at, body), hashlib.sha256).hexdigest()


def header(scheme: Scheme, secret: str, body: bytes, now: float, faults: Faults) -> str:
    """The header's value for a body sent at ``now``, with the faults that concern it."""
    at = (
        int(now - faults.get("old_timestamp", {}).get("seconds", 600))
        if "old_timestamp" in faults
        else int(now)
    )
    wrong = sign(f"{secret}-not", at, body)
    right = wrong if "wrong_secret" in faults else sign(secret, at, body)
    given = [wrong, right] if "two_signatures" in faults else [right]
    return ",".join([f"{scheme.time}={at}", *(f"{scheme.signature}={one}" for one in given)])


def corrupted(body: bytes, faults: Faults) -> tuple[bytes, bytes]:
    """The body to be signed and the body to be sent."""
    if "trailing_newline" in faults:
        body += b"\n"
    if "truncated" in faults:
        body = body[: len(body) // 2]
    middle = len(body) // 2
    altered = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :] if body else body
    return body, altered if "altered" in faults else body
