"""`template.yaml` as tests see it: its resources, its routes, the environment that it gives to functions."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]


class _Loader(yaml.SafeLoader):
    """Reads `!Ref X` as `{"Ref": "X"}` and any other tag `!T` as `{"Fn::T": …}`."""


def _tagged(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    match node:
        case yaml.ScalarNode():
            value = loader.construct_scalar(node)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
        case _:
            raise TypeError(tag)
    return {tag if tag in {"Ref", "Condition"} else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _tagged)


@cache
def template() -> dict[str, Any]:
    """The whole template."""
    text = (ROOT / "template.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 - a safe loader that knows more tags
    return loaded


def functions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each function's folder and properties."""
    for resource in template()["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            properties = resource["Properties"]
            yield properties["CodeUri"].removeprefix("functions/").rstrip("/"), properties


def http_routes() -> dict[str, str]:
    """Each route, as in ``GET /api/videos``, and the folder of the function behind it."""
    return {
        f"{event['Properties']['Method']} {event['Properties']['Path']}": folder
        for folder, properties in functions()
        for event in properties.get("Events", {}).values()
        if event["Type"] == "HttpApi" and "Path" in event["Properties"]
    }


def function_environment() -> dict[str, str]:
    """What every function finds in its environment: parameters' defaults, and words for resources."""
    given = template()["Globals"]["Function"]["Environment"]["Variables"]
    parameters = template()["Parameters"]
    return {
        name: str(parameters[value["Ref"]]["Default"]) if value.get("Ref") in parameters else name.lower()
        for name, value in given.items()
    }
