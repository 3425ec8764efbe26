"""One contract for deliveries' rows, held by the fake and by DynamoDB alike."""

from dataclasses import replace

import pytest
from sluice.adapters.dynamodb.outgoing import DynamoDeliveries
from sluice.domain.errors import WriteConflict
from sluice.domain.outgoing import Attempt, Delivery, DeliveryStatus
from sluice.usecases.outgoing_ports import DeliveryStore

from tests.builders import at, make_delivery
from tests.engine import Aws, unique
from tests.fakes.outgoing import FakeDeliveries
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> DeliveryStore:
    if request.param == "fake":
        return FakeDeliveries()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoDeliveries(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def delivery() -> Delivery:
    return make_delivery(endpoint_id=unique("whe"))


def attempted(delivery: Delivery) -> Delivery:
    attempts = (
        Attempt(at=at(1), took_ms=7, status=503, retry_after_seconds=2.5),
        Attempt(at=at(2), took_ms=9, problem="unreachable"),
    )
    known = replace(delivery, attempts=attempts, tries=2, next_at=at(9), version=delivery.version + 1)
    return replace(known, status=DeliveryStatus.PENDING)


def test_what_was_added_is_found(store: DeliveryStore, delivery: Delivery) -> None:
    assert store.find(delivery.endpoint_id, delivery.delivery_id) is None
    store.add(delivery)
    assert store.find(delivery.endpoint_id, delivery.delivery_id) == delivery


def test_what_came_of_it_is_written_over_the_version_before(store: DeliveryStore, delivery: Delivery) -> None:
    store.add(delivery)
    store.record(attempted(delivery))
    assert store.find(delivery.endpoint_id, delivery.delivery_id) == attempted(delivery)
    with pytest.raises(WriteConflict):
        store.record(attempted(delivery))


def test_adding_it_again_changes_nothing(store: DeliveryStore, delivery: Delivery) -> None:
    store.add(delivery)
    store.record(attempted(delivery))
    store.add(delivery)
    assert store.find(delivery.endpoint_id, delivery.delivery_id) == attempted(delivery)


def test_what_is_not_there_is_not_written(store: DeliveryStore, delivery: Delivery) -> None:
    with pytest.raises(WriteConflict):
        store.record(attempted(delivery))


def test_pages_go_from_the_newest_to_the_oldest_of_one_endpoint(
    store: DeliveryStore, delivery: Delivery
) -> None:
    ids = [f"msg_{number}" for number in range(5)]
    for name in ids:
        store.add(replace(delivery, delivery_id=name))
    store.add(replace(delivery, endpoint_id=f"{delivery.endpoint_id}-other"))
    seen, after = [], None
    while True:
        page = store.page(delivery.endpoint_id, limit=2, after=after)
        seen.append([one.delivery_id for one in page.deliveries])
        after = page.next_key
        if after is None:
            break
    assert seen == [["msg_4", "msg_3"], ["msg_2", "msg_1"], ["msg_0"]]


def test_a_row_is_kept_for_thirty_days(engine: Aws, table: str, delivery: Delivery) -> None:
    client = engine.dynamo
    DynamoDeliveries(client, table).add(delivery)
    key = {
        "pk": {"S": f"ENDPOINT#{delivery.endpoint_id}"},
        "sk": {"S": f"DELIVERY#{delivery.delivery_id}"},
    }
    item = client.get_item(TableName=table, Key=key)["Item"]
    assert int(item["ttlEpochSeconds"]["N"]) == int(at(30 * 24 * 3600).timestamp())
