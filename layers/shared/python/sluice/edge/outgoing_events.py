"""Messages of the two queues behind outgoing webhooks: events of the bus, and attempts that are due."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from sluice.adapters.delivery_queue import read_job
from sluice.adapters.ids import derived_id
from sluice.edge import outgoing_wiring as wiring
from sluice.events.outgoing import BY_NAME, Payload
from sluice.usecases.attempt_delivery import Made, attempt_delivery
from sluice.usecases.tell_endpoints import tell_endpoints


def tell(message: Mapping[str, Any]) -> int:
    """How many endpoints an event of the bus is sent to. The same event again is the same deliveries."""
    contract, event_type = BY_NAME[message["detail-type"]]
    event = msgspec.convert(message["detail"], contract)
    told = Payload(type=event_type, timestamp=event.at, data=event)

    def delivery_id(endpoint_id: str) -> str:
        return derived_id("msg", event.at, endpoint_id, event.video_id, str(event.version), event_type)

    return tell_endpoints(
        event.owner_id,
        event_type,
        msgspec.json.encode(told).decode(),
        now=datetime.now(UTC),
        new_id=delivery_id,
        endpoints=wiring.endpoints(),
        deliveries=wiring.deliveries(),
        queue=wiring.queue(),
    )


def attempt(message: Mapping[str, Any]) -> tuple[Made, dict[str, object]]:
    """What came of an attempt that was queued, and what it was about, for the log."""
    job = read_job(message)
    made = attempt_delivery(job, wiring.outbox(), now=datetime.now(UTC))
    return made, {"endpointId": job.endpoint_id, "deliveryId": job.delivery_id}
