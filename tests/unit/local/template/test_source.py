"""Reading the template."""

from pathlib import Path

import pytest

from local.template.source import TemplateError, localised, read_source, source_digest
from tests.stack import ROOT

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Docs:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: functions/docs/, Layers: [!Ref Shared]}
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: layers/shared/python/}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: statemachines/media.asl.json}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one function, layer and state machine."""
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "statemachines").mkdir()
    (tmp_path / "statemachines/media.asl.json").write_text('{"StartAt": "A"}')
    return tmp_path


def test_code_is_the_placeholders_and_definitions_are_carried(project: Path) -> None:
    source = read_source(project)
    resources = source.body["Resources"]
    assert resources["Docs"]["Properties"]["CodeUri"] == "s3://sluice-local-artifacts/function.zip"
    assert resources["Docs"]["Properties"]["Layers"] == [{"Ref": "Shared"}]
    assert resources["Shared"]["Properties"]["ContentUri"] == "s3://sluice-local-artifacts/layer.zip"
    assert resources["Machine"]["Properties"] == {"Definition": {"StartAt": "A"}}
    assert source.functions == {"Docs": "functions/docs"}


def test_what_was_read_is_not_changed() -> None:
    body = {"Resources": {"Docs": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "f/"}}}}
    localised(body, Path())
    assert body["Resources"]["Docs"]["Properties"] == {"CodeUri": "f/"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("template.yaml", "a: [", "template.yaml cannot be read"),
        ("template.yaml", "just words", "no Resources"),
        ("statemachines/media.asl.json", "{\n  nonsense", "media.asl.json is not JSON: line 2"),
    ],
)
def test_what_cannot_be_read_is_said(project: Path, name: str, text: str, said: str) -> None:
    (project / name).write_text(text)
    with pytest.raises(TemplateError, match=said):
        read_source(project)


@pytest.mark.parametrize("name", ["template.yaml", "statemachines/media.asl.json"])
def test_what_is_missing_is_said(project: Path, name: str) -> None:
    (project / name).unlink()
    with pytest.raises(TemplateError, match=r"There is no template|there is no file"):
        read_source(project)


def test_the_digest_follows_template_and_state_machines(project: Path) -> None:
    first = source_digest(project)
    (project / "statemachines/media.asl.json").write_text("{}")
    second = source_digest(project)
    (project / "template.yaml").write_text(TEMPLATE + "# more\n")
    assert len({first, second, source_digest(project)}) == 3


def test_the_projects_own_template_can_be_read() -> None:
    source = read_source(ROOT)
    assert {folder for folder in source.functions.values() if not (ROOT / folder).is_dir()} == set()
