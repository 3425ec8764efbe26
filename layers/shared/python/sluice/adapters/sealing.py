"""Sealing: what only its owner may see, kept in a row that more can read (AES-256-GCM).

Sealed text belongs to one purpose and one video: moved to another row it cannot be opened.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

_NONCE_BYTES = 12


class Seal:
    """Seals and opens with one secret of the deployment."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = hmac.digest(secret.encode(), f"seal:{purpose}".encode(), "sha256")

    def close(self, plain: str, video_id: str) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self._key).encrypt(nonce, plain.encode(), video_id.encode())
        return urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, video_id: str) -> str | None:
        """What was sealed for this video; ``None`` if it was not, or the secret is another by now."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            raw = urlsafe_b64decode(sealed)
            plain = AESGCM(self._key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], video_id.encode())
        except (InvalidTag, ValueError):
            return None
        return plain.decode()
