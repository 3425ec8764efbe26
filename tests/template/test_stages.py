"""`make deploy STAGE=…` knows three stages."""

import tomllib
from typing import Any

import pytest

from tests.template_file import ROOT, template

STAGES = ("dev", "staging", "prod")


def deployment(stage: str) -> dict[str, Any]:
    told: dict[str, Any] = tomllib.loads((ROOT / "samconfig.toml").read_text())
    return dict(told[stage]["deploy"]["parameters"])


def overrides(stage: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in deployment(stage)["parameter_overrides"])


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_is_a_stack_of_its_own(stage: str) -> None:
    assert deployment(stage)["stack_name"] == f"sluice-{stage}"
    assert deployment(stage)["resolve_s3"] is True
    assert overrides(stage)["Stage"] == stage


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_sets_only_parameters_that_there_are(stage: str) -> None:
    parameters = template()["Parameters"]
    for name, value in overrides(stage).items():
        allowed = parameters[name].get("AllowedValues")
        assert allowed is None or value in map(str, allowed)


@pytest.mark.parametrize("stage", STAGES)
def test_a_change_of_what_users_see_is_looked_at_first(stage: str) -> None:
    assert deployment(stage)["confirm_changeset"] is (stage != "dev")


@pytest.mark.parametrize("stage", STAGES)
def test_a_deployment_may_make_roles_but_not_name_them(stage: str) -> None:
    assert deployment(stage)["capabilities"] == "CAPABILITY_IAM"
