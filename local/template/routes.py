"""Turns the OpenAPI body of an HTTP API into routes and integrations.

``AWS::Serverless::HttpApi`` expands to an API with an OpenAPI body, which the engine's CloudFormation does
not read: such an API would have no routes. Each operation of the body becomes the resources that API
Gateway makes of it when it imports the body.
"""

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from local.template.source import TemplateError

API = "AWS::ApiGatewayV2::Api"
_INTEGRATION = "x-amazon-apigateway-integration"


def with_explicit_routes(template: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an expanded template in which no HTTP API has a body any more.

    Raises:
        TemplateError: an operation asks for an authorizer, which we do not use (tokens are verified in the
            shared layer).
    """
    made = copy.deepcopy(dict(template))
    added: dict[str, Any] = {}
    for name, resource in made["Resources"].items():
        properties = resource.get("Properties") or {}
        if resource.get("Type") == API and "Body" in properties:
            added |= _routes(name, properties.pop("Body"), properties)
    made["Resources"] |= added
    return made


def _routes(api: str, body: Mapping[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """Resources for the body's operations; completes the API's own ``properties``."""
    properties.pop("FailOnWarnings", None)
    properties["ProtocolType"] = "HTTP"
    properties.setdefault("Name", (body.get("info") or {}).get("title", api))
    tags = {tag["name"]: tag.get("x-amazon-apigateway-tag-value", "") for tag in body.get("tags", [])}
    if tags:
        properties["Tags"] = tags
    resources: dict[str, Any] = {}
    for path, operations in (body.get("paths") or {}).items():
        for verb, operation in operations.items():
            if _INTEGRATION in operation:
                resources |= _route(api, path, verb, operation)
    return resources


def _route(api: str, path: str, verb: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    if operation.get("security"):
        raise TemplateError(
            f"{verb.upper()} {path} asks for an authorizer: tokens are verified in the functions."
        )
    integration = operation[_INTEGRATION]
    integration_name = f"{api}Integration{_digest(integration)}"
    key = _route_key(path, verb)
    properties = {
        "ApiId": {"Ref": api},
        "IntegrationType": str(integration["type"]).upper(),
        "IntegrationUri": integration["uri"],
        "IntegrationMethod": integration.get("httpMethod", "POST"),
        "PayloadFormatVersion": str(integration.get("payloadFormatVersion", "2.0")),
    }
    if "timeoutInMillis" in integration:
        properties["TimeoutInMillis"] = integration["timeoutInMillis"]
    target = {"Fn::Join": ["/", ["integrations", {"Ref": integration_name}]]}
    return {
        integration_name: {"Type": "AWS::ApiGatewayV2::Integration", "Properties": properties},
        f"{api}Route{_digest(key)}": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {"ApiId": {"Ref": api}, "RouteKey": key, "Target": target},
        },
    }


def _route_key(path: str, verb: str) -> str:
    if path.lstrip("/") == "$default":
        return "$default"
    return f"{'ANY' if verb == 'x-amazon-apigateway-any-method' else verb.upper()} {path}"


def _digest(value: Any) -> str:
    """A short name for a value: equal values share it."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:10]
