"""Endpoints, deliveries, their queue and who carries them, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sluice.domain.errors import Conflict, WriteConflict
from sluice.domain.outgoing import Attempt, Delivery, Job
from sluice.domain.webhook_endpoints import MOST_ENDPOINTS, Disabled, Endpoint
from sluice.usecases.outgoing_ports import DeliveryPage


class FakeEndpoints:
    """``EndpointStore``."""

    def __init__(self, *endpoints: Endpoint) -> None:
        self.rows = {(one.owner_id, one.endpoint_id): one for one in endpoints}

    def add(self, endpoint: Endpoint) -> Endpoint:
        key = (endpoint.owner_id, endpoint.endpoint_id)
        if key not in self.rows and len(self.of(endpoint.owner_id)) >= MOST_ENDPOINTS:
            raise Conflict("There are too many.", code="too_many_endpoints")
        return self.rows.setdefault(key, endpoint)

    def find(self, owner_id: str, endpoint_id: str) -> Endpoint | None:
        return self.rows.get((owner_id, endpoint_id))

    def of(self, owner_id: str) -> Sequence[Endpoint]:
        return [one for (owner, _), one in sorted(self.rows.items()) if owner == owner_id]

    def change(self, old: Endpoint, new: Endpoint) -> None:
        known = self.find(old.owner_id, old.endpoint_id)
        if known is None or known.version != old.version:
            raise WriteConflict("Somebody else was first.")
        said = replace(known, url=new.url, events=new.events, keys=new.keys)
        self._write(replace(said, version=old.version + 1))

    def remove(self, owner_id: str, endpoint_id: str) -> bool:
        return self.rows.pop((owner_id, endpoint_id), None) is not None

    def failed(self, owner_id: str, endpoint_id: str, *, at: datetime) -> Endpoint | None:
        known = self.find(owner_id, endpoint_id)
        if known:
            since = known.failing_since or at
            self._write(replace(known, failing_since=since, failures=known.failures + 1))
        return self.find(owner_id, endpoint_id)

    def recovered(self, owner_id: str, endpoint_id: str) -> None:
        known = self.find(owner_id, endpoint_id)
        if known:
            self._write(replace(known, failing_since=None, failures=0))

    def disable(self, owner_id: str, endpoint_id: str, disabled: Disabled) -> None:
        known = self.find(owner_id, endpoint_id)
        if known and not known.disabled:
            self._write(replace(known, disabled=disabled))

    def enable(self, owner_id: str, endpoint_id: str) -> None:
        known = self.find(owner_id, endpoint_id)
        if known:
            self._write(replace(known, disabled=None, failing_since=None, failures=0))

    def _write(self, endpoint: Endpoint) -> None:
        self.rows[endpoint.owner_id, endpoint.endpoint_id] = endpoint


class FakeDeliveries:
    """``DeliveryStore``. ``before_write`` may do what another writer would do just before."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Delivery] = {}
        self.before_write: Callable[[], None] = lambda: None

    def add(self, delivery: Delivery) -> None:
        self.rows.setdefault((delivery.endpoint_id, delivery.delivery_id), delivery)

    def find(self, endpoint_id: str, delivery_id: str) -> Delivery | None:
        return self.rows.get((endpoint_id, delivery_id))

    def record(self, delivery: Delivery) -> None:
        self.before_write()
        known = self.find(delivery.endpoint_id, delivery.delivery_id)
        if known is None or known.version != delivery.version - 1:
            raise WriteConflict("Somebody else was first.")
        self.rows[delivery.endpoint_id, delivery.delivery_id] = delivery

    def page(self, endpoint_id: str, *, limit: int, after: str | None) -> DeliveryPage:
        listed = sorted((name for endpoint, name in self.rows if endpoint == endpoint_id), reverse=True)
        rest = [name for name in listed if after is None or name < after]
        found = [self.rows[endpoint_id, name] for name in rest[:limit]]
        return DeliveryPage(found, found[-1].delivery_id if len(rest) > limit else None)


@dataclass
class FakeQueue:
    """``DeliveryQueue`` that remembers what it was sent."""

    sent: list[tuple[Job, timedelta]] = field(default_factory=list)

    def send(self, job: Job, *, delay: timedelta) -> None:
        self.sent.append((job, delay))

    def taken(self) -> Job:
        """The newest job."""
        return self.sent.pop()[0]


class FakeSender:
    """``Sender`` that hears the statuses of ``script``, the last of which stays; a word is a problem."""

    def __init__(self, *script: int | str, retry_after: float | None = None) -> None:
        self.script = list(script or (200,))
        self.sent: list[tuple[str, str, list[str]]] = []
        self.dies = False
        self._retry_after = retry_after

    def attempt(self, url: str, delivery: Delivery, *, keys: Sequence[str], now: datetime) -> Attempt:
        if self.dies:
            raise RuntimeError("killed")
        self.sent.append((url, delivery.delivery_id, list(keys)))
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(said, str):
            return Attempt(at=now, took_ms=5, problem=said)
        return Attempt(at=now, took_ms=5, status=said, retry_after_seconds=self._retry_after)
