"""The engine's process: ministack with its corrections, saved on a timer, stopped by its parent.

It is served by uvicorn, which takes half of the processor time that ministack's own server takes for a call.

Run as ``python -m local.engine.server``. It lives as long as its standard input is open: when the parent
goes, however it goes, the pipe closes, and the engine saves, ends its workers and exits.
"""

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from local.engine.patches import apply_all

GRACE_SECONDS = 1
_KEEP_ALIVE_SECONDS = 75
_HEALTH = "/_ministack/health"
_REFUSED = b'{"message":"Forbidden"}'


class Activity:
    """Counts requests and invocations: if it has not moved, nothing has changed."""

    def __init__(self) -> None:
        self.count = 0
        self._asked: dict[str, int] = {}

    def __call__(self) -> int:
        return self.count

    def moved(self, service: str | None) -> None:
        """A request came or was answered: between the two it may change something at any time."""
        self.count += 1
        if service is not None:
            self._asked[service] = self.count

    def asked(self, service: str) -> int:
        """The count when the service was last asked for anything."""
        return self._asked.get(service, 0)


def signed_for(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """The service of a signature's scope: ``Credential=KEY/20261121/us-east-1/sqs/aws4_request``."""
    for name, value in headers:
        if name == b"authorization":
            fields = value.split(b"/", 4)
            return fields[3].decode("ascii", "replace") if len(fields) == 5 else None
    return None


class Server(uvicorn.Server):
    """Stops when it is told to, whatever signals come: stopping is the parent's to decide."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def serve_until(self, stopped: asyncio.Event) -> None:
        """Serve until ``stopped`` is set."""
        serving = asyncio.create_task(self.serve())
        ending = asyncio.create_task(stopped.wait())
        await asyncio.wait((serving, ending), return_when=asyncio.FIRST_COMPLETED)
        self.should_exit = True
        ending.cancel()
        await serving


def guarded(app: Any, activity: Activity) -> Any:
    """``app`` counted, and without the engine's own administration, which asks for no credentials:

    any web page could have the browser post to it, and ``reset`` would empty everything.
    """

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(("/_ministack/", "/_localstack/")) and path != _HEALTH:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": _REFUSED})
            return
        if path == _HEALTH:
            await app(scope, receive, send)
            return
        service = signed_for(scope.get("headers", ()))
        activity.moved(service)
        try:
            await app(scope, receive, send)
        finally:
            activity.moved(service)

    return serve


async def serve() -> None:
    """Serve until standard input closes."""
    from ministack import app as ministack
    from ministack.core import persistence

    from local.engine.patches import code_updates, executions
    from local.engine.saving import Saver

    activity = Activity()
    saver = Saver(
        Path(persistence.STATE_DIR), ministack._build_persistence_save_dict, activity, activity.asked
    )
    # The engine's own saving at shutdown writes the same files; ours writes only what changed.
    ministack.save_all = lambda _services: saver.save(everything=True)
    stopping, stopped = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_until_parent_goes, args=(loop, stopped), name="parent", daemon=True).start()
    threading.Thread(target=saver.run, args=(stopping,), name="saver", daemon=True).start()
    config = uvicorn.Config(
        guarded(ministack.app, activity),
        host=os.environ["BIND_HOST"],
        port=int(os.environ["GATEWAY_PORT"]),
        http="httptools",
        ws="wsproto",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,  # the engine's own
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    loop.call_later(0.5, executions.resume)
    try:
        await Server(config).serve_until(stopped)
    finally:
        stopping.set()
        code_updates.end_all()


def _until_parent_goes(loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    loop.call_soon_threadsafe(stopped.set)


def _quieten() -> None:
    """Keep function output out of the engine's log: it has a log of its own."""

    def wanted(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("ESM: Lambda %s output")

    logging.getLogger("lambda").addFilter(wanted)


def main() -> None:
    """Run the engine."""
    import resource
    import signal

    # Stopping is the parent's to decide. Not SIG_IGN: the workers would inherit it and could not be ended.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536) if hard > 0 else 65_536, hard))
    apply_all()
    _quieten()
    asyncio.run(serve())
    # Threads of the engine that wait for work would hold the interpreter back.
    logging.shutdown()
    os._exit(0)


if __name__ == "__main__":
    main()
