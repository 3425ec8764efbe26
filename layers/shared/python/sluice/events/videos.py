"""What Sluice tells the world about videos. Fields are only ever added; a test holds the schemas still."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from sluice.domain.admission import VISIBILITIES
from sluice.domain.video import Status


def _told(text: str, **schema: Any) -> Meta:
    return Meta(description=text, extra_json_schema=schema)


class VideoEvent(Struct, frozen=True, rename="camel", kw_only=True):
    """What every event says. ``version`` counts the row's changes, so consumers can tell old from new."""

    video_id: Annotated[str, _told("The video's id.")]
    owner_id: Annotated[str, _told("The owner, as `sub` of their token named them.")]
    provider: Annotated[str, _told("Where the video is stored and played from.")]
    status: Annotated[str, _told("What the video is after the change.", enum=[one.value for one in Status])]
    version: Annotated[int, _told("Counts the video's changes: of two events, the higher is the later.")]
    at: Annotated[datetime, Meta(tz=True, description="When it happened, by the clock of whoever said so.")]
    correlation_id: Annotated[str, _told("The request that created the video; in every log line about it.")]


class VideoCreated(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """An upload or an import was asked for. An import is `processing` from the first."""

    title: Annotated[str, _told("The title, as its owner gave it.")]


class VideoProcessing(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """The source of an upload has arrived."""


class VideoProgressed(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """Fetching or processing went on: a percentage, another rendition, a picture, what the source is."""

    progress: Annotated[int, _told("Percent.")] | None
    renditions: Annotated[list[str], _told("Names of those that play by now.")]


class VideoReady(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """It can be played."""

    duration_seconds: Annotated[float, _told("Seconds; null if the provider has not said.")] | None


class VideoFailed(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """It cannot be played."""

    code: Annotated[str, _told("Stable, for programs.")]
    message: Annotated[str, _told("A sentence for people.")]


class VideoUpdated(VideoEvent, frozen=True, rename="camel", kw_only=True):
    """Its owner changed title, visibility or custom data."""

    title: Annotated[str, _told("The title, as its owner gave it.")]
    visibility: Annotated[str, _told("Who may watch it.", enum=list(VISIBILITIES))]


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
