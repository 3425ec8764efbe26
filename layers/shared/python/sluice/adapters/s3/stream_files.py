"""Playlists and cues, read whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sluice.adapters.s3.failures import is_missing, translated

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class S3StreamFiles:
    """``StreamFiles`` of one bucket."""

    def __init__(self, client: Callable[[], "S3Client"], bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def text(self, key: str) -> str | None:
        try:
            with translated():
                return self._client().get_object(Bucket=self._bucket, Key=key)["Body"].read().decode()
        except ClientError as error:
            if is_missing(error):
                return None
            raise
