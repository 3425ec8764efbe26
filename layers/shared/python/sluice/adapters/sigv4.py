"""What every AWS Signature Version 4 is made with, in a URL or in a header."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a function signs with."""

    access_key: str
    secret_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


@lru_cache(maxsize=8)
def signing_key(secret_key: str, day: str, region: str, service: str) -> bytes:
    """The key of one day (``20260301``), region and service."""
    key = f"AWS4{secret_key}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def signed_headers(
    headers: Mapping[str, str],
    body: bytes,
    *,
    host: str,
    scope: tuple[str, str],
    by: Credentials,
    now: datetime,
) -> dict[str, str]:
    """``headers`` of a POST to ``/``, by lower-case names, with what makes them a signed request.

    ``scope`` is the region and the service that it is for.
    """
    region, service = scope
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    within = f"{stamp[:8]}/{region}/{service}/aws4_request"
    known = {**headers, "host": host, "x-amz-date": stamp}
    if by.session_token:
        known["x-amz-security-token"] = by.session_token
    named = sorted(known.items())
    names = ";".join(name for name, _ in named)
    lines = "".join(f"{name}:{value}\n" for name, value in named)
    canonical = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    to_sign = f"{ALGORITHM}\n{stamp}\n{within}\n{sha256(canonical.encode()).hexdigest()}"
    key = signing_key(by.secret_key, stamp[:8], region, service)
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    signer = f"{ALGORITHM} Credential={by.access_key}/{within}"
    return {**known, "authorization": f"{signer}, SignedHeaders={names}, Signature={signature}"}
