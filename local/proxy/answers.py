"""Answers of the front door itself: errors in the API's own shape."""

import uuid
from collections.abc import Mapping

from aiohttp import web


def error_answer(
    status: int, code: str, sentence: str, headers: Mapping[str, str] | None = None
) -> web.Response:
    """``{error, code, requestId}``, as the contract's section 0 has it."""
    body = {"error": sentence, "code": code, "requestId": str(uuid.uuid4())}
    return web.json_response(body, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


def message_answer(status: int, message: str) -> web.Response:
    """``{message}``: what API Gateway answers by itself."""
    return web.json_response({"message": message}, status=status)
