"""``python -m tools.redrive [inbox | ingest | …]``: send dead letters back to their queues.

Without a queue it says how many wait where. A message is sent before it is deleted, so one may come twice if
this is interrupted; consumers do their work once all the same. Letters that fail again meanwhile are not
moved a second time.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

from tools.deployment import Deployment, chosen

QUEUES = ("beacon", "import", "inbox", "ingest", "purge", "push", "outbound", "delivery")
_HIDDEN_SECONDS = 60
_WAIT_SECONDS = 2


def main(arguments: Sequence[str]) -> None:
    """Raises ``SystemExit`` with a sentence if it cannot be done."""
    deployment = chosen(os.environ)
    if not arguments:
        for name in QUEUES:
            print(f"{name:8} {waiting(deployment, name)}")
    elif list(arguments) in [[name] for name in QUEUES]:
        print(f"{redrive(deployment, arguments[0])} messages went back to {arguments[0]}.")
    else:
        raise SystemExit(f"Name one of the queues: {', '.join(QUEUES)}.")


def waiting(deployment: Deployment, name: str) -> int:
    """About how many dead letters of a queue there are."""
    return _count(deployment.clients("sqs"), deployment.outputs()[f"{name.title()}DeadLetterQueueUrl"])


def redrive(deployment: Deployment, name: str) -> int:
    """Move what is there now; how many."""
    sqs, outputs = deployment.clients("sqs"), deployment.outputs()
    queue, dead = outputs[f"{name.title()}QueueUrl"], outputs[f"{name.title()}DeadLetterQueueUrl"]
    there, moved = _count(sqs, dead), 0
    while moved < there:
        found = sqs.receive_message(
            QueueUrl=dead,
            MaxNumberOfMessages=min(10, there - moved),
            VisibilityTimeout=_HIDDEN_SECONDS,
            WaitTimeSeconds=_WAIT_SECONDS,
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not found:
            break  # somebody else is at it, or the count was only about right
        for message in found:
            _move(sqs, message, dead=dead, queue=queue)
            moved += 1
    return moved


def _move(sqs: Any, message: dict[str, Any], *, dead: str, queue: str) -> None:
    attributes = message.get("MessageAttributes", {})
    sqs.send_message(QueueUrl=queue, MessageBody=message["Body"], MessageAttributes=attributes)
    sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])


def _count(sqs: Any, url: str) -> int:
    name = "ApproximateNumberOfMessages"
    return int(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name])


if __name__ == "__main__":
    main(sys.argv[1:])
