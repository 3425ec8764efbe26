"""The twin of Cloudflare Stream as one application: API, uploads, playback, pictures, control.

| real host | here |
|---|---|
| api.cloudflare.com/client/v4 | ``{public_url}/client/v4`` |
| upload.… (form, tus) | ``{public_url}/upload/…``, ``{public_url}/tus/…`` |
| customer-….cloudflarestream.com | ``{public_url}/customer`` |
"""

import hmac
import time

from aiohttp import web
from aiohttp.typedefs import Middleware

from local.twins import control, http_faults
from local.twins.cloudflare import basic, delivery, lifecycle, notices, signing, tus, videos
from local.twins.cloudflare.envelope import AUTHENTICATION, NOT_FOUND, failure
from local.twins.cloudflare.records import BUSY_STATES
from local.twins.cloudflare.settings_of_video import iso
from local.twins.core import CORE, Core, live
from local.twins.deliveries import Deliveries, Plan
from local.twins.faults import FaultBook
from local.twins.jobs import Jobs
from local.twins.keys import from_base64_pem, public_pem
from local.twins.limits import Window
from local.twins.media import Media
from local.twins.receiving import TURNS, Turns
from local.twins.refusals import Refused
from local.twins.settings import CloudflareSettings
from local.twins.store import Store

API = "/client/v4/"
SURFACES = {API: "api", "/upload/": "upload", "/tus/": "upload", "/customer/": "playback"}
CALLS, WINDOW_SECONDS = 1200, 300
RETRY_GAP_SECONDS = 30.0


def app(settings: CloudflareSettings) -> web.Application:
    """The application; mount it at the path of ``settings.public_url``."""
    core = _core(settings)
    faults = http_faults.middleware(core.faults, _surface, _refusal)
    application = web.Application(middlewares=[faults, _errors, _guard(settings)])
    application[CORE] = core
    application[TURNS] = Turns()
    for module in (basic, tus, notices, signing, videos, delivery, control):
        application.add_routes(module.routes)
    application.cleanup_ctx.append(live(core, lambda: _resume(core, settings)))
    return application


def _core(settings: CloudflareSettings) -> Core:
    store = Store(settings.folder / "twin.sqlite")
    faults = FaultBook(store, settings.seed)

    def secret_of(endpoint: str) -> str | None:
        known = store.get("webhook", endpoint)
        return None if known is None else str(known["secret"])

    plan = Plan(
        scheme=notices.SCHEME,
        gaps=(RETRY_GAP_SECONDS * settings.retry_pace,) * settings.webhook_retries,
        timeout_seconds=settings.delivery_timeout_seconds,
        render=notices.render,
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


async def _resume(core: Core, settings: CloudflareSettings) -> None:
    core.store.put("account", "quota", {"minutes": settings.storage_minutes})
    for key_id, pem in settings.signing_keys.items():
        key = {"id": key_id, "created": iso(time.time()), "public": public_pem(from_base64_pem(pem))}
        core.store.add("key", key_id, key)
    if settings.webhook_url is not None:
        notices.configure(core, settings.webhook_url, settings.webhook_secret)
    core.sweep(lambda uid: core.store.get("video", uid) is not None)
    for video in list(core.store.each("video")):
        if video["status"]["state"] in BUSY_STATES:
            lifecycle.begin(core, video["uid"])
        elif video["status"]["state"] == "ready" and video["status"]["pctComplete"] != "100.000000":
            core.jobs.start(video["uid"], lifecycle.complete(core, video["uid"]))


def _local_path(request: web.Request) -> str:
    """The path below the mount."""
    for mark in (*SURFACES, "/control/"):
        at = request.path.find(mark)
        if at >= 0:
            return request.path[at:]
    return request.path


def _surface(request: web.Request) -> tuple[str, str] | None:
    path = _local_path(request)
    if "/thumbnails/" in path and path.startswith("/customer/"):
        return "image", f"{request.method} {path}"
    return next(
        ((name, f"{request.method} {path}") for mark, name in SURFACES.items() if path.startswith(mark)), None
    )


def _refusal(request: web.Request, status: int, retry_after: float | None) -> web.Response:
    code, message = (
        ("971", "Please wait and consider throttling your request speed.")
        if status == 429
        else ("10001", "Something went wrong.")
    )
    headers = _headers(request)
    if retry_after is not None:
        headers["retry-after"] = f"{retry_after:.0f}"
    return web.json_response(failure(code, message), status=status, headers=headers)


def _headers(request: web.Request) -> dict[str, str]:
    """Of every error: players and uploaders may read them."""
    if "key" in request.match_info:
        return dict(tus.COMMON)
    return dict(delivery.ANYBODY) if "opener" in request.match_info else {}


@web.middleware
async def _errors(request: web.Request, handler: http_faults.Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        headers = {**_headers(request), **refused.headers}
        return web.json_response(
            failure(refused.kind, refused.message), status=refused.status, headers=headers
        )
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        return web.json_response(failure(NOT_FOUND, exc.reason), status=exc.status)


def _guard(settings: CloudflareSettings) -> Middleware:
    window = Window(CALLS, WINDOW_SECONDS, time.monotonic)

    @web.middleware
    async def guard(request: web.Request, handler: http_faults.Handler) -> web.StreamResponse:
        if not _local_path(request).startswith(API):
            return await handler(request)
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), settings.api_token.encode()):
            raise Refused(401, AUTHENTICATION, "Authentication error")
        if request.match_info.get("account", settings.account_id) != settings.account_id:
            raise Refused(403, AUTHENTICATION, "Authentication error")
        blocked = window.take() if settings.limits else None
        response = await _errors(request, handler) if blocked is None else _refusal(request, 429, blocked)
        response.headers["Ratelimit"] = f'"default";r={window.left};t={window.resets_in:.0f}'
        response.headers["Ratelimit-Policy"] = f'"burst";q={CALLS};w={WINDOW_SECONDS}'
        return response

    return guard
