"""Step Functions: named errors, and names that are taken."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.engine import Aws, unique
from tests.integration.local.engine.functions import eventually, make_function, make_role

FAILING = """
class Unavailable(Exception):
    pass
def handler(event, context):
    raise Unavailable("later")
"""


def machine(engine: Aws, states: dict[str, Any]) -> str:
    """A state machine; its ARN."""
    definition = json.dumps({"StartAt": next(iter(states)), "States": states})
    role = make_role(engine, "states.amazonaws.com", "lambda:InvokeFunction")
    made = engine("stepfunctions").create_state_machine(
        name=unique("machine"), definition=definition, roleArn=role
    )
    return str(made["stateMachineArn"])


def test_a_named_error_is_caught_by_its_name(engine: Aws) -> None:
    name = make_function(engine, FAILING)
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": name},
        "Catch": [{"ErrorEquals": ["Unavailable"], "Next": "Caught"}],
        "End": True,
    }
    caught = {"Type": "Pass", "Result": "caught", "End": True}
    arn = machine(engine, {"Try": task, "Caught": caught})
    steps = engine("stepfunctions")
    execution = steps.start_execution(stateMachineArn=arn)["executionArn"]
    eventually(lambda: steps.describe_execution(executionArn=execution)["status"], "SUCCEEDED")
    assert steps.describe_execution(executionArn=execution)["output"] == '"caught"'


@pytest.fixture
def waiting(engine: Aws) -> str:
    """A state machine that waits."""
    return machine(engine, {"Wait": {"Type": "Wait", "Seconds": 60, "End": True}})


def test_starting_a_running_execution_again_with_the_same_input_is_no_error(
    engine: Aws, waiting: str
) -> None:
    steps = engine("stepfunctions")
    first = steps.start_execution(stateMachineArn=waiting, name="once", input='{"a": 1}')
    second = steps.start_execution(stateMachineArn=waiting, name="once", input='{"a":1}')
    assert second["executionArn"] == first["executionArn"]
    assert second["startDate"] == first["startDate"]
    steps.stop_execution(executionArn=first["executionArn"])


@pytest.mark.parametrize("stopped", [True, False])
def test_a_name_is_taken_by_another_input_and_by_what_has_ended(
    engine: Aws, waiting: str, stopped: bool
) -> None:
    steps = engine("stepfunctions")
    first = steps.start_execution(stateMachineArn=waiting, name="once", input="{}")["executionArn"]
    if stopped:
        steps.stop_execution(executionArn=first)
    again = "{}" if stopped else '{"another": 1}'
    with pytest.raises(ClientError) as refused:
        steps.start_execution(stateMachineArn=waiting, name="once", input=again)
    assert refused.value.response["Error"]["Code"] == "ExecutionAlreadyExists"
