"""Events of providers that have had their effect: an item each, for as long as they may be repeated."""

from datetime import datetime, timedelta
from hashlib import sha256

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated

_KEPT = timedelta(days=30)
# Ids are what providers make them, and a key may have two kilobytes.
_LONGEST = 400


class DynamoEventLog:
    """``EventLog`` beside the idempotency keys."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def has(self, key: str) -> bool:
        with translated():
            answer = self._client.get_item(
                TableName=self._table, Key=_id(key), ConsistentRead=True, ProjectionExpression="id"
            )
        return "Item" in answer

    def add(self, key: str, *, now: datetime) -> None:
        expires = str(int((now + _KEPT).timestamp()))
        with translated():
            self._client.put_item(TableName=self._table, Item={**_id(key), "ttlEpochSeconds": {"N": expires}})


def _id(key: str) -> dict[str, dict[str, str]]:
    short = key if len(key) <= _LONGEST else sha256(key.encode()).hexdigest()
    return {"id": {"S": f"event#{short}"}}
