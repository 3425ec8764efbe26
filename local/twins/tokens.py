"""Playback tokens as both providers check them: RS256 and nothing else, the key named in the header or the
claims.
"""

import json
import time
from collections.abc import Callable

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from local.twins.refusals import Doc

LONGEST_TOKEN = 8192


class BadToken(Exception):
    """Why a token opens nothing; for the control page, not for callers."""


def read(token: str, key_of: Callable[[str], RSAPublicKey | None]) -> Doc:
    """The claims of a token whose signature holds.

    Raises:
        BadToken: it is malformed, of another algorithm, of an unknown or revoked key, or not signed by it.
    """
    if len(token) > LONGEST_TOKEN:
        raise BadToken("too long")
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise BadToken("malformed") from None
    if header.get("alg") != "RS256":
        raise BadToken("algorithm")
    named = {str(place["kid"]) for place in (header, claims) if place.get("kid")}
    if len(named) != 1:
        raise BadToken("no key id" if not named else "two key ids")
    key = key_of(named.pop())
    if key is None:
        raise BadToken("unknown key")
    try:
        payload = jwt.PyJWS().decode(token, key, algorithms=["RS256"])
    except (jwt.PyJWTError, ValueError):
        raise BadToken("signature") from None
    claims = json.loads(payload)
    return claims if isinstance(claims, dict) else {}


def check_times(claims: Doc, *, longest_seconds: float | None = None) -> None:
    """``exp`` is there and ahead (by no more than ``longest_seconds``), ``nbf`` is past. Numbers may be
    strings.

    Raises:
        BadToken: one of them does not hold.
    """
    now, expires, begins = time.time(), _moment(claims, "exp"), _moment(claims, "nbf")
    if expires is None or expires <= now:
        raise BadToken("expired")
    if longest_seconds is not None and expires > now + longest_seconds:
        raise BadToken("lives too long")
    if begins is not None and begins > now:
        raise BadToken("not yet")


def _moment(claims: Doc, name: str) -> float | None:
    given = claims.get(name)
    if given is None:
        return None
    try:
        return float(given)
    except (TypeError, ValueError):
        raise BadToken(f"{name} is not a number") from None
