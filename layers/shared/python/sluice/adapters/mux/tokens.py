"""Mux's playback tokens: RS256, one for each purpose, since each audience opens one kind of URL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sluice.adapters.signing_keys import SigningKey

type Audience = Literal["v", "t", "g", "s"]

VIDEO: Audience = "v"
THUMBNAIL: Audience = "t"
STORYBOARD: Audience = "s"


class MuxTokens:
    """Mints without a network. ``restriction_id`` is the playback restriction that every token carries."""

    def __init__(self, key: SigningKey, *, restriction_id: str | None = None) -> None:
        self._key = key
        self._restriction_id = restriction_id

    def mint(
        self,
        playback_id: str,
        audience: Audience,
        viewer: str,
        *,
        expires_at: datetime,
        parameters: Mapping[str, str | int] | None = None,
    ) -> str:
        """A token for one playback id and audience.

        ``parameters`` are what would be the URL's query: beside a token Mux reads them from the claims only.
        """
        claims: dict[str, object] = {
            **(parameters or {}),
            "sub": playback_id,
            "aud": audience,
            "custom": {"viewer": viewer},
        }
        if self._restriction_id:
            claims["playback_restriction_id"] = self._restriction_id
        return self._key.sign(claims, expires_at=expires_at)
