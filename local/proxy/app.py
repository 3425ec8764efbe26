"""Puts the front door together.

/            files of `web/`
/api/*       the HTTP API
/ws          the WebSocket API
/twins/*     the provider twins, where the stack has them
/local/*     sign-in by name, see `local.proxy.sign_in`
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from local.bounded_log import BoundedLog
from local.proxy.answers import error_answer
from local.proxy.api import Api
from local.proxy.pages import Pages
from local.proxy.requests_log import logging_middleware
from local.proxy.sign_in import SignIn
from local.proxy.websocket import Sockets

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What stands behind the front door."""

    api: Api
    sockets: Sockets
    sign_in: SignIn
    pages: Pages


def make_app(
    doors: Doors, *, port: int, log: BoundedLog, twins: Callable[[web.Application], None] | None = None
) -> web.Application:
    """The application that listens on ``port``; ``twins`` mounts the provider twins, if there are any."""
    # A path may hold an escaped line end too.
    app = web.Application(middlewares=[logging_middleware(log), same_machine_middleware(port)])
    app.router.add_route("*", "/api", doors.api.forward)
    app.router.add_route("*", "/api/{rest:(?s:.*)}", doors.api.forward)
    app.router.add_get("/ws", doors.sockets.join)
    if twins is not None:
        twins(app)
    app.router.add_route("*", "/twins/{rest:(?s:.*)}", _no_twin)
    app.router.add_get("/local/session", doors.sign_in.session)
    app.router.add_post("/local/token", doors.sign_in.token)
    app.router.add_route("*", "/{rest:(?s:.*)}", doors.pages.serve)
    return app


def same_machine_middleware(port: int) -> Middleware:
    """Answer only under this machine's own names.

    Whoever asks may sign in as anybody; another site must not get here by a name of its own that
    resolves to the loopback, and must not ask for tokens from its pages.
    """
    hosts = {f"{name}:{port}" for name in LOOPBACK_NAMES} | (set(LOOPBACK_NAMES) if port == 80 else set())
    origins = {f"http://{host}" for host in hosts}

    @web.middleware
    async def same_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.host.lower() not in hosts:
            return error_answer(421, "misdirected_request", f"This is http://localhost:{port}.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in origins and request.path.startswith("/local/"):
            return error_answer(403, "forbidden", "Only the page of this stack may sign in by name.")
        return await handler(request)

    return same_machine


async def _no_twin(_request: web.Request) -> web.StreamResponse:
    return error_answer(404, "not_found", "There is no such provider twin here.")


async def listen(app: web.Application, port: int) -> web.AppRunner:
    """Listen on the loopback, IPv6 too where the machine has it; the runner to clean up."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    with suppress(OSError):  # no IPv6 here; a port that is taken was found before
        await web.TCPSite(runner, "::1", port).start()
    return runner
