"""View tokens: minted with playback, so that a session can show that it belongs to a real view.

A token is a random id and an end, signed together with the video's id: 43 characters that say nothing about
anybody. Whoever has it may report one view of that video, until it ends.
"""

import hmac
import os
from datetime import datetime, timedelta

from sluice.domain.base64url import spelled, unspelled

_ID_BYTES, _END_BYTES, _MAC_BYTES = 12, 4, 16
# A film that is put off until tomorrow, and beacons that were sent late.
_HOLDS = timedelta(hours=48)


class ViewTokens:
    """Mints and reads with one secret; no network, no table."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"view", "sha256")

    def mint(self, video_id: str, *, now: datetime) -> str:
        end = int((now + _HOLDS).timestamp())
        said = os.urandom(_ID_BYTES) + end.to_bytes(_END_BYTES)
        return spelled(said + self._mac(video_id, said))

    def read(self, token: str, video_id: str, *, at: datetime) -> str | None:
        """The id of the view; ``None`` if the token is not ours, for another video, or was over by then."""
        raw = unspelled(token)
        if raw is None or len(raw) != _ID_BYTES + _END_BYTES + _MAC_BYTES:
            return None
        said, mac = raw[: _ID_BYTES + _END_BYTES], raw[_ID_BYTES + _END_BYTES :]
        if not hmac.compare_digest(mac, self._mac(video_id, said)):
            return None
        if int.from_bytes(said[_ID_BYTES:]) < at.timestamp():
            return None
        return said[:_ID_BYTES].hex()

    def _mac(self, video_id: str, said: bytes) -> bytes:
        return hmac.digest(self._key, said + video_id.encode(), "sha256")[:_MAC_BYTES]
