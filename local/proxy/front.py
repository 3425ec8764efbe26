"""The front door while it is open: listens, and is pointed at what is deployed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from local.bounded_log import BoundedLog
from local.deploy.deployment import Deployment
from local.proxy.api import Api
from local.proxy.app import Doors, listen, make_app
from local.proxy.pages import Pages
from local.proxy.sign_in import SignIn
from local.proxy.websocket import Sockets

HEALTH = "/api/health"
PAUSE_SECONDS = 0.1


class FrontDoor:
    """An open front door."""

    def __init__(self, doors: Doors, session: aiohttp.ClientSession, port: int) -> None:
        self._doors = doors
        self._session = session
        self._port = port

    def point_at(self, deployment: Deployment) -> None:
        """Forward to what is deployed, from now on."""
        self._doors.api.point_at(deployment.http_api)
        self._doors.sockets.point_at(deployment.websocket)

    async def first_answer(self, seconds: float) -> int:
        """The status of `GET /api/health` through the door: 200 as soon as it is, else the last one."""
        deadline = time.monotonic() + seconds
        while True:
            async with self._session.get(f"http://127.0.0.1:{self._port}{HEALTH}") as answer:
                if answer.status == 200 or time.monotonic() > deadline:
                    return answer.status
            await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def open_front_door(
    port: int,
    aws_port: int,
    *,
    pages: Path,
    log: Path,
    secret: str | None,
    claims: Mapping[str, str],
    twins: Callable[[web.Application], None] | None = None,
) -> AsyncIterator[FrontDoor]:
    """Listen on ``port`` for as long as the context lasts.

    ``secret`` signs the tokens of sign-in by name, with ``claims`` in them; without it there is none.
    ``twins`` mounts the provider twins.
    """
    engine = f"http://127.0.0.1:{aws_port}"
    requests = BoundedLog(log)
    try:
        async with aiohttp.ClientSession(
            auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            doors = Doors(
                api=Api(session, engine),
                sockets=Sockets(session, engine),
                sign_in=SignIn(secret, claims=claims),
                pages=Pages(pages),
            )
            runner = await listen(make_app(doors, port=port, log=requests, twins=twins), port)
            try:
                yield FrontDoor(doors, session, port)
            finally:
                await doors.sockets.close()
                await runner.cleanup()
    finally:
        requests.close()
