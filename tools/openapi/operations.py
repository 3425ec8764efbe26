"""One route as an operation of the document."""

import re
from inspect import getdoc, signature
from types import NoneType, UnionType
from typing import Any, get_args

from sluice.edge.http import Access, Reply, Route

from tools.openapi.responses import errors_of
from tools.openapi.schemas import Json, properties, schema

_PATH_PARAMETER = re.compile(r"\{(\w+)\+?\}")
_BY_KEY: list[Json] = [{"videoKey": []}, {"videoKeyInQuery": []}]
_SECURITY: dict[Access, list[Json]] = {
    Access.PRIVATE: [{"bearer": []}],
    Access.KEYED: [{"bearer": []}, *_BY_KEY],
    Access.OPTIONAL: [{"bearer": []}, *_BY_KEY, {}],
    Access.PUBLIC: [],
}
_SUCCESS = {200: "Done.", 201: "Made.", 202: "Accepted; the rest follows.", 204: "Done.", 302: "It is there."}
_WHO = {
    Access.PRIVATE: "",
    Access.KEYED: "Open to whoever brings the video's secret key.",
    Access.OPTIONAL: "Open to anybody if the video is public, and to whoever brings its secret key.",
    Access.PUBLIC: "Public.",
}
_KEY: Json = {"$ref": "#/components/parameters/IdempotencyKey"}
_REPLAYED: Json = {"$ref": "#/components/headers/IdempotentReplayed"}


def operation(route: Route, tag: str) -> Json:
    """What the document says of a route."""
    summary, _, rest = (getdoc(route.call) or "").partition("\n\n")
    about = "\n\n".join(filter(None, (rest.replace("``", "`"), _WHO[route.access])))
    told: Json = {
        "operationId": operation_id(route.key),
        "tags": [tag],
        "summary": " ".join(summary.replace("``", "`").split()).removesuffix("."),
        "security": _SECURITY[route.access],
        "responses": _responses(route),
    }
    if about:
        told["description"] = about
    parameters = [*_path_parameters(route), *_query_parameters(route), *([_KEY] if route.keyed else [])]
    if parameters:
        told["parameters"] = parameters
    if route.body:
        required = any(required for _, _, required in properties(route.body))
        told["requestBody"] = {"required": required, "content": _json(route.body)}
    elif route.takes:
        told["requestBody"] = {"required": route.query is None, "content": _json(route.takes)}
    return told


def contracts(route: Route) -> list[Any]:
    """All types that a route takes and answers with."""
    return [kind for kind in (route.body, route.takes, _answer(route), *route.also.values()) if kind]


def operation_id(key: str) -> str:
    """A name that follows from the route alone, such as ``getVideosByIdStatus``."""
    method, path = key.split(" ")
    words = re.findall(r"[a-z0-9]+", re.sub(r"\{(?:\w+_)?(\w+)\}", r"by-\1", path.removeprefix("/api")))
    return method.lower() + "".join(word.capitalize() for word in words)


def _path_parameters(route: Route) -> list[Json]:
    return [
        _parameter(name, "path", schema(route.call.__annotations__[name]), required=True)
        for name in _PATH_PARAMETER.findall(route.key)
    ]


def _query_parameters(route: Route) -> list[Json]:
    if route.query is None:
        return []
    return [
        _parameter(name, "query", one, required=required) for name, one, required in properties(route.query)
    ]


def _parameter(name: str, place: str, one: Json, *, required: bool) -> Json:
    """A description belongs to the parameter, not to its schema."""
    told = {"name": name, "in": place, "required": required}
    if "description" in one:
        told["description"] = one["description"]
    return {**told, "schema": {key: value for key, value in one.items() if key != "description"}}


def _responses(route: Route) -> Json:
    success: Json = {"description": _SUCCESS[route.status]}
    answer = _answer(route)
    if 300 <= route.status < 400:
        location = {
            "description": "Where it is.",
            "required": True,
            "schema": {"type": "string", "format": "uri"},
        }
        success["headers"] = {"Location": location}
    elif answer:
        success["content"] = _json(answer)
    elif signature(route.call).return_annotation is not None:
        success["content"] = {route.media_type.partition(";")[0]: {}}
    if route.keyed:
        success["headers"] = {"Idempotent-Replayed": _REPLAYED}
    also = {
        str(status): {"description": "The same, with another outcome.", "content": _json(contract)}
        for status, contract in route.also.items()
    }
    return {str(route.status): success, **dict(sorted({**also, **errors_of(route)}.items()))}


def _answer(route: Route) -> Any:
    """The contract of the answer; ``None`` for text, files and nothing."""
    declared = signature(route.call).return_annotation
    kinds = get_args(declared) if isinstance(declared, UnionType) else (declared,)
    return next((kind for kind in kinds if kind not in {Reply, str, None, NoneType}), None)


def _json(contract: Any) -> Json:
    return {"application/json": {"schema": schema(contract)}}
