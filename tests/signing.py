"""A signing key as providers hand it out: one for the whole run, since making one takes a while."""

from base64 import b64encode
from functools import cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

KEY_ID = "key-0001"


@cache
def signing_pair() -> tuple[str, RSAPublicKey]:
    """The private key as base64 of a PKCS#1 PEM, and the public one."""
    private = generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return b64encode(pem).decode(), private.public_key()
