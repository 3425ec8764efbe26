"""Opaque cursors: where a list goes on, signed, so that nobody can make one up or use another's."""

import hmac

from sluice.domain.base64url import spelled, unspelled
from sluice.domain.errors import Invalid

_MAC_BYTES = 12


class Cursors:
    """Cursors signed with the deployment's secret, each for one owner and one list."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def write(self, key: str | None, *scope: str) -> str | None:
        """A cursor that continues after ``key`` in the list that ``scope`` names."""
        if key is None:
            return None
        text = key.encode()
        return spelled(self._mac(text, scope) + text)

    def read(self, cursor: str | None, *scope: str) -> str | None:
        """The key that a cursor continues after.

        Raises:
            Invalid: it was changed, or written for another list (code ``invalid_cursor``).
        """
        if not cursor:
            return None
        raw = unspelled(cursor) or b""
        mac, text = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(text, scope)):
            raise Invalid("The cursor is not valid for this list.", code="invalid_cursor")
        return text.decode()

    def _mac(self, text: bytes, scope: tuple[str, ...]) -> bytes:
        named = "\x00".join(("cursor", *scope)).encode() + b"\x00" + text
        return hmac.digest(self._secret, named, "sha256")[:_MAC_BYTES]
