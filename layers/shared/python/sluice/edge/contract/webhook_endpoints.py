"""Requests and answers of outgoing webhooks."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from sluice.domain.outgoing import Attempt, Delivery, DeliveryStatus
from sluice.domain.webhook_endpoints import Endpoint
from sluice.edge.contract.times import iso, maybe_iso
from sluice.edge.contract.words import Moment, Url
from sluice.events.outgoing import TEST, TYPES

EVENT_TYPES = tuple(TYPES.values())

type EndpointId = Annotated[
    str,
    Meta(
        extra_json_schema={
            "description": "The endpoint's id.",
            "pattern": r"^whe_[0-9a-f-]{36}$",
            "examples": ["whe_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17"],
        }
    ),
]
type DeliveryId = Annotated[
    str,
    Meta(
        extra_json_schema={
            "description": "The delivery's id, which is its `webhook-id` at every attempt.",
            "pattern": r"^msg_[0-9a-f-]{36}$",
            "examples": ["msg_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17"],
        }
    ),
]
type Events = Annotated[
    list[Annotated[str, Meta(extra_json_schema={"enum": list(EVENT_TYPES)})]],
    Meta(
        extra_json_schema={
            "minItems": 1,
            "uniqueItems": True,
            "description": "What it is told of; see docs/events.md.",
        }
    ),
]
type Signing = Annotated[
    Literal["v1", "v1a"], Meta(description="A secret that both sides know, or our private key.")
]
type EndpointUrl = Annotated[Url, Meta(description="Public, `https`; it gets POST requests.")]


class EndpointRequest(Struct, frozen=True, rename="camel"):
    """Where to send events, and which; `signing` is for good."""

    url: EndpointUrl
    events: Events
    signing: Signing = "v1"


class EndpointChanges(Struct, frozen=True, rename="camel"):
    """What to change; what is left out, or null, stays. Enabling forgets what had failed."""

    url: EndpointUrl | None = None
    events: Events | None = None
    enabled: bool | None = None


class EndpointAnswer(Struct, frozen=True, rename="camel"):
    """An endpoint. `failingSince`: nothing has arrived since; after a day of it the endpoint is disabled.

    `previousKeyUntil`: until then deliveries carry two signatures, one by the key that was replaced.
    """

    id: EndpointId
    url: EndpointUrl
    events: Events
    signing: Signing
    status: Literal["enabled", "disabled"]
    disabled_reason: Literal["failing", "gone", "owner", "unreadable"] | None
    disabled_at: Moment | None
    failing_since: Moment | None
    previous_key_until: Moment | None
    created_at: Moment


class NewEndpointAnswer(EndpointAnswer, frozen=True, rename="camel", kw_only=True):
    """The endpoint and what its deliveries are verified with, which is told this once: save it now."""

    secret: Annotated[str, Meta(description="With `v1`: `whsec_` and base64.")] | UnsetType = UNSET
    public_key: Annotated[str, Meta(description="With `v1a`: `whpk_` and base64.")] | UnsetType = UNSET


class EndpointsAnswer(Struct, frozen=True, rename="camel"):
    """All endpoints of the caller, the oldest first."""

    endpoints: list[EndpointAnswer]


class NewKeyAnswer(Struct, frozen=True, rename="camel"):
    """What deliveries are verified with, told this once; the key before it signs for a day more."""

    previous_key_until: Moment | None
    secret: str | UnsetType = UNSET
    public_key: str | UnsetType = UNSET


class QueuedAnswer(Struct, frozen=True, rename="camel"):
    """The delivery is on its way."""

    delivery_id: DeliveryId


class DeliveriesQuery(Struct, frozen=True, rename="camel"):
    """Which page of an endpoint's deliveries."""

    limit: Annotated[int, Meta(ge=1, le=100, description="How many at most.")] = 24
    cursor: Annotated[str, Meta(description="`nextCursor` of the page before.")] | UnsetType = UNSET


class AttemptAnswer(Struct, frozen=True, rename="camel"):
    """One attempt: the endpoint's `status`, or in one word why there was none."""

    at: Moment
    status: int | None
    problem: str | None
    took_ms: int


class DeliveryAnswer(Struct, frozen=True, rename="camel"):
    """A delivery and its newest attempts. `nextAttemptAt` is there while another is to come."""

    delivery_id: DeliveryId
    event_type: Annotated[str, Meta(extra_json_schema={"enum": [*EVENT_TYPES, TEST]})]
    status: Annotated[str, Meta(extra_json_schema={"enum": [one.value for one in DeliveryStatus]})]
    attempts: list[AttemptAnswer]
    next_attempt_at: Moment | None
    created_at: Moment


class DeliveriesAnswer(Struct, frozen=True, rename="camel"):
    """One page of an endpoint's deliveries, newest first; they are kept for 30 days."""

    deliveries: list[DeliveryAnswer]
    next_cursor: Annotated[str, Meta(description="Where the next page goes on.")] | None


def endpoint_answer(endpoint: Endpoint, *, now: datetime) -> EndpointAnswer:
    previous, disabled = endpoint.previous_key_until, endpoint.disabled
    return EndpointAnswer(
        id=endpoint.endpoint_id,
        url=endpoint.url,
        events=list(endpoint.events),
        signing=endpoint.signing,
        status="disabled" if disabled else "enabled",
        disabled_reason=disabled.reason if disabled else None,
        disabled_at=iso(disabled.at) if disabled else None,
        failing_since=maybe_iso(endpoint.failing_since),
        previous_key_until=iso(previous) if previous and now < previous else None,
        created_at=iso(endpoint.created_at),
    )


def delivery_answer(delivery: Delivery) -> DeliveryAnswer:
    return DeliveryAnswer(
        delivery_id=delivery.delivery_id,
        event_type=delivery.event_type,
        status=delivery.status,
        attempts=[_attempt(one) for one in delivery.attempts],
        next_attempt_at=maybe_iso(delivery.next_at),
        created_at=iso(delivery.created_at),
    )


def _attempt(attempt: Attempt) -> AttemptAnswer:
    return AttemptAnswer(iso(attempt.at), attempt.status, attempt.problem, attempt.took_ms)
