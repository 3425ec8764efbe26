"""A user connects: known from now on, and at most so many at once."""

from sluice.usecases.realtime_ports import Connection, Connections, Outlet, Wording

MOST_CONNECTIONS = 50


def open_connection(
    connection: Connection, *, connections: Connections, outlet: Outlet, wording: Wording
) -> None:
    """Remember the connection. Where its user has too many, the oldest are told so and closed.

    The newest is what somebody looks at now, and connections whose end nobody noticed must not lock their
    user out; so it is never the new one that is refused.
    """
    connections.add(connection)
    known = connections.of_user(connection.user_id)
    live = [one for one in known if one.ends_at > connection.opened_at]
    surplus = live[: max(0, len(live) - MOST_CONNECTIONS)]
    for one in known:
        if one not in live or one in surplus:
            connections.remove(one.connection_id)
    if surplus:
        outlet.send([(one.connection_id, wording.goodbye()) for one in surplus])
    for one in surplus:
        outlet.close(one.connection_id)
