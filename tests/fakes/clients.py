"""AWS clients whose every call fails in one way, for failures that the engine never has."""

from typing import Any, NoReturn

from botocore.exceptions import ClientError
from sluice.adapters.aws_http import Refused


def client_error(code: str, *reasons: str) -> ClientError:
    """What botocore raises for an error's code; ``reasons`` are those of a cancelled transaction."""
    response: Any = {"Error": {"Code": code, "Message": "not for our users"}, "ResponseMetadata": {}}
    if reasons:
        response["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(response, "Call")


def refused(code: str, *reasons: str) -> Refused:
    """What our own clients raise for an error's code; ``reasons`` are those of a cancelled transaction."""
    return Refused(
        code, {"message": "not for our users", "CancellationReasons": [{"Code": r} for r in reasons]}
    )


class Failing:
    """Any method of any client: raises what it was made with."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        def call(**_arguments: object) -> NoReturn:
            raise self._error

        return call
