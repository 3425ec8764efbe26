"""What DynamoDB's failures mean to us, told by their codes and never by their texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sluice.adapters.aws_http import NoAnswer, Refused
from sluice.domain.errors import Unavailable, WriteConflict

_CONDITION = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}
_CONTENDED = {"TransactionConflict", "TransactionConflictException", "TransactionInProgressException"}
_LATER = {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"}
_LATER |= {"InternalServerError", "ServiceUnavailable", "ThrottlingError", "ProvisionedThroughputExceeded"}
_CHANGED = "Somebody else changed this at the same time. Please try again."


class ConditionFailed(WriteConflict):
    """The row does not stand as the write demanded.

    ``places`` says which items of a transaction did not; ``item`` is the row, where the write asked for it.
    """

    def __init__(self, refusal: Refused) -> None:
        super().__init__(_CHANGED)
        reasons = refusal.said.get("CancellationReasons") or []
        self.places = {place for place, reason in enumerate(reasons) if reason.get("Code") in _CONDITION}
        self.item: dict[str, Any] = refusal.said.get("Item", {})


def codes(error: Refused) -> set[str]:
    """The error's code, or the reasons for which a transaction was cancelled."""
    reasons = error.said.get("CancellationReasons") or []
    named = {reason["Code"] for reason in reasons if reason.get("Code", "None") != "None"}
    return named or {error.code}


@contextmanager
def translated() -> Iterator[None]:
    """Raise ``WriteConflict`` or ``Unavailable`` in place of the client's own errors; let bugs through."""
    try:
        yield
    except Refused as error:
        found = codes(error)
        if found & _CONDITION:
            raise ConditionFailed(error) from error
        if found & _CONTENDED:
            raise WriteConflict(_CHANGED) from error
        if found & _LATER or error.passes:
            raise Unavailable("The database is busy. Please try again.") from error
        raise
    except NoAnswer as error:
        raise Unavailable("The database cannot be reached. Please try again.") from error
