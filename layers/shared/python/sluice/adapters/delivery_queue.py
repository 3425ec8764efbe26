"""The queue of attempts. It can wait for 15 minutes at most, so what is due later is sent on until then."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

import msgspec

from sluice.domain.outgoing import Job

_LONGEST = timedelta(minutes=15)


class Messages(Protocol):
    """A queue of ours."""

    def send(self, message: dict[str, Any], *, delay: timedelta) -> None: ...


class JobQueue:
    """``DeliveryQueue``."""

    def __init__(self, queue: Messages) -> None:
        self._queue = queue

    def send(self, job: Job, *, delay: timedelta) -> None:
        waits = min(max(delay, timedelta()), _LONGEST)
        self._queue.send({"job": msgspec.to_builtins(job)}, delay=_whole(waits))


def read_job(message: Mapping[str, Any]) -> Job:
    """The job that a message carries."""
    return msgspec.convert(message["job"], Job)


def _whole(delay: timedelta) -> timedelta:
    """Whole seconds, upwards: a message that comes too early has to go round once more."""
    return min(timedelta(seconds=-(-delay // timedelta(seconds=1))), _LONGEST)
