"""Signed deliveries: HMAC-SHA256 over the time, a dot and the raw body, named in one header.

Mux and Cloudflare Stream differ in the names alone. The bytes are verified as they came, before anything
is read from them; ``secrets`` are those in use at the moment, more than one while they are being rotated.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sluice.domain.errors import Unauthenticated, Unavailable

TOLERANCE = timedelta(seconds=300)
_LONGEST_HEADER = 4096
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A provider's names: the header, and its fields for the time and for a digest."""

    header: str
    time: str
    digest: str


def verify(
    scheme: Scheme, raw: bytes, headers: Mapping[str, str], *, secrets: Iterable[str], now: datetime
) -> datetime:
    """When the delivery was signed, if it was signed with one of ``secrets`` within 300 s of ``now``.

    Header names are found in any case. Every digest is tried with every secret, in constant time.

    Raises:
        Unauthenticated: the header is missing or unreadable, too old or too new, or matches no secret.
        Unavailable: there is no secret to verify with (code ``webhook_not_configured``).
    """
    keys = [secret.encode() for secret in secrets if secret]
    if not keys:
        raise Unavailable("This webhook is not configured.", code="webhook_not_configured")
    seconds, digests = _read(scheme, headers)
    signed = seconds.encode() + b"." + raw
    good = False
    for key in keys:
        expected = hmac.digest(key, signed, "sha256").hex().encode()
        for digest in digests:
            good |= hmac.compare_digest(expected, digest)
    if not good or abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise _refused()
    return datetime.fromtimestamp(int(seconds), UTC)


def _read(scheme: Scheme, headers: Mapping[str, str]) -> tuple[str, list[bytes]]:
    """The time as it was written, and every digest of this scheme."""
    value = next((value for name, value in headers.items() if name.lower() == scheme.header), "")
    seconds, digests = "", []
    for field in value[:_LONGEST_HEADER].split(","):
        name, _, content = field.strip().partition("=")
        if name == scheme.time:
            seconds = content
        elif name == scheme.digest and _DIGEST.fullmatch(content):
            digests.append(content.encode())
    if not _SECONDS.fullmatch(seconds) or not digests:
        raise _refused()
    return seconds, digests


def _refused() -> Unauthenticated:
    return Unauthenticated("The signature is not valid for this body and time.", code="invalid_signature")
