"""Keys as providers hand them out sign RS256, and are read once."""

from base64 import b64decode, b64encode
from unittest.mock import patch

import jwt
import jwt.types
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from sluice.adapters.signing_keys import SigningKey

from tests.builders import at
from tests.signing import KEY_ID, signing_pair

ENCODED, PUBLIC = signing_pair()
PEM = b64decode(ENCODED).decode()


def claims_of(token: str) -> dict[str, object]:
    unchecked: jwt.types.Options = {"verify_exp": False, "verify_aud": False}
    return dict(jwt.decode(token, PUBLIC, algorithms=["RS256"], options=unchecked))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(ENCODED, id="base64 of a PEM"),
        pytest.param(f"  {ENCODED}\n", id="with space around"),
        pytest.param(
            "\n".join(ENCODED[i : i + 64] for i in range(0, len(ENCODED), 64)), id="base64 in lines"
        ),
        pytest.param(PEM, id="the PEM"),
        pytest.param(PEM.replace("\n", "\\n"), id="the PEM with its line breaks written out"),
    ],
)
def test_trap_02_a_key_is_read_in_every_form_it_is_handed_around_in(given: str) -> None:
    token = SigningKey(KEY_ID, given).sign({"sub": "one"}, expires_at=at(60))
    assert claims_of(token) == {"sub": "one", "kid": KEY_ID, "exp": int(at(60).timestamp())}


def test_trap_01_tokens_are_signed_with_rs256_and_name_the_key_in_header_and_claims() -> None:
    token = SigningKey(KEY_ID, ENCODED).sign({}, expires_at=at(60))
    assert jwt.get_unverified_header(token) == {"alg": "RS256", "kid": KEY_ID, "typ": "JWT"}
    assert claims_of(token)["kid"] == KEY_ID


def test_the_key_is_parsed_once_however_many_tokens_are_signed() -> None:
    key = SigningKey(KEY_ID, ENCODED)
    with patch.object(
        serialization, "load_pem_private_key", wraps=serialization.load_pem_private_key
    ) as load:
        for _ in range(3):
            key.sign({}, expires_at=at(60))
    assert load.call_count == 1


@pytest.mark.parametrize("given", ["", "not base64!", b64encode(b"not a key").decode(), PEM[:400]])
def test_what_is_no_key_is_said_so_without_being_shown(given: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        SigningKey(KEY_ID, given).sign({}, expires_at=at(60))
    assert not given or given not in str(caught.value)


def test_a_key_of_another_kind_is_refused() -> None:
    pem = generate_ec_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="not an RSA key"):
        SigningKey(KEY_ID, pem.decode()).sign({}, expires_at=at(60))
