"""Public keys are asked for seldom, whatever comes in, and kept when they cannot be had."""

import socket
from collections.abc import Iterator

import pytest
from sluice.adapters.jwks import KeySet
from sluice.domain.errors import Unavailable

from tests.key_server import KeyServer, ec_jwk, key_server, rsa_jwk


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def provider() -> Iterator[KeyServer]:
    with key_server(rsa_jwk("rsa-1"), ec_jwk("ec-1")) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(provider: KeyServer, clock: Clock) -> KeySet:
    return KeySet(provider.url, clock)


def test_keys_are_found_by_their_ids(keys: KeySet) -> None:
    for key_id, algorithm in (("rsa-1", "RS256"), ("ec-1", "ES256")):
        key = keys.key(key_id)
        assert key is not None
        assert key.algorithm_name == algorithm


def test_keys_are_asked_for_once_in_ten_minutes(keys: KeySet, provider: KeyServer, clock: Clock) -> None:
    for seconds in (0, 1, 599):
        clock.seconds = 1000 + seconds
        assert keys.key("rsa-1")
    assert provider.asked == 1
    clock.seconds = 1601
    assert keys.key("rsa-1")
    assert provider.asked == 2


def test_a_flood_of_unknown_ids_asks_at_most_once_in_half_a_minute(
    keys: KeySet, provider: KeyServer, clock: Clock
) -> None:
    for n in range(900):
        clock.seconds = 1000 + n / 10  # ninety seconds
        assert keys.key(f"made-up-{n}") is None
    assert provider.asked <= 3


def test_a_new_key_is_found_when_the_half_minute_is_over(
    keys: KeySet, provider: KeyServer, clock: Clock
) -> None:
    assert keys.key("rsa-1")
    provider.holds(rsa_jwk("rsa-2", "two"))
    clock.seconds += 31
    assert keys.key("rsa-2")
    assert keys.key("rsa-1") is None


def test_keys_that_were_good_are_kept_while_no_others_can_be_had(
    keys: KeySet, provider: KeyServer, clock: Clock
) -> None:
    assert keys.key("rsa-1")
    provider.status = 500
    clock.seconds += 601
    assert keys.key("rsa-1")
    assert keys.key("rsa-1")
    assert provider.asked == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (404, b"not found"),
        (302, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"\xff\xfe"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"keys": []}'),
        (200, b'{"keys": {}}'),
        (200, b'{"keys": [1, null, {}]}'),
        (200, b'{"keys": [{"kty": "RSA", "kid": "x", "use": "sig"}]}'),
    ],
)
def test_a_provider_that_answers_nothing_of_use_is_unavailable(
    keys: KeySet, provider: KeyServer, status: int, body: bytes
) -> None:
    provider.status, provider.body = status, body
    with pytest.raises(Unavailable):
        keys.key("rsa-1")


def test_a_provider_that_cannot_be_reached_is_unavailable_until_it_can(
    keys: KeySet, provider: KeyServer, clock: Clock
) -> None:
    provider.status = 503
    with pytest.raises(Unavailable):
        keys.key("rsa-1")
    provider.status = 200
    clock.seconds += 5
    assert keys.key("rsa-1")


def test_a_provider_that_is_down_is_not_flooded_either(
    keys: KeySet, provider: KeyServer, clock: Clock
) -> None:
    provider.status = 503
    for n in range(100):
        clock.seconds = 1000 + n / 100  # one second
        with pytest.raises(Unavailable):
            keys.key("rsa-1")
    assert provider.asked == 1


def test_a_port_on_which_nobody_listens_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable):
            KeySet(f"http://127.0.0.1:{taken.getsockname()[1]}/jwks").key("rsa-1")


@pytest.mark.parametrize(
    "unusable",
    [rsa_jwk("x", use="enc"), {"kty": "oct", "kid": "x", "k": "c2VjcmV0"}, {"kty": "new", "kid": "x"}],
)
def test_keys_that_do_not_sign_tokens_are_left_out(
    keys: KeySet, provider: KeyServer, unusable: dict[str, str]
) -> None:
    provider.holds(unusable, rsa_jwk("rsa-1"))
    assert keys.key("rsa-1")
    assert keys.key("x") is None
