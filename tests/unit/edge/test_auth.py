"""Who is asking, in both modes: each way in which a token can be no good (S2)."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st
from sluice.adapters.jwks import KeySet
from sluice.domain.errors import Unauthenticated
from sluice.domain.identity import Caller
from sluice.edge.auth import (
    Expected,
    KeySetVerifier,
    SharedSecretVerifier,
    TokenVerifier,
    authenticate,
    caller_from,
)

from tests.key_server import ec_jwk, ec_key, key_server, rsa_jwk, rsa_key

SECRET = "a-secret-that-is-long-enough-for-hs256"
EXPECTED = Expected(issuer="https://idp.example", audience="sluice")
NOW = int(time.time())
CLAIMS = {"sub": "alice", "iss": "https://idp.example", "aud": "sluice", "exp": NOW + 3600}


class SharedSecret:
    """Tokens and their verifier, with one secret."""

    def __init__(self) -> None:
        self.verifier: TokenVerifier = SharedSecretVerifier(SECRET, EXPECTED)

    def token(self, claims: dict[str, Any]) -> str:
        return self.signed(json.dumps(claims))

    def signed(self, payload: str) -> str:
        """Any payload, without the checks by which libraries protect whoever signs."""
        return jwt.PyJWS().encode(payload.encode(), SECRET, "HS256")


class KeyPair:
    """Tokens and their verifier, with a key that a server publishes."""

    def __init__(self, url: str, key: Any, algorithm: str) -> None:
        self.verifier: TokenVerifier = KeySetVerifier(KeySet(url), EXPECTED)
        self._key, self._algorithm = key, algorithm

    def token(self, claims: dict[str, Any]) -> str:
        return self.signed(json.dumps(claims))

    def signed(self, payload: str) -> str:
        """As above."""
        headers = {"kid": self._algorithm}
        return jwt.PyJWS().encode(payload.encode(), self._key, self._algorithm, headers=headers)


type Mode = SharedSecret | KeyPair


@pytest.fixture(scope="module")
def keys_url() -> Iterator[str]:
    with key_server(rsa_jwk("RS256"), ec_jwk("ES256")) as server:
        yield server.url


@pytest.fixture(params=["HS256", "RS256", "ES256"])
def mode(request: pytest.FixtureRequest, keys_url: str) -> Mode:
    match request.param:
        case "HS256":
            return SharedSecret()
        case "RS256":
            return KeyPair(keys_url, rsa_key(), "RS256")
        case _:
            return KeyPair(keys_url, ec_key(), "ES256")


def who(mode: Mode, token: str) -> Caller:
    return authenticate({"authorization": f"Bearer {token}"}, lambda: mode.verifier)


def refused(mode: Mode, token: str) -> bool:
    with pytest.raises(Unauthenticated):
        who(mode, token)
    return True


def test_a_good_token_names_its_user(mode: Mode) -> None:
    optional = {"email": "a@x", "name": "Alice", "preferred_username": "al", "picture": "https://p"}
    assert who(mode, mode.token({**CLAIMS, **optional})) == Caller(
        user_id="alice", email="a@x", name="Alice", username="al", picture="https://p"
    )


def test_claims_that_are_optional_may_be_missing_or_nonsense(mode: Mode) -> None:
    assert who(mode, mode.token(CLAIMS)) == Caller(user_id="alice")
    assert who(mode, mode.token({**CLAIMS, "email": 1, "name": None, "picture": ""})) == Caller(
        user_id="alice"
    )


@pytest.mark.parametrize("seconds", [-3600, -31])
def test_a_token_that_has_expired_is_refused(mode: Mode, seconds: int) -> None:
    assert refused(mode, mode.token({**CLAIMS, "exp": int(time.time()) + seconds}))


def test_clocks_may_differ_by_half_a_minute(mode: Mode) -> None:
    now = int(time.time())
    for claims in ({"exp": now - 20}, {"nbf": now + 20}, {"iat": now + 20}):
        assert who(mode, mode.token({**CLAIMS, **claims})).user_id == "alice"


@pytest.mark.parametrize("name", ["nbf", "iat"])
def test_a_token_that_is_not_valid_yet_is_refused(mode: Mode, name: str) -> None:
    assert refused(mode, mode.token({**CLAIMS, name: int(time.time()) + 60}))


@pytest.mark.parametrize("name", ["exp", "sub", "iss", "aud"])
def test_a_token_that_lacks_what_it_must_say_is_refused(mode: Mode, name: str) -> None:
    assert refused(mode, mode.token({key: value for key, value in CLAIMS.items() if key != name}))


@pytest.mark.parametrize(
    "changes",
    [{"iss": "https://other"}, {"iss": "https://idp.example/"}, {"aud": "other"}, {"aud": ["other"]},
     {"aud": []}, {"exp": "soon"}, {"exp": None}, {"sub": ""}, {"sub": None}, {"sub": "a" * 256},
     {"sub": "ä" * 128}],
    ids=lambda changes: str(changes)[:30],
)  # fmt: skip
def test_a_token_that_says_something_else_is_refused(mode: Mode, changes: dict[str, Any]) -> None:
    assert refused(mode, mode.token({**CLAIMS, **changes}))


def test_a_user_id_that_is_not_text_is_refused(mode: Mode) -> None:
    for subject in (1, ["alice"], {"a": 1}, True):
        assert refused(mode, mode.token({**CLAIMS, "sub": subject}))


@pytest.mark.parametrize("subject", ["\ud800", "a\udfffb"])
def test_a_user_id_that_cannot_be_written_is_refused(mode: Mode, subject: str) -> None:
    assert refused(mode, mode.token({**CLAIMS, "sub": subject}))


@pytest.mark.parametrize("subject", ["a" * 255, "ä" * 127, "🎬" * 63, "auth0|65f", "a/b", "..", " "])
def test_a_user_id_may_be_any_text_of_255_bytes(mode: Mode, subject: str) -> None:
    assert who(mode, mode.token({**CLAIMS, "sub": subject})).user_id == subject


@pytest.mark.parametrize("moment", ["1e999", "-1e999", "NaN", "1e308", "99999999999999999999999999"])
def test_a_moment_beyond_all_bounds_is_no_failure_of_ours(mode: Mode, moment: str) -> None:
    known = json.dumps({name: value for name, value in CLAIMS.items() if name != "exp"})
    with suppress(Unauthenticated):
        who(mode, mode.signed(f'{known[:-1]}, "exp": {moment}}}'))


def test_an_audience_may_be_one_of_several(mode: Mode) -> None:
    assert who(mode, mode.token({**CLAIMS, "aud": ["other", "sluice"]})).user_id == "alice"


def test_a_token_without_a_signature_is_refused(mode: Mode) -> None:
    good = mode.token(CLAIMS)
    assert refused(mode, jwt.encode(CLAIMS, "", "none"))
    assert refused(mode, jwt.encode(CLAIMS, "", "none", headers={"kid": "RS256"}))
    assert refused(mode, good.rsplit(".", 1)[0])
    assert refused(mode, good.rsplit(".", 1)[0] + ".")


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_a_token_signed_with_another_secret_is_refused(mode: Mode, algorithm: str) -> None:
    assert refused(mode, jwt.encode(CLAIMS, "x" * 64, algorithm, headers={"kid": "RS256"}))


def _raw_hs256(key: bytes, header: dict[str, Any]) -> str:
    """As an attacker signs, who has no library that would object to the key."""

    def part(raw: bytes) -> bytes:
        return urlsafe_b64encode(raw).rstrip(b"=")

    text = part(json.dumps(header).encode()) + b"." + part(json.dumps(CLAIMS).encode())
    return (text + b"." + part(hmac.digest(key, text, "sha256"))).decode()


@pytest.mark.parametrize("form", ["pem", "der", "jwk"])
@pytest.mark.parametrize("algorithm", ["HS256", "RS256"])
def test_the_public_key_is_no_secret_to_sign_with(mode: Mode, form: str, algorithm: str) -> None:
    public = rsa_key().public_key()
    key = {
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "jwk": json.dumps(rsa_jwk("RS256")).encode(),
    }[form]
    assert refused(mode, _raw_hs256(key, {"alg": algorithm, "typ": "JWT", "kid": "RS256"}))


def test_another_key_with_the_right_id_is_refused(mode: Mode) -> None:
    assert refused(mode, jwt.encode(CLAIMS, rsa_key("other"), "RS256", headers={"kid": "RS256"}))
    assert refused(mode, jwt.encode(CLAIMS, ec_key("other"), "ES256", headers={"kid": "ES256"}))


@pytest.mark.parametrize("kid", [None, "unknown", "", "../../etc/passwd", "RS256 "])
def test_a_good_key_with_another_id_is_refused(keys_url: str, kid: str | None) -> None:
    pair = KeyPair(keys_url, rsa_key(), "RS256")
    headers = {"kid": kid} if kid is not None else None
    assert refused(pair, jwt.encode(CLAIMS, rsa_key(), "RS256", headers=headers))


@pytest.mark.parametrize("algorithm", ["RS512", "PS256"])
def test_another_algorithm_of_the_same_key_is_refused(keys_url: str, algorithm: str) -> None:
    pair = KeyPair(keys_url, rsa_key(), "RS256")
    assert refused(pair, jwt.encode(CLAIMS, rsa_key(), algorithm, headers={"kid": "RS256"}))


def test_a_key_that_the_token_brings_along_is_not_used(keys_url: str) -> None:
    pair = KeyPair(keys_url, rsa_key(), "RS256")
    brought = {"jwk": rsa_jwk("mine", "other"), "jku": keys_url, "kid": "mine"}
    assert refused(pair, jwt.encode(CLAIMS, rsa_key("other"), "RS256", headers=brought))


HEADERS = [
    {},
    {"authorization": ""},
    {"authorization": "Bearer"},
    {"authorization": "Bearer "},
    {"authorization": "{good}"},
    {"authorization": "Basic {good}"},
    {"authorization": "Bearer{good}"},
    {"authorization": "Bearer\t{good}"},
    {"authorization": "Bearer {good},Bearer {good}"},
    {"authorization": "Bearer {good} {good}"},
    {"authorization": "Bearer " + "a" * 20_000},
    {"authorization": "Bearer a.b.c"},
    {"authorization": "Bearer ä.ö.ü"},
    {"authorization": "Bearer \ud800"},
    {"authorization": "Bearer \x00"},
    {"x-authorization": "Bearer {good}"},
]


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: str(headers)[:50])
def test_a_header_that_holds_no_good_token_is_refused(mode: Mode, headers: dict[str, str]) -> None:
    good = mode.token(CLAIMS)
    with pytest.raises(Unauthenticated):
        authenticate({k: v.replace("{good}", good) for k, v in headers.items()}, lambda: mode.verifier)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer "])
def test_the_word_bearer_may_be_written_in_any_case(mode: Mode, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {mode.token(CLAIMS)}"}
    assert authenticate(headers, lambda: mode.verifier).user_id == "alice"


FUZZED = SharedSecret()
texts = st.text(max_size=80) | st.builds(".".join, st.lists(st.text(max_size=20), min_size=2, max_size=4))


@given(texts)
@example("\ud800")
@example("e30.e30.")
@example("..")
def test_whatever_comes_as_a_token_is_refused_and_nothing_else(token: str) -> None:
    assert refused(FUZZED, token)


@given(token=texts)
@example(token="\ud800")
@example(token="e30.e30.")
@example(token="eyJhbGciOiJub25lIiwia2lkIjoiUlMyNTYifQ.e30.")
def test_whatever_comes_as_a_token_for_a_key_set_is_refused_and_nothing_else(token: str) -> None:
    class NoKeys:
        def key(self, key_id: str) -> None:
            return None

    verifier = KeySetVerifier(NoKeys(), EXPECTED)
    with pytest.raises(Unauthenticated):
        authenticate({"authorization": f"Bearer {token}"}, lambda: verifier)


claims = st.dictionaries(
    st.sampled_from(["sub", "email", "name", "preferred_username", "picture"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=300) | st.lists(st.text(max_size=3)),
)


@given(claims)
def test_whatever_claims_say_a_caller_is_named_by_a_text(claims: dict[str, Any]) -> None:
    try:
        caller = caller_from(claims)
    except Unauthenticated:
        return
    assert 1 <= len(caller.user_id.encode()) <= 255


def test_a_secret_that_is_too_short_cannot_be_used_and_is_not_shown() -> None:
    with pytest.raises(ValueError, match="AUTH_JWT_SECRET") as refusal:
        SharedSecretVerifier("hunter2", Expected())
    assert "hunter2" not in str(refusal.value)
    SharedSecretVerifier("ä" * 16, Expected())


def test_what_is_not_expected_is_not_asked_for() -> None:
    verifier = SharedSecretVerifier(SECRET, Expected())
    token = jwt.encode({"sub": "alice", "exp": NOW + 60, "aud": "any", "iss": "any"}, SECRET, "HS256")
    assert authenticate({"authorization": f"Bearer {token}"}, lambda: verifier).user_id == "alice"
