"""One contract for idempotency keys, held by the fake and by DynamoDB alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.usecases.ports import IdempotencyKeys, Remembered

from tests.builders import NOW, at
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
    return DynamoIdempotency(aws("dynamodb"), request.getfixturevalue("table"))


@pytest.fixture
def key() -> str:
    return unique("key")


def test_a_new_key_is_ours(keys: IdempotencyKeys, key: str) -> None:
    assert keys.claim(key, "body", now=NOW) is None


def test_a_key_that_is_claimed_says_for_which_request(keys: IdempotencyKeys, key: str) -> None:
    keys.claim(key, "body", now=NOW)
    assert keys.claim(key, "other", now=at(1)) == Remembered(fingerprint="body", resource_id=None)


def test_a_key_that_is_kept_says_what_was_made_for_a_day(keys: IdempotencyKeys, key: str) -> None:
    keys.claim(key, "body", now=NOW)
    keys.keep(key, "vid_1")
    made = Remembered(fingerprint="body", resource_id="vid_1")
    assert keys.claim(key, "body", now=at(61)) == made
    assert keys.claim(key, "body", now=at(24 * 3600)) == made
    assert keys.claim(key, "body", now=at(24 * 3600 + 1)) is None


def test_a_key_that_is_released_is_free_again(keys: IdempotencyKeys, key: str) -> None:
    keys.claim(key, "body", now=NOW)
    keys.release(key)
    assert keys.claim(key, "other", now=at(1)) is None


def test_a_claim_whose_holder_died_is_given_up_after_a_minute(keys: IdempotencyKeys, key: str) -> None:
    keys.claim(key, "body", now=NOW)
    assert keys.claim(key, "body", now=at(60)) is not None
    assert keys.claim(key, "body", now=at(61)) is None


def test_of_many_at_once_one_gets_the_key(keys: IdempotencyKeys, key: str) -> None:
    with ThreadPoolExecutor(20) as pool:
        claims = list(pool.map(lambda _: keys.claim(key, "body", now=NOW), range(20)))
    assert claims.count(None) == 1
