"""What is sent to users' endpoints: the events of their videos, named as HTTP clients know them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from sluice.events.videos import (
    VideoCreated,
    VideoDeleted,
    VideoEvent,
    VideoFailed,
    VideoProcessing,
    VideoProgressed,
    VideoReady,
    VideoUpdated,
)

TYPES: dict[type[VideoEvent], str] = {
    VideoCreated: "video.created",
    VideoProcessing: "video.processing",
    VideoProgressed: "video.progress",
    VideoReady: "video.ready",
    VideoFailed: "video.error",
    VideoUpdated: "video.updated",
    VideoDeleted: "video.deleted",
}
BY_NAME: dict[str, tuple[type[VideoEvent], str]] = {
    event.__name__: (event, name) for event, name in TYPES.items()
}
TEST = "webhook.test"


class EndpointTested(Struct, frozen=True, rename="camel", kw_only=True):
    """Its owner wants to see whether the endpoint works. It is sent to that endpoint alone."""

    endpoint_id: Annotated[str, Meta(description="The endpoint's id.")]


class Payload[T](Struct, frozen=True, kw_only=True):
    """The body of every delivery."""

    type: Annotated[str, Meta(description="What happened.")]
    timestamp: Annotated[datetime, Meta(tz=True, description="When, by the clock of whoever said so.")]
    data: T
