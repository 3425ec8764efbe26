"""Requests and answers of the gallery for frontends written against an earlier document."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from sluice.edge.contract.envelope import Envelope
from sluice.edge.contract.videos import VideoAnswer
from sluice.edge.contract.words import Url, VideoId

type OwnId = Annotated[str, Meta(description="The caller's own id, or left out: the token says who asks.")]


class OldStatusRequest(Struct, frozen=True, rename="camel"):
    """What the owner says of a video in our own bucket; `metadata` is added to `custom`."""

    video_id: VideoId
    status: Literal["uploading", "processing", "ready", "error"]
    user_id: OwnId | None = None
    metadata: dict[str, Any] | None = None


class OldDeleteRequest(Struct, frozen=True, rename="camel"):
    """Which video is to go."""

    video_id: VideoId
    user_id: OwnId | None = None


class OldGalleryQuery(Struct, frozen=True, rename="camel"):
    """Whose gallery; it has a hundred videos at most, and `cursor` goes on after them."""

    user_id: OwnId | UnsetType = UNSET
    cursor: Annotated[str, Meta(description="`nextCursor` of the answer before.")] | UnsetType = UNSET


class OldVideoAnswer(VideoAnswer, frozen=True, rename="camel", kw_only=True):
    """A video; `downloadUrl` is there once there is a file to save."""

    download_url: Url | None


class OldGalleryAnswer(Struct, frozen=True, rename="camel"):
    """The newest videos, and the counts of all."""

    videos: list[OldVideoAnswer]
    total_count: int
    ready_count: int
    processing_count: int
    failed_count: int
    next_cursor: str | None


class OldDeletedAnswer(Struct, frozen=True, rename="camel"):
    """Which video is gone."""

    video_id: VideoId


class OldGalleryEnvelope(Envelope, frozen=True, rename="camel", kw_only=True):
    """A gallery, wrapped."""

    data: OldGalleryAnswer


class OldVideoEnvelope(Envelope, frozen=True, rename="camel", kw_only=True):
    """A video, wrapped."""

    data: OldVideoAnswer


class OldDeletedEnvelope(Envelope, frozen=True, rename="camel", kw_only=True):
    """What is gone, wrapped."""

    data: OldDeletedAnswer


def old_video(video: VideoAnswer, download_url: str | None) -> OldVideoAnswer:
    return OldVideoAnswer(**asdict(video), download_url=download_url)
