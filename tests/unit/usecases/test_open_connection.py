"""A user's connections: the newest count."""

from datetime import timedelta

from sluice.usecases.open_connection import MOST_CONNECTIONS, open_connection
from sluice.usecases.realtime_ports import Connection

from tests.builders import at
from tests.fakes.realtime import FakeOutlet, FakeRows, FakeWording


def connection(number: int, *, user: str = "alice", lasts: float = 7200) -> Connection:
    opened = at(number)
    ends = opened + timedelta(seconds=lasts)
    return Connection(connection_id=f"{user}-{number}", user_id=user, opened_at=opened, ends_at=ends)


def opened(number: int, rows: FakeRows, *, user: str = "alice", lasts: float = 7200) -> FakeOutlet:
    outlet = FakeOutlet()
    one = connection(number, user=user, lasts=lasts)
    open_connection(one, connections=rows, outlet=outlet, wording=FakeWording())
    return outlet


def test_a_user_may_have_fifty() -> None:
    rows = FakeRows()
    for number in range(MOST_CONNECTIONS):
        outlet = opened(number, rows)
        assert (outlet.sent, outlet.closed) == ([], [])
    assert len(rows.of_user("alice")) == 50


def test_the_oldest_makes_room_for_the_next_and_is_told_so() -> None:
    rows = FakeRows(*(connection(number) for number in range(MOST_CONNECTIONS)))
    outlet = opened(50, rows)
    assert outlet.sent == [("alice-0", b"goodbye")]
    assert outlet.closed == ["alice-0"]
    assert [one.connection_id for one in rows.of_user("alice")] == [f"alice-{n}" for n in range(1, 51)]


def test_anothers_connections_do_not_count() -> None:
    rows = FakeRows(*(connection(number) for number in range(MOST_CONNECTIONS)))
    assert opened(50, rows, user="bob").closed == []
    assert len(rows.of_user("alice")) == 50


def test_those_that_have_ended_do_not_count_and_are_forgotten() -> None:
    rows = FakeRows(*(connection(number, lasts=10) for number in range(MOST_CONNECTIONS)))
    assert opened(1000, rows).closed == []
    assert [one.connection_id for one in rows.of_user("alice")] == ["alice-1000"]
