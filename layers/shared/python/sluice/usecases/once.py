"""Creating requests that carry an idempotency key: the work is done once, the answer given again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sluice.domain.errors import Conflict
from sluice.usecases.ports import IdempotencyKeys


@dataclass(frozen=True, slots=True)
class Outcome:
    """The resource that the request made, and whether an earlier request with the same key had."""

    resource_id: str
    replayed: bool


def once(
    keys: IdempotencyKeys, key: str, fingerprint: str, create: Callable[[], str], *, now: datetime
) -> Outcome:
    """``create`` under ``key``, unless that has been done. A request that fails does not use the key up.

    Raises:
        Conflict: the key stands for another request, or for one that is still running.
    """
    known = keys.claim(key, fingerprint, now=now)
    if known is None:
        try:
            resource_id = create()
        except BaseException:
            keys.release(key)
            raise
        keys.keep(key, resource_id)
        return Outcome(resource_id, replayed=False)
    if known.fingerprint != fingerprint:
        text = "This idempotency key was used for a different request."
        raise Conflict(text, code="idempotency_key_reused")
    if known.resource_id is None:
        text = "The first request with this idempotency key is still running."
        raise Conflict(text, code="request_in_progress")
    return Outcome(known.resource_id, replayed=True)
