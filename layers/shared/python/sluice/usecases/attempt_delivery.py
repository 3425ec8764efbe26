"""One attempt at a delivery, if it is due: what comes of it is written, and the next one queued."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sluice.domain.errors import Unavailable, WriteConflict
from sluice.domain.outgoing import Attempt, Delivery, DeliveryStatus, Job, after, job_of, withdrawn
from sluice.domain.webhook_endpoints import Disabled, Endpoint
from sluice.usecases.outgoing_ports import DeliveryQueue, DeliveryStore, EndpointStore, Sender


class Made(StrEnum):
    """What came of an attempt; each is counted."""

    EARLY = "early"
    """It is not due yet, and was queued on."""
    OVERTAKEN = "overtaken"
    """It was made already, or there is nothing to deliver any more."""
    WITHDRAWN = "withdrawn"
    """Its endpoint is disabled."""
    DELIVERED = "delivered"
    RETRIED = "retried"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """All that an attempt works with. ``window``: how long it is tried; ``chance``: a number from 0 to 1."""

    endpoints: EndpointStore
    deliveries: DeliveryStore
    queue: DeliveryQueue
    sender: Sender
    window: timedelta
    chance: Callable[[], float]


def attempt_delivery(job: Job, outbox: Outbox, *, now: datetime) -> Made:
    """Make the attempt. Dying at any point leads to one more attempt at worst, never to one less.

    Raises:
        Unavailable: what came of it, or of the one before, is not written now: come again.
    """
    if now < job.not_before:
        outbox.queue.send(job, delay=job.not_before - now)
        return Made.EARLY
    delivery = outbox.deliveries.find(job.endpoint_id, job.delivery_id)
    if delivery is None or delivery.version > job.version or delivery.status is not DeliveryStatus.PENDING:
        return Made.OVERTAKEN
    if delivery.version < job.version:
        # Queued before it is written; done with now, the chain of attempts would end here.
        raise Unavailable("What came of the attempt before is not written yet.")
    endpoint = outbox.endpoints.find(job.owner_id, job.endpoint_id)
    if endpoint is None:
        return Made.OVERTAKEN
    if endpoint.disabled:
        _record(withdrawn(delivery), outbox)
        return Made.WITHDRAWN
    attempt = outbox.sender.attempt(endpoint.url, delivery, keys=endpoint.signing_keys(now), now=now)
    known = after(delivery, attempt, window=outbox.window, chance=outbox.chance())
    if known.next_at:
        outbox.queue.send(job_of(known), delay=known.next_at - now)
    _record(known, outbox)
    _judge(endpoint, attempt, outbox)
    if known.status is DeliveryStatus.PENDING:
        return Made.RETRIED
    return Made.DELIVERED if attempt.arrived else Made.FAILED


def _record(delivery: Delivery, outbox: Outbox) -> None:
    """An attempt that was made twice is told by whoever was first."""
    with suppress(WriteConflict):
        outbox.deliveries.record(delivery)


def _judge(endpoint: Endpoint, attempt: Attempt, outbox: Outbox) -> None:
    """What the attempt says about the endpoint itself."""
    named = (endpoint.owner_id, endpoint.endpoint_id)
    if attempt.arrived:
        if endpoint.failing_since:
            outbox.endpoints.recovered(*named)
        return
    known = outbox.endpoints.failed(*named, at=attempt.at)
    if attempt.gone:
        outbox.endpoints.disable(*named, Disabled(attempt.at, "gone"))
    elif known and known.has_failed_enough(attempt.at):
        outbox.endpoints.disable(*named, Disabled(attempt.at, "failing"))
