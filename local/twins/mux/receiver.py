"""Where Mux takes the file: one PUT, or pieces with Content-Range, which is Google's resumable protocol.

308 with ``Range`` says how much has arrived, 308 without it that nothing has; 200 that the file is whole.
"""

import re

from aiohttp import web

from local.twins.core import Core, core_of
from local.twins.faults import Fault
from local.twins.mux import lifecycle
from local.twins.mux.events import emit
from local.twins.mux.uploads import timed_out
from local.twins.mux.views import upload_view
from local.twins.receiving import TURNS, append, size_of
from local.twins.refusals import Doc

GRAIN = 262_144  # every piece but the last is a multiple of it
_PIECE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")
_QUESTION = re.compile(r"bytes \*/(\d{1,15}|\*)")
routes = web.RouteTableDef()


@routes.options("/upload/{key}")
async def preflight(request: web.Request) -> web.Response:
    """Allowed for the upload's `cors_origin` only."""
    upload = _upload(request)
    allowed = {} if upload is None else _cors(request, upload)
    if allowed:
        allowed |= {
            "Access-Control-Allow-Methods": "PUT",
            "Access-Control-Allow-Headers": "content-type, content-range",
        }
    return web.Response(status=200 if allowed else 403, headers=allowed)


@routes.put("/upload/{key}")
async def put(request: web.Request) -> web.Response:
    """A whole file, a piece of one, or the question how much has arrived."""
    found = _upload(request)
    if found is None:
        return web.Response(status=404, text="There is no such upload.")
    if _QUESTION.fullmatch(request.headers.get("Content-Range", "")):
        response = await _receive(request, found)  # a question waits for nobody
        response.headers.extend(_cors(request, found))
        return response
    async with request.config_dict[TURNS].turn(found["id"], request):
        upload = _upload(request)  # it may have ended while we waited
        if upload is None:
            return web.Response(status=404, text="There is no such upload.")
        response = await _receive(request, upload)
    response.headers.extend(_cors(request, upload))
    return response


async def _receive(request: web.Request, upload: Doc) -> web.Response:
    core, given = core_of(request), request.headers.get("Content-Range")
    if upload["status"] in {"cancelled", "timed_out"}:
        return web.Response(status=410, text="This upload takes no file any more.")
    if upload["status"] != "waiting":
        return web.Response(status=200)  # whole already: repeating the last piece is harmless
    path = core.source(f"upload-{upload['id']}")
    if given is None:
        path.unlink(missing_ok=True)
        await append(request, path)
        return _whole(core, upload)
    if question := _QUESTION.fullmatch(given):
        return (
            _whole(core, upload)
            if question[1] == str(size_of(path)) and size_of(path)
            else _so_far(size_of(path))
        )
    piece = _PIECE.fullmatch(given)
    return (
        web.Response(status=400, text="Content-Range cannot be read.")
        if piece is None
        else await _piece(request, upload, piece)
    )


async def _piece(request: web.Request, upload: Doc, piece: re.Match[str]) -> web.Response:
    core = core_of(request)
    path = core.source(f"upload-{upload['id']}")
    first, last, have = int(piece[1]), int(piece[2]), size_of(path)
    total = None if piece[3] == "*" else int(piece[3])
    length = last - first + 1
    problem = _problem(request, upload, length=length, last=last, total=total)
    if problem:
        return web.Response(status=400, text=problem)
    if first > have:  # as Google's upload server answers it
        return web.Response(
            status=503, text=f"The piece begins at byte {first}, but only {have} bytes have arrived."
        )
    if total is not None and upload.get("total") is None:
        core.store.put("upload", upload["id"], upload | {"total": total})
    faults = {fault.kind: fault for fault in core.faults.draw("receive", f"bytes {first}-{last}")}
    most = _kept(faults, length)
    await append(request, path, skip=have - first, most=most)
    if "break" in faults:
        return web.Response(status=500, text="Something went wrong on our side.")
    return _whole(core, upload) if total is not None and size_of(path) >= total else _so_far(size_of(path))


def _problem(request: web.Request, upload: Doc, *, length: int, last: int, total: int | None) -> str | None:
    if length < 1 or (total is not None and last >= total):
        return "Content-Range makes no sense."
    if request.content_length is not None and request.content_length != length:
        return "Content-Range and Content-Length do not agree."
    if upload.get("total") not in {None, total} and total is not None:
        return "The total size has changed."
    if (total is None or last + 1 < total) and length % GRAIN:
        return f"Every piece but the last must be a multiple of {GRAIN} bytes."
    return None


def _kept(faults: dict[str, Fault], length: int) -> int | None:
    for kind in ("short_range", "break"):
        if kind in faults:
            return int(faults[kind].value("keep", length // 2 // GRAIN * GRAIN))
    return None


def _so_far(size: int) -> web.Response:
    return web.Response(status=308, headers={"Range": f"bytes=0-{size - 1}"} if size else {})


def _whole(core: Core, upload: Doc) -> web.Response:
    asset = lifecycle.new_asset(upload["new_asset_settings"], upload=upload)
    received, source = core.source(f"upload-{upload['id']}"), core.source(asset["id"])
    source.parent.mkdir(parents=True, exist_ok=True)
    received.replace(source)
    upload |= {"status": "asset_created", "asset_id": asset["id"]}
    core.store.put("upload", upload["id"], upload)
    emit(core, "video.upload.asset_created", upload_view(upload, webhook=True), once="")
    lifecycle.begin(core, asset)
    core.forget(f"upload-{upload['id']}")
    return web.Response(status=200)


def _upload(request: web.Request) -> Doc | None:
    core = core_of(request)
    known = core.store.get("upload_key", request.match_info["key"])
    upload = None if known is None else core.store.get("upload", known["upload_id"])
    return None if upload is None else timed_out(core, upload)


def cors_of(request: web.Request) -> dict[str, str]:
    """What lets the page that may use this upload read an answer; nothing for other requests."""
    upload = _upload(request) if "key" in request.match_info else None
    return {} if upload is None else _cors(request, upload)


def _cors(request: web.Request, upload: Doc) -> dict[str, str]:
    origin, allowed = request.headers.get("Origin"), upload.get("cors_origin")
    if origin is None or allowed is None or allowed not in {"*", origin}:
        return {}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Range", "Vary": "Origin"}
