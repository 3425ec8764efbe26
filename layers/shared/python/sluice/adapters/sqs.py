"""SQS: messages to our own consumers."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


class Queue:
    """One queue."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, message: dict[str, Any], *, delay: timedelta = timedelta()) -> None:
        """Send ``message``, to be seen after ``delay`` (at most 15 minutes).

        Raises:
            Unavailable: the queue did not take it.
        """
        body = msgspec.json.encode(message).decode()
        try:
            self._client.send_message(
                QueueUrl=self._url, MessageBody=body, DelaySeconds=int(delay.total_seconds())
            )
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("The work cannot be queued at the moment. Please try again.") from error

    def hold(self, receipt: str, pause: timedelta) -> None:
        """Have the message that was received so come again after ``pause``, not when the queue has it so.

        Raises:
            Unavailable: the queue did not hear of it, and the message comes when the queue has it so.
        """
        try:
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=int(pause.total_seconds())
            )
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("The message cannot be held at the moment.") from error
