"""Every route and everybody (S1, S2): what is not listed as open to somebody is closed to them."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime

import jwt
import pytest
from sluice.adapters.ids import new_video_id
from sluice.edge.http import Access

from tests.builders import make_video
from tests.deployment import SECRET, Deployment, token_for
from tests.events import answer_of
from tests.functions.doors import (
    APIS,
    KEYED,
    OF_THE_DELETED,
    PUBLIC,
    ROUTES,
    VIEWABLE,
    a_video,
    claims_of,
    guarded,
    knock,
    of_a_video,
    signed_with_the_public_key,
    untouched,
)
from tests.key_server import rsa_key
from tests.template_file import http_routes


def test_every_route_of_the_template_is_looked_at_here() -> None:
    assert {key for key, folder in http_routes().items() if folder in APIS} == set(ROUTES)
    assert set(http_routes().values()) <= set(APIS), "a function whose routes nobody looks at"


def test_the_routes_that_are_open_are_the_ones_that_are_meant_to_be() -> None:
    assert {key for key, (_, route) in ROUTES.items() if route.access is Access.PUBLIC} == PUBLIC
    assert {key for key, (_, route) in ROUTES.items() if route.access is Access.OPTIONAL} == VIEWABLE
    assert {key for key, (_, route) in ROUTES.items() if route.access is Access.KEYED} == KEYED


@guarded
def test_nobody_gets_in_without_a_token(deployed: Deployment, user: str, key: str) -> None:
    video = a_video(deployed, user)
    reply = knock(key, None, video)
    assert (reply["statusCode"], reply["headers"]["www-authenticate"]) == (401, "Bearer")
    assert untouched(deployed, video)


@of_a_video
@pytest.mark.parametrize("visibility", ["private", "public"])
@pytest.mark.parametrize("status", ["uploading", "ready"])
def test_nobody_gets_at_anothers_video(
    deployed: Deployment, user: str, key: str, visibility: str, status: str
) -> None:
    video = a_video(deployed, user, status, visibility=visibility, protocol="multipart")
    reply = knock(key, token_for(f"{user}-other"), video)
    if visibility == "public" and key in VIEWABLE:
        assert reply["statusCode"] in {200, 409}
    else:
        assert (reply["statusCode"], answer_of(reply)["code"]) == (403, "forbidden")
    assert untouched(deployed, video)


@of_a_video
def test_the_owner_gets_in(deployed: Deployment, user: str, key: str) -> None:
    video = a_video(deployed, user)
    assert knock(key, token_for(user), video)["statusCode"] not in {401, 403, 404, 500}


@of_a_video
@pytest.mark.parametrize("status", ["deleted", None])
def test_what_is_deleted_or_never_was_is_the_same_to_everybody(
    deployed: Deployment, user: str, key: str, status: str | None
) -> None:
    video = (
        a_video(deployed, user, status) if status else make_video(video_id=new_video_id(datetime.now(UTC)))
    )
    # Its owner alone is told what became of what they deleted.
    owner = [] if status and key in OF_THE_DELETED else [user]
    for who in (*owner, f"{user}-other"):
        reply = knock(key, token_for(who), video)
        assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "video_not_found")


def _tampered(user: str) -> str:
    """Somebody else's good token whose user is replaced."""
    header, _, signature = token_for("mallory").split(".")
    payload = urlsafe_b64encode(json.dumps(claims_of(user)).encode()).rstrip(b"=").decode()
    return f"{header}.{payload}.{signature}"


FORGED: dict[str, Callable[[str], str]] = {
    "another secret": lambda user: jwt.encode(claims_of(user), "x" * 40, "HS256"),
    "tampered": _tampered,
    "no signature": lambda user: jwt.encode(claims_of(user), "", "none"),
    "signature cut off": lambda user: token_for(user).rsplit(".", 1)[0] + ".",
    "expired": lambda user: token_for(user, exp=int(time.time()) - 31),
    "not yet valid": lambda user: token_for(user, nbf=int(time.time()) + 60),
    "no end": lambda user: jwt.encode({"sub": user}, SECRET, "HS256"),
    "no user": lambda _user: jwt.encode({"exp": int(time.time()) + 600}, SECRET, "HS256"),
    "another algorithm": lambda user: jwt.encode(claims_of(user), SECRET + "x" * 64, "HS512"),
    "public key as secret": signed_with_the_public_key,
    "asymmetric": lambda user: jwt.encode(claims_of(user), rsa_key(), "RS256", headers={"kid": "rsa"}),
    "nonsense": lambda _user: "x",
}


@guarded
@pytest.mark.parametrize("forgery", FORGED)
def test_no_forged_token_gets_in_where_a_secret_signs(
    deployed: Deployment, user: str, key: str, forgery: str
) -> None:
    video = a_video(deployed, user)
    assert knock(key, FORGED[forgery](user), video)["statusCode"] == 401
    assert untouched(deployed, video)
