"""Every error that Sluice raises on purpose.

    SluiceError
    ├── Invalid            the caller sent something unusable
    │   ├── Malformed          the body cannot be read at all
    │   ├── InvalidFields      fields have wrong types or values (``problems`` says which)
    │   │   └── RefusedAddress     a URL leads where users may not send us
    │   ├── TooLarge           more bytes than the limit
    │   └── WrongMediaType     not a video
    ├── Unauthenticated    we do not know who is asking
    ├── Forbidden          we know, and they may not
    ├── NotFound           it does not exist, or no longer does
    ├── Conflict           it exists, in a state in which this cannot be done
    ├── TooManyRequests    the caller must slow down
    ├── ProviderRefused    a video provider answered that it will not
    └── Unavailable        it may work later (``retryable``)
        ├── PollBudgetSpent    a provider has been asked as often as it may be
        ├── OutcomeUnknown     a provider was asked to make something and gave no readable answer
        └── WriteConflict      somebody else wrote the row first

``code`` is stable and for programs, the message is a sentence for people. What HTTP makes of a
category stands in ``edge/errors.py`` alone.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a request, e.g. ``FieldProblem("fileSize", "must be at least 1")``."""

    field: str
    problem: str


class SluiceError(Exception):
    """An error with a stable ``code``; ``retryable`` says whether the same call may succeed later.

    ``settled`` says that the failure itself has been recorded: what was begun stays failed, and another
    attempt must begin anew.
    """

    code: str = "internal_error"
    retryable: ClassVar[bool] = False
    settled: bool = False

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class Invalid(SluiceError):
    code = "invalid_request"


class Malformed(Invalid):
    code = "malformed_request"


class InvalidFields(Invalid):
    code = "invalid_fields"

    def __init__(self, message: str, *problems: FieldProblem, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.problems = problems


class RefusedAddress(InvalidFields):
    code = "refused_address"


class TooLarge(Invalid):
    code = "too_large"


class WrongMediaType(Invalid):
    code = "wrong_media_type"


class Unauthenticated(SluiceError):
    code = "unauthenticated"


class Forbidden(SluiceError):
    code = "forbidden"


class NotFound(SluiceError):
    code = "not_found"


class Conflict(SluiceError):
    code = "conflict"


class TooManyRequests(SluiceError):
    """``retry_after_seconds`` is how long the caller should wait."""

    code = "too_many_requests"
    retryable = True

    def __init__(self, message: str, *, retry_after_seconds: int = 1, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after_seconds = retry_after_seconds


class ProviderRefused(SluiceError):
    code = "provider_refused"


class Unavailable(SluiceError):
    """``retry_after_seconds`` is how long the caller should wait."""

    code = "unavailable"
    retryable = True

    def __init__(self, message: str, *, retry_after_seconds: int = 5, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after_seconds = retry_after_seconds


class OutcomeUnknown(Unavailable):
    """Whatever was to be made may exist at the provider all the same, under an id that nobody read."""

    code = "provider_unavailable"


class PollBudgetSpent(Unavailable):
    code = "poll_budget_spent"


class WriteConflict(Unavailable):
    code = "write_conflict"
