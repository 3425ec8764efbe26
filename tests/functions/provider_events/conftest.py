"""A deployment, an inbox that gives up after three times, and what Lambda does between it and the handler."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from functions.provider_events.handler import handler
from tests.deployment import Deployment, running
from tests.engine import unique
from tests.events import sample
from tools.deployment import Deployment as Operated

TRIES = 3


@dataclass(frozen=True, slots=True)
class Poller:
    """Receives, calls the handler, deletes what is done; a call that dies deletes nothing."""

    deployed: Deployment
    url: str
    dead: str

    def send(self, *messages: object) -> None:
        for message in messages:
            body = message if isinstance(message, str) else json.dumps(message)
            self.deployed.aws("sqs").send_message(QueueUrl=self.url, MessageBody=body)

    def once(self) -> int:
        """One batch; how many of it failed."""
        sqs = self.deployed.aws("sqs")
        found = sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        messages = found.get("Messages", [])
        if not messages:
            return 0
        answer = handler({"Records": [self._record(message) for message in messages]}, None)
        failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        for message in messages:
            if message["MessageId"] not in failed:
                sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return len(failed)

    def until_given_up(self) -> None:
        """As often as it takes for a message that always fails to be among the dead letters."""
        for _ in range(TRIES + 1):
            self.once()

    def letters(self) -> int:
        """How many dead letters there are."""
        found = self.deployed.aws("sqs").get_queue_attributes(
            QueueUrl=self.dead, AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(found["Attributes"]["ApproximateNumberOfMessages"])

    @staticmethod
    def _record(message: dict[str, Any]) -> dict[str, Any]:
        (record,) = sample("provider_events/mux")["Records"]
        return {**record, "messageId": message["MessageId"], "body": message["Body"]}


@pytest.fixture(scope="module")
def deployed(made: Deployment) -> Iterator[Deployment]:
    with running(made) as deployment:
        yield deployment


@pytest.fixture
def poller(deployed: Deployment) -> Poller:
    """Queues of one test."""
    sqs, dead = deployed.aws("sqs"), deployed.resources.queue()
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": TRIES})
    made = sqs.create_queue(QueueName=unique("inbox"), Attributes={"RedrivePolicy": policy})
    return Poller(deployed, made["QueueUrl"], dead)


@pytest.fixture
def operated(deployed: Deployment, poller: Poller) -> Operated:
    """The same, as an operator's commands see it: by the outputs of a stack."""
    outputs = {
        "InboxQueueUrl": poller.url,
        "InboxDeadLetterQueueUrl": poller.dead,
        "MediaBucketName": deployed["MEDIA_BUCKET"],
    }
    name = unique("stack")
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {key: {"Value": value} for key, value in outputs.items()},
    }
    cloudformation = deployed.aws("cloudformation")
    cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100}
    )
    return Operated(deployed.aws, name)
