"""HS256 by hand judges as PyJWT does."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.edge.hs256 import verified_claims

SECRET = b"a-secret-of-thirty-two-bytes-or-more"
CLAIMS = {"sub": "alice", "exp": 4_000_000_000}

header_names = st.sampled_from(["alg", "typ", "kid", "crit", "b64"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def encoded(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def signed(header: object, payload: bytes, secret: bytes = SECRET) -> str:
    """A token with any header and payload, properly signed by HMAC-SHA256."""
    text = encoded(json.dumps(header).encode()) + b"." + encoded(payload)
    mac = jwt.get_algorithm_by_name("HS256").sign(text, secret)
    return (text + b"." + encoded(mac)).decode()


def theirs(token: str) -> Any:
    """PyJWT's judgement of signature and form; claims are not its business here."""
    return jwt.PyJWS().decode(token, SECRET, ["HS256"])


@given(st.dictionaries(st.text(max_size=6), json_values, max_size=4))
def test_what_pyjwt_signs_is_read(claims: dict[str, Any]) -> None:
    assert verified_claims(jwt.encode(claims, SECRET, "HS256"), SECRET) == claims


@given(
    st.dictionaries(st.sampled_from(["alg", "typ", "kid", "crit", "b64"]), json_values),
    st.binary(max_size=30),
)
def test_a_good_signature_under_any_header_is_no_more_than_pyjwt_takes(
    header: dict[str, Any], payload: bytes
) -> None:
    token = signed(header, payload)
    claims = verified_claims(token, SECRET)
    assert claims is None or claims == json.loads(theirs(token))


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "HS512"}, {"alg": "hs256"}, {}, [], "HS256", None]
)
def test_no_other_algorithm_is_taken(header: object) -> None:
    assert verified_claims(signed(header, json.dumps(CLAIMS).encode()), SECRET) is None


def test_an_extension_that_must_be_understood_is_not() -> None:
    header = {"alg": "HS256", "crit": ["b64"], "b64": False}
    assert verified_claims(signed(header, json.dumps(CLAIMS).encode()), SECRET) is None


@pytest.mark.parametrize("payload", [b"", b"[]", b"1", b'"a"', b"{", b"\xff", b'{"exp": NaN}', b"[" * 5_000])
def test_a_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    assert verified_claims(signed({"alg": "HS256"}, payload), SECRET) is None


@given(st.data())
def test_one_changed_character_is_enough_to_be_refused(data: st.DataObject) -> None:
    token = jwt.encode(CLAIMS, SECRET, "HS256")
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[at]))
    assert verified_claims(token[:at] + other + token[at + 1 :], SECRET) is None


@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(text: str) -> None:
    assert verified_claims(text, SECRET) is None


def test_another_secret_or_none_opens_nothing() -> None:
    assert verified_claims(jwt.encode(CLAIMS, SECRET + b"!", "HS256"), SECRET) is None
    assert verified_claims(jwt.encode(CLAIMS, "", "none"), SECRET) is None
