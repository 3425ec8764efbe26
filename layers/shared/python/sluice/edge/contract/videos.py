"""Requests and answers about videos themselves."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from sluice.domain.video import Status, Video
from sluice.edge.contract.times import iso, maybe_iso
from sluice.edge.contract.words import (
    Filename,
    Moment,
    Percent,
    ProviderName,
    StatusName,
    Title,
    Url,
    VideoId,
    Visibility,
)
from sluice.usecases.provider_ports import PlaybackLinks

type Custom = Annotated[
    dict[str, Any], Meta(extra_json_schema={"description": "The client's own data, as it came."})
]


class RenditionAnswer(Struct, frozen=True, rename="camel"):
    """One rung that plays; sizes in pixels, ``bitrate`` in bit/s."""

    name: str
    width: int
    height: int
    bitrate: int


class MetadataAnswer(Struct, frozen=True, rename="camel"):
    """What is known of the source; `null` until it is. Seconds, bytes, pixels, bit/s."""

    duration: float | None
    size: int | None
    format: str | None
    width: int | None
    height: int | None
    bitrate: int | None
    codec: str | None
    frame_rate: float | None
    has_audio: bool | None
    renditions: list[RenditionAnswer]


class ErrorAnswer(Struct, frozen=True, rename="camel"):
    """Why a video cannot be played."""

    code: str
    message: str


class VideoAnswer(Struct, frozen=True, rename="camel"):
    """A video, as its owner sees it. Links are signed and hold for an hour, unless configured otherwise."""

    video_id: VideoId
    title: Title
    filename: Filename
    status: StatusName
    progress: Percent | None
    provider: ProviderName
    visibility: Visibility
    playback_url: Url | None
    thumbnail_url: Url | None
    storyboard_url: Url | None
    duration: float | None
    metadata: MetadataAnswer
    custom: Custom
    error: ErrorAnswer | None
    created_at: Moment
    updated_at: Moment
    processed_at: Moment | None


class StatusAnswer(Struct, frozen=True, rename="camel"):
    """How a video is doing, for those who poll."""

    video_id: VideoId
    status: StatusName
    progress: Percent | None
    playback_url: Url | None
    thumbnail_url: Url | None
    duration: float | None
    provider: ProviderName
    error: ErrorAnswer | None


class GalleryQuery(Struct, frozen=True, rename="camel"):
    """Which page of a gallery."""

    limit: Annotated[int, Meta(ge=1, le=100, description="How many at most.")] = 24
    cursor: Annotated[str, Meta(description="`nextCursor` of the page before.")] | UnsetType = UNSET
    status: (
        Annotated[
            Literal["uploading", "processing", "ready", "error"],
            Meta(description="Only videos that are at this status."),
        ]
        | UnsetType
    ) = UNSET


class VideosAnswer(Struct, frozen=True, rename="camel"):
    """One page of a gallery, newest first, and the counts of all of it."""

    videos: list[VideoAnswer]
    total_count: int
    ready_count: int
    processing_count: int
    failed_count: int
    next_cursor: Annotated[str, Meta(description="Where the next page goes on.")] | None


class EditRequest(Struct, frozen=True, rename="camel"):
    """What to change; what is left out, or null, stays. `custom` has at most 4,096 bytes of compact JSON."""

    title: Title | None = None
    visibility: Visibility | None = None
    custom: Custom | None = None


def video_answer(video: Video, links: PlaybackLinks) -> VideoAnswer:
    playable = video.status is Status.READY
    return VideoAnswer(
        video_id=video.video_id,
        title=video.title.value,
        filename=video.filename,
        status=video.status,
        progress=video.progress,
        provider=video.provider,
        visibility=video.visibility.value,
        playback_url=links.playback_url or None if playable else None,
        thumbnail_url=links.thumbnail_url,
        storyboard_url=links.storyboard_url if playable else None,
        duration=_duration(video),
        metadata=_metadata(video),
        custom=video.custom.value,
        error=_error(video),
        created_at=iso(video.created_at),
        updated_at=iso(video.heard_at),
        processed_at=maybe_iso(video.first_ready_at),
    )


def status_answer(video: Video, links: PlaybackLinks) -> StatusAnswer:
    return StatusAnswer(
        video_id=video.video_id,
        status=video.status,
        progress=video.progress,
        playback_url=links.playback_url or None if video.status is Status.READY else None,
        thumbnail_url=links.thumbnail_url,
        duration=_duration(video),
        provider=video.provider,
        error=_error(video),
    )


def _duration(video: Video) -> float | None:
    return video.media.value.duration_seconds if video.media else None


def _error(video: Video) -> ErrorAnswer | None:
    if video.status is not Status.ERROR or video.failure is None:
        return None
    return ErrorAnswer(video.failure.value.code, video.failure.value.message)


def _declared_format(mime_type: str) -> str | None:
    """``webm`` for ``video/webm;codecs=vp9``; an import declares none."""
    return mime_type.partition(";")[0].lower().removeprefix("video/") or None


def _metadata(video: Video) -> MetadataAnswer:
    media = video.media.value if video.media else None
    rungs = sorted((one.value for one in video.renditions.values()), key=lambda rung: -rung.bitrate_bps)
    size = video.source.value.size_bytes if video.source else video.upload.size_bytes or None
    return MetadataAnswer(
        duration=media.duration_seconds if media else None,
        size=size,
        format=(media.format if media else None) or _declared_format(video.upload.mime_type),
        width=media.width if media else None,
        height=media.height if media else None,
        bitrate=media.bitrate_bps if media else None,
        codec=media.codec if media else None,
        frame_rate=media.frame_rate if media else None,
        has_audio=media.has_audio if media else None,
        renditions=[RenditionAnswer(r.name, r.width, r.height, r.bitrate_bps) for r in rungs],
    )
