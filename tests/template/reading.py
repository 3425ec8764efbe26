"""The template's resources by type, and what refers to what."""

from collections.abc import Iterator
from typing import Any

from tests.template_file import template

type Resource = dict[str, Any]


def of_type(*types: str) -> dict[str, Resource]:
    """Resources of these types, by logical id."""
    return {name: found for name, found in template()["Resources"].items() if found["Type"] in types}


def functions() -> dict[str, dict[str, Any]]:
    """Properties of each function, with those of Globals that it does not set itself."""
    shared = template()["Globals"]["Function"]
    found = of_type("AWS::Serverless::Function")
    return {name: {**shared, **resource["Properties"]} for name, resource in found.items()}


def target(value: Any) -> str:
    """The logical id that a ``Ref``, a ``GetAtt`` or a name says."""
    match value:
        case {"Ref": name} | {"Fn::GetAtt": name}:
            return str(name).split(".", maxsplit=1)[0]
        case str(name):
            return name
        case _:
            raise ValueError(value)


def statements(within: Any = None) -> Iterator[dict[str, Any]]:
    """Every policy statement of the template, wherever it stands."""
    within = template()["Resources"] if within is None else within
    if isinstance(within, dict):
        if "Effect" in within:
            yield within
        for value in within.values():
            yield from statements(value)
    elif isinstance(within, list):
        for value in within:
            yield from statements(value)


def listed(value: Any) -> list[Any]:
    """``value``, which may be one or several, as several."""
    return value if isinstance(value, list) else [value]
