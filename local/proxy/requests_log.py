"""One line for every request, without anything in it that opens a door."""

import time

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from local.bounded_log import BoundedLog
from local.redaction import loggable_target


def logging_middleware(log: BoundedLog) -> Middleware:
    """A middleware that writes ``METHOD target status milliseconds`` to ``log``."""

    @web.middleware
    async def logged(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.perf_counter()
        status = 500
        try:
            answer = await handler(request)
            status = answer.status
        except web.HTTPException as exc:
            status = exc.status
            raise
        finally:
            took = (time.perf_counter() - began) * 1000
            target = loggable_target(request.rel_url.raw_path, request.rel_url.raw_query_string)
            log.write(f"{request.method} {target} {status} {took:.0f} ms")
        return answer

    return logged
