"""RSA keys as both providers hand them out: 2048 bits, PKCS#1 PEM, in base64."""

import base64
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from jwt.algorithms import RSAAlgorithm

BITS = 2048


def make_private_key() -> RSAPrivateKey:
    """A new key."""
    return generate_private_key(public_exponent=65537, key_size=BITS)


def as_base64_pem(key: RSAPrivateKey) -> str:
    """``-----BEGIN RSA PRIVATE KEY-----`` … in base64."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return base64.b64encode(pem).decode()


def as_base64_jwk(key: RSAPrivateKey, key_id: str) -> str:
    """The same key as a JSON Web Key in base64."""
    jwk: dict[str, Any] = {
        "use": "sig",
        "alg": "RS256",
        "kid": key_id,
        **RSAAlgorithm.to_jwk(key, as_dict=True),
    }
    return base64.b64encode(json.dumps(jwk).encode()).decode()


def from_base64_pem(text: str) -> RSAPrivateKey:
    """The key of a base64 PEM.

    Raises:
        ValueError: it is none.
    """
    key = load_pem_private_key(base64.b64decode(text), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key")  # noqa: TRY004 - of the wrong content, not type
    return key


def public_pem(key: RSAPrivateKey) -> str:
    """What a twin keeps of a key."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def from_public_pem(text: str) -> RSAPublicKey:
    """The key that `public_pem` wrote."""
    key = load_pem_public_key(text.encode())
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA key")  # noqa: TRY004 - of the wrong content, not type
    return key


def new_id(length: int) -> str:
    """Letters and digits."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _ in range(length))
