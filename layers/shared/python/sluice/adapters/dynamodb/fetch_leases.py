"""Who fetches a source at the moment: a row beside the video's, given back or running out by itself."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated

_KEPT = timedelta(days=1)


class DynamoFetchLeases:
    """``FetchLeases`` on the videos' table. Times are in milliseconds since 1970."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def take(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> int | None:
        try:
            with translated():
                answer = self._client.update_item(
                    **self._row(video_id),
                    UpdateExpression=(
                        "SET holder = :holder, heldUntil = :until, ttlEpochSeconds = :ttl ADD taken :one"
                    ),
                    ConditionExpression="attribute_not_exists(pk) OR heldUntil < :now",
                    ExpressionAttributeValues={
                        ":holder": {"S": holder},
                        ":until": _milliseconds(now + holds),
                        ":ttl": {"N": str(int((now + _KEPT).timestamp()))},
                        ":now": _milliseconds(now),
                        ":one": {"N": "1"},
                    },
                    ReturnValues="UPDATED_NEW",
                )
        except ConditionFailed:
            return None
        return int(answer["Attributes"]["taken"]["N"])

    def renew(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> bool:
        try:
            with translated():
                self._client.update_item(
                    **self._row(video_id),
                    UpdateExpression="SET heldUntil = :until",
                    ConditionExpression="holder = :holder",
                    ExpressionAttributeValues={
                        ":holder": {"S": holder},
                        ":until": _milliseconds(now + holds),
                    },
                )
        except ConditionFailed:
            return False
        return True

    def give_back(self, video_id: str, holder: str) -> None:
        with suppress(ConditionFailed), translated():
            self._client.delete_item(
                **self._row(video_id),
                ConditionExpression="holder = :holder",
                ExpressionAttributeValues={":holder": {"S": holder}},
            )

    def _row(self, video_id: str) -> Any:
        return {
            "TableName": self._table,
            "Key": {"pk": {"S": f"VIDEO#{video_id}"}, "sk": {"S": "FETCH"}},
        }


def _milliseconds(moment: datetime) -> Any:
    return {"N": str(int(moment.timestamp() * 1000))}
