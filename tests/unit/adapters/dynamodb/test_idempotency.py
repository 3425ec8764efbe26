"""One contract for idempotency keys, held by the fake and by DynamoDB alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.usecases.ports import Claim, ClaimState, IdempotencyKeys

from tests.builders import at
from tests.engine import Aws, unique
from tests.fakes.keys import FakeIdempotency
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("IdempotencyTable")


@pytest.fixture(params=["fake", "dynamodb"])
def keys(request: pytest.FixtureRequest) -> IdempotencyKeys:
    if request.param == "fake":
        return FakeIdempotency()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoIdempotency(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def key() -> str:
    return unique("key")


def claim(keys: IdempotencyKeys, key: str, body: str, resource_id: str, seconds: float = 0) -> Claim:
    return keys.claim(key, body, resource_id=resource_id, now=at(seconds))


def standing(fingerprint: str, resource_id: str, state: str) -> Claim:
    return Claim(fingerprint=fingerprint, resource_id=resource_id, state=ClaimState(state))


def test_a_new_key_is_ours(keys: IdempotencyKeys, key: str) -> None:
    assert claim(keys, key, "body", "1") == standing("body", "1", "ours")


def test_a_key_that_is_claimed_says_for_which_request(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    assert claim(keys, key, "other", "2", 1) == standing("body", "1", "running")


def test_a_key_that_is_kept_says_what_was_made_for_a_day(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    keys.keep(key)
    made = standing("body", "1", "done")
    assert claim(keys, key, "body", "2", 61) == made
    assert claim(keys, key, "other", "2", 24 * 3600) == made
    assert claim(keys, key, "body", "2", 24 * 3600 + 1) == standing("body", "2", "ours")


def test_a_key_that_is_released_is_free_again(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    keys.release(key)
    assert claim(keys, key, "other", "2", 1) == standing("other", "2", "ours")


def test_a_claim_whose_holder_died_is_taken_over_after_a_minute_under_its_id(
    keys: IdempotencyKeys, key: str
) -> None:
    claim(keys, key, "body", "1")
    assert claim(keys, key, "body", "2", 60) == standing("body", "1", "running")
    assert claim(keys, key, "body", "2", 61) == standing("body", "1", "ours")
    assert claim(keys, key, "body", "3", 62) == standing("body", "1", "running")
    keys.keep(key)
    assert claim(keys, key, "body", "3", 200) == standing("body", "1", "done")


def test_a_claim_whose_holder_died_does_not_bind_another_request(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    assert claim(keys, key, "other", "2", 61) == standing("other", "2", "ours")
    assert claim(keys, key, "body", "3", 62) == standing("other", "2", "running")


def test_an_abandoned_claim_is_taken_over_at_once_under_its_id(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    keys.abandon(key)
    assert claim(keys, key, "body", "2", 1) == standing("body", "1", "ours")
    assert claim(keys, key, "body", "3", 1) == standing("body", "1", "running")


def test_of_many_at_once_one_gets_the_key(keys: IdempotencyKeys, key: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        claims = list(pool.map(lambda n: claim(keys, key, "body", str(n)), range(20)))
    (ours,) = (one for one in claims if one.state is ClaimState.OURS)
    assert {one.resource_id for one in claims} == {ours.resource_id}


def test_of_many_who_take_a_claim_over_at_once_one_gets_it(keys: IdempotencyKeys, key: str) -> None:
    claim(keys, key, "body", "1")
    with ThreadPoolExecutor(20) as pool:
        claims = list(pool.map(lambda n: claim(keys, key, "body", str(n), 61), range(20)))
    assert [one.state for one in claims].count(ClaimState.OURS) == 1
    assert {one.resource_id for one in claims} == {"1"}
