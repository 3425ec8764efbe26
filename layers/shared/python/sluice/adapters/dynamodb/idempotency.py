"""Idempotency keys, kept for 24 hours. A claim that was never kept is given up after a minute."""

from datetime import datetime, timedelta
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.usecases.ports import Claim, ClaimState

_KEPT = timedelta(hours=24)
# Longer than any function that claims a key may run: whoever claimed it then has died.
_CLAIM_HOLDS = timedelta(seconds=60)


class DynamoIdempotency:
    """``IdempotencyKeys`` on a table of their own.

    An item has ``resourceId`` from the first claim on, ``claimedAt`` (0: abandoned), and ``done`` once what
    it stands for has been made.
    """

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def claim(self, key: str, fingerprint: str, *, resource_id: str, now: datetime) -> Claim:
        epoch = int(now.timestamp())
        abandoned = epoch - int(_CLAIM_HOLDS.total_seconds())
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        "id": {"S": key},
                        "fingerprint": {"S": fingerprint},
                        "resourceId": {"S": resource_id},
                        "claimedAt": {"N": str(epoch)},
                        "ttlEpochSeconds": {"N": str(epoch + int(_KEPT.total_seconds()))},
                    },
                    ConditionExpression=(
                        "attribute_not_exists(id) OR ttlEpochSeconds < :now"
                        " OR (attribute_not_exists(done) AND claimedAt < :abandoned AND fingerprint <> :ours)"
                    ),
                    ExpressionAttributeValues={
                        ":now": {"N": str(epoch)},
                        ":abandoned": {"N": str(abandoned)},
                        ":ours": {"S": fingerprint},
                    },
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ConditionFailed as error:
            return self._held(key, error.item, epoch, abandoned)
        return Claim(fingerprint=fingerprint, resource_id=resource_id, state=ClaimState.OURS)

    def keep(self, key: str) -> None:
        self._set(key, "done", {"BOOL": True})

    def abandon(self, key: str) -> None:
        self._set(key, "claimedAt", {"N": "0"})

    def release(self, key: str) -> None:
        with translated():
            self._client.delete_item(TableName=self._table, Key={"id": {"S": key}})

    def _held(self, key: str, item: dict[str, Any], now: int, abandoned: int) -> Claim:
        """What somebody else's claim stands for, which is taken over if nobody is at it any more."""
        claimed_at = int(item["claimedAt"]["N"])
        state = ClaimState.DONE if "done" in item else ClaimState.RUNNING
        if state is ClaimState.RUNNING and claimed_at < abandoned and self._take_over(key, claimed_at, now):
            state = ClaimState.OURS
        return Claim(fingerprint=item["fingerprint"]["S"], resource_id=item["resourceId"]["S"], state=state)

    def _take_over(self, key: str, claimed_at: int, now: int) -> bool:
        """Whether the claim is ours now; of several who try, one succeeds."""
        try:
            with translated():
                self._client.update_item(
                    TableName=self._table,
                    Key={"id": {"S": key}},
                    UpdateExpression="SET claimedAt = :now",
                    ConditionExpression="claimedAt = :seen AND attribute_not_exists(done)",
                    ExpressionAttributeValues={":now": {"N": str(now)}, ":seen": {"N": str(claimed_at)}},
                )
        except ConditionFailed:
            return False
        return True

    def _set(self, key: str, name: str, value: Any) -> None:
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key={"id": {"S": key}},
                UpdateExpression=f"SET {name} = :value",
                ExpressionAttributeValues={":value": value},
            )
