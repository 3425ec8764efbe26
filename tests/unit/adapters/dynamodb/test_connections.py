"""Who is connected and what they follow; held by the fake and by DynamoDB alike."""

from collections.abc import Callable

import pytest
from sluice.adapters.dynamodb.connections import DynamoConnections, DynamoSubscriptions
from sluice.usecases.realtime_ports import Connection, Connections, Subscriber, Subscriptions

from tests.builders import at, video_id
from tests.engine import Aws, unique
from tests.fakes.realtime import FakeRows
from tests.resources import Resources

type Make = Callable[..., Connection]
type Stores = tuple[Connections, Subscriptions]


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        rows = FakeRows()
        return rows, rows.follows
    client = request.getfixturevalue("engine").dynamo
    name = request.getfixturevalue("table")
    return DynamoConnections(client, name), DynamoSubscriptions(client, name)


@pytest.fixture
def make() -> Make:
    """Connections of one user whom no other test knows."""
    user = unique("user")

    def connection(opened: float = 0, *, user_id: str = user) -> Connection:
        return Connection(
            connection_id=unique("socket"), user_id=user_id, opened_at=at(opened), ends_at=at(opened + 7200)
        )

    return connection


def test_a_connection_is_found_by_its_id_and_by_its_user(stores: Stores, make: Make) -> None:
    connections, _ = stores
    second, first = make(2), make(1)
    for one in (second, first, make(0, user_id=unique("other"))):
        connections.add(one)
    assert connections.find(first.connection_id) == first
    assert connections.of_user(first.user_id) == [first, second]


def test_nobody_is_connected_who_was_not_added(stores: Stores, make: Make) -> None:
    connections, _ = stores
    assert connections.find("unknown") is None
    assert connections.of_user(make().user_id) == []


def test_a_connection_that_is_removed_follows_nothing_any_more(stores: Stores, make: Make) -> None:
    connections, subscriptions = stores
    gone, there = make(), make()
    videos = [video_id(number) for number in range(30)]
    for one in (gone, there):
        connections.add(one)
        for video in videos:
            subscriptions.add(video, Subscriber(one))
    for _ in range(2):
        connections.remove(gone.connection_id)
        assert connections.find(gone.connection_id) is None
        assert connections.of_user(gone.user_id) == [there]
        assert subscriptions.followed_by(gone.connection_id) == []
    followers = [subscriber.connection for subscriber in subscriptions.followers_of(videos[0])]
    assert gone not in followers
    assert there in followers


def test_followers_come_with_the_key_that_they_brought_last(stores: Stores, make: Make) -> None:
    _, subscriptions = stores
    one, video = make(), f"vid_{unique('video')}"
    for key in (None, "hash-1", "hash-2"):
        subscriptions.add(video, Subscriber(one, key))
    assert list(subscriptions.followers_of(video)) == [Subscriber(one, "hash-2")]
    assert list(subscriptions.followed_by(one.connection_id)) == [video]


def test_what_is_no_longer_followed_is_not(stores: Stores, make: Make) -> None:
    _, subscriptions = stores
    one, video, other = make(), f"vid_{unique('video')}", f"vid_{unique('video')}"
    subscriptions.add(video, Subscriber(one))
    subscriptions.add(other, Subscriber(one))
    for _ in range(2):
        subscriptions.remove(video, one.connection_id)
        assert list(subscriptions.followers_of(video)) == []
        assert list(subscriptions.followed_by(one.connection_id)) == [other]


def test_more_followers_than_one_answer_holds_are_all_found(
    engine: Aws, table: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = engine.dynamo
    subscriptions, video = DynamoSubscriptions(client, table), f"vid_{unique('video')}"
    followers = {make(number).connection_id: number for number in range(5)}
    for name, number in followers.items():
        one = Connection(connection_id=name, user_id="u", opened_at=at(number), ends_at=at(9))
        subscriptions.add(video, Subscriber(one))
    query = client.query
    monkeypatch.setattr(client, "query", lambda **request: query(**request, Limit=2))
    found = {subscriber.connection.connection_id for subscriber in subscriptions.followers_of(video)}
    assert found == set(followers)


def test_what_a_busy_table_leaves_is_deleted_at_the_next_try(
    engine: Aws, table: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, one = engine.dynamo, make()
    connections = DynamoConnections(client, table)
    connections.add(one)
    delete = client.batch_write_item
    left: list[int] = []

    def half(**asked: dict[str, list[object]]) -> dict[str, object]:
        first, *rest = asked["RequestItems"][table]
        left.append(len(rest))
        delete(RequestItems={table: [first]})
        return {"UnprocessedItems": {table: rest}} if rest else {}

    monkeypatch.setattr(client, "batch_write_item", half)
    connections.remove(one.connection_id)
    assert left == [1, 0]
    assert connections.of_user(one.user_id) == []
