"""What an owner does with an endpoint: change it, give it a new key, try it, have something sent again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sluice.domain.errors import Conflict, NotFound, WriteConflict
from sluice.domain.outgoing import Delivery, again, job_of
from sluice.domain.webhook_endpoints import Disabled, Endpoint, EndpointKey, rotated
from sluice.usecases.contention import until_written
from sluice.usecases.outgoing_ports import DeliveryQueue, DeliveryStore, EndpointStore


def find_endpoint(endpoints: EndpointStore, owner_id: str, endpoint_id: str) -> Endpoint:
    """The owner's endpoint; another's is none of theirs.

    Raises:
        NotFound: there is none.
    """
    found = endpoints.find(owner_id, endpoint_id)
    if found is None:
        raise NotFound("There is no such endpoint.", code="endpoint_not_found")
    return found


def change_endpoint(
    endpoints: EndpointStore,
    owner_id: str,
    endpoint_id: str,
    *,
    url: str | None,
    events: Sequence[str] | None,
    enabled: bool | None,
    now: datetime,
) -> Endpoint:
    """The endpoint with what was given changed; ``None`` leaves it as it is. Enabling forgets failures.

    Raises:
        NotFound: there is none.
    """

    def write() -> None:
        found = find_endpoint(endpoints, owner_id, endpoint_id)
        changes: dict[str, Any] = {"url": url, "events": None if events is None else tuple(events)}
        wanted = replace(found, **{name: value for name, value in changes.items() if value is not None})
        if wanted != found:
            endpoints.change(found, wanted)

    until_written(write)
    if enabled is True:
        endpoints.enable(owner_id, endpoint_id)
    if enabled is False:
        endpoints.disable(owner_id, endpoint_id, Disabled(now, "owner"))
    return find_endpoint(endpoints, owner_id, endpoint_id)


def rotate_key(
    endpoints: EndpointStore, owner_id: str, endpoint_id: str, key: EndpointKey, *, now: datetime
) -> None:
    """Let ``key`` sign, and the one before it for a day more. Repeating it changes nothing.

    Raises:
        NotFound: there is no such endpoint.
    """

    def write() -> None:
        found = find_endpoint(endpoints, owner_id, endpoint_id)
        endpoints.change(found, rotated(found, key, now=now))

    until_written(write)


def require_enabled(endpoint: Endpoint) -> Endpoint:
    """The endpoint, if anything is sent to it.

    Raises:
        Conflict: it is disabled (code ``endpoint_disabled``).
    """
    if endpoint.disabled:
        raise Conflict("This endpoint is disabled: enable it first.", code="endpoint_disabled")
    return endpoint


def send_again(
    endpoint: Endpoint,
    delivery_id: str,
    *,
    now: datetime,
    deliveries: DeliveryStore,
    queue: DeliveryQueue,
) -> Delivery:
    """Have a delivery sent once more, whatever became of it, under its own id.

    Raises:
        NotFound: there is no such delivery, or no longer.
        Conflict: the endpoint is disabled, or an attempt is being written just now.
    """
    require_enabled(endpoint)
    found = deliveries.find(endpoint.endpoint_id, delivery_id)
    if found is None:
        raise NotFound("There is no such delivery.", code="delivery_not_found")
    wanted = again(found, now=now)
    queue.send(job_of(wanted), delay=timedelta(seconds=1))
    try:
        deliveries.record(wanted)
    except WriteConflict as error:
        text = "An attempt at this delivery has just been made. Please look at it, then try again."
        raise Conflict(text, code="delivery_changed") from error
    return wanted
