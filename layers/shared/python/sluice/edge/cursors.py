"""Opaque cursors: where a list goes on, signed, so that nobody can make one up or use another's."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error

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
        return _spelled(self._mac(text, scope) + text)

    def read(self, cursor: str | None, *scope: str) -> str | None:
        """The key that a cursor continues after.

        Raises:
            Invalid: it was changed, or written for another list (code ``invalid_cursor``).
        """
        if not cursor:
            return None
        try:
            raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            mac, text = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
            # Decoding skips what is not base64, so only the one spelling that we write is taken.
            if hmac.compare_digest(mac, self._mac(text, scope)) and _spelled(raw) == cursor:
                return text.decode()
        except (Base64Error, UnicodeError) as error:
            raise _invalid() from error
        raise _invalid()

    def _mac(self, text: bytes, scope: tuple[str, ...]) -> bytes:
        named = "\x00".join(("cursor", *scope)).encode() + b"\x00" + text
        return hmac.digest(self._secret, named, "sha256")[:_MAC_BYTES]


def _spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _invalid() -> Invalid:
    return Invalid("The cursor is not valid for this list.", code="invalid_cursor")
