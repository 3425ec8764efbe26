"""Who is asking: bearer tokens, verified here for every route that is not public (docs/adr/0004).

The algorithm comes from the configuration and never from the token: a shared secret means HS256, a
JWKS URL means RS256 or ES256 with that key set's keys, issuer and audience.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sluice.domain.errors import Unauthenticated
from sluice.domain.identity import Caller
from sluice.edge.hs256 import verified_claims

if TYPE_CHECKING:
    import jwt

_LEEWAY_SECONDS = 30
_LONGEST_TOKEN = 16_384
_MIN_SECRET_BYTES = 32
# It becomes part of object keys, escaped to thrice its length; S3 takes 1,024 bytes.
_LONGEST_USER_ID_BYTES = 255


class TokenVerifier(Protocol):
    """Claims of a good token; ``Unauthenticated`` for any other."""

    def claims(self, token: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Expected:
    """What ``iss`` and ``aud`` must be; ``None`` is not checked."""

    issuer: str | None = None
    audience: str | None = None

    def by(self, claims: Mapping[str, Any]) -> bool:
        """Whether the claims name both; an audience may be one of several."""
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        return (self.issuer is None or claims.get("iss") == self.issuer) and (
            self.audience is None or self.audience in named
        )


class SharedSecretVerifier:
    """HS256 with one secret of at least 32 bytes."""

    def __init__(self, secret: str, expected: Expected) -> None:
        if len(secret.encode()) < _MIN_SECRET_BYTES:
            raise ValueError("AUTH_JWT_SECRET must have at least 32 bytes.")
        self._secret = secret.encode()
        self._expected = expected

    def claims(self, token: str) -> Mapping[str, Any]:
        claims = verified_claims(token, self._secret)
        if claims is None or not _timely(claims, time.time()) or not self._expected.by(claims):
            raise _refused()
        return claims


class KeySetVerifier:
    """RS256 or ES256 with the keys behind a URL, kept for some minutes; an unknown key id asks again."""

    def __init__(self, keys: "KeySource", expected: Expected) -> None:
        self._keys = keys
        self._expected = expected

    def claims(self, token: str) -> Mapping[str, Any]:
        import jwt

        try:
            key_id = jwt.get_unverified_header(token).get("kid")
        except jwt.InvalidTokenError as error:
            raise _refused() from error
        key = self._keys.key(key_id) if isinstance(key_id, str) else None
        if key is None:
            raise _refused()
        return _decode(token, key, self._expected)


class KeySource(Protocol):
    """Public keys by id; ``None`` for an unknown one."""

    def key(self, key_id: str) -> "jwt.PyJWK | None": ...


def authenticate(headers: Mapping[str, str], verifier: Callable[[], TokenVerifier]) -> Caller:
    """The caller that the ``authorization`` header proves.

    Raises:
        Unauthenticated: it is missing, malformed, expired or wrongly signed.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return caller_from(token_claims(token.strip() if scheme.lower() == "bearer" else "", verifier))


def token_claims(token: str, verifier: Callable[[], TokenVerifier]) -> Mapping[str, Any]:
    """The claims of a token, wherever it stood.

    Raises:
        Unauthenticated: it is missing, malformed, expired or wrongly signed.
    """
    if not token or not token.isascii() or len(token) > _LONGEST_TOKEN:
        raise Unauthenticated("Please sign in: this needs a bearer token.")
    return verifier().claims(token)


def caller_from(claims: Mapping[str, Any]) -> Caller:
    """The caller that verified claims name."""
    user_id = _text(claims.get("sub"))
    if user_id is None or len(user_id.encode()) > _LONGEST_USER_ID_BYTES:
        raise _refused()
    return Caller(
        user_id=user_id,
        email=_text(claims.get("email")),
        name=_text(claims.get("name")),
        username=_text(claims.get("preferred_username")),
        picture=_text(claims.get("picture")),
    )


def good_until(claims: Mapping[str, Any]) -> float:
    """When verified claims end, in seconds since 1970, give or take the leeway."""
    return float(claims["exp"]) + _LEEWAY_SECONDS


def _text(claim: object) -> str | None:
    """A claim that is text, has any, and can be written: JSON may hold half a surrogate pair."""
    if not isinstance(claim, str) or any("\ud800" <= character <= "\udfff" for character in claim):
        return None
    return claim or None


def _timely(claims: Mapping[str, Any], now: float) -> bool:
    """Whether the claims end, have not ended, and have begun; seconds since 1970, give or take the leeway."""
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    if not all(type(moment) in {int, float} for moment in (claims.get("exp"), *begins)):
        return False
    return claims["exp"] > now - _LEEWAY_SECONDS and all(one <= now + _LEEWAY_SECONDS for one in begins)


def _decode(token: str, key: "jwt.PyJWK", expected: Expected) -> Mapping[str, Any]:
    import jwt

    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256", "ES256"],
            issuer=expected.issuer,
            audience=expected.audience,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "sub"], "verify_aud": expected.audience is not None},
        )
    except jwt.InvalidTokenError as error:
        raise _refused() from error
    return claims


def _refused() -> Unauthenticated:
    return Unauthenticated("The token is not valid or has expired. Please sign in again.")
