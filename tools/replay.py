"""``python -m tools.replay FROM UNTIL [--provider mux] [--go]``: let kept deliveries have their effect again.

For when they were acknowledged and understood wrongly: after the mistake is mended, what providers said is
told again from the bucket, where it is kept for 30 days. Without ``--go`` it only says how much there is.
Times are ISO 8601, in UTC unless they say otherwise; ``UNTIL`` is not included. Facts are merged by the time
at which they became true, so telling an old one again moves nothing back.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from sluice.adapters.inbox import Inbox

from tools.deployment import Deployment, chosen

PROVIDERS = ("mux", "cloudflare", "generation")


def main(arguments: Sequence[str]) -> None:
    """Raises ``SystemExit`` with a sentence if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tools.replay")
    parser.add_argument("since", type=_time, metavar="FROM")
    parser.add_argument("until", type=_time, metavar="UNTIL")
    parser.add_argument("--provider", choices=PROVIDERS, action="append", help="all, unless one is named")
    parser.add_argument("--go", action="store_true", help="do it; else only say how much there is")
    given = parser.parse_args(arguments)
    if given.since >= given.until:
        parser.error("FROM must be before UNTIL.")
    deployment = chosen(os.environ)
    for provider in given.provider or PROVIDERS:
        keys = kept(deployment, provider, given.since, given.until)
        if given.go:
            print(f"{provider}: {replay(deployment, keys)} deliveries are queued again.")
        else:
            print(f"{provider}: {sum(1 for _ in keys)} deliveries would be queued again; --go does it.")


def kept(deployment: Deployment, provider: str, since: datetime, until: datetime) -> Iterator[str]:
    """Keys of a provider's deliveries that came in that time, oldest first."""
    bucket, pages = deployment.outputs()["MediaBucketName"], deployment.clients("s3")
    for day in _days(since, until):
        folder = f"deliveries/{provider}/dt={day}/"
        listed = pages.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder)
        for page in listed:
            for found in page.get("Contents", ()):
                second = found["Key"].removeprefix(folder)[:6]
                if since <= datetime.strptime(f"{day}{second}+0000", "%Y-%m-%d%H%M%S%z") < until:
                    yield str(found["Key"])


def replay(deployment: Deployment, keys: Iterator[str]) -> int:
    """Queue deliveries again, marked as given on purpose; how many."""
    outputs, s3 = deployment.outputs(), deployment.clients("s3")
    inbox, count = Inbox(_Sqs(deployment.clients("sqs")), outputs["InboxQueueUrl"]), 0
    for key in keys:
        stored = s3.get_object(Bucket=outputs["MediaBucketName"], Key=key)["Body"]
        with stored:
            message = msgspec.json.decode(stored.read(), type=dict[str, Any])
        inbox.send({**message, "replayed": True})
        count += 1
    return count


class _Sqs:
    """SQS by its client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def call(self, _action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self._client.send_message(**parameters))


def _days(since: datetime, until: datetime) -> Iterator[date]:
    day = since.date()
    while datetime(day.year, day.month, day.day, tzinfo=UTC) < until:
        yield day
        day += timedelta(days=1)


def _time(text: str) -> datetime:
    """A moment in whole seconds, which is how exactly keys tell it."""
    read = datetime.fromisoformat(text)
    return (read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)).replace(microsecond=0)


if __name__ == "__main__":
    main(sys.argv[1:])
