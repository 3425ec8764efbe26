"""What outgoing webhooks need from outside. The stores' fakes in ``tests/fakes`` keep the same contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sluice.domain.outgoing import Attempt, Delivery, Job
from sluice.domain.webhook_endpoints import Disabled, Endpoint


class EndpointStore(Protocol):
    """The table's endpoints. What their owner says and how they are doing change apart from each other."""

    def add(self, endpoint: Endpoint) -> Endpoint:
        """Write a new row; the endpoint as it stands, which may have been added before.

        Raises:
            Conflict: its owner has as many as one may have (code ``too_many_endpoints``).
        """

    def find(self, owner_id: str, endpoint_id: str) -> Endpoint | None: ...

    def of(self, owner_id: str) -> Sequence[Endpoint]:
        """All of an owner's, the oldest first."""

    def change(self, old: Endpoint, new: Endpoint) -> None:
        """Write what ``new`` says in place of what ``old`` said, of URL, events and keys.

        Raises:
            WriteConflict: somebody else was first, or it is gone.
        """

    def remove(self, owner_id: str, endpoint_id: str) -> bool:
        """Whether it was there."""

    def failed(self, owner_id: str, endpoint_id: str, *, at: datetime) -> Endpoint | None:
        """Count a failure; the endpoint as it then is, ``None`` if it is gone."""

    def recovered(self, owner_id: str, endpoint_id: str) -> None:
        """Something has arrived: it does not fail any more."""

    def disable(self, owner_id: str, endpoint_id: str, disabled: Disabled) -> None:
        """Send nothing there any more; the first reason stands."""

    def enable(self, owner_id: str, endpoint_id: str) -> None:
        """Forget that it was disabled, and what had failed."""


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One page of an endpoint's deliveries, newest first."""

    deliveries: Sequence[Delivery]
    next_key: str | None


class DeliveryStore(Protocol):
    """The table's deliveries, kept for 30 days."""

    def add(self, delivery: Delivery) -> None:
        """Write a new row; adding the same delivery again changes nothing."""

    def find(self, endpoint_id: str, delivery_id: str) -> Delivery | None: ...

    def record(self, delivery: Delivery) -> None:
        """Write a delivery in place of the version before its own.

        Raises:
            WriteConflict: somebody else was first.
        """

    def page(self, endpoint_id: str, *, limit: int, after: str | None) -> DeliveryPage: ...


class DeliveryQueue(Protocol):
    """Attempts that are due, now or later."""

    def send(self, job: Job, *, delay: timedelta) -> None:
        """To be seen after ``delay``, or after what the queue can wait at most, to be sent on then."""


class Sender(Protocol):
    """Carries deliveries to endpoints."""

    def attempt(self, url: str, delivery: Delivery, *, keys: Sequence[str], now: datetime) -> Attempt:
        """One attempt; whatever goes wrong is told by its result."""
