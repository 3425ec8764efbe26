"""Resumable uploads: tus 1.0.0 with creation. The settings come with the creating request and never again."""

import time

from aiohttp import web

from local.twins.cloudflare import lifecycle
from local.twins.cloudflare.envelope import BAD_REQUEST
from local.twins.cloudflare.records import found, new_video
from local.twins.cloudflare.settings_of_video import checked, creator, expiry, from_metadata
from local.twins.core import core_of
from local.twins.keys import new_id
from local.twins.receiving import TURNS, append, size_of
from local.twins.refusals import Doc, Refused

VERSION = "1.0.0"
LARGEST_FILE = 30_000_000_000
GRAIN, SMALLEST_PIECE, LARGEST_PIECE = 262_144, 5_242_880, 209_715_200
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "HEAD, PATCH, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Expose-Headers": "Location, Upload-Offset, Upload-Length, Tus-Resumable, stream-media-id",
}
COMMON = {"Tus-Resumable": VERSION, **CORS}
routes = web.RouteTableDef()


@routes.post("/client/v4/accounts/{account}/stream")
async def create(request: web.Request) -> web.Response:
    """201 with ``Location`` and ``stream-media-id``; the address does not hold the uid."""
    core = core_of(request)
    _check_version(request)
    length = request.headers.get("Upload-Length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 15 and int(length) > 0):
        raise _refuse(400, "Upload-Length must be the file's size in bytes.")
    if int(length) > LARGEST_FILE:
        raise _refuse(413, "The file is too large.")
    given = from_metadata(request.headers.get("Upload-Metadata", ""))
    settings = checked(given)
    if "Upload-Creator" in request.headers:
        settings["creator"] = creator(request.headers["Upload-Creator"])
    video = new_video(core, settings, state="pendingupload", expires_at=expiry(given.get("expiry")))
    core.store.put("video", video["uid"], {**video, "length": int(length)})
    key = new_id(32)
    core.store.put("upload_key", key, {"uid": video["uid"]})
    location = f"{core.public_url}/tus/{key}?tusv2=true"
    return web.Response(status=201, headers={**COMMON, "Location": location, "stream-media-id": video["uid"]})


@routes.options("/tus/{key}")
async def options(_: web.Request) -> web.Response:
    """What is spoken here."""
    return web.Response(
        status=204, headers={**COMMON, "Tus-Version": VERSION, "Tus-Extension": "creation,expiration"}
    )


@routes.head("/tus/{key}")
async def head(request: web.Request) -> web.Response:
    """How much has arrived."""
    video = _video(request)
    have = size_of(core_of(request).source(video["uid"]))
    headers = {
        **COMMON,
        "Upload-Offset": str(have),
        "Upload-Length": str(video["length"]),
        "Cache-Control": "no-store",
    }
    return web.Response(headers=headers)


@routes.patch("/tus/{key}")
async def patch(request: web.Request) -> web.Response:
    """A piece at the offset where the last one ended."""
    uid = _video(request)["uid"]
    async with request.config_dict[TURNS].turn(uid, request):
        return await _append(request)


async def _append(request: web.Request) -> web.Response:
    core, video = core_of(request), _video(request)
    _check_version(request)
    path, length = core.source(video["uid"]), video["length"]
    have = size_of(path)
    if request.content_type != "application/offset+octet-stream":
        raise _refuse(415, "Send application/offset+octet-stream.")
    if request.headers.get("Upload-Offset") != str(have):
        raise _refuse(409, "Upload-Offset is not where this upload stands.")
    _check_piece(request.content_length, have, length)
    faults = {fault.kind: fault for fault in core.faults.draw("receive", f"offset {have}")}
    most = length - have
    if "break" in faults:
        most = min(most, int(faults["break"].value("keep", (request.content_length or most) // 2)))
    await append(request, path, most=most)
    have = size_of(path)
    if "break" in faults:
        raise _refuse(500, "Something went wrong on our side.")
    if have == length and video["status"]["state"] == "pendingupload":
        lifecycle.received(core, video["uid"])
    return web.Response(status=204, headers={**COMMON, "Upload-Offset": str(have)})


def _check_piece(size: int | None, have: int, length: int) -> None:
    if size is None:
        return  # sent without a length: judged by what arrives
    last = have + size == length
    if have + size > length:
        raise _refuse(400, "The piece goes beyond Upload-Length.")
    if size > LARGEST_PIECE:
        raise _refuse(413, "The piece is too large.")
    if not last and size < SMALLEST_PIECE:
        raise _refuse(400, f"Every piece but the last must have at least {SMALLEST_PIECE} bytes.")
    if not last and size % GRAIN:
        raise _refuse(400, f"Every piece but the last must be a multiple of {GRAIN} bytes.")


def _video(request: web.Request) -> Doc:
    core = core_of(request)
    known = core.store.get("upload_key", request.match_info["key"])
    if known is None or core.store.get("video", known["uid"]) is None:
        raise _refuse(404, "There is no such upload.")
    video = found(core, known["uid"])
    if video["status"]["state"] == "pendingupload" and video["expires_at"] <= time.time():
        raise _refuse(410, "This upload has expired.")
    return video


def _check_version(request: web.Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refused(412, BAD_REQUEST, "Tus-Resumable must be 1.0.0.", {**COMMON, "Tus-Version": VERSION})


def _refuse(status: int, message: str) -> Refused:
    return Refused(status, BAD_REQUEST, message, COMMON)
