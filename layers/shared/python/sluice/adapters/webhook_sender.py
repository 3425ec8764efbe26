"""Deliveries over HTTP to URLs that users named: signed, guarded, and not followed anywhere else."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from sluice.adapters.guarded_http import Answer, Ask, Patience
from sluice.adapters.standard_webhooks import sign
from sluice.adapters.wire import positive
from sluice.domain.errors import SluiceError
from sluice.domain.outgoing import Attempt, Delivery

# An endpoint is to take a delivery and work on it later.
_PATIENCE = Patience(connect=5, silent=10, total=15)
_AGENT = "Sluice-Webhooks/1"


class Requests(Protocol):
    """``GuardedHttp``, as much of it as is needed."""

    def open(self, ask: Ask) -> AbstractContextManager[Answer]: ...


class WebhookSender:
    """``Sender``."""

    def __init__(self, http: Requests, clock: Callable[[], float] = time.monotonic) -> None:
        self._http, self._clock = http, clock

    def attempt(self, url: str, delivery: Delivery, *, keys: Sequence[str], now: datetime) -> Attempt:
        raw = delivery.body.encode()
        headers = {
            "content-type": "application/json",
            "user-agent": _AGENT,
            **sign(raw, message_id=delivery.delivery_id, at=now, keys=keys),
        }
        began = self._clock()
        try:
            ask = Ask(url=url, method="POST", headers=headers, body=raw, patience=_PATIENCE)
            with self._http.open(ask) as answer:
                status, wait = answer.status, _retry_after(answer.headers, now)
        except SluiceError as error:
            # Its code is for the log that the owner reads, as `unreachable` or `refused_address`.
            return Attempt(at=now, took_ms=self._since(began), problem=error.code)
        return Attempt(at=now, took_ms=self._since(began), status=status, retry_after_seconds=wait)

    def _since(self, began: float) -> int:
        return round((self._clock() - began) * 1000)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, given as such or as a time."""
    given = headers.get("retry-after")
    seconds = positive(given)
    if seconds is not None or given is None:
        return seconds
    try:
        return positive((parsedate_to_datetime(given).astimezone(UTC) - now).total_seconds())
    except ValueError:
        return None
