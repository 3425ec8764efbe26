"""Multipart uploads into our bucket: parts of exactly the size that was declared, joined once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sluice.adapters.s3.failures import code_of, translated
from sluice.adapters.s3.presign import Presigner
from sluice.domain.errors import Conflict, FieldProblem, InvalidFields
from sluice.domain.keys import source_key
from sluice.domain.parts import bytes_of_part, part_count, part_size
from sluice.domain.video import Video
from sluice.usecases.provider_ports import SignedPart, UploadedPart

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import CompletedPartTypeDef

_REFUSED_PARTS = {"InvalidPart", "InvalidPartOrder", "EntityTooSmall"}


class S3Multipart:
    """One bucket's multipart uploads. ``client`` is only made when S3 has to be called."""

    def __init__(
        self, client: Callable[[], "S3Client"], presigner: Presigner, *, bucket: str, ttl: timedelta
    ) -> None:
        self._client = client
        self._presigner = presigner
        self._bucket = bucket
        self._ttl = ttl

    def create(self, video: Video) -> str:
        """Begin an upload; the answer is S3's id of it."""
        with translated():
            answer = self._client().create_multipart_upload(
                Bucket=self._bucket, Key=_key(video), ContentType=video.upload.mime_type
            )
        return answer["UploadId"]

    def sign_parts(
        self, video: Video, upload_id: str, numbers: Sequence[int], *, now: datetime
    ) -> Sequence[SignedPart]:
        """URLs for these parts, each for exactly its length.

        Raises:
            InvalidFields: the upload has no such part.
        """
        size = video.upload.size_bytes
        part_bytes = video.upload.part_size_bytes or part_size(size)
        last = part_count(size, part_bytes)
        wrong = [number for number in numbers if not 1 <= number <= last]
        if wrong:
            problem = f"this upload has the parts 1 to {last}, not {wrong[0]}"
            raise InvalidFields("There is no such part.", FieldProblem("partNumbers", problem))

        def sign(number: int) -> SignedPart:
            signed = self._presigner.put_part(
                _key(video),
                now=now,
                ttl=self._ttl,
                upload_id=upload_id,
                part_number=number,
                size_bytes=bytes_of_part(number, size, part_bytes),
            )
            return SignedPart(part_number=number, upload_url=signed.url, expires_at=signed.expires_at)

        return [sign(number) for number in numbers]

    def uploaded(self, video: Video, upload_id: str) -> Sequence[UploadedPart]:
        """The parts that have arrived, by number.

        Raises:
            Conflict: S3 no longer knows the upload.
        """
        pages = self._client().get_paginator("list_parts")
        try:
            with translated():
                return [
                    UploadedPart(part_number=part["PartNumber"], size_bytes=part["Size"], etag=part["ETag"])
                    for page in pages.paginate(Bucket=self._bucket, Key=_key(video), UploadId=upload_id)
                    for part in page.get("Parts", ())
                ]
        except ClientError as error:
            if code_of(error) == "NoSuchUpload":
                raise Conflict("The upload has expired or was cancelled.", code="upload_gone") from error
            raise

    def complete(self, video: Video, upload_id: str, parts: Sequence[tuple[int, str]]) -> None:
        """Join the parts, given as (number, ETag). Joining what an earlier call has joined is no error.

        Raises:
            InvalidFields: a part is missing, too small, out of order or has another ETag.
        """
        _check_parts(video, parts)
        listed: list[CompletedPartTypeDef] = [{"PartNumber": n, "ETag": etag} for n, etag in parts]
        try:
            with translated():
                self._client().complete_multipart_upload(
                    Bucket=self._bucket,
                    Key=_key(video),
                    UploadId=upload_id,
                    MultipartUpload={"Parts": listed},
                )
        except ClientError as error:
            if code_of(error) in _REFUSED_PARTS:
                problem = "a part has not arrived whole, or its ETag is another"
                raise InvalidFields("The parts do not fit.", FieldProblem("parts", problem)) from error
            if code_of(error) != "NoSuchUpload":
                raise

    def abort(self, video: Video, upload_id: str) -> None:
        """Stop the upload and drop its parts; aborting twice is no error."""
        try:
            with translated():
                self._client().abort_multipart_upload(
                    Bucket=self._bucket, Key=_key(video), UploadId=upload_id
                )
        except ClientError as error:
            if code_of(error) != "NoSuchUpload":
                raise


def _key(video: Video) -> str:
    return source_key(video.owner_id, video.video_id)


def _check_parts(video: Video, parts: Sequence[tuple[int, str]]) -> None:
    """S3 joins whatever it is given; a hole would be noticed by nobody but the viewer."""
    part_bytes = video.upload.part_size_bytes or part_size(video.upload.size_bytes)
    expected = part_count(video.upload.size_bytes, part_bytes)
    numbers = [number for number, _ in parts]
    if numbers != list(range(1, expected + 1)):
        problem = f"must be the parts 1 to {expected}, each once and in order"
        raise InvalidFields("The parts do not fit.", FieldProblem("parts", problem))
