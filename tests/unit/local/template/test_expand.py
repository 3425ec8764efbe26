"""Expanding the project's own template as AWS does."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from local.template.expand import expand, expanded, parameters_for, pascal_case
from local.template.source import TemplateError, read_source
from tests.stack import ROOT

ORIGINS = {"ALLOWED_ORIGINS": "http://localhost:3000"}


def test_every_serverless_resource_is_expanded() -> None:
    made = expand(read_source(ROOT).body)
    kinds = [resource["Type"] for resource in made["Resources"].values()]
    assert not [kind for kind in kinds if kind.startswith("AWS::Serverless")]
    assert kinds.count("AWS::Lambda::Function") == len(read_source(ROOT).functions)
    assert "AWS::ApiGatewayV2::Route" in kinds
    assert made["Resources"]["HttpApi"]["Properties"]["CorsConfiguration"]["AllowOrigins"] == {
        "Ref": "AllowedOrigins"
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As much of the project as its template needs."""
    shutil.copytree(ROOT / "statemachines", tmp_path / "statemachines")
    properties = {"CodeUri": "functions/docs/", "Handler": "a.b", "Runtime": "python3.13"}
    function = {"Type": "AWS::Serverless::Function", "Properties": properties}
    (tmp_path / "template.yaml").write_text(json.dumps({"Resources": {"Docs": function}}))
    return tmp_path


def test_what_was_expanded_before_is_read(project: Path) -> None:
    made = expanded(project, project / "kept")
    assert made.functions == {"Docs": "functions/docs"}
    (kept,) = (project / "kept").iterdir()
    kept.write_text(json.dumps({"template": {"Resources": {}}, "functions": {}}))
    assert expanded(project, project / "kept").functions == {}


def test_a_changed_template_is_expanded_anew_and_only_the_newest_are_kept(project: Path) -> None:
    body = json.loads((project / "template.yaml").read_text())
    for number in range(6):
        (project / "template.yaml").write_text(json.dumps({**body, "Description": f"number {number}"}))
        assert expanded(project, project / "kept").template["Description"] == f"number {number}"
    assert len(list((project / "kept").iterdir())) == 4


def test_stacks_that_start_together_do_not_mind_each_other(project: Path) -> None:
    body = json.loads((project / "template.yaml").read_text())
    made = expanded(project, project / "kept")
    for number in range(8):  # such as another has just removed
        (project / f"kept/{number}.json").symlink_to("nowhere")
    (project / "template.yaml").write_text(json.dumps({**body, "Description": "another"}))
    assert expanded(project, project / "kept").template == {**made.template, "Description": "another"}


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
        expand({"Resources": {"Docs": function}})


@pytest.mark.parametrize(("name", "parameter"), [("LADDER", "Ladder"), ("PUBLIC_URL", "PublicUrl")])
def test_names(name: str, parameter: str) -> None:
    assert pascal_case(name) == parameter
