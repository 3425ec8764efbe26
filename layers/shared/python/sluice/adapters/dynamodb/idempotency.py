"""Idempotency keys, kept for 24 hours. A claim that was never resolved is given up after a minute."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.domain.errors import Unavailable
from sluice.usecases.ports import Remembered

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

_KEPT = timedelta(hours=24)
# Longer than any function that claims a key may run: whoever claimed it then has died.
_CLAIM_HOLDS = timedelta(seconds=60)


class DynamoIdempotency:
    """``IdempotencyKeys`` on a table of their own."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def claim(self, key: str, fingerprint: str, *, now: datetime) -> Remembered | None:
        epoch = int(now.timestamp())
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        "id": {"S": key},
                        "fingerprint": {"S": fingerprint},
                        "claimedAt": {"N": str(epoch)},
                        "ttlEpochSeconds": {"N": str(epoch + int(_KEPT.total_seconds()))},
                    },
                    ConditionExpression=(
                        "attribute_not_exists(id) OR ttlEpochSeconds < :now"
                        " OR (attribute_not_exists(resourceId) AND claimedAt < :abandoned)"
                    ),
                    ExpressionAttributeValues={
                        ":now": {"N": str(epoch)},
                        ":abandoned": {"N": str(epoch - int(_CLAIM_HOLDS.total_seconds()))},
                    },
                )
        except ConditionFailed:
            return self._known(key)
        return None

    def keep(self, key: str, resource_id: str) -> None:
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key={"id": {"S": key}},
                UpdateExpression="SET resourceId = :made",
                ExpressionAttributeValues={":made": {"S": resource_id}},
            )

    def release(self, key: str) -> None:
        with translated():
            self._client.delete_item(TableName=self._table, Key={"id": {"S": key}})

    def _known(self, key: str) -> Remembered:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key={"id": {"S": key}}, ConsistentRead=True)
        item = answer.get("Item")
        if item is None:
            # Released between the two calls: the first request failed, this one may try again.
            raise Unavailable("The first request with this key has just ended. Please try again.")
        made = item.get("resourceId")
        return Remembered(fingerprint=item["fingerprint"]["S"], resource_id=made["S"] if made else None)
