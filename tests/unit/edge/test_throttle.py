"""A session may send so many events at once, and so many in the long run."""

from sluice.edge.throttle import SessionThrottle


def test_a_burst_is_granted_and_then_as_many_as_come_back() -> None:
    throttle = SessionThrottle(burst=3, per_second=2)
    assert [throttle.allows("a", now=0) for _ in range(4)] == [True, True, True, False]
    assert [throttle.allows("a", now=1) for _ in range(3)] == [True, True, False]
    assert [throttle.allows("a", now=1000) for _ in range(4)] == [True, True, True, False]


def test_sessions_do_not_share_and_clocks_may_go_back() -> None:
    throttle = SessionThrottle(burst=1, per_second=1)
    assert throttle.allows("a", now=5)
    assert throttle.allows("b", now=5)
    assert not throttle.allows("a", now=4)


def test_what_is_remembered_has_an_end() -> None:
    throttle = SessionThrottle(burst=1, per_second=0.001)
    for number in range(20_001):
        throttle.allows(str(number), now=0)
    assert throttle.allows("0", now=0)
    assert not throttle.allows("20000", now=0)
