"""What the engine keeps when it is killed."""

import json
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.engine import Aws, running_engine, unique
from tests.integration.local.engine.functions import eventually
from tests.integration.local.engine.test_executions import machine

SAVE_SECONDS = 15.0  # within 4 s of a change; a busy machine needs its time


def is_saved(folder: Path, service: str, text: str) -> bool:
    """Whether the text is in what an engine has saved of a service."""
    path = folder / "state" / f"{service}.json"
    return path.exists() and text in path.read_text()


def kill(engine: Aws, **saved: str) -> None:
    """Kill the engine once it has saved each text with the state of the service that it is named for."""
    assert engine.pid is not None
    assert engine.folder is not None
    for service, text in saved.items():
        eventually(partial(is_saved, engine.folder, service, text), True, seconds=SAVE_SECONDS)
    os.kill(engine.pid, signal.SIGKILL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the engine's state is."""
    made = tmp_path / "engine"
    made.mkdir()
    return made


def test_a_killed_engine_keeps_what_is_seconds_old(folder: Path) -> None:
    with running_engine(folder) as engine:
        queue = engine("sqs").create_queue(QueueName="work", Attributes={"VisibilityTimeout": "600"})[
            "QueueUrl"
        ]
        engine("sqs").send_message(QueueUrl=queue, MessageBody="half done")
        assert engine("sqs").receive_message(QueueUrl=queue)["Messages"]
        arn = machine(
            engine,
            {
                "Wait": {"Type": "Wait", "Seconds": 6, "Next": "Done"},
                "Done": {"Type": "Pass", "Result": "done", "End": True},
            },
        )
        execution = engine("stepfunctions").start_execution(
            stateMachineArn=arn, name="kept", input='{"a": 1}'
        )
        kill(engine, sqs="half done", stepfunctions=":kept")
    with running_engine(folder) as engine:
        # nobody works on it any more: it is visible at once, not after ten minutes
        message = engine("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=2)["Messages"][0]
        assert message["Body"] == "half done"
        steps = engine("stepfunctions")
        eventually(
            lambda: steps.describe_execution(executionArn=execution["executionArn"])["status"],
            "SUCCEEDED",
            seconds=20,
        )
        described = steps.describe_execution(executionArn=execution["executionArn"])
        assert (described["output"], json.loads(described["input"])) == ('"done"', {"a": 1})


def test_nothing_of_an_orderly_stop_is_lost(folder: Path) -> None:
    name = unique("bucket")
    with running_engine(folder) as engine:
        engine("s3").create_bucket(Bucket=name)
        engine("s3").put_object(Bucket=name, Key="k", Body=b"kept")
    with running_engine(folder) as engine:
        assert engine("s3").get_object(Bucket=name, Key="k")["Body"].read() == b"kept"
