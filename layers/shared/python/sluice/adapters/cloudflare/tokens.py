"""Cloudflare's playback tokens: RS256, signed here; one opens manifest and pictures of one video."""

from datetime import datetime, timedelta

from sluice.adapters.signing_keys import SigningKey

LONGEST_LIFE = timedelta(hours=24)
# A minute less than the most: their clock may be behind ours.
_MOST = LONGEST_LIFE - timedelta(minutes=1)
_CLOCKS_APART = timedelta(hours=1)


class CloudflareTokens:
    """Mints without a network."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def mint(
        self, uid: str, viewer: str, *, now: datetime, life: timedelta, downloadable: bool = False
    ) -> tuple[str, datetime]:
        """A token for one video, and its end: never more than a day ahead."""
        expires_at = now.replace(microsecond=0) + min(life, _MOST)
        claims: dict[str, object] = {
            "sub": uid,
            "nbf": int((now - _CLOCKS_APART).timestamp()),
            "viewer": viewer,
        }
        if downloadable:
            claims["downloadable"] = True
        return self._key.sign(claims, expires_at=expires_at), expires_at
