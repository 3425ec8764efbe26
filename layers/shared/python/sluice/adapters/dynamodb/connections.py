"""Open WebSockets and what they follow, as rows that are found from either end.

    USER#{user}              CONNECTION#{connection}      who is told of a user's own videos
    CONNECTION#{connection}  CONNECTION                   whose connection it is
    CONNECTION#{connection}  SUBSCRIPTION#{video}         what it follows, so that all of it can be removed
    FOLLOWED#{video}         SUBSCRIBER#{connection}      who is told of a video that is not theirs

What is followed does not stand below the video's own key, where purging removes whatever it finds: those
who follow a deleted video are told so first. Each row has a time to live: a connection whose end nobody
noticed is forgotten.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.domain.errors import Unavailable
from sluice.usecases.contention import rounds
from sluice.usecases.realtime_ports import Connection, Subscriber

# What one BatchWriteItem takes.
_AT_ONCE = 25


class _Rows:
    """What both stores do with rows."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, *items: dict[str, Any]) -> None:
        """All of them or none."""
        with translated():
            self._client.transact_write_items(
                TransactItems=[{"Put": {"TableName": self._table, "Item": item}} for item in items]
            )

    def query(self, partition: str, prefix: str | None = None) -> list[dict[str, Any]]:
        """All items of a partition, or those whose sort key begins like this."""
        values = {":pk": {"S": partition}}
        condition = "pk = :pk"
        if prefix:
            values[":prefix"] = {"S": prefix}
            condition += " AND begins_with(sk, :prefix)"
        with translated():
            pages = self._client.pages(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ConsistentRead=True,
            )
            return [item for page in pages for item in page["Items"]]

    def get(self, key: dict[str, Any]) -> dict[str, Any] | None:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        item: dict[str, Any] | None = answer.get("Item")
        return item

    def delete(self, keys: Sequence[dict[str, Any]]) -> None:
        for some in batched(keys, _AT_ONCE, strict=False):
            left: dict[str, Any] = {self._table: [{"DeleteRequest": {"Key": key}} for key in some]}
            for _ in rounds():
                with translated():
                    left = self._client.batch_write_item(RequestItems=left).get("UnprocessedItems", {})
                if not left:
                    break
            else:
                raise Unavailable("The database is busy. Please try again.")


class DynamoConnections:
    """``Connections`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._rows = _Rows(client, table)

    def add(self, connection: Connection) -> None:
        life = _life(connection)
        owner = {"userId": {"S": connection.user_id}}
        self._rows.put(
            {**_of_user(connection.user_id, connection.connection_id), **life},
            {**_twin(connection.connection_id), **owner, **life},
        )

    def find(self, connection_id: str) -> Connection | None:
        item = self._rows.get(_twin(connection_id))
        return _connection(item, connection_id, item["userId"]["S"]) if item else None

    def of_user(self, user_id: str) -> Sequence[Connection]:
        items = self._rows.query(f"USER#{user_id}", "CONNECTION#")
        found = [_connection(item, item["sk"]["S"].removeprefix("CONNECTION#"), user_id) for item in items]
        return sorted(found, key=lambda one: (one.opened_at, one.connection_id))

    def remove(self, connection_id: str) -> None:
        keys: list[dict[str, Any]] = []
        for item in self._rows.query(f"CONNECTION#{connection_id}"):
            keys.append({"pk": item["pk"], "sk": item["sk"]})
            if item["sk"]["S"] == "CONNECTION":
                keys.append(_of_user(item["userId"]["S"], connection_id))
            else:
                keys.append(_follower(item["sk"]["S"].removeprefix("SUBSCRIPTION#"), connection_id))
        self._rows.delete(keys)


class DynamoSubscriptions:
    """``Subscriptions`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._rows = _Rows(client, table)

    def add(self, video_id: str, subscriber: Subscriber) -> None:
        connection = subscriber.connection
        life = _life(connection)
        row = {**_follower(video_id, connection.connection_id), "userId": {"S": connection.user_id}, **life}
        if subscriber.key_hash:
            row["keyHash"] = {"S": subscriber.key_hash}
        self._rows.put(row, {**_followed(video_id, connection.connection_id), **life})

    def remove(self, video_id: str, connection_id: str) -> None:
        self._rows.delete([_follower(video_id, connection_id), _followed(video_id, connection_id)])

    def followed_by(self, connection_id: str) -> Sequence[str]:
        items = self._rows.query(f"CONNECTION#{connection_id}", "SUBSCRIPTION#")
        return [item["sk"]["S"].removeprefix("SUBSCRIPTION#") for item in items]

    def followers_of(self, video_id: str) -> Sequence[Subscriber]:
        return [
            Subscriber(
                _connection(item, item["sk"]["S"].removeprefix("SUBSCRIBER#"), item["userId"]["S"]),
                item["keyHash"]["S"] if "keyHash" in item else None,
            )
            for item in self._rows.query(f"FOLLOWED#{video_id}", "SUBSCRIBER#")
        ]


def _of_user(user_id: str, connection_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"USER#{user_id}"}, "sk": {"S": f"CONNECTION#{connection_id}"}}


def _twin(connection_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"CONNECTION#{connection_id}"}, "sk": {"S": "CONNECTION"}}


def _followed(video_id: str, connection_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"CONNECTION#{connection_id}"}, "sk": {"S": f"SUBSCRIPTION#{video_id}"}}


def _follower(video_id: str, connection_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"FOLLOWED#{video_id}"}, "sk": {"S": f"SUBSCRIBER#{connection_id}"}}


def _life(connection: Connection) -> dict[str, Any]:
    """From when to when; whole seconds are enough for the end, which is what time to live takes."""
    return {
        "openedAt": {"S": connection.opened_at.isoformat()},
        "ttlEpochSeconds": {"N": str(int(connection.ends_at.timestamp()))},
    }


def _connection(item: dict[str, Any], connection_id: str, user_id: str) -> Connection:
    return Connection(
        connection_id=connection_id,
        user_id=user_id,
        opened_at=datetime.fromisoformat(item["openedAt"]["S"]),
        ends_at=datetime.fromtimestamp(int(item["ttlEpochSeconds"]["N"]), UTC),
    )
