"""What lies below a deleted post: likes, saves and comments of others, removed some at a time."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.adapters.dynamodb.posts import post_key
from sluice.domain.errors import Unavailable
from sluice.usecases.contention import rounds

_MOST_AT_ONCE = 25


class DynamoPostRemains:
    """``PostRemains`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def are_of_a_deleted_post(self, post_id: str) -> bool:
        with translated():
            answer = self._client.get_item(
                TableName=self._table, Key=post_key(post_id), ConsistentRead=True, ProjectionExpression="doc"
            )
        return not answer.get("Item")

    def remove(self, post_id: str) -> int:
        removed = 0
        for keys in batched(self._keys(post_id), _MOST_AT_ONCE, strict=False):
            self._delete([{"DeleteRequest": {"Key": key}} for key in keys])
            removed += len(keys)
        return removed

    def _keys(self, post_id: str) -> Iterator[dict[str, Any]]:
        """All below the post but its tombstone."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :post",
            "ExpressionAttributeValues": {":post": post_key(post_id)["pk"]},
            "ProjectionExpression": "pk,sk",
            "ConsistentRead": True,
        }
        with translated():
            for page in self._client.pages(**asked):
                yield from (item for item in page["Items"] if item["sk"]["S"] != "POST")

    def _delete(self, requests: list[Any]) -> None:
        for _ in rounds():
            with translated():
                answer = self._client.batch_write_item(RequestItems={self._table: requests})
            requests = answer.get("UnprocessedItems", {}).get(self._table, [])
            if not requests:
                return
        raise Unavailable("The database is busy. Please try again.")
