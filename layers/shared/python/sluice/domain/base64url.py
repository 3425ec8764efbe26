"""Base64url without padding (RFC 7515, section 2), in the one spelling that we write."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def spelled(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unspelled(text: str) -> bytes | None:
    """What was spelled so; ``None`` for any other text, even if some of it would be decoded to the same."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return raw if spelled(raw) == text else None
