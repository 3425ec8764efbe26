"""Sources that we fetch ourselves: announced to the workers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sluice.domain.facts import Fact
from sluice.domain.video import Video


class Sender(Protocol):
    """A queue that takes messages."""

    def send(self, message: dict[str, Any], *, delay: timedelta = timedelta()) -> None: ...


class ImportQueue:
    """``UrlImporter`` and ``FetchQueue`` on the import queue. The URL is in the row, sealed, and not here."""

    def __init__(self, queue: Sender) -> None:
        self._queue = queue

    def announce(self, video: Video, *, delay: timedelta = timedelta()) -> None:
        self._queue.send({"videoId": video.video_id}, delay=delay)

    def import_url(
        self,
        video: Video,
        url: str,  # noqa: ARG002 - the port's
        *,
        now: datetime,  # noqa: ARG002 - the port's
    ) -> Sequence[Fact]:
        self.announce(video)
        return ()
