"""Messages in: one at a time, each acknowledged only if its work is done."""

from collections.abc import Callable
from typing import Any

import msgspec

from sluice.edge.logger import logger


def each_message(event: dict[str, Any], work: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Do ``work`` on the body of each SQS message; the answer names those that must come again.

    Whatever is raised goes to the log and the message back to the queue, and after its retries to the
    dead-letter queue, which has an alarm.
    """
    failed = []
    for record in event["Records"]:
        try:
            work(msgspec.json.decode(record["body"]))
        except Exception:  # noqa: BLE001 - one bad message must not hold back the rest
            extra = {
                "messageId": record["messageId"],
                "attempt": record["attributes"]["ApproximateReceiveCount"],
            }
            logger().exception("message failed", extra=extra)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
