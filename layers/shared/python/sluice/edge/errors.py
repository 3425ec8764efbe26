"""What HTTP makes of an error: the one table, and the one shape of an error's body."""

from msgspec import UNSET, UnsetType

from sluice.domain import errors
from sluice.edge.contract.errors import ErrorBody, FieldDetail

STATUS: dict[type[errors.SluiceError], int] = {
    errors.Malformed: 400,
    errors.InvalidFields: 422,
    errors.TooLarge: 413,
    errors.WrongMediaType: 415,
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooManyRequests: 429,
    errors.ProviderRefused: 502,
    errors.Unavailable: 503,
}


def status_of(error: errors.SluiceError) -> int:
    """The status of the nearest category in the error's tree; 500 for one that has none."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def error_body(error: errors.SluiceError, request_id: str) -> ErrorBody:
    """What a caller is told. A 5xx without a category never shows its own text."""
    if status_of(error) == 500:
        return internal_error_body(request_id)
    details: list[FieldDetail] | UnsetType = UNSET
    if isinstance(error, errors.InvalidFields):
        details = [FieldDetail(p.field, p.problem) for p in error.problems]
    return ErrorBody(error.message, error.code, request_id, details)


def internal_error_body(request_id: str) -> ErrorBody:
    text = "Something went wrong on our side. Please try again."
    return ErrorBody(text, "internal_error", request_id)


def error_headers(error: errors.SluiceError) -> dict[str, str]:
    """``WWW-Authenticate`` with a 401, ``Retry-After`` (seconds) with a 429 or 503."""
    if isinstance(error, errors.Unauthenticated):
        return {"www-authenticate": "Bearer"}
    if isinstance(error, errors.TooManyRequests | errors.Unavailable):
        return {"retry-after": str(error.retry_after_seconds)}
    return {}
