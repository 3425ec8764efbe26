"""Step Functions: executions of the media state machine. The name is the idempotency key."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable
from sluice.usecases.provider_ports import ExecutionOutcome

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient


_OUTCOMES = {
    "RUNNING": ExecutionOutcome.RUNNING,
    "PENDING_REDRIVE": ExecutionOutcome.RUNNING,
    "SUCCEEDED": ExecutionOutcome.SUCCEEDED,
    "FAILED": ExecutionOutcome.FAILED,
    "TIMED_OUT": ExecutionOutcome.FAILED,
    "ABORTED": ExecutionOutcome.FAILED,
}


class Executions:
    """The executions of one state machine."""

    def __init__(self, client: "SFNClient", state_machine_arn: str) -> None:
        self._client = client
        self._arn = state_machine_arn

    def start(self, name: str, payload: dict[str, Any]) -> str:
        """Start an execution, or find the one of this name; its ARN.

        Raises:
            Unavailable: Step Functions cannot be reached or is throttling.
        """
        try:
            answer = self._client.start_execution(
                stateMachineArn=self._arn, name=name, input=msgspec.json.encode(payload).decode()
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ExecutionAlreadyExists":
                return self._arn.replace(":stateMachine:", ":execution:") + f":{name}"
            raise _later(error) from error
        except BotoCoreError as error:
            raise _later(error) from error
        return answer["executionArn"]

    def outcome(self, reference: str) -> tuple[ExecutionOutcome, datetime | None]:
        """What has become of it, and when it ended."""
        try:
            answer = self._client.describe_execution(executionArn=reference)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ExecutionDoesNotExist":
                # It ended over 90 days ago, or its state machine was replaced.
                return ExecutionOutcome.UNKNOWN, None
            raise _later(error) from error
        except BotoCoreError as error:
            raise _later(error) from error
        return _OUTCOMES[answer["status"]], answer.get("stopDate")

    def runs(self, reference: str) -> bool:
        """Whether it still does."""
        return self.outcome(reference)[0] is ExecutionOutcome.RUNNING

    def stop(self, execution_arn: str) -> bool:
        """End it if it still runs; whether it did."""
        if not self.runs(execution_arn):
            return False
        try:
            self._client.stop_execution(executionArn=execution_arn, cause="the video was deleted")
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"ExecutionDoesNotExist", "ValidationException"}:
                raise _later(error) from error
        except BotoCoreError as error:
            raise _later(error) from error
        return True


def _later(error: Exception) -> Exception:
    """Throttling and network trouble pass; anything else is a bug and stays what it is."""
    code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
    if (
        isinstance(error, BotoCoreError)
        or "Throttl" in code
        or code in {"ServiceUnavailable", "InternalError"}
    ):
        return Unavailable("Processing cannot be reached at the moment. Please try again.")
    return error
