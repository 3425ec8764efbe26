"""/api/webhook-endpoints: where a user's events are sent to, what became of them, and trying it out."""

from sluice.domain.errors import Conflict, Invalid, NotFound
from sluice.edge import outgoing_requests, outgoing_wiring, wiring
from sluice.edge.contract import webhook_endpoints as contract
from sluice.edge.http import Api, Reply, Request
from sluice.edge.idempotency import created

api = handler = Api(wiring.caller_of)


@api.route("POST /api/webhook-endpoints", status=201, keyed=True, raises=(Conflict,))
def make(request: Request, body: contract.EndpointRequest) -> contract.NewEndpointAnswer | Reply:
    """Have events of the caller's videos sent to a URL. At most ten endpoints a user."""
    endpoint, outcome = outgoing_requests.make_endpoint(request, body)
    return created(outcome, outgoing_requests.new_endpoint_answer(endpoint, outcome, request=request))


@api.route("GET /api/webhook-endpoints")
def listing(request: Request) -> contract.EndpointsAnswer:
    """The caller's endpoints."""
    found = outgoing_wiring.endpoints().of(request.caller.user_id)
    return contract.EndpointsAnswer([contract.endpoint_answer(one, now=request.now) for one in found])


@api.route("GET /api/webhook-endpoints/{endpoint_id}", raises=(NotFound,))
def read(request: Request, endpoint_id: contract.EndpointId) -> contract.EndpointAnswer:
    """One of the caller's endpoints."""
    return contract.endpoint_answer(outgoing_requests.find_endpoint(request, endpoint_id), now=request.now)


@api.route("PATCH /api/webhook-endpoints/{endpoint_id}", raises=(NotFound,))
def change(
    request: Request, endpoint_id: contract.EndpointId, body: contract.EndpointChanges
) -> contract.EndpointAnswer:
    """Change where events are sent, which, and whether at all."""
    return contract.endpoint_answer(
        outgoing_requests.change_endpoint(request, endpoint_id, body), now=request.now
    )


@api.route("DELETE /api/webhook-endpoints/{endpoint_id}", status=204, raises=(NotFound,))
def delete(request: Request, endpoint_id: contract.EndpointId) -> None:
    """Send nothing there any more, not even what is on its way."""
    found = outgoing_requests.find_endpoint(request, endpoint_id)
    outgoing_wiring.endpoints().remove(found.owner_id, found.endpoint_id)


@api.route(
    "POST /api/webhook-endpoints/{endpoint_id}/secret", status=201, keyed=True, raises=(Conflict, NotFound)
)
def rotate(request: Request, endpoint_id: contract.EndpointId) -> contract.NewKeyAnswer | Reply:
    """Make a new key. For a day deliveries carry signatures by both the new one and the one before."""
    endpoint, outcome = outgoing_requests.rotate_key(request, endpoint_id)
    return created(outcome, outgoing_requests.new_key_answer(endpoint, outcome, request=request))


@api.route(
    "POST /api/webhook-endpoints/{endpoint_id}/test", status=202, keyed=True, raises=(Conflict, NotFound)
)
def test(request: Request, endpoint_id: contract.EndpointId) -> contract.QueuedAnswer | Reply:
    """Send a `webhook.test` event to the endpoint."""
    outcome = outgoing_requests.send_test(request, endpoint_id)
    return created(outcome, contract.QueuedAnswer(outcome.resource_id), status=202)


@api.route("GET /api/webhook-endpoints/{endpoint_id}/deliveries", raises=(Invalid, NotFound))
def deliveries(
    request: Request, endpoint_id: contract.EndpointId, query: contract.DeliveriesQuery
) -> contract.DeliveriesAnswer:
    """What was sent to an endpoint in the last 30 days, newest first, and how it went."""
    found = outgoing_requests.find_endpoint(request, endpoint_id)
    scope = (found.owner_id, "deliveries", found.endpoint_id)
    after = wiring.cursors().read(query.cursor or None, *scope)
    page = outgoing_wiring.deliveries().page(found.endpoint_id, limit=query.limit, after=after)
    return contract.DeliveriesAnswer(
        [contract.delivery_answer(one) for one in page.deliveries],
        wiring.cursors().write(page.next_key, *scope),
    )


@api.route(
    "POST /api/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/resend",
    status=202,
    raises=(Conflict, NotFound),
)
def resend(
    request: Request, endpoint_id: contract.EndpointId, delivery_id: contract.DeliveryId
) -> contract.QueuedAnswer:
    """Send a delivery once more, whatever became of it; it keeps its id."""
    return contract.QueuedAnswer(outgoing_requests.send_again(request, endpoint_id, delivery_id).delivery_id)
