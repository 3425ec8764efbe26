"""The inbox queue, as the function that answers providers fills it."""

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

# Of all that may stand in JSON as it is, the two that SQS does not take in a message.
_REFUSED_BY_SQS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


class Calls(Protocol):
    """SQS, with or without botocore."""

    def call(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]: ...


class Inbox:
    """One queue, and nothing but sending."""

    def __init__(self, sqs: Calls, url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, message: dict[str, Any]) -> None:
        """Send ``message``; raises ``Unavailable`` if the queue did not take it."""
        body = msgspec.json.encode(message).decode().translate(_REFUSED_BY_SQS)
        self._sqs.call("SendMessage", {"QueueUrl": self._url, "MessageBody": body})
