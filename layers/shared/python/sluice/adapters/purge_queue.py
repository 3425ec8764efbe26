"""Asking for a deleted video to be purged, in the words of its own event, so that there is one consumer.

What a deleted post leaves behind is removed by the same consumer.
"""

from datetime import timedelta
from typing import Any, Protocol


class Sender(Protocol):
    """A queue that takes messages."""

    def send(self, message: dict[str, Any], *, delay: timedelta = ...) -> None: ...


class PurgeQueue:
    """``PurgeRequests`` and ``PostPurges`` on the queue that the bus's event goes to."""

    def __init__(self, queue: Sender) -> None:
        self._queue = queue

    def ask(self, video_id: str, *, last: bool = False, delay: timedelta = timedelta()) -> None:
        self._queue.send({"detail": {"videoId": video_id}, **({"again": True} if last else {})}, delay=delay)

    def ask_about_post(self, post_id: str, *, delay: timedelta) -> None:
        """As ``PostPurges`` has it."""
        self._queue.send({"detail": {"postId": post_id}}, delay=delay)
