"""An event becomes a delivery for each endpoint of the owner that wants it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sluice.domain.outgoing import Delivery, job_of
from sluice.usecases.outgoing_ports import DeliveryQueue, DeliveryStore, EndpointStore


def tell_endpoints(
    owner_id: str,
    event_type: str,
    body: str,
    *,
    now: datetime,
    new_id: Callable[[str], str],
    endpoints: EndpointStore,
    deliveries: DeliveryStore,
    queue: DeliveryQueue,
) -> int:
    """How many endpoints are told. An event that comes again is the same deliveries, made once.

    ``new_id`` gives an endpoint's delivery the same id each time.
    """
    wanting = [one for one in endpoints.of(owner_id) if one.wants(event_type)]
    for endpoint in wanting:
        delivery = Delivery(
            delivery_id=new_id(endpoint.endpoint_id),
            endpoint_id=endpoint.endpoint_id,
            owner_id=owner_id,
            event_type=event_type,
            body=body,
            created_at=now,
            began_at=now,
        )
        send_first(delivery, deliveries=deliveries, queue=queue)
    return len(wanting)


def send_first(delivery: Delivery, *, deliveries: DeliveryStore, queue: DeliveryQueue) -> None:
    """Write a delivery and queue its first attempt; in this order, so that no attempt is of nothing."""
    deliveries.add(delivery)
    queue.send(job_of(delivery), delay=timedelta())
