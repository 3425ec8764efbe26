"""Announcing a stored source to the pipeline in the words of S3's own event, so that it has one consumer."""

from typing import Any, Protocol

from sluice.domain.keys import source_key
from sluice.domain.video import Video


class Sender(Protocol):
    """A queue that takes messages."""

    def send(self, message: dict[str, Any]) -> None: ...


class IngestQueue:
    """``SourceQueue`` on the queue that the bucket's events go to."""

    def __init__(self, queue: Sender, bucket: str) -> None:
        self._queue = queue
        self._bucket = bucket

    def announce(self, video: Video) -> None:
        if video.source is None:
            raise ValueError(f"{video.video_id} has no source to announce")
        stored = video.source
        self._queue.send(
            {
                "source": "aws.s3",
                "detail-type": "Object Created",
                "time": stored.at,
                "detail": {
                    "bucket": {"name": self._bucket},
                    "object": {
                        "key": source_key(video.owner_id, video.video_id),
                        "size": stored.value.size_bytes,
                        "etag": stored.value.etag,
                    },
                },
            }
        )
