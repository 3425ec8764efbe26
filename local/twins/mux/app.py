"""The twin of Mux Video as one application: API, uploads, playback, pictures, control.

| real host | here |
|---|---|
| api.mux.com | ``{public_url}`` |
| the upload's own address | ``{public_url}/upload/…`` |
| stream.mux.com | ``{public_url}/stream`` |
| image.mux.com | ``{public_url}/image`` |
"""

import base64
import hmac
import secrets
import time

from aiohttp import web
from aiohttp.typedefs import Middleware

from local.twins import control, http_faults
from local.twins.core import CORE, Core, live
from local.twins.deliveries import Deliveries, Plan
from local.twins.faults import FaultBook
from local.twins.jobs import Jobs
from local.twins.keys import from_base64_pem, public_pem
from local.twins.limits import Bucket
from local.twins.media import Media
from local.twins.mux import assets, events, images, lifecycle, playback, receiver, staged, system, uploads
from local.twins.receiving import TURNS, Turns
from local.twins.refusals import Refused
from local.twins.settings import MuxSettings
from local.twins.store import Store

API = ("/video/", "/system/")
SURFACES = {"/upload/": "upload", "/stream/": "playback", "/master/": "playback", "/image/": "image"}
# One POST a second and five of the rest are sustained; "short bursts" are allowed, of a size that is not
# published.
POST_BURST, OTHER_BURST = 10, 50


def app(settings: MuxSettings) -> web.Application:
    """The application; mount it at the path of ``settings.public_url``."""
    core = _core(settings)
    faults = http_faults.middleware(core.faults, _surface, _refusal)
    application = web.Application(middlewares=[faults, _errors, _guard(settings)])
    application[CORE] = core
    application[TURNS] = Turns()
    for module in (uploads, receiver, assets, system, playback, images, staged, control):
        application.add_routes(module.routes)
    application.cleanup_ctx.append(live(core, lambda: _resume(core, settings)))
    return application


def _core(settings: MuxSettings) -> Core:
    store = Store(settings.folder / "twin.sqlite")
    faults = FaultBook(store, settings.seed)

    def secret_of(endpoint: str) -> str | None:
        known = store.get("webhook", endpoint)
        return None if known is None else str(known["signing_secret"])

    plan = Plan(
        scheme=events.SCHEME,
        gaps=tuple(gap * settings.retry_pace for gap in events.GAPS),
        timeout_seconds=settings.delivery_timeout_seconds,
        render=events.render,
        secret_of=secret_of,
    )
    return Core(
        public_url=settings.public_url,
        pace=settings.pace,
        folder=settings.folder,
        store=store,
        faults=faults,
        media=Media(settings.ffmpeg, settings.ffprobe),
        deliveries=Deliveries(store, faults, plan),
        jobs=Jobs(),
    )


async def _resume(core: Core, settings: MuxSettings) -> None:
    for key_id, pem in settings.signing_keys.items():
        key = {"id": key_id, "created_at": str(int(time.time())), "public": public_pem(from_base64_pem(pem))}
        core.store.add("key", key_id, key)
    if settings.webhook_url is not None:
        _configure_endpoint(core, settings.webhook_url, settings.webhook_secret)
    core.sweep(lambda name: core.store.get(*_owner(name)) is not None)
    for asset in core.store.each("asset", equal={"status": "preparing"}):
        lifecycle.go_on(core, asset)


def _owner(folder: str) -> tuple[str, str]:
    """Kind and id of what a folder of media belongs to."""
    upload = folder.removeprefix("upload-")
    return ("asset", folder) if upload == folder else ("upload", upload)


def _configure_endpoint(core: Core, address: str, secret: str) -> None:
    """The endpoint of the settings: one, whatever its address was at the last start."""
    known = next((one for one in core.store.each("webhook") if one.get("configured")), None)
    endpoint = known or events.add_endpoint(core, address, secret)
    core.store.put(
        "webhook",
        endpoint["id"],
        {**endpoint, "address": address, "signing_secret": secret, "configured": True},
    )


def _local_path(request: web.Request) -> str:
    """The path below the mount."""
    resource = request.match_info.route.resource
    canonical = resource.canonical if resource is not None else request.path
    for mark in (*API, *SURFACES, "/control"):
        at = canonical.find(mark)
        if at >= 0:
            return request.path[request.path.find(mark) :]
    return request.path


def _surface(request: web.Request) -> tuple[str, str] | None:
    path = _local_path(request)
    if path.startswith(API):
        return "api", f"{request.method} {path}"
    return next(
        ((name, f"{request.method} {path}") for mark, name in SURFACES.items() if path.startswith(mark)), None
    )


def _refusal(request: web.Request, status: int, retry_after: float | None) -> web.Response:
    """Mux's two shapes of errors; its 429 names no time unless a fault says so."""
    body = (
        {"errors": ["Too many requests, slow down."]}
        if status == 429
        else _body("server_error", "Something went wrong.")
    )
    headers = _headers(request)
    if retry_after is not None:
        headers["Retry-After"] = f"{retry_after:g}"
    return web.json_response(body, status=status, headers=headers)


def _headers(request: web.Request) -> dict[str, str]:
    """Of every error: players and uploaders may read them, as far as they may read the answer itself."""
    played = not _local_path(request).startswith((*API, "/control", "/upload/"))
    return {
        "x-request-id": secrets.token_hex(16),
        **(playback.ANYBODY if played else receiver.cors_of(request)),
    }


def _body(kind: str, message: str) -> dict[str, object]:
    return {"error": {"type": kind, "messages": [message]}}


@web.middleware
async def _errors(request: web.Request, handler: http_faults.Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        headers = {**_headers(request), **refused.headers}
        return web.json_response(_body(refused.kind, refused.message), status=refused.status, headers=headers)
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        kind = "not_found" if exc.status == 404 else "invalid_parameters"
        return web.json_response(_body(kind, exc.reason), status=exc.status)


def _guard(settings: MuxSettings) -> Middleware:
    expected = f"{settings.token_id}:{settings.token_secret}".encode()
    posts, others = Bucket(1, POST_BURST, time.monotonic), Bucket(5, OTHER_BURST, time.monotonic)

    @web.middleware
    async def guard(request: web.Request, handler: http_faults.Handler) -> web.StreamResponse:
        path = _local_path(request)
        if not path.startswith(API):
            return await handler(request)
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic" or not hmac.compare_digest(_decoded(given), expected):
            raise Refused(401, "unauthorized", "The access token is missing or wrong.")
        bucket = posts if request.method == "POST" and path.startswith("/video/") else others
        if settings.limits and not bucket.take():
            return _refusal(request, 429, None)
        return await handler(request)

    return guard


def _decoded(given: str) -> bytes:
    try:
        return base64.b64decode(given, validate=True)
    except ValueError:
        return b""
