"""HTTP requests in and answers out: the same rules for every route, told once.

API Gateway has already matched the route, so ``routeKey`` finds the function in a dictionary and no
second router is needed (docs/adr/0012). A route is private unless it says otherwise.
"""

import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec

from sluice.domain.errors import Malformed, NotFound, SluiceError, TooLarge, Unauthenticated
from sluice.domain.identity import Caller
from sluice.edge.bodies import read_body, read_query
from sluice.edge.errors import error_body, error_headers, internal_error_body, status_of
from sluice.edge.logger import logger, record

# The longest thing that anybody has to say: ten thousand parts and their ETags, at some 66 bytes each.
_LARGEST_BODY_BYTES = 1024 * 1024


class Access(Enum):
    """Who may call a route."""

    PRIVATE = "private"
    """Signed-in users only."""
    OPTIONAL = "optional"
    """Signed-in users, or anybody whom the use case lets in: viewers of a public video, or with its key."""
    KEYED = "keyed"
    """Signed-in users, or whoever brings the secret key of the video."""
    PUBLIC = "public"
    """Anybody; what has to be proven is proven otherwise."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a route's function gets to see. Header names are lower-case."""

    request_id: str
    now: datetime
    headers: Mapping[str, str]
    query: Mapping[str, str]
    base_url: str
    maybe_caller: Caller | None

    @property
    def caller(self) -> Caller:
        """The signed-in user; always there on a private route."""
        return self.maybe_caller or _nobody({})

    @property
    def video_key(self) -> str:
        """The secret key that came along; empty if none did."""
        return _video_key(self.headers, self.query)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is not plain JSON: ``text`` and ``data`` go out as they are, ``body`` as JSON."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One entry of an ``Api``. What only the OpenAPI document needs costs nothing here but its place.

    ``body`` and ``query`` are the contracts of what the request brings, ``media_type`` is that of an
    answer which is text, ``also`` has the contracts of answers with other statuses, ``raises`` the
    errors beyond those that access, path, query and body imply; ``keyed``: an ``Idempotency-Key`` holds;
    ``takes`` is the contract of a body that the function reads by itself.
    """

    key: str
    access: Access
    status: int
    body: type | None
    query: type | None
    media_type: str
    also: Mapping[int, type]
    raises: tuple[type[SluiceError], ...]
    keyed: bool
    raw: bool
    takes: Any
    call: Callable[..., Any]


class Api:
    """The routes of one function, and the function's entry point: ``handler = Api(...)``."""

    def __init__(self, authenticate: Callable[[Mapping[str, str]], Caller] | None = None) -> None:
        """Without ``authenticate`` nobody is signed in: for functions all of whose routes are public."""
        self.routes: dict[str, Route] = {}
        self._authenticate = authenticate or _nobody

    def route[F: Callable[..., Any]](
        self,
        key: str,
        *,
        access: Access = Access.PRIVATE,
        status: int = 200,
        media_type: str = "application/json",
        also: Mapping[int, type] | None = None,
        raises: tuple[type[SluiceError], ...] = (),
        keyed: bool = False,
        takes: Any = None,
    ) -> Callable[[F], F]:
        """Serve ``key``, e.g. ``GET /api/videos/{video_id}``, by the decorated function.

        The function takes the request, then ``body`` and ``query`` if it has such parameters (their
        annotations are the contracts that JSON and query must keep), or ``raw`` (the body's bytes as
        they came), then the path's parameters by name. It answers with a contract, a ``str`` of
        ``media_type``, a ``Reply`` or nothing.
        """

        def add(call: F) -> F:
            self.routes[key] = Route(
                key=key,
                access=access,
                status=status,
                body=call.__annotations__.get("body"),
                query=call.__annotations__.get("query"),
                media_type=media_type,
                also=also or {},
                raises=raises,
                keyed=keyed,
                raw="raw" in call.__annotations__,
                takes=takes,
                call=call,
            )
            return call

        return add

    def __call__(self, event: dict[str, Any], _context: object) -> dict[str, Any]:
        began = time.perf_counter()
        request_id = event["requestContext"]["requestId"]
        key = event["routeKey"]
        try:
            answer = _rendered(self._serve(event, key, request_id))
        except SluiceError as error:
            if status_of(error) == 500:
                logger().exception("request failed", extra={"requestId": request_id, "route": key})
            elif error.__cause__ is not None and status_of(error) > 500:
                # Its kind alone: the text of what failed outside may hold an address with a token in it.
                cause = type(error.__cause__).__name__
                extra = {"requestId": request_id, "route": key, "code": error.code, "cause": cause}
                logger().warning("request cannot be served now", extra=extra)
            reply = Reply(status_of(error), error_body(error, request_id), error_headers(error))
            answer = _rendered(reply)
        except Exception:  # noqa: BLE001 - the last resort: the caller learns nothing but that it failed
            logger().exception("request failed", extra={"requestId": request_id, "route": key})
            answer = _rendered(Reply(500, internal_error_body(request_id)))
        record(
            "request",
            metric="RequestTime",
            took_ms=(time.perf_counter() - began) * 1000,
            status=answer["statusCode"],
            by=("route", key),
            requestId=request_id,
        )
        return answer

    def _serve(self, event: dict[str, Any], key: str, request_id: str) -> Reply:
        route = self.routes.get(key)
        if route is None:
            raise NotFound("There is no such path.", code="no_such_path")
        headers, query = event.get("headers") or {}, event.get("queryStringParameters") or {}
        caller = self._authenticate(headers) if _needs_caller(route.access, headers, query) else None
        context = event["requestContext"]
        request = Request(
            request_id=request_id,
            now=datetime.now(UTC),
            headers=headers,
            query=query,
            base_url=f"https://{context.get('domainName', 'localhost')}",
            maybe_caller=caller,
        )
        arguments = dict(event.get("pathParameters") or {})
        if route.raw:
            arguments["raw"] = _raw_body(event)
        if route.body is not None:
            arguments["body"] = read_body(route.body, _raw_body(event))
        if route.query is not None:
            arguments["query"] = read_query(route.query, request.query)
        answer = route.call(request, **arguments)
        if isinstance(answer, str):
            return Reply(route.status, text=answer, headers={"content-type": route.media_type})
        return answer if isinstance(answer, Reply) else Reply(route.status, answer)


def _video_key(headers: Mapping[str, str], query: Mapping[str, str]) -> str:
    return headers.get("x-video-key", "").strip() or query.get("key", "").strip()


def _needs_caller(access: Access, headers: Mapping[str, str], query: Mapping[str, str]) -> bool:
    """Whether it must be proven who is asking. Where a key decides, a token beside it is not looked at."""
    if access is Access.PUBLIC:
        return False
    if access is Access.PRIVATE:
        return True
    if _video_key(headers, query):
        return False
    return access is Access.KEYED or "authorization" in headers


def _nobody(_headers: Mapping[str, str]) -> Caller:
    raise Unauthenticated("Please sign in: this needs a bearer token.")


def _raw_body(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    try:
        raw = b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except ValueError as error:  # what base64 and UTF-8 raise, whatever is wrong
        raise Malformed("The body cannot be decoded.") from error
    if len(raw) > _LARGEST_BODY_BYTES:
        raise TooLarge(f"The body may have at most {_LARGEST_BODY_BYTES:,} bytes.", code="body_too_large")
    return raw


def _rendered(reply: Reply) -> dict[str, Any]:
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    if reply.text is None and reply.body is not None:
        headers["content-type"] = "application/json"
    answer = {"statusCode": reply.status, "headers": {**headers, **reply.headers}}
    if reply.data is not None:
        return {**answer, "body": b64encode(reply.data).decode(), "isBase64Encoded": True}
    return {**answer, "body": reply.text if reply.text is not None else _json(reply.body)}


def _json(body: Any) -> str:
    return "" if body is None else msgspec.json.encode(body).decode()
