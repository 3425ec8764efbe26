"""Requests and answers about videos themselves."""

from typing import Any, Literal

from msgspec import Struct

from sluice.domain.video import Status, Video
from sluice.edge.contract.times import iso, maybe_iso
from sluice.usecases.ports import PlaybackLinks

type StatusName = Literal["uploading", "processing", "ready", "error"]


class RenditionAnswer(Struct, frozen=True, rename="camel"):
    """One rung that plays; sizes in pixels, ``bitrate`` in bit/s."""

    name: str
    width: int
    height: int
    bitrate: int


class MetadataAnswer(Struct, frozen=True, rename="camel"):
    """What is known of the source; ``null`` until it is. Seconds, bytes, pixels, bit/s."""

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
    """A video, as its owner sees it."""

    video_id: str
    title: str
    filename: str
    status: str
    progress: int | None
    provider: str
    visibility: str
    playback_url: str | None
    thumbnail_url: str | None
    storyboard_url: str | None
    duration: float | None
    metadata: MetadataAnswer
    custom: dict[str, Any]
    error: ErrorAnswer | None
    created_at: str
    updated_at: str
    processed_at: str | None


class StatusAnswer(Struct, frozen=True, rename="camel"):
    """How a video is doing, for those who poll."""

    video_id: str
    status: str
    progress: int | None
    playback_url: str | None
    thumbnail_url: str | None
    duration: float | None
    provider: str
    error: ErrorAnswer | None


class VideosAnswer(Struct, frozen=True, rename="camel"):
    """One page of a gallery, newest first, and the counts of all of it."""

    videos: list[VideoAnswer]
    total_count: int
    ready_count: int
    processing_count: int
    failed_count: int
    next_cursor: str | None


class EditRequest(Struct, frozen=True, rename="camel"):
    """What to change; what is left out stays."""

    title: str | None = None
    visibility: str | None = None
    custom: dict[str, Any] | None = None


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
        playback_url=links.playback_url if playable else None,
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
        playback_url=links.playback_url if video.status is Status.READY else None,
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


def _metadata(video: Video) -> MetadataAnswer:
    media = video.media.value if video.media else None
    rungs = sorted((one.value for one in video.renditions.values()), key=lambda rung: -rung.bitrate_bps)
    size = video.source.value.size_bytes if video.source else video.upload.size_bytes
    return MetadataAnswer(
        duration=media.duration_seconds if media else None,
        size=size,
        format=media.format if media else video.upload.mime_type.removeprefix("video/"),
        width=media.width if media else None,
        height=media.height if media else None,
        bitrate=media.bitrate_bps if media else None,
        codec=media.codec if media else None,
        frame_rate=media.frame_rate if media else None,
        has_audio=media.has_audio if media else None,
        renditions=[RenditionAnswer(r.name, r.width, r.height, r.bitrate_bps) for r in rungs],
    )
