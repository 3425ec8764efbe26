"""All who poll a provider stay below its limit together; held by the fake and by DynamoDB alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sluice.adapters.dynamodb.poll_budget import DynamoPollBudget, Rate
from sluice.usecases.provider_ports import PollBudget

from tests.builders import NOW, at
from tests.engine import Aws, unique
from tests.fakes.budget import FakePollBudget
from tests.resources import Resources

type MakeBudget = Callable[[Rate], PollBudget]


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture
def provider() -> str:
    """One that nobody has asked yet."""
    return unique("provider")


@pytest.fixture(params=["fake", "dynamodb"])
def make(request: pytest.FixtureRequest, provider: str) -> MakeBudget:
    if request.param == "fake":
        return lambda rate: FakePollBudget({provider: rate})
    aws: Aws = request.getfixturevalue("engine")
    name = request.getfixturevalue("table")
    return lambda rate: DynamoPollBudget(aws.dynamo, name, {provider: rate})


def test_a_burst_is_granted_and_no_more(make: MakeBudget, provider: str) -> None:
    budget = make(Rate(per_second=2, burst=3))
    assert [budget.take(provider, now=NOW) for _ in range(5)] == [True, True, True, False, False]


def test_questions_come_back_one_by_one(make: MakeBudget, provider: str) -> None:
    budget = make(Rate(per_second=2, burst=3))
    for _ in range(3):
        budget.take(provider, now=NOW)
    moments = (0.4, 0.5, 0.6, 1.0, 1.1)
    assert [budget.take(provider, now=at(moment)) for moment in moments] == [False, True, False, True, False]


def test_what_was_not_asked_is_saved_up_to_the_burst(make: MakeBudget, provider: str) -> None:
    budget = make(Rate(per_second=2, burst=2))
    budget.take(provider, now=NOW)
    assert [budget.take(provider, now=at(3600)) for _ in range(3)] == [True, True, False]


def test_in_the_long_run_the_rate_holds_however_often_one_asks(make: MakeBudget, provider: str) -> None:
    budget = make(Rate(per_second=4, burst=2))
    granted = sum(budget.take(provider, now=at(step / 20)) for step in range(101))
    assert 20 <= granted <= 22


def test_a_provider_without_a_rate_may_be_asked_as_one_likes(make: MakeBudget) -> None:
    budget = make(Rate(per_second=1, burst=1))
    assert all(budget.take("another", now=NOW) for _ in range(5))


def test_pollers_that_meet_share_one_burst(make: MakeBudget, provider: str) -> None:
    budget = make(Rate(per_second=1, burst=4))
    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(lambda _: budget.take(provider, now=NOW), range(24)))
    assert sum(granted) <= 4
    assert any(granted)
