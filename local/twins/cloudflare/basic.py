"""Basic direct uploads: an address for one form POST of at most 200 MB."""

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

from local.twins.cloudflare import lifecycle
from local.twins.cloudflare.envelope import BAD_REQUEST, NOT_A_VIDEO, answer, refuse
from local.twins.cloudflare.records import found, new_video
from local.twins.cloudflare.settings_of_video import checked, creator, expiry
from local.twins.core import core_of
from local.twins.keys import new_id
from local.twins.media import NotPlayable
from local.twins.refusals import Refused, read_object

LARGEST_BYTES = 200_000_000
FORM_OVERHEAD_BYTES = 64 * 1024
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "*",
}
routes = web.RouteTableDef()


@routes.post("/client/v4/accounts/{account}/stream/direct_upload")
async def create(request: web.Request) -> web.Response:
    """The video's uid at once, and where to send the file."""
    core, body = core_of(request), await read_object(request, kind=BAD_REQUEST)
    if "maxDurationSeconds" not in body:
        raise refuse("maxDurationSeconds is required.")
    settings: dict[str, Any] = checked(body)
    if "Upload-Creator" in request.headers:
        settings["creator"] = creator(request.headers["Upload-Creator"])
    video = new_video(core, settings, state="pendingupload", expires_at=expiry(body.get("expiry")))
    key = new_id(32)
    core.store.put("upload_key", key, {"uid": video["uid"]})
    shown = {"uid": video["uid"], "uploadURL": f"{core.public_url}/upload/{key}"}
    extra = {name: video[name] for name in ("scheduledDeletion", "watermark") if video[name]}
    return answer({**shown, **extra})


@routes.options("/upload/{key}")
async def preflight(_: web.Request) -> web.Response:
    """Any page may send."""
    return web.Response(headers=CORS)


@routes.post("/upload/{key}")
async def receive(request: web.Request) -> web.Response:
    """The form with the field ``file``; good for one use."""
    core = core_of(request)
    known = core.store.get("upload_key", request.match_info["key"])
    if known is None or core.store.get("video", known["uid"]) is None:
        raise Refused(404, BAD_REQUEST, "There is no such upload.", CORS)
    video = found(core, known["uid"])
    if video["status"]["state"] != "pendingupload" or video["expires_at"] <= time.time():
        raise Refused(400, BAD_REQUEST, "This address has been used or has expired.", CORS)
    if (request.content_length or 0) > LARGEST_BYTES + FORM_OVERHEAD_BYTES:
        raise Refused(413, BAD_REQUEST, "The file is too large for a basic upload.", CORS)
    draft = core.source(video["uid"]).with_name(f"draft-{new_id(8)}")
    try:
        await _save(request, draft)
        await core.media.probe(draft)
        if found(core, video["uid"])["status"]["state"] != "pendingupload":
            raise Refused(400, BAD_REQUEST, "This address has been used.", CORS)
        draft.replace(core.source(video["uid"]))
    except NotPlayable:
        raise Refused(400, NOT_A_VIDEO, "The file is not a video.", CORS) from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    lifecycle.received(core, video["uid"])
    return web.Response(headers=CORS)


async def _save(request: web.Request, target: Path) -> None:
    if not request.content_type.startswith("multipart/form-data"):
        raise Refused(400, BAD_REQUEST, "Send multipart/form-data.", CORS)
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                await _write(part, target)
                return
    except (ValueError, AssertionError):
        raise Refused(400, BAD_REQUEST, "The form cannot be read.", CORS) from None
    raise Refused(400, BAD_REQUEST, "The form has no field named file.", CORS)


async def _write(part: BodyPartReader, target: Path) -> None:
    with target.open("wb") as file:
        while chunk := await part.read_chunk(256 * 1024):
            file.write(chunk)
            if file.tell() > LARGEST_BYTES:
                raise Refused(413, BAD_REQUEST, "The file is too large for a basic upload.", CORS)
