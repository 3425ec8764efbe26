"""Local bearer tokens."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from sluice.edge.auth import Expected, SharedSecretVerifier

from local.tokens import LONGEST_NAME, BadName, mint_token

SECRET = "a secret of at least thirty-two bytes"


def test_a_name_is_always_the_same_user() -> None:
    now = datetime.now(UTC)
    first = jwt.decode(mint_token("Alice ", secret=SECRET, now=now), SECRET, algorithms=["HS256"])
    assert first == {
        "sub": "local-alice",
        "name": "Alice",
        "preferred_username": "alice",
        "email": "alice@localhost.localdomain",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(hours=12)).timestamp()),
    }


def test_the_functions_take_it() -> None:
    claims = {"iss": "me", "aud": "us"}
    token = mint_token("bob.the-builder_2", secret=SECRET, now=datetime.now(UTC), claims=claims)
    seen = SharedSecretVerifier(SECRET, Expected(issuer="me", audience="us")).claims(token)
    assert (seen["sub"], seen["name"]) == ("local-bob.the-builder_2", "Bob The Builder 2")


@pytest.mark.parametrize(
    "name", ["", " ", "al ice", "a/b", "..", "a..b", "-a", "älice", "a" * (LONGEST_NAME + 1)]
)
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(BadName, match="A name has"):
        mint_token(name, secret=SECRET, now=datetime.now(UTC))
