"""What all who poll a provider share: one row each, a token bucket kept as one number.

The number is the moment at which the bucket will be full again (GCRA): taking a token moves it on by one
interval, and is refused where that would lie further ahead than the burst.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated


@dataclass(frozen=True, slots=True)
class Rate:
    """Questions a second in the long run, and how many may come at once."""

    per_second: float
    burst: int


class DynamoPollBudget:
    """``PollBudget`` on the table; a provider without a rate may be asked as one likes."""

    def __init__(self, client: DynamoClient, table: str, rates: Mapping[str, Rate]) -> None:
        self._client = client
        self._table = table
        self._rates = rates

    def take(self, provider: str, *, now: datetime) -> bool:
        rate = self._rates.get(provider)
        if rate is None:
            return True
        at, step = int(now.timestamp() * 1000), max(1, round(1000 / rate.per_second))
        full_again = {":now": at, ":step": step, ":latest": at + step * (rate.burst - 1)}
        # A bucket in use first: that is where there is a race to lose.
        return self._write(
            provider,
            "SET fullAgainMs = fullAgainMs + :step",
            "fullAgainMs > :now AND fullAgainMs <= :latest",
            full_again,
        ) or self._write(
            provider,
            "SET fullAgainMs = :next",
            "attribute_not_exists(fullAgainMs) OR fullAgainMs <= :now",
            {":now": at, ":next": at + step},
        )

    def _write(self, provider: str, change: str, condition: str, values: Mapping[str, int]) -> bool:
        try:
            with translated():
                self._client.update_item(
                    TableName=self._table,
                    Key={"pk": {"S": f"BUDGET#{provider}"}, "sk": {"S": "POLL"}},
                    UpdateExpression=change,
                    ConditionExpression=condition,
                    ExpressionAttributeValues={name: {"N": str(value)} for name, value in values.items()},
                )
        except ConditionFailed:
            return False
        return True
