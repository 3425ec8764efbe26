"""Standard Webhooks (standardwebhooks.com): three headers that sign an id, a time and the raw body.

A key is text with its kind in front of its base64: ``whsec_`` is a secret that both sides know (``v1``,
HMAC-SHA256), ``whsk_`` a private and ``whpk_`` a public Ed25519 key (``v1a``). A delivery may carry several
signatures and a receiver may know several keys, so that keys can be replaced without a gap.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sluice.domain.errors import Unauthenticated, Unavailable

ID, TIME, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(seconds=300)
SECRET, PRIVATE, PUBLIC = "whsec_", "whsk_", "whpk_"
_SHORTEST_SECRET_BYTES = 24
_NEW_KEY_BYTES = 32
_ED25519_BYTES = 32
_LONGEST_HEADER = 4096
_SECONDS = re.compile(r"[0-9]{1,12}")


class BadKey(ValueError):
    """A key that cannot be used; the message never shows it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good signature vouches for beside the body."""

    message_id: str
    at: datetime


def sign(raw: bytes, *, message_id: str, at: datetime, keys: Iterable[str]) -> dict[str, str]:
    """The headers of a delivery, with one signature for each key.

    Raises:
        BadKey: a key is of no use for signing.
    """
    seconds = str(int(at.timestamp()))
    signed = _signed(message_id, seconds, raw)
    signatures = " ".join(_signature(key, signed) for key in keys)
    return {ID: message_id, TIME: seconds, SIGNATURE: signatures}


def verify(raw: bytes, headers: Mapping[str, str], *, keys: Iterable[str], now: datetime) -> Signed:
    """What was signed, if it was signed with one of ``keys`` within 300 s of ``now``.

    Header names are found in any case. Every signature is tried with every key, in constant time.

    Raises:
        Unauthenticated: a header is missing or unreadable, it is too old or too new, or no key fits.
        Unavailable: there is no key to verify with (code ``webhook_not_configured``).
        BadKey: a key is of no use for verifying.
    """
    usable = [key for key in keys if key]
    if not usable:
        raise Unavailable("This webhook is not configured.", code="webhook_not_configured")
    found = {name.lower(): value[:_LONGEST_HEADER] for name, value in headers.items()}
    message_id, seconds = found.get(ID, ""), found.get(TIME, "")
    given = found.get(SIGNATURE, "").split()
    if not message_id or not _SECONDS.fullmatch(seconds):
        raise _refused()
    signed, good = _signed(message_id, seconds, raw), False
    for key in usable:
        for signature in given:
            good |= _fits(key, signature, signed)
    if not good or abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise _refused()
    return Signed(message_id, datetime.fromtimestamp(int(seconds), UTC))


def new_key(signing: Literal["v1", "v1a"]) -> str:
    """A new secret, or a new private key."""
    made = os.urandom(_NEW_KEY_BYTES)
    return secret_of(made) if signing == "v1" else key_pair(made)[0]


def secret_of(raw: bytes) -> str:
    """A secret as text, from its bytes."""
    return SECRET + b64encode(raw).decode()


def key_pair(seed: bytes) -> tuple[str, str]:
    """The private and the public Ed25519 key that follow from 32 random bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return PRIVATE + b64encode(seed).decode(), PUBLIC + b64encode(public).decode()


def public_of(key: str) -> str | None:
    """The public half of a private key; ``None`` of a secret, which has none."""
    kind, material = _read(key)
    return key_pair(material)[1] if kind == PRIVATE else None


def require_keys(keys: Iterable[str]) -> None:
    """See that keys can be used at all.

    Raises:
        BadKey: one cannot.
    """
    for key in keys:
        _read(key)


def _signed(message_id: str, seconds: str, raw: bytes) -> bytes:
    return b"%b.%b.%b" % (message_id.encode(errors="replace"), seconds.encode(), raw)


def _signature(key: str, signed: bytes) -> str:
    kind, material = _read(key)
    if kind == SECRET:
        return "v1," + b64encode(hmac.digest(material, signed, "sha256")).decode()
    if kind == PRIVATE:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return "v1a," + b64encode(Ed25519PrivateKey.from_private_bytes(material).sign(signed)).decode()
    raise BadKey("A public key cannot sign.")


def _fits(key: str, signature: str, signed: bytes) -> bool:
    kind, material = _read(key)
    if kind == SECRET:
        expected = "v1," + b64encode(hmac.digest(material, signed, "sha256")).decode()
        return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))
    if kind != PUBLIC:
        raise BadKey("A private key does not verify.")
    version, _, encoded = signature.partition(",")
    return version == "v1a" and _is_of(material, encoded, signed)


def _is_of(public: bytes, encoded: str, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(b64decode(encoded, validate=True), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(key: str) -> tuple[str, bytes]:
    """A key's kind and its bytes."""
    kind = next((kind for kind in (SECRET, PRIVATE, PUBLIC) if key.startswith(kind)), None)
    if kind is None:
        raise BadKey(f"A key begins with {SECRET}, {PRIVATE} or {PUBLIC}.")
    try:
        material = b64decode(key.removeprefix(kind), validate=True)
    except ValueError:
        # Without its cause, which might show the key.
        raise BadKey("What follows a key's kind must be base64.") from None
    if kind == SECRET and len(material) < _SHORTEST_SECRET_BYTES:
        raise BadKey(f"A secret must have at least {_SHORTEST_SECRET_BYTES} bytes.")
    if kind != SECRET and len(material) < _ED25519_BYTES:
        raise BadKey(f"An Ed25519 key must have {_ED25519_BYTES} bytes.")
    # Some keep the public half behind the private one.
    return kind, material if kind == SECRET else material[:_ED25519_BYTES]


def _refused() -> Unauthenticated:
    return Unauthenticated("The signature is not valid for this body and time.", code="invalid_signature")
