"""What is said over a WebSocket, in both directions; ``type`` tells our messages apart."""

from typing import Annotated

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from sluice.edge.contract.beacons import Rejected
from sluice.edge.contract.videos import VideoAnswer
from sluice.edge.contract.words import Percent, VideoId

# Counts the changes of a video's row: of two messages about one video, the higher is the later.
type Version = Annotated[int, Meta(ge=1)]


class SubscribeRequest(Struct, frozen=True, rename="camel"):
    """`key` is the video's secret key, for those whose video it is not."""

    video_id: VideoId
    key: Annotated[str, Meta(max_length=200)] = ""


class UnsubscribeRequest(Struct, frozen=True, rename="camel"):
    """The video that no longer matters."""

    video_id: VideoId


class PingRequest(Struct, frozen=True):
    """Nothing: it keeps the connection open, which ends after ten silent minutes."""


class AnalyticsRequest(Struct, frozen=True):
    """Events of a player, as `POST /api/analytics/events` takes them; a bare event needs no action."""

    events: Raw


class AnalyticsTaken(Struct, frozen=True, tag="analytics", tag_field="type"):
    """How many events were taken, and which were not."""

    success: bool
    accepted: int
    rejected: list[Rejected]


class Subscribed(Struct, frozen=True, rename="camel", tag="subscribed", tag_field="type"):
    """The video as it stands; changes are told from now on."""

    video_id: VideoId
    video: VideoAnswer
    version: Version


class Unsubscribed(Struct, frozen=True, rename="camel", tag="unsubscribed", tag_field="type"):
    """Nothing more is told of the video, unless it is the user's own."""

    video_id: VideoId


class Pong(Struct, frozen=True, tag="pong", tag_field="type"):
    """The answer to a ping."""


class Refused(Struct, frozen=True, rename="camel", tag="error", tag_field="type"):
    """What was asked could not be done. `action` and `videoId` say what it was, where they could be read."""

    error: str
    code: str
    request_id: str
    action: str | UnsetType = UNSET
    video_id: str | UnsetType = UNSET


class VideoUpdated(Struct, frozen=True, rename="camel", tag="video.updated", tag_field="type"):
    """A video was made or changed."""

    video: VideoAnswer
    version: Version


class VideoProgress(Struct, frozen=True, rename="camel", tag="video.progress", tag_field="type"):
    """Nothing has changed but how far processing has come."""

    video_id: VideoId
    progress: Percent | None
    version: Version


class VideoDeleted(Struct, frozen=True, rename="camel", tag="video.deleted", tag_field="type"):
    """The video is gone."""

    video_id: VideoId


class SubscriptionEnded(Struct, frozen=True, rename="camel", tag="subscription.ended", tag_field="type"):
    """The video was made private, or its key taken back: nothing more is told of it."""

    video_id: VideoId


class ConnectionReplaced(Struct, frozen=True, tag="connection.replaced", tag_field="type"):
    """The user has opened more connections than one may have; this one, the oldest, is closed."""
