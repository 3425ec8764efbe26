"""Creating requests that carry an idempotency key: the work is done once, the answer given again.

The key holds the id of what will be made before it is made. Whoever takes over from an attempt whose end
nobody knows goes on under the same id, so that nothing is made twice (docs/adr/0045).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sluice.domain.errors import Conflict, SluiceError
from sluice.usecases.ports import ClaimState, IdempotencyKeys


@dataclass(frozen=True, slots=True)
class Outcome:
    """The resource that the request made, and whether an earlier request with the same key had."""

    resource_id: str
    replayed: bool


def once(
    keys: IdempotencyKeys,
    key: str,
    fingerprint: str,
    create: Callable[[str], object],
    *,
    new_id: str,
    now: datetime,
) -> Outcome:
    """``create`` under ``key``, unless that has been done.

    ``create`` is given ``new_id``, or the id of an earlier attempt whose end nobody knows; it must then find
    out what there is under that id, and make the rest. A request that fails does not use the key up.

    Raises:
        Conflict: the key stands for another request, or for one that is still running.
    """
    claim = keys.claim(key, fingerprint, resource_id=new_id, now=now)
    if claim.fingerprint != fingerprint:
        text = "This idempotency key was used for a different request."
        raise Conflict(text, code="idempotency_key_reused")
    if claim.state is ClaimState.RUNNING:
        text = "The first request with this idempotency key is still running."
        raise Conflict(text, code="request_in_progress")
    if claim.state is ClaimState.DONE:
        return Outcome(claim.resource_id, replayed=True)
    try:
        create(claim.resource_id)
    except BaseException as error:
        if _made_nothing(error):
            keys.release(key)
        else:
            keys.abandon(key)
        raise
    keys.keep(key)
    return Outcome(claim.resource_id, replayed=False)


def _made_nothing(error: BaseException) -> bool:
    """Whether it is certain that nothing under the id will ever be what was asked for."""
    return isinstance(error, SluiceError) and (error.settled or not error.retryable)
