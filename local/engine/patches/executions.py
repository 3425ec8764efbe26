"""Step Functions executions survive a restart, and starting a running one again is no error.

On AWS an execution outlives anything we run. The engine marks those that ran when it stopped as failed;
here they start again from their first state, under the same ARN and with the same input, which is what a
task that may be retried has to bear anyway.
"""

import contextvars
import json
import threading
from typing import Any

from ministack.core.arn import parse_arn
from ministack.core.responses import request_scope
from ministack.services import stepfunctions

from local.engine.patches.expect import expect

_interrupted: list[str] = []


def apply() -> None:
    """Patch loading of saved executions and StartExecution."""
    expect(stepfunctions._restore_state, 'exc["error"] = "States.ServiceRestart"')
    expect(stepfunctions._start_execution, "if exec_arn in _executions:", "target=ctx_snapshot.run,")
    restore, start = stepfunctions._restore_state, stepfunctions._start_execution

    def restore_and_note(data: Any) -> None:
        restore(data)
        _interrupted.extend(
            execution["executionArn"]
            for execution in stepfunctions._executions.all_values()
            if execution.get("error") == "States.ServiceRestart"
            and execution["executionArn"] not in _interrupted
        )

    def start_again(data: dict[str, Any]) -> Any:
        running = _running(data)
        return start(data) if running is None else stepfunctions.json_response(running)

    stepfunctions._restore_state = restore_and_note
    stepfunctions._start_execution = start_again


def resume() -> int:
    """Start the executions that were interrupted, once the engine serves; how many there were."""
    arns = list(dict.fromkeys(_interrupted))
    _interrupted.clear()
    for arn in arns:
        spec = parse_arn(arn)
        with request_scope(spec.account_id, spec.region):
            execution = stepfunctions._executions[arn]
            execution.update(status="RUNNING", stopDate=None, output=None, events=execution["events"][:1])
            execution.pop("error", None)
            execution.pop("cause", None)
            context = contextvars.copy_context()
            threading.Thread(
                target=context.run,
                args=(stepfunctions._run_execution, arn),
                name="resumed-execution",
                daemon=True,
            ).start()
    return len(arns)


def _running(data: dict[str, Any]) -> dict[str, Any] | None:
    """The answer for a running execution of this name with this input; None if there is none."""
    machine = stepfunctions._resolve_state_machine_arn(str(data.get("stateMachineArn", "")))
    if machine is None or not data.get("name"):
        return None
    arn = f"{machine.replace(':stateMachine:', ':execution:', 1)}:{data['name']}"
    execution = stepfunctions._executions.get(arn)
    if (
        not execution
        or execution["status"] != "RUNNING"
        or not _same(execution["input"], data.get("input", "{}"))
    ):
        return None
    return {"executionArn": arn, "startDate": execution["startDate"]}


def _same(one: str, other: str) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return one == other
