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


def each_subject(
    event: dict[str, Any], subject: Callable[[dict[str, Any]], str], work: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """As ``each_message``, but once for all messages with one subject, and for all subjects side by side.

    ``work`` is given the last message of each: it is about how the subject stands, not about the message.
    """
    from concurrent.futures import ThreadPoolExecutor

    groups: dict[str, list[dict[str, Any]]] = {}
    for record in event["Records"]:
        try:
            name = subject(msgspec.json.decode(record["body"]))
        except (msgspec.DecodeError, LookupError, TypeError):
            name = f"unreadable {record['messageId']}"  # fails below, by itself
        groups.setdefault(name, []).append(record)

    def once(records: list[dict[str, Any]]) -> list[dict[str, str]]:
        failed = each_message({"Records": records[-1:]}, work)["batchItemFailures"]
        return [{"itemIdentifier": record["messageId"]} for record in records] if failed else []

    with ThreadPoolExecutor(max(1, len(groups))) as pool:
        return {"batchItemFailures": [one for failed in pool.map(once, groups.values()) for one in failed]}
