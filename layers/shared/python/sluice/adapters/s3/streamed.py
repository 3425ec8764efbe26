"""A source that comes in piece by piece, put into the bucket as a multipart upload of our own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from sluice.adapters.s3.failures import code_of, is_missing, translated
from sluice.domain.admission import is_video_type
from sluice.domain.facts import Fact, SourceStored
from sluice.domain.keys import source_key
from sluice.domain.video import Video

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_GONE = "NoSuchUpload"


class StreamedSources:
    """``SourceSink`` on one bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def begin(self, video: Video, media_type: str) -> str:
        told = media_type if is_video_type(media_type) else "application/octet-stream"
        with translated():
            made = self._client.create_multipart_upload(**self._place(video), ContentType=told)
        return made["UploadId"]

    def put(self, video: Video, sink_id: str, number: int, body: bytes) -> str | None:
        try:
            with translated():
                answer = self._client.upload_part(
                    **self._place(video), UploadId=sink_id, PartNumber=number, Body=body
                )
        except ClientError as error:
            if code_of(error) == _GONE:
                return None
            raise
        return answer["ETag"]

    def join(self, video: Video, sink_id: str, etags: Sequence[str]) -> Sequence[Fact]:
        parts: Any = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, 1)]
        try:
            with translated():
                self._client.complete_multipart_upload(
                    **self._place(video), UploadId=sink_id, MultipartUpload={"Parts": parts}
                )
        except ClientError as error:
            if code_of(error) != _GONE:
                raise
        return self._stored(video)

    def drop(self, video: Video, sink_id: str) -> None:
        try:
            with translated():
                self._client.abort_multipart_upload(**self._place(video), UploadId=sink_id)
        except ClientError as error:
            if code_of(error) != _GONE:
                raise

    def _stored(self, video: Video) -> Sequence[Fact]:
        try:
            with translated():
                head = self._client.head_object(**self._place(video))
        except ClientError as error:
            if is_missing(error):
                return ()
            raise
        etag = head["ETag"].strip('"')
        return (SourceStored(at=head["LastModified"], size_bytes=head["ContentLength"], etag=etag),)

    def _place(self, video: Video) -> Any:
        return {"Bucket": self._bucket, "Key": source_key(video.owner_id, video.video_id)}
