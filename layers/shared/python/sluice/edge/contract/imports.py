"""Requests and answers of imports."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from sluice.domain.keys import source_key
from sluice.domain.video import Video
from sluice.edge.contract.envelope import Envelope
from sluice.edge.contract.sharing import SecretKey
from sluice.edge.contract.times import iso
from sluice.edge.contract.videos import VideoAnswer
from sluice.edge.contract.words import MaybeTitle, Moment, ProviderName, StatusName, Title, VideoId

type SourceUrl = Annotated[
    str,
    Meta(
        description="Where the video is to be fetched from: https, and publicly reachable.",
        extra_json_schema={"format": "uri", "maxLength": 2048},
    ),
]


class ImportRequest(Struct, frozen=True, rename="camel"):
    """What is going to be fetched; its title is the file's name in the URL if none is given."""

    video_url: SourceUrl
    title: MaybeTitle | None = None
    provider: ProviderName | None = None


class ImportAnswer(VideoAnswer, frozen=True, rename="camel", kw_only=True):
    """The video that is being fetched, and its key: whoever has that may watch it without signing in.

    A repeated request with the same idempotency key is answered without the key.
    """

    secret_key: SecretKey | UnsetType = UNSET


class OldImportRequest(ImportRequest, frozen=True, rename="camel", kw_only=True):
    """The same, for frontends written against an earlier document."""

    user_email: (
        Annotated[str, Meta(description="The caller's own address, or left out: the token says who asks.")]
        | None
    ) = None


class OldImportAnswer(Struct, frozen=True, rename="camel", kw_only=True):
    """The video that is being fetched; `size` in bytes, once it is known."""

    video_id: VideoId
    title: Title
    s3_key: Annotated[str, Meta(description="Where the source will lie; null at other providers.")] | None
    secret_key: SecretKey | UnsetType = UNSET
    status: StatusName
    size: int | None
    created_at: Moment


class OldImportEnvelope(Envelope, frozen=True, rename="camel", kw_only=True):
    """An import, wrapped."""

    data: OldImportAnswer


def import_answer(video: VideoAnswer, secret_key: str | None) -> ImportAnswer:
    return ImportAnswer(**asdict(video), secret_key=secret_key or UNSET)


def old_import_answer(video: Video, secret_key: str | None) -> OldImportAnswer:
    return OldImportAnswer(
        video_id=video.video_id,
        title=video.title.value,
        s3_key=source_key(video.owner_id, video.video_id) if video.provider == "s3" else None,
        secret_key=secret_key or UNSET,
        status=video.status,
        size=video.source.value.size_bytes if video.source else None,
        created_at=iso(video.created_at),
    )
