"""One contract for endpoints' rows, held by the fake and by DynamoDB alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sluice.adapters.dynamodb.endpoints import DynamoEndpoints
from sluice.adapters.sealing import Seal
from sluice.domain.errors import Conflict, WriteConflict
from sluice.domain.webhook_endpoints import MOST_ENDPOINTS, Disabled, EndpointKey, rotated
from sluice.usecases.outgoing_ports import EndpointStore

from tests.builders import NOW, at, make_endpoint
from tests.engine import Aws, unique
from tests.fakes.outgoing import FakeEndpoints
from tests.resources import Resources

ID = make_endpoint().endpoint_id


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> EndpointStore:
    if request.param == "fake":
        return FakeEndpoints()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoEndpoints(aws.dynamo, request.getfixturevalue("table"), Seal("s" * 64, "test"))


@pytest.fixture
def owner() -> str:
    return unique("user")


def test_what_was_added_is_found_by_its_owner_alone(store: EndpointStore, owner: str) -> None:
    endpoint = make_endpoint(owner_id=owner)
    assert store.add(endpoint) == endpoint
    assert store.find(owner, ID) == endpoint
    assert store.find(f"{owner}-other", ID) is None


def test_adding_it_again_changes_nothing_and_says_how_it_stands(store: EndpointStore, owner: str) -> None:
    store.add(make_endpoint(owner_id=owner))
    again = store.add(make_endpoint(owner_id=owner, url="https://other.example/"))
    assert again == make_endpoint(owner_id=owner)


def test_an_owner_has_them_oldest_first_and_ten_at_most(store: EndpointStore, owner: str) -> None:
    for n in range(MOST_ENDPOINTS):
        store.add(make_endpoint(owner_id=owner, endpoint_id=f"whe_{n}"))
    assert [one.endpoint_id for one in store.of(owner)] == [f"whe_{n}" for n in range(MOST_ENDPOINTS)]
    with pytest.raises(Conflict) as refused:
        store.add(make_endpoint(owner_id=owner, endpoint_id="whe_x"))
    assert refused.value.code == "too_many_endpoints"
    assert store.remove(owner, "whe_3")
    assert not store.remove(owner, "whe_3")
    store.add(make_endpoint(owner_id=owner, endpoint_id="whe_x"))
    assert len(store.of(owner)) == MOST_ENDPOINTS


def test_nobody_has_none_of_anybodys(store: EndpointStore, owner: str) -> None:
    assert store.of(owner) == []


def test_what_its_owner_says_is_changed_where_it_still_stands(store: EndpointStore, owner: str) -> None:
    old = store.add(make_endpoint(owner_id=owner))
    new = rotated(replace(old, url="https://new.example/", events=("video.deleted",)), KEY, now=NOW)
    store.change(old, new)
    known = store.find(owner, ID)
    assert known == replace(new, version=2)
    with pytest.raises(WriteConflict):
        store.change(old, new)


KEY = EndpointKey("key_2", "whsec_new")


def test_what_is_gone_is_neither_changed_nor_made_anew(store: EndpointStore, owner: str) -> None:
    endpoint = make_endpoint(owner_id=owner)
    with pytest.raises(WriteConflict):
        store.change(endpoint, endpoint)
    assert store.failed(owner, ID, at=NOW) is None
    store.recovered(owner, ID)
    store.disable(owner, ID, Disabled(NOW, "gone"))
    store.enable(owner, ID)
    assert store.find(owner, ID) is None


def test_failures_are_counted_since_the_first_until_something_arrives(
    store: EndpointStore, owner: str
) -> None:
    store.add(make_endpoint(owner_id=owner))
    store.failed(owner, ID, at=at(1))
    known = store.failed(owner, ID, at=at(2))
    assert known is not None
    assert (known.failing_since, known.failures) == (at(1), 2)
    store.recovered(owner, ID)
    assert store.find(owner, ID) == make_endpoint(owner_id=owner)


def test_the_first_reason_to_disable_stands_until_it_is_enabled(store: EndpointStore, owner: str) -> None:
    store.add(make_endpoint(owner_id=owner))
    store.failed(owner, ID, at=at(1))
    store.disable(owner, ID, Disabled(at(2), "gone"))
    store.disable(owner, ID, Disabled(at(3), "owner"))
    known = store.find(owner, ID)
    assert known is not None
    assert known.disabled == Disabled(at(2), "gone")
    store.enable(owner, ID)
    assert store.find(owner, ID) == make_endpoint(owner_id=owner)


def test_how_it_is_doing_and_what_its_owner_says_are_not_in_each_others_way(
    store: EndpointStore, owner: str
) -> None:
    old = store.add(make_endpoint(owner_id=owner))
    store.failed(owner, ID, at=at(1))
    store.change(old, replace(old, url="https://new.example/"))
    known = store.find(owner, ID)
    assert known is not None
    assert (known.url, known.failures) == ("https://new.example/", 1)


def test_neither_its_keys_nor_its_url_stand_in_a_row_in_clear(engine: Aws, table: str, owner: str) -> None:
    client = engine.dynamo
    DynamoEndpoints(client, table, Seal("s" * 64, "test")).add(make_endpoint(owner_id=owner))
    key = {"pk": {"S": f"USER#{owner}"}, "sk": {"S": f"ENDPOINT#{ID}"}}
    item = str(client.get_item(TableName=table, Key=key)["Item"])
    assert not [secret for secret in ("hunter2", "hooks.example", "YWFh") if secret in item]


def test_a_row_sealed_by_a_secret_that_is_gone_is_disabled(engine: Aws, table: str, owner: str) -> None:
    client = engine.dynamo
    DynamoEndpoints(client, table, Seal("s" * 64, "test")).add(make_endpoint(owner_id=owner))
    known = DynamoEndpoints(client, table, Seal("t" * 64, "test")).find(owner, ID)
    assert known is not None
    assert known.disabled == Disabled(NOW, "unreadable")


def test_however_many_ask_at_once_there_are_ten_at_most(engine: Aws, table: str, owner: str) -> None:
    store = DynamoEndpoints(engine.dynamo, table, Seal("s" * 64, "test"))

    def add(number: int) -> bool:
        try:
            store.add(make_endpoint(owner_id=owner, endpoint_id=f"whe_{number}"))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(16))) == MOST_ENDPOINTS
    assert len(store.of(owner)) == MOST_ENDPOINTS
