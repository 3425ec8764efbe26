"""Events on their way to a user's endpoint: what an attempt means, and when the next one is due.

Attempts come at growing gaps over a day, each a little longer than planned, by chance, so that what failed
together is not tried again together.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(hours=24)
JITTER = 0.1
_MINUTE, _HOUR = 60, 3600
# Together at least the window, so that what fails for good has failed for all of it.
_GAPS_SECONDS = (
    *(5, 30, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE),
    *(1 * _HOUR, 2 * _HOUR, 4 * _HOUR, 6 * _HOUR, 10 * _HOUR + 20 * _MINUTE),
)
_PASSING = {408, 429}
_KEPT_ATTEMPTS = 30


class DeliveryStatus(StrEnum):
    """How a delivery is doing, in the contract's words."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt: the endpoint's ``status``, or a word for why there is none (``problem``)."""

    at: datetime
    took_ms: int
    status: int | None = None
    problem: str | None = None
    retry_after_seconds: float | None = None

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status == 410

    @property
    def may_pass(self) -> bool:
        """Whether another attempt makes sense: not where the endpoint has said that it will not have it."""
        return self.status is None or not 400 <= self.status < 500 or self.status in _PASSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event for one endpoint. ``body`` is what is sent, the same at each attempt, as is ``delivery_id``.

    ``began_at`` and ``tries`` count since it was made or last sent again by hand; ``version`` counts changes.
    """

    delivery_id: str
    endpoint_id: str
    owner_id: str
    event_type: str
    body: str
    created_at: datetime
    began_at: datetime
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: tuple[Attempt, ...] = ()
    tries: int = 0
    next_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An attempt that is due at ``not_before``, if the delivery still has this version."""

    owner_id: str
    endpoint_id: str
    delivery_id: str
    version: int
    not_before: datetime


def job_of(delivery: Delivery) -> Job:
    return Job(
        owner_id=delivery.owner_id,
        endpoint_id=delivery.endpoint_id,
        delivery_id=delivery.delivery_id,
        version=delivery.version,
        not_before=delivery.next_at or delivery.began_at,
    )


def after(delivery: Delivery, attempt: Attempt, *, window: timedelta, chance: float) -> Delivery:
    """``delivery`` once an attempt has been made. ``chance`` is a random number from 0 to 1."""
    known = replace(
        delivery,
        attempts=(*delivery.attempts, attempt)[-_KEPT_ATTEMPTS:],
        tries=delivery.tries + 1,
        version=delivery.version + 1,
        next_at=None,
    )
    if attempt.arrived:
        return replace(known, status=DeliveryStatus.DELIVERED)
    over = attempt.at - delivery.began_at >= window or delivery.tries >= len(_GAPS_SECONDS)
    if over or not attempt.may_pass:
        return replace(known, status=DeliveryStatus.FAILED)
    gap = timedelta(seconds=_GAPS_SECONDS[delivery.tries]) * (window / WINDOW)
    wait = gap * (1 + JITTER * chance)
    asked = min(timedelta(seconds=attempt.retry_after_seconds or 0), window)
    return replace(known, next_at=attempt.at + max(wait, asked))


def withdrawn(delivery: Delivery) -> Delivery:
    """``delivery`` once nothing is sent to its endpoint any more."""
    return replace(delivery, status=DeliveryStatus.FAILED, next_at=None, version=delivery.version + 1)


def again(delivery: Delivery, *, now: datetime) -> Delivery:
    """``delivery`` on its way once more, under its own id, with the whole schedule before it."""
    return replace(
        delivery,
        status=DeliveryStatus.PENDING,
        began_at=now,
        tries=0,
        next_at=None,
        version=delivery.version + 1,
    )
