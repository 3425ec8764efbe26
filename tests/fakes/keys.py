"""Idempotency keys in memory."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from sluice.usecases.ports import Remembered


@dataclass(frozen=True, slots=True)
class _Claim:
    remembered: Remembered
    claimed_at: datetime


class FakeIdempotency:
    """``IdempotencyKeys``: kept for a day; a claim that was never resolved is given up after a minute."""

    def __init__(self) -> None:
        self._claims: dict[str, _Claim] = {}
        self._lock = Lock()

    def claim(self, key: str, fingerprint: str, *, now: datetime) -> Remembered | None:
        with self._lock:
            held = self._claims.get(key)
            if held and now - held.claimed_at <= self._holds(held):
                return held.remembered
            self._claims[key] = _Claim(Remembered(fingerprint=fingerprint, resource_id=None), now)
            return None

    def keep(self, key: str, resource_id: str) -> None:
        held = self._claims[key]
        made = replace(held.remembered, resource_id=resource_id)
        self._claims[key] = replace(held, remembered=made)

    def release(self, key: str) -> None:
        del self._claims[key]

    def _holds(self, held: _Claim) -> timedelta:
        return timedelta(hours=24) if held.remembered.resource_id else timedelta(seconds=60)
