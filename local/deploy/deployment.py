"""What is deployed: where requests go, and which function runs which folder."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from local.deploy.clients import Clients
from local.deploy.stack import deploy_stack, deployed_digest, physical_ids
from local.template.expand import Expanded, expanded, parameters_for
from local.template.source import TemplateError, source_digest

# Below the project's folder.
EXPANDED = ".sluice-expanded"


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployed stack.

    ``functions`` is folder → functions' names; ``websocket`` is the WebSocket API's id and stage, if the
    template has one.
    """

    digest: str
    http_api: str
    websocket: tuple[str, str] | None
    functions: Mapping[str, list[str]]


def deploy(root: Path, clients: Clients, wanted: Mapping[str, str], record: Path) -> tuple[Deployment, bool]:
    """Deploy the template of ``root`` unless the same was deployed last; and whether anything was done.

    ``wanted`` are values for parameters, by environment name or by the parameter's own.

    Raises:
        TemplateError: the template is unusable.
        DeployFailed: the engine could not make it.
    """
    digest = _digest(root, wanted)
    last = read_record(record)
    if last is not None and last.digest == digest == deployed_digest(clients):
        return last, False
    project = expanded(root, root / EXPANDED)
    parameters = parameters_for(project.template, wanted)
    record.unlink(missing_ok=True)
    deploy_stack(clients, project.template, parameters, digest)
    made = _describe(project, physical_ids(clients), digest)
    _set_cors(clients, made.http_api, project.template, parameters)
    record.write_text(json.dumps(asdict(made)))
    return made, True


def _digest(root: Path, wanted: Mapping[str, str]) -> str:
    import hashlib

    return hashlib.sha256(json.dumps([source_digest(root), sorted(wanted.items())]).encode()).hexdigest()


def read_record(record: Path) -> Deployment | None:
    """The deployment that was recorded last; None if there is none that can be read."""
    try:
        saved = json.loads(record.read_text())
        websocket = saved.pop("websocket")
        return Deployment(**saved, websocket=tuple(websocket) if websocket else None)
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None  # none yet, or another version's


def _describe(project: Expanded, ids: Mapping[str, str], digest: str) -> Deployment:
    apis = _of_type(project.template, "AWS::ApiGatewayV2::Api")
    http = [name for name, properties in apis.items() if properties.get("ProtocolType") == "HTTP"]
    if len(http) != 1:
        raise TemplateError(f"The local stack serves one HTTP API, the template has {len(http)}.")
    functions: dict[str, list[str]] = {}
    for logical, folder in project.functions.items():
        functions.setdefault(folder, []).append(ids[logical])
    return Deployment(
        digest=digest,
        http_api=ids[http[0]],
        websocket=_websocket(project.template, apis, ids),
        functions=functions,
    )


def _websocket(
    template: Mapping[str, Any], apis: Mapping[str, Any], ids: Mapping[str, str]
) -> tuple[str, str] | None:
    for name, properties in apis.items():
        if properties.get("ProtocolType") == "WEBSOCKET":
            for stage in _of_type(template, "AWS::ApiGatewayV2::Stage").values():
                if stage.get("ApiId") == {"Ref": name}:
                    return ids[name], str(stage["StageName"])
    return None


def _set_cors(clients: Clients, api: str, template: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
    """The engine takes no lists from a parameter, and no CORS at creation: set it once more by itself."""
    for properties in _of_type(template, "AWS::ApiGatewayV2::Api").values():
        cors = properties.get("CorsConfiguration")
        if cors and properties.get("ProtocolType") == "HTTP":
            clients("apigatewayv2").update_api(ApiId=api, CorsConfiguration=cors_lists(cors, parameters))


def cors_lists(cors: Mapping[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
    """CORS settings with the parameters' values, which are texts with commas, as lists."""

    def resolved(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"Ref"}:
            return [part.strip() for part in parameters[value["Ref"]].split(",")]
        return value

    return {name: resolved(value) for name, value in cors.items()}


def _of_type(template: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {
        name: resource.get("Properties") or {}
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }
