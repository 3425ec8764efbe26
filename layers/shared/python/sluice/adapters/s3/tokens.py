"""Our own playback tokens: one video, one purpose, one viewer, until they expire.

A token is a JWT signed with the deployment's signing secret: ``sub`` is the video, ``aud`` the purpose,
``viewer`` whom it was minted for (``public`` for nobody in particular). Nobody else mints them, so there
is one header, nothing to negotiate, and no need for a library that knows every algorithm: importing
PyJWT costs half of a cold start, and a gallery page mints three hundred tokens.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from sluice.domain.errors import Unauthenticated

type Purpose = Literal["playback", "thumbnail", "storyboard", "download"]


@dataclass(frozen=True, slots=True)
class PlaybackToken:
    """A signed token and its end."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PlaybackClaim:
    """What a valid token says."""

    viewer: str
    expires_at: datetime


class _Claims(msgspec.Struct):
    sub: str
    aud: str
    viewer: str
    exp: int


class PlaybackTokens:
    """Mints and reads tokens with one secret; no network, no table."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def mint(
        self, video_id: str, purpose: Purpose, viewer: str, *, now: datetime, ttl: timedelta
    ) -> PlaybackToken:
        expires_at = now.replace(microsecond=0) + ttl
        claims = _Claims(video_id, purpose, viewer, int(expires_at.timestamp()))
        signed = _HEADER + b"." + _base64(msgspec.json.encode(claims))
        return PlaybackToken((signed + b"." + self._signature(signed)).decode(), expires_at)

    def read(self, token: str, video_id: str, purpose: Purpose, *, now: datetime) -> PlaybackClaim:
        """What the token says, if it is for this video and purpose.

        Raises:
            Unauthenticated: it is not ours, for something else, or over.
        """
        claims = self._verified(token)
        if claims is None or claims.sub != video_id or claims.aud != purpose:
            raise _refused()
        expires_at = datetime.fromtimestamp(claims.exp, now.tzinfo)
        if expires_at <= now:
            raise _refused()
        return PlaybackClaim(claims.viewer, expires_at)

    def _verified(self, token: str) -> _Claims | None:
        signed, _, signature = token.encode(errors="replace").rpartition(b".")
        if not hmac.compare_digest(signature, self._signature(signed)):
            return None
        header, _, payload = signed.partition(b".")
        if header != _HEADER:
            return None
        return msgspec.json.decode(urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)), type=_Claims)

    def _signature(self, signed: bytes) -> bytes:
        return _base64(hmac.digest(self._secret, signed, "sha256"))


def _base64(raw: bytes) -> bytes:
    """Base64url without padding, as in every part of a JWT (RFC 7515)."""
    return urlsafe_b64encode(raw).rstrip(b"=")


_HEADER = _base64(b'{"alg":"HS256","typ":"JWT"}')


def _refused() -> Unauthenticated:
    return Unauthenticated(
        "The playback token is not valid for this video, or has expired.", code="invalid_token"
    )
