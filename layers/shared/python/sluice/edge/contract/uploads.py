"""Requests and answers of uploads."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from sluice.domain.admission import UploadWish
from sluice.domain.video import Video
from sluice.edge.contract.times import iso
from sluice.edge.contract.words import (
    Filename,
    MaybeTitle,
    Moment,
    Protocol,
    ProviderName,
    Url,
    VideoId,
    VideoType,
    Visibility,
)
from sluice.usecases.provider_ports import SignedPart, UploadGrant, UploadStanding

type PartNumber = Annotated[int, Meta(ge=1, le=10_000)]


class UploadRequest(Struct, frozen=True, rename="camel"):
    """What is going to be uploaded. `metadata`, at most 4,096 bytes of compact JSON, returns as `custom`."""

    filename: Filename
    file_size: Annotated[
        int,
        Meta(extra_json_schema={"minimum": 1, "description": "Bytes, exactly. The largest is configured."}),
    ]
    mime_type: VideoType
    title: MaybeTitle | None = None
    metadata: dict[str, Any] | None = None
    visibility: Visibility | None = None
    provider: ProviderName | None = None
    protocol: Protocol | None = None

    def wish(self) -> UploadWish:
        return UploadWish(
            filename=self.filename,
            size_bytes=self.file_size,
            mime_type=self.mime_type,
            title=self.title,
            custom=self.metadata,
            visibility=self.visibility,
            provider=self.provider,
            protocol=self.protocol,
        )


class PartAnswer(Struct, frozen=True, rename="camel"):
    """A URL for exactly one part."""

    part_number: PartNumber
    upload_url: Url
    expires_at: Moment


class UploadHow(Struct, frozen=True, rename="camel"):
    """How the client must speak to `uploadUrl`, with exactly these headers. `partSize` in bytes.

    Where `protocol` is `form`, `fields` go before the file, whose own field is `file`.
    """

    protocol: Protocol
    method: str
    headers: dict[str, str]
    part_size: int | UnsetType = UNSET
    parts: list[PartAnswer] | UnsetType = UNSET
    fields: dict[str, str] | UnsetType = UNSET


class UploadAnswer(Struct, frozen=True, rename="camel"):
    """Where and how to send the source. `assetId` is the provider's own, if it has one by now."""

    video_id: VideoId
    upload_url: Url
    provider: ProviderName
    expires_at: Moment
    upload: UploadHow
    asset_id: str | UnsetType = UNSET


class MuxUploadAnswer(UploadAnswer, frozen=True, rename="camel", kw_only=True):
    """The same, and under the names that Mux itself gives: where to send it, and which upload it is."""

    url: Url
    upload_id: str
    status: Literal["preparing"]


class UploadedPartAnswer(Struct, frozen=True, rename="camel"):
    """A part that has arrived; ``size`` in bytes."""

    part_number: PartNumber
    size: int
    etag: str


class UploadStandingAnswer(Struct, frozen=True, rename="camel"):
    """Where an upload stands; `offset` in bytes where the protocol has one, the last three for parts."""

    protocol: Protocol
    upload_url: Url
    expires_at: Moment
    offset: int | None
    upload: UploadHow
    upload_id: str | UnsetType = UNSET
    part_size: int | UnsetType = UNSET
    uploaded: list[UploadedPartAnswer] | UnsetType = UNSET


class PartsRequest(Struct, frozen=True, rename="camel"):
    """Which parts to sign."""

    part_numbers: Annotated[list[PartNumber], Meta(min_length=1, max_length=100)]


class PartsAnswer(Struct, frozen=True, rename="camel"):
    """The signed parts, in the order asked for."""

    parts: list[PartAnswer]


class CompletedPart(Struct, frozen=True, rename="camel"):
    """A part and the ETag that its upload was answered with."""

    part_number: PartNumber
    etag: Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[!-~]*$")]


class CompleteRequest(Struct, frozen=True, rename="camel"):
    """All parts, in order."""

    parts: Annotated[list[CompletedPart], Meta(min_length=1, max_length=10_000)]

    def pairs(self) -> list[tuple[int, str]]:
        return [(part.part_number, part.etag) for part in self.parts]


def upload_answer(video: Video, grant: UploadGrant) -> UploadAnswer:
    return UploadAnswer(
        video_id=video.video_id,
        upload_url=grant.upload_url,
        provider=video.provider,
        expires_at=iso(grant.expires_at),
        upload=_how(grant),
        asset_id=video.link("asset") or UNSET,
    )


def mux_upload_answer(video: Video, grant: UploadGrant) -> MuxUploadAnswer:
    known = asdict(upload_answer(video, grant))
    upload_id = video.link("upload") or ""
    return MuxUploadAnswer(**known, url=grant.upload_url, upload_id=upload_id, status="preparing")


def standing_answer(standing: UploadStanding) -> UploadStandingAnswer:
    grant, uploaded = standing.grant, standing.uploaded
    return UploadStandingAnswer(
        protocol=grant.protocol,
        upload_url=grant.upload_url,
        expires_at=iso(grant.expires_at),
        offset=standing.offset,
        upload=_how(grant),
        upload_id=standing.upload_id or UNSET,
        part_size=grant.part_size_bytes or UNSET,
        uploaded=UNSET
        if uploaded is None
        else [UploadedPartAnswer(part.part_number, part.size_bytes, part.etag) for part in uploaded],
    )


def parts_answer(parts: Sequence[SignedPart]) -> PartsAnswer:
    return PartsAnswer([PartAnswer(p.part_number, p.upload_url, iso(p.expires_at)) for p in parts])


def _how(grant: UploadGrant) -> UploadHow:
    return UploadHow(
        protocol=grant.protocol,
        method=grant.method,
        headers=grant.headers,
        part_size=grant.part_size_bytes or UNSET,
        parts=parts_answer(grant.parts).parts if grant.parts else UNSET,
        fields=UNSET if grant.fields is None else grant.fields,
    )
