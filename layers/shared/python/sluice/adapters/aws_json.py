"""AWS services that speak JSON over HTTP, called without botocore (docs/adr/0024)."""

from collections.abc import Mapping
from typing import Any

import msgspec

from sluice.adapters.aws_http import AwsHttp, NoAnswer, Refused
from sluice.domain.errors import Unavailable

# Refusals that pass by themselves, in the words of the services that we call.
_PASSING = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "ThrottlingException",
    "TransactionInProgressException",
}


class AwsJson:
    """One service. ``target`` names its actions (``AmazonSQS``), ``version`` is its JSON's (``1.0``)."""

    def __init__(self, http: AwsHttp, *, target: str, version: str) -> None:
        self._http = http
        self._target = target
        self._type = f"application/x-amz-json-{version}"

    def call(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one action.

        Raises:
            Unavailable: it was refused, or failed twice; the cause says how.
        """
        try:
            return self.ask(action, parameters)
        except (Refused, NoAnswer) as error:
            cause = error.__cause__ if isinstance(error, NoAnswer) else error
            raise Unavailable("The service is not ready at the moment. Please try again.") from cause

    def ask(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one action, for callers who tell refusals apart.

        Raises:
            Refused, NoAnswer: as ``AwsHttp.post``.
        """
        headers = {"content-type": self._type, "x-amz-target": f"{self._target}.{action}"}
        return self._http.post(msgspec.json.encode(parameters), headers, _read)

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()


def _read(status: int, content: bytes) -> dict[str, Any]:
    try:
        said = msgspec.json.decode(content or b"{}", type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        said, status = {}, status if status >= 300 else 502
    if status < 300:
        return said
    code = str(said.get("__type", status)).rsplit("#", 1)[-1]
    raise Refused(code, said, passes=status >= 500 or code in _PASSING)
