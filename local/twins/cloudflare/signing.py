"""Signing keys and tokens made by Cloudflare itself."""

import time
from typing import Any

import jwt
from aiohttp import web

from local.twins.cloudflare.access import LONGEST_TOKEN_SECONDS, check_rules
from local.twins.cloudflare.envelope import BAD_REQUEST, answer, not_found, refuse
from local.twins.cloudflare.records import found
from local.twins.cloudflare.settings_of_video import iso
from local.twins.core import Core, core_of
from local.twins.keys import (
    as_base64_jwk,
    as_base64_pem,
    from_base64_pem,
    make_private_key,
    new_id,
    public_pem,
)
from local.twins.refusals import Doc, Refused, read_object
from local.twins.tokens import BadToken

KEYS = "/client/v4/accounts/{account}/stream/keys"
MOST_KEYS = 1000
OWN_KEY = "own"
routes = web.RouteTableDef()


@routes.post(KEYS)
async def create_key(request: web.Request) -> web.Response:
    """The only answer that ever holds the key, as PEM and as JWK, each in base64."""
    core = core_of(request)
    if core.store.count("key") >= MOST_KEYS:
        raise Refused(429, BAD_REQUEST, "There are too many keys.")
    key, key_id = make_private_key(), new_id(32).lower()
    kept = {"id": key_id, "created": iso(time.time()), "public": public_pem(key)}
    core.store.put("key", key_id, kept)
    private = {"pem": as_base64_pem(key), "jwk": as_base64_jwk(key, key_id)}
    return answer({"id": key_id, "created": kept["created"], **private})


@routes.get(KEYS)
async def list_keys(request: web.Request) -> web.Response:
    """All keys by id."""
    return answer(
        [{"id": one["id"], "created": one["created"]} for one in core_of(request).store.each("key")]
    )


@routes.delete(KEYS + "/{id}")
async def delete_key(request: web.Request) -> web.Response:
    """Revoke a key and every token that it signed."""
    if not core_of(request).store.remove("key", request.match_info["id"]):
        raise not_found("key")
    return answer("Revoked")


@routes.post("/client/v4/accounts/{account}/stream/{uid:[0-9a-f]{32}}/token")
async def create_token(request: web.Request) -> web.Response:
    """A token for one video; ``exp`` and ``nbf`` are texts in it, as in the real service's."""
    core, body = core_of(request), await read_object(request, kind=BAD_REQUEST)
    video, now = found(core, request.match_info["uid"]), int(time.time())
    expires, begins = body.get("exp", now + 3600), body.get("nbf", now - 3600)
    if not isinstance(expires, int) or not isinstance(begins, int) or expires > now + LONGEST_TOKEN_SECONDS:
        raise refuse("exp must be within a day, nbf a time.")
    if ("id" in body) != ("pem" in body):
        raise refuse("id and pem belong together.")
    key_id, pem = (body["id"], body["pem"]) if "id" in body else _own_key(core)
    claims: dict[str, Any] = {"sub": video["uid"], "kid": key_id, "exp": str(expires), "nbf": str(begins)}
    claims |= {name: body[name] for name in ("downloadable", "accessRules", "flags") if name in body}
    try:
        check_rules(claims.get("accessRules", []), "", "")
        key = from_base64_pem(pem)
    except (ValueError, BadToken):
        raise refuse("The rules or the key cannot be used.") from None
    return answer({"token": jwt.encode(claims, key, algorithm="RS256", headers={"kid": key_id})})


def _own_key(core: Core) -> tuple[str, str]:
    """The key that the service itself signs with; made once, not among the account's."""
    kept = core.store.get("own_key", OWN_KEY)
    if kept is None:
        key = make_private_key()
        kept = {"id": new_id(32).lower(), "pem": as_base64_pem(key), "public": public_pem(key)}
        core.store.put("own_key", OWN_KEY, kept)
    return str(kept["id"]), str(kept["pem"])


def own_public(core: Core) -> Doc | None:
    """The service's own key, if it was ever used."""
    return core.store.get("own_key", OWN_KEY)
