"""The composition root of taking beacons: a queue, and nothing else, so that it starts as fast as can be."""

from functools import cache

from sluice.adapters.inbox import Inbox
from sluice.edge import clients
from sluice.edge.settings import settings
from sluice.edge.throttle import SessionThrottle


@cache
def beacon_queue() -> Inbox:
    return Inbox(clients.inbox_sqs(), settings().beacon_queue_url)


@cache
def throttle() -> SessionThrottle:
    return SessionThrottle()
