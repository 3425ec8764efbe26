"""How a twin says no: raised anywhere below a handler, rendered by the provider's own error middleware."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

LARGEST_BODY = 1024 * 1024  # no call of either API needs more JSON than this

type Doc = dict[str, Any]


@dataclass(eq=False)  # not frozen: Python writes the traceback into it
class Refused(Exception):
    """A request that is answered with an error.

    Attributes:
        kind: Mux's error type or Cloudflare's numeric code as text.
    """

    status: int
    kind: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)


async def read_object(request: web.Request, *, kind: str) -> Doc:
    """The body as a JSON object; an empty body is an empty object.

    Raises:
        Refused: 400 of ``kind``, or 413.
    """
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise Refused(413, kind, "The body is too large.")
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refused(400, kind, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, kind, "The body must be a JSON object.")
    return body


def page_of(request: web.Request, *, kind: str, default: int, largest: int) -> tuple[int, int]:
    """``limit`` and the offset that ``page`` (from 1) stands for.

    Raises:
        Refused: one of them is not a number in range.
    """
    limit, page = request.query.get("limit", str(default)), request.query.get("page", "1")
    if not (_is_number(limit) and _is_number(page) and 1 <= int(limit) <= largest and int(page) >= 1):
        raise Refused(400, kind, f"limit must be 1 to {largest} and page at least 1.")
    return int(limit), (int(page) - 1) * int(limit)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
