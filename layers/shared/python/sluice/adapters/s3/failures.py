"""What S3's failures mean to us, told by their codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable

_LATER = {"InternalError", "RequestTimeout", "ServiceUnavailable", "SlowDown", "503"}
_GONE = {"404", "NoSuchKey", "NotFound"}


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def is_missing(error: ClientError) -> bool:
    """HEAD has no body, so its code is the status; GET names it."""
    return code_of(error) in _GONE


@contextmanager
def translated() -> Iterator[None]:
    """Raise ``Unavailable`` for what may pass; what is left is for the caller to know, or a bug."""
    try:
        yield
    except ClientError as error:
        if code_of(error) in _LATER:
            raise Unavailable("The storage is busy. Please try again.") from error
        raise
    except BotoCoreError as error:
        raise Unavailable("The storage cannot be reached. Please try again.") from error
