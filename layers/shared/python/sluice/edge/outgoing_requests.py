"""What owners ask about their endpoints, once per idempotency key where it makes something."""

from typing import Any

import msgspec

from sluice.adapters.ids import new_id
from sluice.adapters.standard_webhooks import new_key, public_of
from sluice.domain.ids import is_id
from sluice.domain.outgoing import Delivery
from sluice.domain.webhook_endpoints import Endpoint, EndpointKey, check_events
from sluice.edge import import_wiring
from sluice.edge import outgoing_wiring as wiring
from sluice.edge.contract import webhook_endpoints as contract
from sluice.edge.http import Request
from sluice.edge.idempotency import create_once
from sluice.events.outgoing import TEST, EndpointTested, Payload
from sluice.usecases import manage_endpoints
from sluice.usecases.once import Outcome
from sluice.usecases.tell_endpoints import send_first


def make_endpoint(request: Request, body: contract.EndpointRequest) -> tuple[Endpoint, Outcome]:
    """A new endpoint.

    Raises:
        InvalidFields: an event that there is not, or a URL that nobody may be sent to.
        Conflict: the caller has as many endpoints as one may have.
    """
    check_events(body.events, contract.EVENT_TYPES)
    import_wiring.guarded_http().check(body.url, field="url")

    def make(endpoint_id: str) -> None:
        wiring.endpoints().add(
            Endpoint(
                endpoint_id=endpoint_id,
                owner_id=request.caller.user_id,
                url=body.url,
                events=tuple(body.events),
                keys=(EndpointKey(new_id("key", request.now), new_key(body.signing)),),
                created_at=request.now,
            )
        )

    outcome = create_once(request, "webhook-endpoints", body, make, new_id=new_id("whe", request.now))
    return find_endpoint(request, outcome.resource_id), outcome


def find_endpoint(request: Request, endpoint_id: str) -> Endpoint:
    """The caller's endpoint; ``NotFound`` if there is none, or it is another's."""
    # The table answers a key that is too long with an error of its own.
    known = endpoint_id if is_id("whe", endpoint_id) else "none"
    return manage_endpoints.find_endpoint(wiring.endpoints(), request.caller.user_id, known)


def change_endpoint(request: Request, endpoint_id: str, body: contract.EndpointChanges) -> Endpoint:
    """The endpoint, changed. Raises as ``make_endpoint`` and ``find_endpoint``."""
    found = find_endpoint(request, endpoint_id)
    if body.events is not None:
        check_events(body.events, contract.EVENT_TYPES)
    if body.url is not None:
        import_wiring.guarded_http().check(body.url, field="url")
    return manage_endpoints.change_endpoint(
        wiring.endpoints(),
        found.owner_id,
        found.endpoint_id,
        url=body.url,
        events=body.events,
        enabled=body.enabled,
        now=request.now,
    )


def rotate_key(request: Request, endpoint_id: str) -> tuple[Endpoint, Outcome]:
    """The endpoint with a new key at the head of its keys."""
    found = find_endpoint(request, endpoint_id)

    def rotate(key_id: str) -> None:
        key = EndpointKey(key_id, new_key(found.signing))
        manage_endpoints.rotate_key(
            wiring.endpoints(), found.owner_id, found.endpoint_id, key, now=request.now
        )

    route = f"webhook-endpoints/{found.endpoint_id}/key"
    outcome = create_once(request, route, None, rotate, new_id=new_id("key", request.now))
    return find_endpoint(request, found.endpoint_id), outcome


def send_test(request: Request, endpoint_id: str) -> Outcome:
    """A test event on its way to the endpoint, whatever that wants; ``Conflict`` if it is disabled."""
    found = manage_endpoints.require_enabled(find_endpoint(request, endpoint_id))
    told = Payload(type=TEST, timestamp=request.now, data=EndpointTested(endpoint_id=found.endpoint_id))

    def send(delivery_id: str) -> None:
        delivery = Delivery(
            delivery_id=delivery_id,
            endpoint_id=found.endpoint_id,
            owner_id=found.owner_id,
            event_type=TEST,
            body=msgspec.json.encode(told).decode(),
            created_at=request.now,
            began_at=request.now,
        )
        send_first(delivery, deliveries=wiring.deliveries(), queue=wiring.queue())

    route = f"webhook-endpoints/{found.endpoint_id}/test"
    return create_once(request, route, None, send, new_id=new_id("msg", request.now))


def send_again(request: Request, endpoint_id: str, delivery_id: str) -> Delivery:
    """A delivery on its way once more. Raises as ``manage_endpoints.send_again``."""
    return manage_endpoints.send_again(
        find_endpoint(request, endpoint_id),
        delivery_id if is_id("msg", delivery_id) else "none",
        now=request.now,
        deliveries=wiring.deliveries(),
        queue=wiring.queue(),
    )


def new_endpoint_answer(
    endpoint: Endpoint, outcome: Outcome, *, request: Request
) -> contract.NewEndpointAnswer:
    """The endpoint and its key, which a replay does not repeat."""
    shown = msgspec.structs.asdict(contract.endpoint_answer(endpoint, now=request.now))
    return contract.NewEndpointAnswer(**shown, **_told(endpoint, outcome))


def new_key_answer(endpoint: Endpoint, outcome: Outcome, *, request: Request) -> contract.NewKeyAnswer:
    """The endpoint's new key, which a replay does not repeat."""
    known = contract.endpoint_answer(endpoint, now=request.now)
    return contract.NewKeyAnswer(known.previous_key_until, **_told(endpoint, outcome))


def _told(endpoint: Endpoint, outcome: Outcome) -> dict[str, Any]:
    if outcome.replayed:
        return {}
    key = endpoint.keys[0].key
    public = public_of(key)
    return {"secret": key} if public is None else {"public_key": public}
