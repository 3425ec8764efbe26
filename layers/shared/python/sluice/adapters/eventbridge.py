"""EventBridge: our events on our bus."""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import TYPE_CHECKING

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable
from sluice.events.videos import VideoEvent

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient
    from types_boto3_events.type_defs import PutEventsRequestEntryTypeDef

SOURCE = "sluice"
# What one PutEvents request takes.
_AT_ONCE = 10


class EventBus:
    """``EventPublisher`` on one bus."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def publish(self, events: Sequence[VideoEvent]) -> Iterator[int]:
        """Publish in order; the indexes of those that the bus did not take.

        Raises:
            Unavailable: the bus cannot be reached.
        """
        for start, some in zip(
            range(0, len(events), _AT_ONCE), batched(events, _AT_ONCE, strict=False), strict=True
        ):
            try:
                answer = self._client.put_events(Entries=[self._entry(event) for event in some])
            except (ClientError, BotoCoreError) as error:
                raise Unavailable("Events cannot be published at the moment.") from error
            yield from (start + i for i, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry)

    def _entry(self, event: VideoEvent) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": type(event).__name__,
            "Time": event.at,
            "Detail": msgspec.json.encode(event).decode(),
        }
