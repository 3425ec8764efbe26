"""Moments at which a video may be spoken of: one item a video, with the last moment that was taken.

A moment that lies ahead has somebody waiting for it, who reads the video only then: whatever changes before
needs nobody else. So however many changes there are, and wherever they are worked on, one is told in each
interval, and the last one always is.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.usecases.realtime_ports import Slot

_APART_MS = 250
_KEPT = timedelta(hours=1)


class DynamoSlots:
    """``Slots`` beside the idempotency keys, where what is short-lived stands."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def take(self, video_id: str, *, now: datetime) -> Slot | None:
        at = int(now.timestamp() * 1000)
        free = "attribute_not_exists(slotMs) OR slotMs <= :free"
        try:
            old = self._write(video_id, "slotMs = :now", free, {":now": at, ":free": at - _APART_MS}, now=now)
        except ConditionFailed:
            pass
        else:
            return Slot(_moment(at), _told(old))
        try:
            step = {":now": at, ":apart": _APART_MS}
            old = self._write(video_id, "slotMs = slotMs + :apart", "slotMs <= :now", step, now=now)
        except ConditionFailed:
            return None
        return Slot(_moment(int(old["slotMs"]["N"]) + _APART_MS), _told(old))

    def keep(self, video_id: str, told: str, *, now: datetime) -> None:
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key=_key(video_id),
                UpdateExpression="SET told = :told, ttlEpochSeconds = :ttl",
                ExpressionAttributeValues={":told": {"S": told}, ":ttl": _ttl(now)},
            )

    def _write(
        self, video_id: str, change: str, condition: str, values: dict[str, int], *, now: datetime
    ) -> dict[str, Any]:
        """The item as it was before."""
        with translated():
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(video_id),
                UpdateExpression=f"SET {change}, ttlEpochSeconds = :ttl",
                ConditionExpression=condition,
                ExpressionAttributeValues={
                    ":ttl": _ttl(now),
                    **{name: {"N": str(value)} for name, value in values.items()},
                },
                ReturnValues="ALL_OLD",
            )
        old: dict[str, Any] = answer.get("Attributes", {})
        return old


def _key(video_id: str) -> dict[str, Any]:
    return {"id": {"S": f"push#{video_id}"}}


def _ttl(now: datetime) -> Any:
    return {"N": str(int((now + _KEPT).timestamp()))}


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _told(item: dict[str, Any]) -> str | None:
    return item["told"]["S"] if "told" in item else None
