"""Every route where an identity provider's key set says who is who (S2)."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest

from tests.deployment import Deployment, running, token_for
from tests.functions.doors import (
    a_video,
    claims_of,
    guarded,
    knock,
    of_a_video,
    signed_with_the_public_key,
    untouched,
)
from tests.key_server import ec_jwk, key_server, rsa_jwk, rsa_key

EXPECTED = {"AUTH_SECRET_ARN": "", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"}


@pytest.fixture(scope="module")
def deployed(made: Deployment) -> Iterator[Deployment]:
    with (
        key_server(rsa_jwk("rsa"), ec_jwk("ec")) as keys,
        running(made, **EXPECTED, AUTH_JWKS_URL=keys.url) as deployment,
    ):
        yield deployment


def _rsa(user: str, key: str = "one", kid: str | None = "rsa", **changes: Any) -> str:
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(claims_of(user, **changes), rsa_key(key), "RS256", headers=headers)


FORGED: dict[str, Callable[[str], str]] = {
    "public key as secret": signed_with_the_public_key,
    "no signature": lambda user: jwt.encode(claims_of(user), "", "none", headers={"kid": "rsa"}),
    "shared secret": token_for,
    "another key": lambda user: _rsa(user, "other"),
    "another key id": lambda user: _rsa(user, kid="unknown"),
    "no key id": lambda user: _rsa(user, kid=None),
    "the id of another kind of key": lambda user: _rsa(user, kid="ec"),
    "another issuer": lambda user: _rsa(user, iss="other"),
    "another audience": lambda user: _rsa(user, aud="other"),
    "expired": lambda user: _rsa(user, exp=int(time.time()) - 31),
}


@guarded
@pytest.mark.parametrize("forgery", FORGED)
def test_no_forged_token_gets_in(deployed: Deployment, user: str, key: str, forgery: str) -> None:
    video = a_video(deployed, user)
    assert knock(key, FORGED[forgery](user), video)["statusCode"] == 401
    assert untouched(deployed, video)


@of_a_video
def test_the_owner_gets_in(deployed: Deployment, user: str, key: str) -> None:
    video = a_video(deployed, user)
    assert knock(key, _rsa(user), video)["statusCode"] not in {401, 403, 404, 500}


def test_keys_that_cannot_be_had_are_our_trouble_and_not_the_callers(made: Deployment, user: str) -> None:
    video = a_video(made, user)
    with running(made, **EXPECTED, AUTH_JWKS_URL="http://127.0.0.1:9/jwks"):
        assert knock("GET /api/videos", _rsa(user), video)["statusCode"] == 503
