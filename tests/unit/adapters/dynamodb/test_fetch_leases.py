"""One worker at a time fetches a source; held by the fake and by DynamoDB alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sluice.adapters.dynamodb.fetch_leases import DynamoFetchLeases
from sluice.usecases.import_ports import FetchLeases

from tests.builders import NOW, at
from tests.engine import Aws, unique
from tests.fakes.imports import FakeLeases
from tests.resources import Resources

MINUTE = timedelta(seconds=60)


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def leases(request: pytest.FixtureRequest) -> FetchLeases:
    if request.param == "fake":
        return FakeLeases()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoFetchLeases(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def video_id() -> str:
    return unique("vid")


def test_one_has_it_and_no_other(leases: FetchLeases, video_id: str) -> None:
    assert leases.take(video_id, "one", now=NOW, holds=MINUTE) == 1
    assert leases.take(video_id, "two", now=at(60), holds=MINUTE) is None
    assert leases.take(unique("vid"), "two", now=NOW, holds=MINUTE) == 1


def test_what_is_not_renewed_can_be_taken_and_that_is_counted(leases: FetchLeases, video_id: str) -> None:
    leases.take(video_id, "one", now=NOW, holds=MINUTE)
    assert leases.renew(video_id, "one", now=at(50), holds=MINUTE)
    assert leases.take(video_id, "two", now=at(100), holds=MINUTE) is None
    assert leases.take(video_id, "two", now=at(111), holds=MINUTE) == 2
    assert not leases.renew(video_id, "one", now=at(112), holds=MINUTE)


def test_only_its_holder_gives_it_back(leases: FetchLeases, video_id: str) -> None:
    leases.take(video_id, "one", now=NOW, holds=MINUTE)
    leases.give_back(video_id, "two")
    assert leases.renew(video_id, "one", now=at(1), holds=MINUTE)
    leases.give_back(video_id, "one")
    leases.give_back(video_id, "one")
    assert not leases.renew(video_id, "one", now=at(2), holds=MINUTE)
    assert leases.take(video_id, "two", now=at(3), holds=MINUTE) == 1


def test_of_many_at_once_one_has_it(engine: Aws, table: str, video_id: str) -> None:
    leases = DynamoFetchLeases(engine.dynamo, table)
    with ThreadPoolExecutor(16) as pool:
        taken = pool.map(lambda n: leases.take(video_id, str(n), now=NOW, holds=MINUTE), range(16))
        assert sorted(filter(None, taken)) == [1]
