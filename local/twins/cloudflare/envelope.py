"""The envelope of every answer of Cloudflare's API, and the codes of its errors."""

from typing import Any

from aiohttp import web

from local.twins.refusals import Doc, Refused

AUTHENTICATION, NOT_FOUND, BAD_REQUEST = "10000", "10003", "10005"
NOT_A_VIDEO, OVER_QUOTA, TOO_MANY = "10059", "10011", "10010"


def answer(result: Any, *, status: int = 200) -> web.Response:
    """A success."""
    return web.json_response({"result": result, "success": True, "errors": [], "messages": []}, status=status)


def failure(code: str, message: str) -> Doc:
    """The body of an error."""
    number = int(code) if code.isdigit() else int(BAD_REQUEST)
    return {
        "result": None,
        "success": False,
        "errors": [{"code": number, "message": message}],
        "messages": [],
    }


def refuse(message: str) -> Refused:
    """400 with a sentence."""
    return Refused(400, BAD_REQUEST, message)


def not_found(what: str) -> Refused:
    """404."""
    return Refused(404, NOT_FOUND, f"There is no such {what}.")
