"""The errors that any route may answer with, told once."""

from sluice.edge.errors import STATUS
from sluice.edge.http import Access, Route

from tools.openapi.schemas import REF, Json

_ERROR = {"$ref": REF.format(name="ErrorBody")}
_GATEWAY = {"$ref": REF.format(name="GatewayMessage")}

# What API Gateway says by itself, before a function is asked or when none answers.
GATEWAY_MESSAGE: Json = {
    "type": "object",
    "description": "An answer of API Gateway itself, which has AWS's own shape.",
    "properties": {"message": {"type": ["string", "null"]}},
    "required": ["message"],
}
_BY_GATEWAY = {413, 429, 500, 503}

_WORDS = {
    400: ("Malformed", "The request cannot be read: no JSON object, or a cursor that is not ours."),
    401: ("Unauthenticated", "It is not proven who is asking."),
    403: ("Forbidden", "It belongs to somebody else."),
    404: ("NotFound", "It does not exist, or no longer does."),
    409: ("Conflict", "It is in a state in which this cannot be done; `code` says which."),
    413: ("TooLarge", "More bytes than are allowed."),
    415: ("WrongMediaType", "Not declared as a video."),
    422: ("InvalidFields", "Fields or parameters have wrong types or values; `details` says which."),
    429: ("TooManyRequests", "Slow down."),
    500: ("InternalError", "Something went wrong on our side."),
    502: ("ProviderRefused", "The video provider refused."),
    503: ("Unavailable", "It may work later."),
}

_HEADERS: dict[int, Json] = {
    401: {"WWW-Authenticate": {"description": "`Bearer`.", "schema": {"type": "string"}}},
    503: {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}},
}
_HEADERS[429] = _HEADERS[503]

# The category's own code; many errors have one that says more.
_CODES = {status: kind.code for kind, status in reversed(STATUS.items())}


def error_responses() -> Json:
    """Every error response by its name, for the document's components."""
    return {name: _response(status, words) for status, (name, words) in _WORDS.items()}


def _response(status: int, words: str) -> Json:
    shape = {"anyOf": [_ERROR, _GATEWAY]} if status in _BY_GATEWAY else _ERROR
    example = {"error": words, "code": _CODES.get(status, "internal_error"), "requestId": "c6af9ac6-7b61"}
    told: Json = {
        "description": words,
        "content": {"application/json": {"schema": shape, "example": example}},
    }
    return {**told, "headers": _HEADERS[status]} if status in _HEADERS else told


def errors_of(route: Route) -> Json:
    """References to the errors that a route may answer with, by status."""
    statuses = {429, 500, 503}
    statuses |= {next(STATUS[kind] for kind in error.__mro__ if kind in STATUS) for error in route.raises}
    if route.access is not Access.PUBLIC:
        statuses.add(401)
    if "{video_id}" in route.key:
        statuses |= {404} if route.access is Access.PUBLIC else {403, 404}
    if route.body:
        statuses |= {400, 413, 422}
    if route.keyed:
        # The key may be used for something else or under way, and what it made may be gone by now.
        statuses |= {404, 409, 422}
    if route.query:
        statuses.add(422)
    return {
        str(status): {"$ref": f"#/components/responses/{_WORDS[status][0]}"}
        for status in sorted(statuses - set(route.also))
    }
