"""A front door with a small server in the engine's place, for one test at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from local.bounded_log import BoundedLog
from local.ports import free_port
from local.proxy.api import Api
from local.proxy.app import Doors, listen, make_app
from local.proxy.pages import Pages
from local.proxy.sign_in import SignIn
from local.proxy.websocket import Sockets

SECRET = "a secret of at least thirty-two bytes"

type Behind = Callable[[web.Request], Awaitable[web.StreamResponse]]
type Visit = Callable[[aiohttp.ClientSession, str], Awaitable[None]]


async def not_asked(_request: web.Request) -> web.StreamResponse:
    """For tests in which nothing behind the door is asked."""
    return web.Response(status=599)


@asynccontextmanager
async def _open(
    folder: Path, behind: Behind, *, secret: str | None, websocket: bool, seconds: float
) -> AsyncIterator[str]:
    server = web.Application(client_max_size=64 * 1024 * 1024)
    server.router.add_route("*", "/{rest:(?s:.*)}", behind)
    engine_port, port = free_port(), free_port()
    pages = folder / "web"
    pages.mkdir(exist_ok=True)
    engine = f"http://127.0.0.1:{engine_port}"
    log = BoundedLog(folder / "requests.log")
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        api, sockets = Api(session, engine, seconds=seconds), Sockets(session, engine)
        api.point_at("a1b2c3d4")
        if websocket:
            sockets.point_at(("e5f6a7b8", "live"))
        doors = Doors(api=api, sockets=sockets, sign_in=SignIn(secret), pages=Pages(pages))
        runners = [await listen(server, engine_port), await listen(make_app(doors, port=port, log=log), port)]
        try:
            yield f"http://localhost:{port}"
        finally:
            await sockets.close()
            for runner in reversed(runners):
                await runner.cleanup()
            log.close()


def visit(
    folder: Path,
    test: Visit,
    *,
    behind: Behind = not_asked,
    secret: str | None = SECRET,
    websocket: bool = False,
    seconds: float = 30.0,
) -> None:
    """Run ``test`` with a client and the address of an open front door."""

    async def run() -> None:
        opened = _open(folder, behind, secret=secret, websocket=websocket, seconds=seconds)
        async with opened as address, aiohttp.ClientSession() as client:
            await test(client, address)

    asyncio.run(run())
