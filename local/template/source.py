"""Reads the template and points it at placeholders for code: the code itself is pushed afterwards."""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARTIFACTS_BUCKET = "sluice-local-artifacts"
FUNCTION_PLACEHOLDER = "function.zip"
LAYER_PLACEHOLDER = "layer.zip"

FUNCTION = "AWS::Serverless::Function"
LAYER = "AWS::Serverless::LayerVersion"
STATE_MACHINE = "AWS::Serverless::StateMachine"
HTTP_API = "AWS::Serverless::HttpApi"


class TemplateError(ValueError):
    """The template cannot be used; the message is a sentence for the engineer."""


@dataclass(frozen=True, slots=True)
class Source:
    """The template as it was read.

    ``functions`` is logical id → folder, relative to the root.
    """

    body: Mapping[str, Any]
    functions: Mapping[str, str]


def read_source(root: Path) -> Source:
    """The template of the project at ``root``.

    Raises:
        TemplateError: it is missing or is not YAML, or a state machine's definition is not JSON.
    """
    from samtranslator.yaml_helper import yaml_parse
    from yaml import YAMLError

    try:
        text = (root / "template.yaml").read_text()
        body = yaml_parse(text)
    except FileNotFoundError:
        raise TemplateError(f"There is no template.yaml in {root}.") from None
    except YAMLError as exc:
        raise TemplateError(f"template.yaml cannot be read: {exc}") from exc
    if not isinstance(body, dict) or not isinstance(body.get("Resources"), dict):
        raise TemplateError("template.yaml has no Resources.")
    functions = {
        name: str(resource["Properties"]["CodeUri"]).rstrip("/")
        for name, resource in body["Resources"].items()
        if resource.get("Type") == FUNCTION
    }
    return Source(body=localised(body, root), functions=functions)


def localised(body: Mapping[str, Any], root: Path) -> dict[str, Any]:
    """A copy whose code is the placeholders' and whose state machines carry their definitions."""
    made: dict[str, Any] = copy.deepcopy(dict(body))
    for name, resource in made["Resources"].items():
        properties = resource.get("Properties") or {}
        match resource.get("Type"):
            case "AWS::Serverless::Function":
                properties["CodeUri"] = f"s3://{ARTIFACTS_BUCKET}/{FUNCTION_PLACEHOLDER}"
            case "AWS::Serverless::LayerVersion":
                properties["ContentUri"] = f"s3://{ARTIFACTS_BUCKET}/{LAYER_PLACEHOLDER}"
            case "AWS::Serverless::StateMachine" if "DefinitionUri" in properties:
                properties["Definition"] = _definition(name, root / properties.pop("DefinitionUri"))
            case _:
                pass
    return made


def source_digest(root: Path) -> str:
    """Changes with the template, with any state machine, and with the code that turns them into a stack."""
    here = Path(__file__).parent
    files = [
        root / "template.yaml",
        *sorted((root / "statemachines").glob("*.json")),
        *sorted(here.glob("*.py")),
        *sorted((here.parent / "deploy").glob("*.py")),
    ]
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _definition(name: str, path: Path) -> Any:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        raise TemplateError(f"{name}: there is no file {path.name}.") from None
    except json.JSONDecodeError as exc:
        raise TemplateError(f"{path.name} is not JSON: line {exc.lineno}, {exc.msg}.") from exc
