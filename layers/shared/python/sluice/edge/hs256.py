"""JWTs signed with a shared secret, verified with what the standard library has.

A library that knows every algorithm imports all of cryptography, which is a third of a cold start; one
HMAC needs none of it. Tests hold this to PyJWT's judgement.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from typing import Any

import msgspec


def verified_claims(token: str, secret: bytes) -> dict[str, Any] | None:
    """The claims of a token that ``secret`` signed with HS256, whatever they say; ``None`` for any other."""
    signed, _, signature = token.encode(errors="replace").rpartition(b".")
    mac = urlsafe_b64encode(hmac.digest(secret, signed, "sha256")).rstrip(b"=")
    if not hmac.compare_digest(mac, signature):
        return None
    header, _, payload = signed.partition(b".")
    known, claims = _object(header), _object(payload)
    # An extension that must be understood (RFC 7515, section 4.1.11) is one that we do not understand.
    if known is None or known.get("alg") != "HS256" or "crit" in known:
        return None
    return claims


def _object(part: bytes) -> dict[str, Any] | None:
    try:
        raw = urlsafe_b64decode(part + b"=" * (-len(part) % 4))
        return msgspec.json.decode(raw, type=dict[str, Any])
    except (Base64Error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
