"""When a delivery is tried again, for how long, and when it is given up."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.outgoing import WINDOW, Attempt, Delivery, DeliveryStatus, after, again, job_of, withdrawn

from tests.builders import NOW, at, make_delivery

MINUTE = timedelta(minutes=1)


def tried(
    delivery: Delivery,
    status: int | None,
    *,
    at: datetime = NOW,
    chance: float = 0,
    window: timedelta = WINDOW,
    retry_after: float | None = None,
) -> Delivery:
    attempt = Attempt(at=at, took_ms=7, status=status, retry_after_seconds=retry_after)
    return after(delivery, attempt, window=window, chance=chance)


def life(status: int, *, chance: float = 0, window: timedelta = WINDOW) -> list[Delivery]:
    """A delivery after each attempt, made when it is due, until nothing more is."""
    known = [make_delivery()]
    while known[-1].status is DeliveryStatus.PENDING:
        due = known[-1].next_at or NOW
        known.append(tried(known[-1], status, at=due, chance=chance, window=window))
    return known


@pytest.mark.parametrize("status", [200, 201, 204])
def test_it_has_arrived_with_any_2xx(status: int) -> None:
    done = tried(make_delivery(), status)
    assert (done.status, done.next_at, done.version) == ("delivered", None, 1)


@pytest.mark.parametrize("status", [None, 301, 302, 408, 429, 500, 502, 503, 599])
def test_what_may_pass_is_tried_again(status: int | None) -> None:
    assert tried(make_delivery(), status).next_at == at(5)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 422, 451])
def test_what_an_endpoint_will_not_have_is_not(status: int) -> None:
    done = tried(make_delivery(), status)
    assert (done.status, done.next_at) == ("failed", None)


def test_gaps_grow_over_a_day_and_then_it_is_given_up() -> None:
    attempts = [one.attempts[-1].at - NOW for one in life(500)[1:]]
    gaps = [later - earlier for earlier, later in pairwise(attempts)]
    assert len(attempts) == 11
    assert gaps == sorted(gaps)
    assert [gap / MINUTE for gap in gaps[:4]] == [5 / 60, 0.5, 2, 10]
    assert timedelta(hours=24) <= attempts[-1] < timedelta(hours=24.2)
    assert life(500)[-1].status == "failed"


@given(chance=st.floats(0, 1))
def test_chance_makes_gaps_longer_by_a_tenth_at_most(chance: float) -> None:
    wait = tried(make_delivery(), 500, chance=chance).next_at
    assert wait is not None
    assert at(5) <= wait <= at(5.5)
    assert len(life(500, chance=chance)) <= 12


def test_the_whole_schedule_can_be_made_shorter() -> None:
    window = timedelta(minutes=24)
    assert tried(make_delivery(), 500, window=window).next_at == NOW + timedelta(seconds=5) / 60
    assert life(500, window=window)[-1].attempts[-1].at - NOW >= window


@pytest.mark.parametrize(
    ("status", "asked", "waits"), [(429, 120, 120), (503, 2, 5), (503, 10**9, 24 * 3600)]
)
def test_an_endpoint_that_asks_for_time_is_given_it_up_to_a_day(
    status: int, asked: float, waits: float
) -> None:
    assert tried(make_delivery(), status, retry_after=asked).next_at == at(waits)


def test_what_is_sent_again_has_its_whole_schedule_before_it() -> None:
    failed = life(500)[-1]
    once_more = again(failed, now=at(99))
    assert (once_more.status, once_more.tries, once_more.version) == ("pending", 0, failed.version + 1)
    assert (once_more.delivery_id, once_more.attempts) == (failed.delivery_id, failed.attempts)
    assert tried(once_more, 500, at=at(100)).next_at == at(105)


def test_no_more_than_the_newest_attempts_are_kept() -> None:
    known = make_delivery()
    for n in range(40):
        known = tried(again(known, now=at(n)), 500, at=at(n))
    assert [one.at for one in known.attempts] == [at(n) for n in range(10, 40)]


def test_a_job_says_which_version_it_is_of_and_when_it_is_due() -> None:
    first = make_delivery()
    assert (job_of(first).version, job_of(first).not_before) == (0, NOW)
    second = tried(first, 500)
    assert (job_of(second).version, job_of(second).not_before) == (1, at(5))


def test_what_is_withdrawn_has_failed() -> None:
    done = withdrawn(tried(make_delivery(), 500))
    assert (done.status, done.next_at, done.version) == ("failed", None, 2)
