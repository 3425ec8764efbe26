"""Events as AWS sends them: whole samples from ``events/``, changed only in what a test is about."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "events"


def sample(name: str) -> dict[str, Any]:
    """A fresh copy of ``events/{name}.json``, such as ``sample("purge/deleted")``."""
    return dict(json.loads(_text(name)))


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.json").read_text()


@cache
def _names_of_routes() -> dict[str, str]:
    names = (str(path.relative_to(_FOLDER).with_suffix("")) for path in sorted(_FOLDER.rglob("*.json")))
    return {sample(name)["routeKey"]: name for name in names if "routeKey" in sample(name)}


def http_event(
    key: str,
    *,
    token: str | None = None,
    body: object = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    **path: str,
) -> dict[str, Any]:
    """The sample of a route, such as ``GET /api/videos``, with these parts in place of its own.

    ``token`` is the bearer token (``None``: there is no such header); ``body`` is sent as it is if it is
    text, else as JSON; what is not given stays as in the sample, except the idempotency key, which goes.
    """
    event = sample(_names_of_routes()[key])
    event["headers"].pop("authorization", None)
    event["headers"].pop("idempotency-key", None)
    if token is not None:
        event["headers"]["authorization"] = f"Bearer {token}"
    event["headers"] |= headers or {}
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    if query is not None:
        event["queryStringParameters"] = query
    if path:
        event["pathParameters"] = {**event.get("pathParameters", {}), **path}
    return event


def answer_of(reply: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that a reply carries."""
    return dict(json.loads(reply["body"]))
