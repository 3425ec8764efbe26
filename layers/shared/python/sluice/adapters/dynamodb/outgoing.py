"""Deliveries' rows: those of one endpoint side by side, in the order of their time, for 30 days."""

from datetime import timedelta
from typing import Any

import msgspec

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.domain.outgoing import Delivery
from sluice.usecases.outgoing_ports import DeliveryPage

_KEPT = timedelta(days=30)
_PREFIX = "DELIVERY#"


class DynamoDeliveries:
    """``DeliveryStore`` on the videos' table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client, self._table = client, table

    def add(self, delivery: Delivery) -> None:
        try:
            self._put(delivery, "attribute_not_exists(pk)", {})
        except ConditionFailed:
            return

    def find(self, endpoint_id: str, delivery_id: str) -> Delivery | None:
        with translated():
            answer = self._client.get_item(
                TableName=self._table,
                Key=_key(endpoint_id, delivery_id),
                ConsistentRead=True,
                ProjectionExpression="doc",
            )
        return _delivery(answer["Item"]) if "Item" in answer else None

    def record(self, delivery: Delivery) -> None:
        self._put(delivery, "version = :before", {":before": {"N": str(delivery.version - 1)}})

    def page(self, endpoint_id: str, *, limit: int, after: str | None) -> DeliveryPage:
        request: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :endpoint AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": {
                ":endpoint": {"S": f"ENDPOINT#{endpoint_id}"},
                ":prefix": {"S": _PREFIX},
            },
            "ProjectionExpression": "doc",
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after:
            request["ExclusiveStartKey"] = _key(endpoint_id, after)
        with translated():
            answer = self._client.query(**request)
        found = [_delivery(item) for item in answer["Items"]]
        return DeliveryPage(found, found[-1].delivery_id if "LastEvaluatedKey" in answer and found else None)

    def _put(self, delivery: Delivery, condition: str, values: dict[str, Any]) -> None:
        request: dict[str, Any] = {
            "TableName": self._table,
            "Item": {
                **_key(delivery.endpoint_id, delivery.delivery_id),
                "doc": {"S": msgspec.json.encode(delivery).decode()},
                "version": {"N": str(delivery.version)},
                "ttlEpochSeconds": {"N": str(int((delivery.created_at + _KEPT).timestamp()))},
            },
            "ConditionExpression": condition,
        }
        if values:
            request["ExpressionAttributeValues"] = values
        with translated():
            self._client.put_item(**request)


def _delivery(item: dict[str, Any]) -> Delivery:
    return msgspec.json.decode(item["doc"]["S"], type=Delivery)


def _key(endpoint_id: str, delivery_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"ENDPOINT#{endpoint_id}"}, "sk": {"S": f"{_PREFIX}{delivery_id}"}}
