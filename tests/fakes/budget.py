"""A poll budget in memory."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sluice.adapters.dynamodb.poll_budget import Rate


class FakePollBudget:
    """``PollBudget`` of one process."""

    def __init__(self, rates: Mapping[str, Rate]) -> None:
        self._rates = rates
        self._full_again: dict[str, datetime] = {}

    def take(self, provider: str, *, now: datetime) -> bool:
        rate = self._rates.get(provider)
        if rate is None:
            return True
        step = timedelta(seconds=1 / rate.per_second)
        after = max(self._full_again.get(provider, now), now) + step
        if after - now > step * rate.burst:
            return False
        self._full_again[provider] = after
        return True
