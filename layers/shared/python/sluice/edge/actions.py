"""WebSocket events in, and answers out: the rules for every action, told once.

API Gateway asks the function at the handshake, at the end, and for each message. What a message wants stands
in its ``action``; the answer goes back over the same connection.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UNSET

from sluice.domain.errors import Malformed, NotFound, SluiceError
from sluice.edge.bodies import read_body
from sluice.edge.contract.realtime import Refused
from sluice.edge.errors import error_body, error_headers, status_of
from sluice.edge.logger import logger, record

_MESSAGE = "$default"


@dataclass(frozen=True, slots=True)
class Frame:
    """What an action gets to see."""

    request_id: str
    now: datetime
    connection_id: str
    query: Mapping[str, str]
    user_agent: str


type Step = Callable[[Frame], None]


class Actions:
    """The entry point of a WebSocket function: ``handler = Actions(connect=…, disconnect=…)``."""

    def __init__(self, *, connect: Step, disconnect: Step) -> None:
        self._steps: dict[str, Step] = {"$connect": connect, "$disconnect": disconnect}
        self._actions: dict[str, Callable[..., Any]] = {}
        self._bare: dict[str, Callable[[Frame, bytes], Any]] = {}

    def bare[F: Callable[[Frame, bytes], Any]](self, field: str) -> Callable[[F], F]:
        """Do messages without an action that have this field, or are arrays, by the decorated function."""

        def add(call: F) -> F:
            self._bare[field] = call
            return call

        return add

    def action[F: Callable[..., Any]](self, name: str) -> Callable[[F], F]:
        """Do ``{"action": name, …}`` by the decorated function, which takes the frame and a ``body``.

        The annotation of ``body`` is the contract of the message; what is returned goes back.
        """

        def add(call: F) -> F:
            self._actions[name] = call
            return call

        return add

    def __call__(self, event: dict[str, Any], _context: object) -> dict[str, Any]:
        began = time.perf_counter()
        context = event["requestContext"]
        frame = Frame(
            request_id=context["requestId"],
            now=datetime.now(UTC),
            connection_id=context["connectionId"],
            query=event.get("queryStringParameters") or {},
            user_agent=context["identity"].get("userAgent") or "",
        )
        step = self._steps.get(context["routeKey"])
        if step is None:
            name, status, answer = self._answer(
                frame, (event.get("body") or "").encode(errors="surrogatepass")
            )
        else:
            name, (status, answer) = context["routeKey"], _step(step, frame)
        record(
            "action",
            metric="ActionTime",
            took_ms=(time.perf_counter() - began) * 1000,
            status=status,
            by=("action", name),
            requestId=frame.request_id,
            connectionId=frame.connection_id,
        )
        return answer

    def _answer(self, frame: Frame, raw: bytes) -> tuple[str, int, dict[str, Any]]:
        """The action's name, if it is one of ours, what HTTP would call the outcome, and the answer."""
        name, status = _MESSAGE, 200
        said: dict[str, Any] | None = None
        try:
            said = _read(raw)
            name, call = self._called(said)
            contract = call.__annotations__.get("body")
            told = call(frame, read_body(contract, raw) if contract else raw)
        except Exception as error:  # noqa: BLE001 - the last resort: the client learns nothing but that it failed
            status = _failed(error, name, frame)
            told = _refusal(error, frame, said or {})
        return name, status, {"statusCode": 200, "body": msgspec.json.encode(told).decode()}

    def _called(self, said: Mapping[str, Any] | None) -> tuple[str, Callable[..., Any]]:
        """The name under which it is logged, and what does it."""
        wanted = said.get("action", "") if said is not None else None
        if isinstance(wanted, str) and wanted in self._actions:
            return wanted, self._actions[wanted]
        for field, call in self._bare.items():
            if said is None or ("action" not in said and field in said):
                return field, call
        raise NotFound("There is no such action.", code="no_such_action")


def _step(step: Step, frame: Frame) -> tuple[int, dict[str, Any]]:
    """Anything but 200 refuses a handshake with that status; after a disconnection nobody listens."""
    try:
        step(frame)
    except Exception as error:  # noqa: BLE001 - as above
        status = _failed(error, step.__name__, frame)
        headers = error_headers(error) if isinstance(error, SluiceError) else {}
        return status, {"statusCode": status, "headers": headers}
    return 200, {"statusCode": 200}


def _read(raw: bytes) -> dict[str, Any] | None:
    """A message that is an object; ``None`` for an array."""
    try:
        said = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The message is not readable JSON.") from error
    if not isinstance(said, dict | list):
        raise Malformed("The message must be a JSON object with an action.")
    return said if isinstance(said, dict) else None


def _failed(error: Exception, name: str, frame: Frame) -> int:
    """The status that the error has, which is logged if it is nobody's fault but ours."""
    status = status_of(error) if isinstance(error, SluiceError) else 500
    if status == 500:
        logger().exception("action failed", extra={"requestId": frame.request_id, "action": name})
    return status


def _refusal(error: Exception, frame: Frame, said: Mapping[str, Any]) -> Refused:
    known = error if isinstance(error, SluiceError) else SluiceError("")
    body = error_body(known, frame.request_id)
    action, video_id = said.get("action"), said.get("videoId")
    return Refused(
        error=body.error,
        code=body.code,
        request_id=frame.request_id,
        action=action if isinstance(action, str) and len(action) <= 100 else UNSET,
        video_id=video_id if isinstance(video_id, str) and len(video_id) <= 100 else UNSET,
    )
