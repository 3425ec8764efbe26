"""The composition root of what has to do with WebSockets."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from sluice.adapters.dynamodb.connections import DynamoConnections, DynamoSubscriptions
from sluice.adapters.dynamodb.push_slots import DynamoSlots
from sluice.adapters.websocket import Sockets
from sluice.edge import clients, wiring
from sluice.edge.auth import caller_from, good_until, token_claims
from sluice.edge.presenter import Presenter
from sluice.edge.pushes import Pushes
from sluice.edge.settings import settings
from sluice.usecases.push_video import Realtime
from sluice.usecases.realtime_ports import Connection

# API Gateway closes every connection after two hours.
_LONGEST = timedelta(hours=2)


@cache
def connections() -> DynamoConnections:
    return DynamoConnections(clients.dynamodb(), settings().videos_table)


@cache
def subscriptions() -> DynamoSubscriptions:
    return DynamoSubscriptions(clients.dynamodb(), settings().videos_table)


@cache
def sockets() -> Sockets:
    ours = settings()
    url = ours.connections_url
    if ours.aws_endpoint:  # what stands in for AWS serves every API below one address
        place = urlsplit(url)
        url = f"{ours.aws_endpoint}/_aws/execute-api/{place.netloc.partition('.')[0]}{place.path}"
    return Sockets(lambda: clients.connections(url))


def presenter() -> Presenter:
    """A WebSocket's address is not the API's, which links begin with."""
    return wiring.presenter(settings().api_url)


@cache
def pushes() -> Pushes:
    return Pushes(presenter())


@cache
def realtime() -> Realtime:
    ours = settings()
    return Realtime(
        videos=wiring.videos(),
        connections=connections(),
        subscriptions=subscriptions(),
        slots=DynamoSlots(clients.dynamodb(), ours.idempotency_table),
        outlet=sockets(),
        wording=pushes(),
        clock=lambda: datetime.now(UTC),
        wait=time.sleep,
    )


def connection_of(connection_id: str, query: Mapping[str, str], *, now: datetime) -> Connection:
    """The connection that a handshake asks for; it ends with the token that opened it.

    Browsers cannot send headers with a handshake, so the token stands in the query.

    Raises:
        Unauthenticated: ``token`` is missing, malformed, expired or wrongly signed.
    """
    claims = token_claims(query.get("token", ""), wiring.verifier)
    ends = min(now.timestamp() + _LONGEST.total_seconds(), good_until(claims))
    return Connection(
        connection_id=connection_id,
        user_id=caller_from(claims).user_id,
        opened_at=now,
        ends_at=datetime.fromtimestamp(ends, UTC),
    )
