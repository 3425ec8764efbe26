"""Creating requests with a key: done once, answered alike; a failure leaves the key free (R4)."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from sluice.domain.errors import Conflict, InvalidFields, ProviderRefused, Unavailable
from sluice.usecases.once import Outcome, once

from tests.builders import NOW, at
from tests.fakes.keys import FakeIdempotency


class Creator:
    """Creates what it is told to, unless it is told to fail, be it before or after that."""

    def __init__(self, error: BaseException | None = None, *, late: bool = False) -> None:
        self.made: list[str] = []
        self._error = error
        self._late = late

    def __call__(self, resource_id: str) -> None:
        if self._error and not self._late:
            raise self._error
        self.made.append(resource_id)
        if self._error:
            raise self._error


def settled(error: Unavailable) -> Unavailable:
    error.settled = True
    return error


REFUSALS = [Conflict("No."), InvalidFields("No."), ProviderRefused("No."), settled(Unavailable("Failed."))]
UNCERTAIN = [Unavailable("Later."), ValueError(), KeyboardInterrupt()]


def test_a_repeated_request_gets_the_first_answer() -> None:
    keys, create = FakeIdempotency(), Creator()
    assert once(keys, "k", "body", create, new_id="1", now=NOW) == Outcome("1", replayed=False)
    assert once(keys, "k", "body", create, new_id="2", now=NOW) == Outcome("1", replayed=True)
    assert create.made == ["1"]


def test_other_keys_are_other_requests() -> None:
    keys, create = FakeIdempotency(), Creator()
    once(keys, "k", "body", create, new_id="1", now=NOW)
    assert once(keys, "l", "body", create, new_id="2", now=NOW) == Outcome("2", replayed=False)


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    keys, create = FakeIdempotency(), Creator()
    once(keys, "k", "body", create, new_id="1", now=NOW)
    with pytest.raises(Conflict) as refused:
        once(keys, "k", "other", create, new_id="2", now=NOW)
    assert refused.value.code == "idempotency_key_reused"
    assert create.made == ["1"]


def test_a_first_request_that_still_runs_is_a_conflict() -> None:
    keys = FakeIdempotency()
    keys.claim("k", "body", resource_id="1", now=NOW)
    with pytest.raises(Conflict) as refused:
        once(keys, "k", "body", Creator(), new_id="2", now=NOW)
    assert refused.value.code == "request_in_progress"


@pytest.mark.parametrize("error", [*REFUSALS, *UNCERTAIN], ids=repr)
def test_a_request_that_fails_in_any_way_does_not_use_the_key_up(error: BaseException) -> None:
    keys = FakeIdempotency()
    with pytest.raises(type(error)):
        once(keys, "k", "body", Creator(error), new_id="1", now=NOW)
    assert once(keys, "k", "other", Creator(), new_id="2", now=NOW) == Outcome("2", replayed=False)


@pytest.mark.parametrize("error", REFUSALS, ids=repr)
def test_after_a_refusal_the_same_request_begins_anew(error: BaseException) -> None:
    keys = FakeIdempotency()
    with pytest.raises(type(error)):
        once(keys, "k", "body", Creator(error), new_id="1", now=NOW)
    assert once(keys, "k", "body", Creator(), new_id="2", now=NOW) == Outcome("2", replayed=False)


@pytest.mark.parametrize("error", UNCERTAIN, ids=repr)
def test_what_may_have_been_made_all_the_same_is_not_made_twice(error: BaseException) -> None:
    keys = FakeIdempotency()
    with pytest.raises(type(error)):
        once(keys, "k", "body", Creator(error, late=True), new_id="1", now=NOW)
    assert once(keys, "k", "body", Creator(), new_id="2", now=NOW) == Outcome("1", replayed=False)
    assert once(keys, "k", "body", Creator(), new_id="3", now=NOW) == Outcome("1", replayed=True)


def test_an_attempt_that_was_killed_is_taken_over_after_a_minute_under_its_id() -> None:
    keys = FakeIdempotency()
    keys.claim("k", "body", resource_id="1", now=NOW)
    assert once(keys, "k", "body", Creator(), new_id="2", now=at(61)) == Outcome("1", replayed=False)


def test_of_twenty_at_once_one_creates_and_the_others_say_so() -> None:
    keys, create, start, ids = FakeIdempotency(), Creator(), Barrier(20), count()

    def ask(_: int) -> str:
        start.wait()
        try:
            return once(keys, "k", "body", create, new_id=f"id-{next(ids)}", now=NOW).resource_id
        except Conflict as error:
            return error.code

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(ask, range(20)))
    assert len(create.made) == 1
    assert answers <= {*create.made, "request_in_progress"}
