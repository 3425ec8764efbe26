"""What belongs to a Mux environment: signing keys, webhook endpoints, playback restrictions."""

import time
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from local.twins.core import Core, core_of
from local.twins.keys import as_base64_pem, make_private_key, new_id, public_pem
from local.twins.mux.events import add_endpoint
from local.twins.mux.fields import INVALID, refuse
from local.twins.refusals import Doc, Refused, read_object

routes = web.RouteTableDef()


@routes.post("/{area:system|video}/v1/signing-keys")
async def create_key(request: web.Request) -> web.Response:
    """201; the only answer that ever holds the private key."""
    key, key_id = make_private_key(), new_id(32)
    kept = {"id": key_id, "created_at": str(int(time.time())), "public": public_pem(key)}
    core_of(request).store.put("key", key_id, kept)
    return web.json_response({"data": _key(kept) | {"private_key": as_base64_pem(key)}}, status=201)


@routes.get("/{area:system|video}/v1/signing-keys")
async def list_keys(request: web.Request) -> web.Response:
    """All keys without their private halves."""
    return web.json_response({"data": [_key(one) for one in core_of(request).store.each("key")]})


@routes.get("/{area:system|video}/v1/signing-keys/{id}")
async def get_key(request: web.Request) -> web.Response:
    """One key without its private half."""
    return web.json_response({"data": _key(_found(request, "key"))})


@routes.delete("/{area:system|video}/v1/signing-keys/{id}")
async def delete_key(request: web.Request) -> web.Response:
    """204; every token that it signed stops to work."""
    return _removed(request, "key")


@routes.post("/system/v1/webhooks")
async def create_webhook(request: web.Request) -> web.Response:
    """201 with the signing secret, which is never shown again."""
    core, body = core_of(request), await read_object(request, kind=INVALID)
    address = _address(core, body)
    return web.json_response({"data": add_endpoint(core, address)}, status=201)


@routes.get("/system/v1/webhooks")
async def list_webhooks(request: web.Request) -> web.Response:
    """All endpoints."""
    return web.json_response({"data": [_webhook(one) for one in core_of(request).store.each("webhook")]})


@routes.get("/system/v1/webhooks/{id}")
async def get_webhook(request: web.Request) -> web.Response:
    """One endpoint."""
    return web.json_response({"data": _webhook(_found(request, "webhook"))})


@routes.patch("/system/v1/webhooks/{id}")
async def update_webhook(request: web.Request) -> web.Response:
    """Its address, or whether it is on."""
    core, body = core_of(request), await read_object(request, kind=INVALID)
    endpoint = _found(request, "webhook")
    if "address" in body:
        endpoint["address"] = _address(core, body)
    if "enabled" in body:
        endpoint["enabled"] = bool(body["enabled"])
    core.store.put("webhook", endpoint["id"], endpoint)
    return web.json_response({"data": _webhook(endpoint)})


@routes.delete("/system/v1/webhooks/{id}")
async def delete_webhook(request: web.Request) -> web.Response:
    """204; what was on its way there is not sent any more."""
    return _removed(request, "webhook")


@routes.post("/video/v1/playback-restrictions")
async def create_restriction(request: web.Request) -> web.Response:
    """201; it holds for the tokens that name it."""
    body = await read_object(request, kind=INVALID)
    now = str(int(time.time()))
    made: Doc = {"id": new_id(44), "created_at": now, "updated_at": now}
    made |= {
        "referrer": _referrer(body.get("referrer", {})),
        "user_agent": _agent(body.get("user_agent", {})),
    }
    core_of(request).store.put("restriction", made["id"], made)
    return web.json_response({"data": made}, status=201)


@routes.get("/video/v1/playback-restrictions")
async def list_restrictions(request: web.Request) -> web.Response:
    """All restrictions."""
    return web.json_response({"data": list(core_of(request).store.each("restriction"))})


@routes.get("/video/v1/playback-restrictions/{id}")
async def get_restriction(request: web.Request) -> web.Response:
    """One restriction."""
    return web.json_response({"data": _found(request, "restriction")})


@routes.put("/video/v1/playback-restrictions/{id}/{part:referrer|user_agent}")
async def update_restriction(request: web.Request) -> web.Response:
    """Replace one half of it."""
    body, restriction = await read_object(request, kind=INVALID), _found(request, "restriction")
    part = request.match_info["part"]
    restriction[part] = _referrer(body) if part == "referrer" else _agent(body)
    core_of(request).store.put("restriction", restriction["id"], restriction)
    return web.json_response({"data": restriction})


@routes.delete("/video/v1/playback-restrictions/{id}")
async def delete_restriction(request: web.Request) -> web.Response:
    """204."""
    return _removed(request, "restriction")


def _found(request: web.Request, kind: str) -> Doc:
    found = core_of(request).store.get(kind, request.match_info["id"])
    if found is None:
        raise Refused(404, "not_found", f"There is no such {kind}.")
    return found


def _removed(request: web.Request, kind: str) -> web.Response:
    _found(request, kind)
    core_of(request).store.remove(kind, request.match_info["id"])
    return web.Response(status=204)


def _key(key: Doc) -> Doc:
    return {name: key[name] for name in ("id", "created_at")}


def _webhook(endpoint: Doc) -> Doc:
    return {name: value for name, value in endpoint.items() if name != "signing_secret"}


def _address(core: Core, body: Doc) -> str:
    address = body.get("address")
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        raise refuse("address must be a URL.")
    if any(one["address"] == address for one in core.store.each("webhook")):
        raise refuse("There is an endpoint with this address.")
    return address


def _referrer(given: Any) -> Doc:
    domains = given.get("allowed_domains", []) if isinstance(given, dict) else None
    if not isinstance(domains, Iterable) or isinstance(domains, str) or len(list(domains)) > 10:
        raise refuse("allowed_domains must list at most 10 domains.")
    return {
        "allowed_domains": list(domains),
        "allow_no_referrer": bool(given.get("allow_no_referrer", False)),
    }


def _agent(given: Any) -> Doc:
    if not isinstance(given, dict):
        raise refuse("user_agent must be an object.")
    return {
        name: bool(given.get(name, True)) for name in ("allow_no_user_agent", "allow_high_risk_user_agent")
    }
