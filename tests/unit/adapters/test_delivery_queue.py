"""Attempts that are due later wait in the queue as long as it can, and a little longer than too short."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sluice.adapters.delivery_queue import JobQueue, read_job
from sluice.domain.outgoing import job_of

from tests.builders import make_delivery

JOB = job_of(make_delivery())


class Messages:
    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, Any], timedelta]] = []

    def send(self, message: dict[str, Any], *, delay: timedelta) -> None:
        self.sent.append((message, delay))


@pytest.mark.parametrize(
    ("delay", "waits"),
    [(0, 0), (-5, 0), (0.2, 1), (5, 5), (5.25, 6), (899.5, 900), (86_400, 900)],
)
def test_it_waits_whole_seconds_and_a_quarter_of_an_hour_at_most(delay: float, waits: int) -> None:
    messages = Messages()
    JobQueue(messages).send(JOB, delay=timedelta(seconds=delay))
    assert messages.sent[0][1] == timedelta(seconds=waits)


def test_what_was_sent_is_read() -> None:
    messages = Messages()
    JobQueue(messages).send(JOB, delay=timedelta())
    assert read_job(msgspec.json.decode(msgspec.json.encode(messages.sent[0][0]))) == JOB
