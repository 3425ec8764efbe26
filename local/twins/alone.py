"""One twin by itself on a port of its own, in a thread: for tests and for trying a client out."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

START_SECONDS = 10.0


@contextmanager
def running(
    make: Callable[[str], web.Application], mount: str = "/twins/alone", port: int = 0
) -> Iterator[str]:
    """Run what ``make`` makes of its own address, mounted at ``mount``; yields that address.

    Leaving stops it in order, as a restart of the stack does.
    """
    with socket.create_server(("127.0.0.1", port)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}{mount}"
        loop = asyncio.new_event_loop()
        root = web.Application()
        root.add_subapp(mount, make(url))
        runner = web.AppRunner(root, access_log=None, shutdown_timeout=0.2)
        thread = threading.Thread(target=loop.run_forever, name="twin", daemon=True)
        thread.start()
        try:
            asyncio.run_coroutine_threadsafe(_serve(runner, listener), loop).result(START_SECONDS)
            yield url
        finally:
            asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(START_SECONDS)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(START_SECONDS)
            loop.close()


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    await asyncio.sleep(0.01)  # transports of ended programs close in the turns that follow


async def _serve(runner: web.AppRunner, listener: socket.socket) -> None:
    await runner.setup()
    await web.SockSite(runner, listener).start()
