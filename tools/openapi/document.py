"""The whole document."""

import json
from typing import Any

from sluice import __version__
from sluice.edge.contract.errors import ErrorBody

from tools.openapi.examples import EXAMPLES
from tools.openapi.functions import ROOT, HttpFunction, http_functions
from tools.openapi.operations import contracts, operation
from tools.openapi.responses import GATEWAY_MESSAGE, error_responses
from tools.openapi.schemas import Json, components

DOCUMENT = ROOT / "functions/docs/openapi.json"

_ABOUT = """\
Direct uploads, processing, private playback: one API over several video providers.

Times are ISO 8601 in UTC, durations are seconds, sizes bytes, bit rates bit/s. Every error has the shape of
`ErrorBody`; only what API Gateway answers by itself has AWS's `{"message"}`. Links in answers are signed and
expire. To upload: ask for an upload URL, send the source as `upload.protocol` says, then poll the status."""


def document() -> Json:
    """The OpenAPI 3.1 document of all functions' routes."""
    functions = http_functions()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sluice",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "Where this document comes from."}],
        "tags": [{"name": function.tag, "description": function.about} for function in functions],
        "paths": _paths(functions),
        "components": _components(functions),
    }


def rendered() -> str:
    """The document as it is committed and served."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _paths(functions: list[HttpFunction]) -> Json:
    paths: dict[str, Any] = {}
    for function in functions:
        for route in function.routes:
            method, path = route.key.split(" ")
            paths.setdefault(path, {})[method.lower()] = operation(route, function.tag)
    return dict(sorted(paths.items()))


def _components(functions: list[HttpFunction]) -> Json:
    types = [kind for function in functions for route in function.routes for kind in contracts(route)]
    schemas = {**components([ErrorBody, *types]), "GatewayMessage": GATEWAY_MESSAGE}
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    return {
        "schemas": dict(sorted(schemas.items())),
        "responses": error_responses(),
        "parameters": {"IdempotencyKey": _IDEMPOTENCY_KEY},
        "headers": {"IdempotentReplayed": _IDEMPOTENT_REPLAYED},
        "securitySchemes": {
            "bearer": _BEARER,
            "videoKey": {**_VIDEO_KEY, "in": "header", "name": "X-Video-Key"},
            "videoKeyInQuery": {**_VIDEO_KEY, "in": "query", "name": "key"},
        },
    }


_IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "Makes it safe to ask again: within 24 hours the same key with the same body is answered as the first"
        " time, with `Idempotent-Replayed: true`; with another body it is a 409."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_IDEMPOTENT_REPLAYED: Json = {
    "description": "There, and `true`, if an earlier request with the same key did the work.",
    "schema": {"type": "string", "enum": ["true"]},
}
_VIDEO_KEY: Json = {
    "type": "apiKey",
    "description": (
        "A video's secret key opens that one video, whatever token comes with it. A wrong one is a 403, also"
        " where there is no such video; an empty one is none."
    ),
}
_BEARER: Json = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "`sub` is the user's id; `exp` is required.",
}
