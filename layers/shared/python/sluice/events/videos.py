"""What Sluice tells the world about videos. Fields are only ever added; a test holds the schemas still."""

from datetime import datetime

from msgspec import Struct


class VideoEvent(Struct, frozen=True, rename="camel", kw_only=True):
    """What every event says. ``version`` counts the row's changes, so consumers can tell old from new."""

    video_id: str
    owner_id: str
    provider: str
    status: str
    version: int
    at: datetime
    correlation_id: str


class VideoCreated(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """An upload was asked for."""

    title: str


class VideoProcessing(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """The source has arrived."""


class VideoProgressed(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """Processing went on: a percentage, another rendition, a picture."""

    progress: int | None
    renditions: list[str]


class VideoReady(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """It can be played."""

    duration_seconds: float | None


class VideoFailed(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """It cannot be played."""

    code: str
    message: str


class VideoUpdated(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """Its owner changed title, visibility or custom data."""

    title: str
    visibility: str


class VideoDeleted(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """Its owner deleted it, or cancelled its upload."""


EVENTS: tuple[type[VideoEvent], ...] = (
    VideoCreated,
    VideoProcessing,
    VideoProgressed,
    VideoReady,
    VideoFailed,
    VideoUpdated,
    VideoDeleted,
)
