"""What a deleted video leaves in the bucket: objects, in all their versions, and unfinished uploads."""

from itertools import batched
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sluice.adapters.s3.failures import code_of, translated
from sluice.domain.errors import Unavailable

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef

# What one DeleteObjects request takes.
_AT_ONCE = 1000


class S3Remains:
    """``Remains`` of one bucket. In a bucket without versions each object has one, called ``null``."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def remove(self, prefix: str) -> int:
        """Remove every version of every object below ``prefix``; how many there were.

        Raises:
            Unavailable: some could not be removed yet.
        """
        found = self._versions(prefix)
        for some in batched(found, _AT_ONCE, strict=False):
            with translated():
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": list(some), "Quiet": True}
                )
            if answer.get("Errors"):
                raise Unavailable("Some objects could not be deleted yet.")
        return len(found)

    def count(self, prefix: str) -> int:
        """How many versions of objects there are below ``prefix``."""
        return len(self._versions(prefix))

    def abort(self, prefix: str) -> int:
        """End every upload to below ``prefix`` and drop its parts; how many there were."""
        found = self._uploads(prefix)
        for key, upload_id in found:
            try:
                with translated():
                    self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
            except ClientError as error:
                if code_of(error) != "NoSuchUpload":
                    raise
        return len(found)

    def count_uploads(self, prefix: str) -> int:
        """How many uploads to below ``prefix`` are not completed."""
        return len(self._uploads(prefix))

    def _uploads(self, prefix: str) -> list[tuple[str, str]]:
        pages = self._client.get_paginator("list_multipart_uploads")
        with translated():
            return [
                (upload["Key"], upload["UploadId"])
                for page in pages.paginate(Bucket=self._bucket, Prefix=prefix)
                for upload in page.get("Uploads", ())
            ]

    def _versions(self, prefix: str) -> list["ObjectIdentifierTypeDef"]:
        pages = self._client.get_paginator("list_object_versions")
        with translated():
            return [
                {"Key": entry["Key"], "VersionId": entry["VersionId"]}
                for page in pages.paginate(Bucket=self._bucket, Prefix=prefix)
                for entry in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            ]
