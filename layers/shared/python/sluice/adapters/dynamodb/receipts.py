"""Receipts of deletions, beside their videos' tombstones."""

from typing import Any

import msgspec

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.domain.deletion import KEPT, Receipt

_decode = msgspec.json.Decoder(Receipt).decode


class DynamoReceipts:
    """``Receipts`` on the table. ``complete`` stands beside ``doc`` for the nightly audit."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def find(self, video_id: str) -> tuple[Receipt, int] | None:
        with translated():
            answer = self._client.get_item(
                TableName=self._table,
                Key=_key(video_id),
                ConsistentRead=True,
                ProjectionExpression="doc,version",
            )
        item = answer.get("Item")
        return (_decode(item["doc"]["S"]), int(item["version"]["N"])) if item else None

    def write(self, receipt: Receipt, version: int) -> None:
        kept_until = int((receipt.requested_at + KEPT).timestamp())
        item: dict[str, Any] = {
            **_key(receipt.video_id),
            "version": {"N": str(version + 1)},
            "complete": {"BOOL": receipt.complete},
            "doc": {"S": msgspec.json.encode(receipt).decode()},
            "ttlEpochSeconds": {"N": str(kept_until)},
        }
        put: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if version:
            put = {
                "ConditionExpression": "version = :read",
                "ExpressionAttributeValues": {":read": {"N": str(version)}},
            }
        with translated():
            self._client.put_item(TableName=self._table, Item=item, **put)


def _key(video_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"VIDEO#{video_id}"}, "sk": {"S": "DELETION"}}
