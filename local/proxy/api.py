"""`/api/*`: to the engine's HTTP API, with the limits that API Gateway sets before a function is asked.

Source of the limits: "Quotas for HTTP APIs": 10 MB of payload, 30 s for an integration.
"""

import asyncio
import io
from collections.abc import Iterable

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from multidict import CIMultiDict
from yarl import URL

from local.proxy.answers import message_answer

LARGEST_BODY_BYTES = 10 * 1024 * 1024
INTEGRATION_SECONDS = 30.0
# More at once would only make as many processes, which a laptop's few cores start one after the other.
MOST_AT_ONCE = 16

# RFC 9110, section 7.6.1: these concern one connection and are not forwarded.
HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# Set anew here, or not what API Gateway hands on.
_NOT_REQUESTED = HOP_BY_HOP | {
    "content-length",
    "expect",
    "x-forwarded-for",
    "x-forwarded-port",
    "x-forwarded-proto",
}
_NOT_ANSWERED = HOP_BY_HOP | {"content-length", "date", "server"}


class TooLarge(Exception):
    """A body is longer than API Gateway takes."""


class Api:
    """Forwards requests to one HTTP API of the engine."""

    def __init__(self, session: ClientSession, engine: str, *, seconds: float = INTEGRATION_SECONDS) -> None:
        self._session = session
        self._engine = engine
        self._base: str | None = None
        self._seconds = seconds
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    def point_at(self, api_id: str) -> None:
        """Forward to this API from now on."""
        self._base = f"{self._engine}/_aws/execute-api/{api_id}/$default"

    async def forward(self, request: web.Request) -> web.StreamResponse:
        """The function's answer; API Gateway's own 413 and 503."""
        try:
            body = await read_body(request)
        except TooLarge:
            answer = message_answer(413, "Request Entity Too Large")
            answer.force_close()  # the rest of the body is not read
            return answer
        try:
            async with asyncio.timeout(self._seconds), self._places:
                return await self._ask(request, body)
        except (TimeoutError, ClientError):
            return message_answer(503, "Service Unavailable")

    async def _ask(self, request: web.Request, body: bytes) -> web.Response:
        if self._base is None:
            return message_answer(503, "Service Unavailable")  # nothing is deployed yet
        target = URL(self._base + request.raw_path, encoded=True)
        async with self._session.request(
            request.method,
            target,
            headers=forwarded_headers(request.headers.items(), request.remote or "127.0.0.1", request.host),
            data=io.BytesIO(body) if body else None,
            allow_redirects=False,
            timeout=ClientTimeout(total=self._seconds),
        ) as answer:
            headers = CIMultiDict(
                pair for pair in answer.headers.items() if pair[0].lower() not in _NOT_ANSWERED
            )
            return web.Response(status=answer.status, headers=headers, body=await answer.read())


async def read_body(request: web.Request) -> bytes:
    """The request's body, as it was sent.

    Raises:
        TooLarge: it is longer than API Gateway takes.
    """
    if (request.content_length or 0) > LARGEST_BODY_BYTES:
        raise TooLarge
    chunks, size = [], 0
    async for chunk in request.content.iter_chunked(65_536):
        size += len(chunk)
        if size > LARGEST_BODY_BYTES:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


def forwarded_headers(headers: Iterable[tuple[str, str]], remote: str, host: str) -> CIMultiDict[str]:
    """What the integration is given: names in lower case, and who asked, as API Gateway adds it."""
    pairs = [(name.lower(), value) for name, value in headers]
    named = {
        word.strip().lower() for name, value in pairs if name == "connection" for word in value.split(",")
    }
    made = CIMultiDict((name, value) for name, value in pairs if name not in _NOT_REQUESTED | named)
    made["x-forwarded-for"] = remote
    made["x-forwarded-proto"] = "http"
    made["x-forwarded-port"] = host.rpartition(":")[2] if ":" in host else "80"
    return made
