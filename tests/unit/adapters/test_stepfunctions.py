"""Executions of the media state machine: started once a name, asked about, stopped."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from sluice.adapters.stepfunctions import Executions
from sluice.domain.errors import Unavailable
from sluice.usecases.provider_ports import ExecutionOutcome

from tests.engine import Aws, unique
from tests.fakes.clients import Failing, client_error

_WAITING = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
_FAILING = {"StartAt": "Fail", "States": {"Fail": {"Type": "Fail", "Error": "Broken"}}}
_DONE = {"StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "End": True}}}


@pytest.fixture(scope="module")
def machine(engine: Aws) -> Callable[[dict[str, Any]], Executions]:
    role = engine("iam").create_role(
        RoleName=unique("machine"),
        AssumeRolePolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "states.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
    )["Role"]["Arn"]

    def make(definition: dict[str, Any]) -> Executions:
        client = engine("stepfunctions")
        arn = client.create_state_machine(
            name=unique("machine"), definition=json.dumps(definition), roleArn=role
        )["stateMachineArn"]
        return Executions(client, arn)

    return make


type Machine = Callable[[dict[str, Any]], Executions]


def _settled(executions: Executions, reference: str) -> ExecutionOutcome:
    ends = time.monotonic() + 30
    while True:
        outcome, _ended = executions.outcome(reference)
        if outcome is not ExecutionOutcome.RUNNING or time.monotonic() > ends:
            return outcome
        time.sleep(0.01)


def test_an_execution_of_one_name_is_started_once(machine: Machine) -> None:
    executions = machine(_WAITING)
    first = executions.start("vid-1", {"a": 1})
    assert executions.start("vid-1", {"a": 1}) == first
    assert executions.start("vid-1", {"a": 2}) == first
    assert executions.start("vid-2", {"a": 1}) != first
    executions.stop(first)


def test_an_execution_runs_until_it_is_stopped_and_can_be_stopped_twice(machine: Machine) -> None:
    executions = machine(_WAITING)
    reference = executions.start("vid-1", {})
    assert executions.outcome(reference)[0] is ExecutionOutcome.RUNNING
    assert executions.runs(reference)
    assert executions.stop(reference)
    assert not executions.stop(reference)
    assert not executions.runs(reference)
    outcome, ended_at = executions.outcome(reference)
    assert outcome is ExecutionOutcome.FAILED
    assert ended_at is not None
    assert ended_at.tzinfo is not None


@pytest.mark.parametrize(
    ("definition", "outcome"), [(_FAILING, ExecutionOutcome.FAILED), (_DONE, ExecutionOutcome.SUCCEEDED)]
)
def test_an_execution_ends_well_or_badly(
    machine: Machine, definition: dict[str, Any], outcome: ExecutionOutcome
) -> None:
    executions = machine(definition)
    assert _settled(executions, executions.start("vid-1", {})) is outcome


def test_of_an_execution_that_there_never_was_nothing_is_known(machine: Machine) -> None:
    executions = machine(_DONE)
    unknown = executions.start("vid-1", {}).replace("vid-1", "vid-9")
    assert executions.outcome(unknown) == (ExecutionOutcome.UNKNOWN, None)
    executions.stop(unknown)


def _failing(error: Exception) -> Executions:
    client: Any = Failing(error)
    return Executions(client, "arn:aws:states:us-east-1:1:stateMachine:media")


CALLS: list[Callable[[Executions], object]] = [
    lambda executions: executions.start("n", {}),
    lambda executions: executions.outcome("arn"),
    lambda executions: executions.stop("arn"),
]


@pytest.mark.parametrize("call", CALLS, ids=["start", "outcome", "stop"])
@pytest.mark.parametrize(
    "error",
    [client_error("ThrottlingException"), client_error("ServiceUnavailable"),
     EndpointConnectionError(endpoint_url="x")],
)  # fmt: skip
def test_trouble_that_passes_is_unavailable(call: Callable[[Executions], object], error: Exception) -> None:
    with pytest.raises(Unavailable):
        call(_failing(error))


@pytest.mark.parametrize("call", CALLS, ids=["start", "outcome", "stop"])
def test_a_mistake_of_ours_stays_one(call: Callable[[Executions], object]) -> None:
    with pytest.raises(ClientError):
        call(_failing(client_error("AccessDeniedException")))


def test_the_execution_of_a_taken_name_is_told_by_its_arn() -> None:
    executions = _failing(client_error("ExecutionAlreadyExists"))
    assert executions.start("vid-1", {}) == "arn:aws:states:us-east-1:1:execution:media:vid-1"
