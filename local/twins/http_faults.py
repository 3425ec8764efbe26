"""Carries out the faults of requests: what a provider's edge does to callers on a bad day."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from local.twins.faults import Fault, FaultBook

POLL_SECONDS = 0.05
SLICE_BYTES = 16
GATEWAY_PAGE = (
    "<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>"
)

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
type Surface = Callable[[web.Request], tuple[str, str] | None]
type Refuse = Callable[[web.Request, int, float | None], web.Response]


def middleware(book: FaultBook, surface_of: Surface, refuse: Refuse) -> Middleware:
    """Faults for every request that ``surface_of`` gives a surface and a subject.

    ``refuse`` makes an error of the provider's shape from the request, a status and a ``Retry-After`` in
    seconds (None:
    without).
    """

    @web.middleware
    async def faulty(request: web.Request, handler: Handler) -> web.StreamResponse:
        place = surface_of(request)
        faults = [] if place is None or request.method == "OPTIONS" else book.draw(*place)
        for fault in faults:
            answered = await _before(request, fault, refuse)
            if answered is not None:
                return answered
        try:
            response = await handler(request)
        except ConnectionError:  # the client went away in the middle of its body
            return _hung_up(request)
        for fault in faults:
            response = await _after(request, response, fault)
        return response

    return faulty


async def _before(request: web.Request, fault: Fault, refuse: Refuse) -> web.StreamResponse | None:
    match fault.kind:
        case "delay":
            await asyncio.sleep(fault.value("seconds", 1))
        case "timeout":
            await _silence(request, fault.value("seconds", 60))
            return _hung_up(request)
        case "status":
            retry_after = fault.values.get("retry_after")
            return refuse(request, int(fault.value("status", 500)), retry_after)
        case "html":
            status = int(fault.value("status", 502))
            return web.Response(status=status, text=GATEWAY_PAGE, content_type="text/html")
    return None


async def _after(request: web.Request, response: web.StreamResponse, fault: Fault) -> web.StreamResponse:
    whole = response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""
    match fault.kind:
        case "lost_answer":
            return _hung_up(request)
        case "half_json":
            kept = {
                name: value for name, value in response.headers.items() if name.lower() != "content-length"
            }
            return web.Response(status=response.status, body=whole[: len(whole) // 2], headers=kept)
        case "cut":
            return await _in_slices(request, response, whole, until=len(whole) // 2, pause=0)
        case "slow_body":
            pause = SLICE_BYTES / max(fault.value("bytes_per_second", 100), 1)
            return await _in_slices(request, response, whole, until=len(whole), pause=pause)
    return response


async def _in_slices(
    request: web.Request, like: web.StreamResponse, body: bytes, *, until: int, pause: float
) -> web.StreamResponse:
    """Send the first ``until`` bytes of a body slowly; end the connection if that was not all."""
    response = web.StreamResponse(status=like.status, headers=like.headers)
    response.content_length = len(body)
    await response.prepare(request)
    for start in range(0, until, SLICE_BYTES):
        await response.write(body[start : min(start + SLICE_BYTES, until)])
        await asyncio.sleep(pause)
    if until < len(body):
        hang_up(request)
    else:
        await response.write_eof()
    return response


async def _silence(request: web.Request, seconds: float) -> None:
    """Wait, but no longer than the caller does."""
    ends = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < ends:
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(POLL_SECONDS)


def hang_up(request: web.Request) -> None:
    """End the connection without another byte."""
    if request.transport is not None:
        request.transport.abort()


def _hung_up(request: web.Request) -> web.Response:
    hang_up(request)
    return web.Response()  # goes nowhere
