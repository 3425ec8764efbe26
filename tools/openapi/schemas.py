"""JSON Schemas of contracts, as the document wants them."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

type Json = dict[str, Any]

REF = "#/components/schemas/{name}"


def components(types: Iterable[Any]) -> Json:
    """Every contract that ``types`` reach, by its name."""
    _, found = msgspec.json.schema_components(list(types), ref_template=REF)
    return {name: _tidy(found[name]) for name in sorted(found)}


def schema(of: Any) -> Json:
    """The schema of one type; contracts are referred to by name."""
    (one,), _ = msgspec.json.schema_components([of], ref_template=REF)
    return dict(_tidy(one))


def _tidy(node: Any) -> Any:
    """Docstrings as Markdown; without what only repeats, see ``_repeats``; enums say their type."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if isinstance(node, str):
        return node.replace("``", "`")
    if not isinstance(node, dict):
        return node
    kept: Json = {key: _tidy(value) for key, value in node.items() if not _repeats(key, value)}
    if "enum" in kept and all(isinstance(choice, str) for choice in kept["enum"]):
        kept.setdefault("type", "string")
    return kept


def _repeats(key: str, value: Any) -> bool:
    """Titles that are names, null as a default, an empty list of what is required."""
    named = key == "title" and isinstance(value, str)
    return named or (key == "default" and value is None) or (key == "required" and value == [])


def properties(contract: type) -> Iterator[tuple[str, Json, bool]]:
    """Each field of a contract: its name, its schema, and whether a request must bring it.

    A field that has a default only so that its absence is answered by another error than 422 says
    ``extra={"required": True}``.
    """
    described = components([contract])[contract.__name__]
    info = msgspec.inspect.type_info(contract)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"{contract.__name__} is not a Struct")
    for field in info.fields:
        told = field.type.extra if isinstance(field.type, msgspec.inspect.Metadata) else None
        required = field.required or bool((told or {}).get("required"))
        one = dict(described["properties"][field.encode_name])
        if required:
            one.pop("default", None)
        yield field.encode_name, one, required
