"""The engine's process: ministack with its corrections, saved on a timer, stopped by its parent.

Run as ``python -m local.engine.server``. It lives as long as its standard input is open: when the parent
goes, however it goes, the pipe closes, and the engine saves, ends its workers and exits.
"""

import asyncio
import logging
import os
import sys
import threading
from pathlib import Path
from typing import Any

from local.engine.patches import apply_all

GRACE_SECONDS = 1.0
_HEALTH = "/_ministack/health"
_REFUSED = b'{"message":"Forbidden"}'


class Activity:
    """Counts requests and invocations: if it has not moved, nothing has changed."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        return self.count


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
        activity.count += path != _HEALTH
        try:
            await app(scope, receive, send)
        finally:
            activity.count += path != _HEALTH  # it may have changed something up to its end

    return serve


async def serve() -> None:
    """Serve until standard input closes."""
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config
    from ministack import app as ministack
    from ministack.core import persistence

    from local.engine.patches import code_updates, executions
    from local.engine.saving import Saver

    activity = Activity()
    saver = Saver(Path(persistence.STATE_DIR), ministack._build_persistence_save_dict, activity)
    # The engine's own saving at shutdown writes the same files; ours writes only what changed.
    ministack.save_all = lambda _services: saver.save()
    stopping, stopped = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_until_parent_goes, args=(loop, stopped), name="parent", daemon=True).start()
    threading.Thread(target=saver.run, args=(stopping,), name="saver", daemon=True).start()
    config = Config()
    config.bind = [f"{os.environ['BIND_HOST']}:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = GRACE_SECONDS
    config.shutdown_timeout = 20
    config.loglevel = "WARNING"
    loop.call_later(0.5, executions.resume)
    try:
        await hypercorn_serve(guarded(ministack.app, activity), config, shutdown_trigger=stopped.wait)
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
