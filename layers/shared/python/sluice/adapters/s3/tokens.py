"""Our own playback tokens: one video, one purpose, one viewer, until they expire.

A token is a JWT signed with the deployment's signing secret: ``sub`` is the video, ``aud`` the purpose,
``viewer`` whom it was minted for (``public`` for nobody in particular).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import jwt

from sluice.domain.errors import Unauthenticated

type Purpose = Literal["playback", "thumbnail", "storyboard", "download"]

_ALGORITHM = "HS256"


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


class PlaybackTokens:
    """Mints and reads tokens with one secret; no network, no table."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def mint(
        self, video_id: str, purpose: Purpose, viewer: str, *, now: datetime, ttl: timedelta
    ) -> PlaybackToken:
        expires_at = now.replace(microsecond=0) + ttl
        claims = {"sub": video_id, "aud": purpose, "viewer": viewer, "exp": int(expires_at.timestamp())}
        return PlaybackToken(jwt.encode(claims, self._secret, _ALGORITHM), expires_at)

    def read(self, token: str, video_id: str, purpose: Purpose, *, now: datetime) -> PlaybackClaim:
        """What the token says, if it is for this video and purpose.

        Raises:
            Unauthenticated: it is not ours, for something else, or over.
        """
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[_ALGORITHM],
                audience=purpose,
                options={
                    "require": ["sub", "aud", "exp", "viewer"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
        except jwt.InvalidTokenError as error:
            raise _refused() from error
        expires_at = datetime.fromtimestamp(claims["exp"], now.tzinfo)
        if claims["sub"] != video_id or expires_at <= now:
            raise _refused()
        return PlaybackClaim(str(claims["viewer"]), expires_at)


def _refused() -> Unauthenticated:
    return Unauthenticated(
        "The playback token is not valid for this video, or has expired.", code="invalid_token"
    )
