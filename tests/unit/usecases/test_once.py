"""Creating requests with a key: done once, answered alike; a failure leaves the key free (R4)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sluice.domain.errors import Conflict, Unavailable
from sluice.usecases.once import Outcome, once

from tests.builders import NOW
from tests.fakes.keys import FakeIdempotency


class Creator:
    """Creates a resource at each call, unless told to fail."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.made = 0
        self._error = error

    def __call__(self) -> str:
        if self._error:
            raise self._error
        self.made += 1
        return f"vid_{self.made}"


def test_a_repeated_request_gets_the_first_answer() -> None:
    keys, create = FakeIdempotency(), Creator()
    assert once(keys, "k", "body", create, now=NOW) == Outcome("vid_1", replayed=False)
    assert once(keys, "k", "body", create, now=NOW) == Outcome("vid_1", replayed=True)
    assert create.made == 1


def test_other_keys_are_other_requests() -> None:
    keys, create = FakeIdempotency(), Creator()
    once(keys, "k", "body", create, now=NOW)
    assert once(keys, "l", "body", create, now=NOW) == Outcome("vid_2", replayed=False)


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    keys, create = FakeIdempotency(), Creator()
    once(keys, "k", "body", create, now=NOW)
    with pytest.raises(Conflict) as refused:
        once(keys, "k", "other", create, now=NOW)
    assert refused.value.code == "idempotency_key_reused"
    assert create.made == 1


def test_a_first_request_that_still_runs_is_a_conflict() -> None:
    keys = FakeIdempotency()
    keys.claim("k", "body", now=NOW)
    with pytest.raises(Conflict) as refused:
        once(keys, "k", "body", Creator(), now=NOW)
    assert refused.value.code == "request_in_progress"


@pytest.mark.parametrize("error", [Conflict("No."), Unavailable("Later."), ValueError(), KeyboardInterrupt()])
def test_a_request_that_fails_in_any_way_does_not_use_the_key_up(error: BaseException) -> None:
    keys = FakeIdempotency()
    with pytest.raises(type(error)):
        once(keys, "k", "body", Creator(error), now=NOW)
    assert once(keys, "k", "other", Creator(), now=NOW) == Outcome("vid_1", replayed=False)


def test_of_twenty_at_once_one_creates_and_the_others_say_so() -> None:
    keys, create, start = FakeIdempotency(), Creator(), Barrier(20)

    def ask(_: int) -> str:
        start.wait()
        try:
            return once(keys, "k", "body", create, now=NOW).resource_id
        except Conflict as error:
            return error.code

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(ask, range(20)))
    assert create.made == 1
    assert answers <= {"vid_1", "request_in_progress"}
