"""Idempotency keys in memory."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from sluice.usecases.ports import Claim, ClaimState

_LONG_AGO = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Held:
    claim: Claim
    claimed_at: datetime


class FakeIdempotency:
    """``IdempotencyKeys``: kept for a day; a claim that was never kept is given up after a minute."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._lock = Lock()

    def claim(self, key: str, fingerprint: str, *, resource_id: str, now: datetime) -> Claim:
        ours = Claim(fingerprint=fingerprint, resource_id=resource_id, state=ClaimState.OURS)
        with self._lock:
            held = self._held.get(key)
            if held and held.claim.state is ClaimState.DONE and now - held.claimed_at <= timedelta(hours=24):
                return held.claim
            if held and held.claim.state is ClaimState.RUNNING:
                if now - held.claimed_at <= timedelta(seconds=60):
                    return held.claim
                if held.claim.fingerprint == fingerprint:
                    ours = replace(ours, resource_id=held.claim.resource_id)
            self._held[key] = _Held(replace(ours, state=ClaimState.RUNNING), now)
            return ours

    def keep(self, key: str) -> None:
        held = self._held[key]
        self._held[key] = replace(held, claim=replace(held.claim, state=ClaimState.DONE))

    def abandon(self, key: str) -> None:
        held = self._held[key]
        self._held[key] = replace(held, claimed_at=held.claimed_at - _LONG_AGO)

    def release(self, key: str) -> None:
        del self._held[key]
