"""Mux's direct uploads: /video/v1/uploads. An upload waits for one file, or is cancelled, or times out
silently.
"""

import time
from itertools import islice
from typing import Any

from aiohttp import web

from local.twins.core import Core, core_of
from local.twins.keys import new_id
from local.twins.mux.events import emit
from local.twins.mux.fields import INVALID, asset_settings, refuse
from local.twins.mux.views import upload_view
from local.twins.refusals import Doc, Refused, page_of, read_object

SHORTEST, DEFAULT, LONGEST = 60, 3600, 604_800  # seconds an upload may wait
routes = web.RouteTableDef()


@routes.post("/video/v1/uploads")
async def create(request: web.Request) -> web.Response:
    """201 with the address to send the file to. No asset exists until the file is whole."""
    core = core_of(request)
    body = await read_object(request, kind=INVALID)
    if body.get("cors_origin") is not None and not isinstance(body["cors_origin"], str):
        raise refuse("cors_origin must be text.")
    key = new_id(40)
    upload: Doc = {
        "id": new_id(44),
        "key": key,
        "url": f"{core.public_url}/upload/{key}?upload_id={new_id(24)}",
        "timeout": _timeout(body.get("timeout", DEFAULT)),
        "status": "waiting",
        "cors_origin": body.get("cors_origin"),
        "test": bool(body.get("test", False)),
        "new_asset_settings": asset_settings(body.get("new_asset_settings") or {}),
    }
    upload["expires_at"] = time.time() + upload["timeout"]
    core.store.put("upload", upload["id"], upload)
    core.store.put("upload_key", key, {"upload_id": upload["id"]})
    emit(core, "video.upload.created", upload_view(upload, webhook=True), once="")
    return web.json_response({"data": upload_view(upload)}, status=201)


@routes.get("/video/v1/uploads")
async def list_(request: web.Request) -> web.Response:
    """Newest first, by pages."""
    core = core_of(request)
    limit, offset = page_of(request, kind=INVALID, default=25, largest=100)
    shown = [
        upload_view(timed_out(core, one)) for one in islice(core.store.each("upload"), offset, offset + limit)
    ]
    return web.json_response({"data": shown})


@routes.get("/video/v1/uploads/{id}")
async def get(request: web.Request) -> web.Response:
    """One upload; the only place where a time-out shows."""
    return web.json_response({"data": upload_view(_upload(request))})


@routes.put("/video/v1/uploads/{id}/cancel")
async def cancel(request: web.Request) -> web.Response:
    """200 while it waits, 403 afterwards."""
    core, upload = core_of(request), _upload(request)
    if upload["status"] != "waiting":
        raise Refused(403, "forbidden", "Only an upload that is waiting can be cancelled.")
    upload["status"] = "cancelled"
    core.store.put("upload", upload["id"], upload)
    core.forget(f"upload-{upload['id']}")
    emit(core, "video.upload.cancelled", upload_view(upload, webhook=True), once="")
    return web.json_response({"data": upload_view(upload)})


def timed_out(core: Core, upload: Doc) -> Doc:
    """The upload as it is now: one that waited too long has timed out, and nobody is told."""
    if upload["status"] == "waiting" and upload["expires_at"] <= time.time():
        upload["status"] = "timed_out"
        core.store.put("upload", upload["id"], upload)
        core.forget(f"upload-{upload['id']}")
    return upload


def _upload(request: web.Request) -> Doc:
    core = core_of(request)
    upload = core.store.get("upload", request.match_info["id"])
    if upload is None:
        raise Refused(404, "not_found", "There is no such upload.")
    return timed_out(core, upload)


def _timeout(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not SHORTEST <= given <= LONGEST:
        raise refuse(f"timeout must be {SHORTEST} to {LONGEST} seconds.")
    return given
