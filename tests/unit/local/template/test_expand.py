"""Expanding the project's own template as AWS does."""

from typing import Any

import pytest

from local.template.expand import expand, parameters_for, pascal_case
from local.template.source import TemplateError, read_source
from tests.stack import ROOT

ORIGINS = {"ALLOWED_ORIGINS": "http://localhost:3000"}


def test_every_serverless_resource_is_expanded() -> None:
    body = read_source(ROOT).body
    made = expand(body, parameters_for(body, ORIGINS))
    kinds = [resource["Type"] for resource in made["Resources"].values()]
    assert not [kind for kind in kinds if kind.startswith("AWS::Serverless")]
    assert kinds.count("AWS::Lambda::Function") == len(read_source(ROOT).functions)
    assert "AWS::ApiGatewayV2::Route" in kinds


def test_only_parameters_that_the_template_has_are_given() -> None:
    body: dict[str, Any] = {"Parameters": {"AllowedOrigins": {}, "AuthSecretArn": {}}}
    wanted = {**ORIGINS, "AuthSecretArn": "arn", "GENERATION_WAIT_SECONDS": "20"}
    assert parameters_for(body, wanted) == {
        "AllowedOrigins": "http://localhost:3000",
        "AuthSecretArn": "arn",
    }


def test_a_template_that_cannot_be_expanded_says_why() -> None:
    function = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "s3://b/k"}}
    with pytest.raises(TemplateError, match="Docs"):
        expand({"Resources": {"Docs": function}}, {})


@pytest.mark.parametrize(("name", "parameter"), [("LADDER", "Ladder"), ("PUBLIC_URL", "PublicUrl")])
def test_names(name: str, parameter: str) -> None:
    assert pascal_case(name) == parameter
