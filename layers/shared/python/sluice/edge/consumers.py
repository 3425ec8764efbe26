"""Messages in: one at a time, each acknowledged only if its work is done."""

from collections.abc import Callable
from datetime import timedelta
from random import uniform
from typing import Any

import msgspec

from sluice.domain.errors import SluiceError
from sluice.edge.logger import logger

_SHORTEST_PAUSE_SECONDS = 10
_LONGEST_PAUSE_SECONDS = 360


type Hold = Callable[[str, timedelta], None]
"""Has the message of a receipt come again after a pause; may raise ``Unavailable``."""


def each_message(
    event: dict[str, Any], work: Callable[[dict[str, Any]], None], *, hold: Hold | None = None
) -> dict[str, Any]:
    """Do ``work`` on the body of each SQS message; the answer names those that must come again.

    Whatever is raised goes to the log and the message back to the queue, and after its retries to the
    dead-letter queue, which has an alarm. It comes again when the queue has it so, which is minutes; with
    ``hold``, after seconds at first and three times as long each time.
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
            if hold:
                _come_soon(hold, record)
    return {"batchItemFailures": failed}


def _come_soon(hold: Hold, record: dict[str, Any]) -> None:
    attempt = int(record["attributes"]["ApproximateReceiveCount"])
    longest = min(_LONGEST_PAUSE_SECONDS, _SHORTEST_PAUSE_SECONDS * 3 ** (attempt - 1))
    pause = timedelta(seconds=uniform(longest / 2, longest))  # noqa: S311 - jitter
    try:
        hold(record["receiptHandle"], pause)
    except SluiceError as error:
        extra = {"messageId": record["messageId"], "code": error.code}
        logger().warning("message comes when its queue has it so", extra=extra)


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
