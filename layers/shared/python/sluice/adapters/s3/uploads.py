"""Uploads into our own bucket: one signed PUT, or a multipart upload from 64 MiB on."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sluice.adapters.s3.failures import is_missing, translated
from sluice.adapters.s3.multipart import S3Multipart
from sluice.adapters.s3.presign import Presigner
from sluice.domain.admission import agreed_protocol
from sluice.domain.errors import Conflict
from sluice.domain.facts import Fact, ProviderLinked, SourceStored
from sluice.domain.keys import source_key
from sluice.domain.parts import MULTIPART_FROM_BYTES, part_count, part_size
from sluice.domain.video import Video
from sluice.usecases.provider_ports import SignedPart, UploadGrant, UploadStanding

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# Enough for a client to begin with; it asks for the rest in batches as it comes to them.
_FIRST_PARTS = 10


class S3Uploads:
    """``UploadProvider`` and ``PartUploads`` on the bucket."""

    def __init__(
        self, client: Callable[[], "S3Client"], presigner: Presigner, *, bucket: str, ttl: timedelta
    ) -> None:
        self._client = client
        self._presigner = presigner
        self._bucket = bucket
        self._ttl = ttl
        self._multipart = S3Multipart(client, presigner, bucket=bucket, ttl=ttl)

    def protocol_for(self, size_bytes: int, wanted: str | None = None) -> tuple[str, int | None]:
        usual = "put" if size_bytes < MULTIPART_FROM_BYTES else "multipart"
        agreed_protocol(usual, wanted, offered=(usual,))
        return (usual, None) if usual == "put" else (usual, part_size(size_bytes))

    def open_upload(self, video: Video, *, now: datetime) -> tuple[UploadGrant, Sequence[Fact]]:
        if video.upload.protocol == "put":
            return self._grant_put(video, now), ()
        upload_id = self._multipart.create(video)
        linked = ProviderLinked(at=now, kind="upload", provider_id=upload_id)
        return self._grant_parts(video, upload_id, now), (linked,)

    def standing(self, video: Video, *, now: datetime) -> UploadStanding:
        if video.upload.protocol == "put":
            return UploadStanding(grant=self._grant_put(video, now))
        upload_id = _upload_id(video)
        return UploadStanding(
            grant=self._grant_parts(video, upload_id, now),
            upload_id=upload_id,
            uploaded=self._multipart.uploaded(video, upload_id),
        )

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:
        if video.upload.protocol == "put":
            return self._grant_put(video, now)
        return self._grant_parts(video, _upload_id(video), now)

    def sign_parts(self, video: Video, numbers: Sequence[int], *, now: datetime) -> Sequence[SignedPart]:
        return self._multipart.sign_parts(video, _upload_id(video), numbers, now=now)

    def complete(self, video: Video, parts: Sequence[tuple[int, str]]) -> Sequence[Fact]:
        self._multipart.complete(video, _upload_id(video), parts)
        stored = self.look(video)
        if not stored:
            raise Conflict("The upload has expired or was cancelled.", code="upload_gone")
        return stored

    def cancel(self, video: Video) -> None:
        upload_id = video.link("upload")
        if upload_id:
            self._multipart.abort(video, upload_id)

    def look(self, video: Video) -> Sequence[Fact]:
        """Whether the source is there; what becomes of it then, the pipeline says."""
        key = source_key(video.owner_id, video.video_id)
        try:
            with translated():
                head = self._client().head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if is_missing(error):
                return ()
            raise
        etag = head["ETag"].strip('"')
        return (SourceStored(at=head["LastModified"], size_bytes=head["ContentLength"], etag=etag),)

    def _grant_put(self, video: Video, now: datetime) -> UploadGrant:
        signed = self._presigner.put(
            source_key(video.owner_id, video.video_id),
            now=now,
            ttl=self._ttl,
            size_bytes=video.upload.size_bytes,
            mime_type=video.upload.mime_type,
        )
        return UploadGrant(
            upload_url=signed.url,
            expires_at=signed.expires_at,
            protocol="put",
            method="PUT",
            headers={"Content-Type": video.upload.mime_type},
        )

    def _grant_parts(self, video: Video, upload_id: str, now: datetime) -> UploadGrant:
        size = video.upload.size_bytes
        part_bytes = video.upload.part_size_bytes or part_size(size)
        first = range(1, min(_FIRST_PARTS, part_count(size, part_bytes)) + 1)
        parts = self._multipart.sign_parts(video, upload_id, first, now=now)
        return UploadGrant(
            upload_url=parts[0].upload_url,
            expires_at=parts[0].expires_at,
            protocol="multipart",
            method="PUT",
            headers={},
            part_size_bytes=part_bytes,
            parts=parts,
        )


def _upload_id(video: Video) -> str:
    """S3's id of the upload.

    Raises:
        Conflict: the row was written but S3 never answered; a new upload has to be asked for.
    """
    link = video.links.get("upload")
    if link is None:
        raise Conflict("The upload was never opened at the storage.", code="upload_gone")
    return link.value
