"""RS256 with a provider's signing key: read from its PEM once, when the first token is signed."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jwt

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


class SigningKey:
    """One private key and its id at the provider. ``encoded`` is base64 of a PEM, as providers hand it out;

    the PEM itself is taken too, also with its line breaks written as ``\\n``.
    """

    def __init__(self, key_id: str, encoded: str) -> None:
        self.key_id = key_id
        self._encoded = encoded

    def sign(self, claims: Mapping[str, Any], *, expires_at: datetime) -> str:
        """A token with these claims. The key's id stands in header and claims: readers look in either.

        Raises:
            ValueError: the key is not a PEM of an RSA private key.
        """
        said = {**claims, "kid": self.key_id, "exp": int(expires_at.timestamp())}
        return jwt.encode(said, self._key, "RS256", headers={"kid": self.key_id})

    @cached_property
    def _key(self) -> "RSAPrivateKey":
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        key = load_pem_private_key(_pem(self._encoded), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("the signing key is not an RSA key")  # noqa: TRY004 - a value of configuration
        return key


def _pem(encoded: str) -> bytes:
    text = encoded.strip().replace("\\n", "\n")
    if text.startswith("-----BEGIN"):
        return text.encode()
    try:
        return b64decode("".join(text.split()), validate=True)
    except (Base64Error, ValueError) as error:
        raise ValueError("the signing key is neither base64 nor a PEM") from error
