"""The OpenAPI body of an HTTP API as routes and integrations."""

import copy
from typing import Any

import pytest

from local.template.routes import with_explicit_routes
from local.template.source import TemplateError

URI = {"Fn::Sub": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Docs.Arn}/invocations"}


def operation(uri: Any = None, **more: Any) -> dict[str, Any]:
    """An operation that a Lambda function answers."""
    integration = {
        "httpMethod": "POST",
        "type": "aws_proxy",
        "uri": uri or URI,
        "payloadFormatVersion": "2.0",
    }
    return {"x-amazon-apigateway-integration": integration, "responses": {}, **more}


def template(paths: dict[str, Any], **body: Any) -> dict[str, Any]:
    """An expanded template with one HTTP API."""
    api = {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {
            "Body": {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths, **body},
            "FailOnWarnings": True,
        },
    }
    return {"Resources": {"Api": api, "Table": {"Type": "AWS::DynamoDB::Table"}}}


def route_keys(made: dict[str, Any]) -> set[str]:
    """The routes' keys."""
    return {
        resource["Properties"]["RouteKey"]
        for resource in made["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    }


def test_each_operation_becomes_a_route() -> None:
    made = with_explicit_routes(
        template(
            {
                "/api/videos": {"get": operation(), "post": operation()},
                "/api/{proxy+}": {"x-amazon-apigateway-any-method": operation()},
                "$default": {"x-amazon-apigateway-any-method": operation()},
            }
        )
    )
    assert route_keys(made) == {"GET /api/videos", "POST /api/videos", "ANY /api/{proxy+}", "$default"}


def test_operations_of_one_function_share_its_integration() -> None:
    paths = {"/a": {"get": operation(), "post": operation()}, "/b": {"get": operation({"Fn::Sub": "other"})}}
    made = with_explicit_routes(template(paths))["Resources"]
    integrations = {name for name, found in made.items() if found["Type"] == "AWS::ApiGatewayV2::Integration"}
    assert len(integrations) == 2
    for found in made.values():
        if found["Type"] == "AWS::ApiGatewayV2::Route":
            assert found["Properties"]["Target"]["Fn::Join"][1][1]["Ref"] in integrations
            assert found["Properties"]["ApiId"] == {"Ref": "Api"}


def test_the_api_itself_is_an_http_api_without_a_body() -> None:
    tags = [{"name": "made:by", "x-amazon-apigateway-tag-value": "SAM"}]
    properties = with_explicit_routes(template({}, tags=tags))["Resources"]["Api"]["Properties"]
    assert properties == {
        "ProtocolType": "HTTP",
        "Name": "t",
        "Tags": {"made:by": "SAM"},
    }


def test_names_are_the_same_every_time_and_the_input_is_not_changed() -> None:
    given = template({"/a": {"get": operation()}})
    before = copy.deepcopy(given)
    assert with_explicit_routes(given) == with_explicit_routes(given)
    assert given == before


def test_an_authorizer_is_refused() -> None:
    with pytest.raises(TemplateError, match="GET /a asks for an authorizer"):
        with_explicit_routes(template({"/a": {"get": operation(security=[{"Jwt": []}])}}))
