"""The media bucket's objects: written whole, read by ranges, listed and deleted by prefix."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.media import SourceVersion
from sluice.domain.media_errors import SourceChanged, SourceMissing, StorageUnavailable
from sluice.usecases.media_ports import StoredObject

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_MISSING = {"NoSuchKey", "NotFound", "404"}
_CHANGED = {"PreconditionFailed", "412"}
# Somebody else writes the same key at this moment (409).
_CONTENDED = {"ConditionalRequestConflict", "OperationAborted"}
_LATER = {
    "SlowDown",
    "InternalError",
    "ServiceUnavailable",
    "RequestTimeout",
    "RequestTimeTooSkewed",
    "500",
    "503",
}
# What one DeleteObjects request takes.
_DELETED_AT_ONCE = 1000


class S3Objects:
    """One bucket. Reads pinned to an ETag fail with ``SourceChanged`` once the object was overwritten."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def head(self, key: str) -> StoredObject | None:
        """``None`` if there is no such object.

        Raises:
            StorageUnavailable: S3 cannot be asked at the moment (as in every method here).
        """
        try:
            with _translated():
                found = self._client.head_object(Bucket=self._bucket, Key=key)
        except SourceMissing:
            return None
        return StoredObject(found["ContentLength"], found["ETag"].strip('"'), found["LastModified"])

    def read(self, key: str, start: int, end: int, *, etag: str | None = None) -> bytes:
        """Bytes ``start`` to ``end`` - 1, of the version called ``etag`` if one is given.

        Raises:
            SourceMissing, SourceChanged, StorageUnavailable.
        """
        pinned = {"IfMatch": f'"{etag}"'} if etag else {}
        return self._get(key, f"bytes={start}-{end - 1}", pinned)

    def read_tail(self, key: str, length: int) -> bytes:
        """The last ``length`` bytes, or all of a shorter object."""
        return self._get(key, f"bytes=-{length}", {})

    def put(self, key: str, body: bytes | Path, *, content_type: str) -> None:
        """Write an object whole, in place of what was there."""
        self._put(key, body, {"ContentType": content_type})

    def put_once(self, key: str, body: bytes | Path, *, content_type: str) -> None:
        """Write an object that is never written again: the first writer's stays, also in caches."""
        forever = {"IfNoneMatch": "*", "CacheControl": "private, max-age=31536000, immutable"}
        with suppress(SourceChanged):
            self._put(key, body, {"ContentType": content_type, **forever})

    def names(self, prefix: str) -> Iterator[str]:
        """Keys that begin with ``prefix``, in order."""
        with _translated():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            for page in pages:
                for item in page.get("Contents", []):
                    yield item["Key"]

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; those that are not there are no error."""
        for some in batched(keys, _DELETED_AT_ONCE, strict=False):
            with _translated():
                answer = self._client.delete_objects(
                    Bucket=self._bucket,
                    Delete={"Objects": [{"Key": key} for key in some], "Quiet": True},
                )
            if answer.get("Errors"):
                raise StorageUnavailable("Some objects could not be deleted yet.")

    def _put(self, key: str, body: bytes | Path, how: dict[str, Any]) -> None:
        with _translated():
            if isinstance(body, bytes):
                self._client.put_object(Bucket=self._bucket, Key=key, Body=body, **how)
                return
            with body.open("rb") as file:
                self._client.put_object(Bucket=self._bucket, Key=key, Body=file, **how)

    def _get(self, key: str, wanted: str, pinned: dict[str, Any]) -> bytes:
        with _translated():
            answer = self._client.get_object(Bucket=self._bucket, Key=key, Range=wanted, **pinned)
            return answer["Body"].read()


class PinnedSource:
    """One version of a source, read by ranges."""

    def __init__(self, objects: S3Objects, source: SourceVersion) -> None:
        self.size_bytes = source.size_bytes
        self._objects = objects
        self._source = source

    def read(self, start: int, end: int) -> bytes:
        return self._objects.read(self._source.key, start, end, etag=self._source.etag)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise SourceMissing("The file is no longer stored.") from error
        if code in _CHANGED:
            raise SourceChanged("The file was replaced while it was being processed.") from error
        if code in _LATER | _CONTENDED:
            raise StorageUnavailable("The storage is busy. Please try again.") from error
        raise
    except (BotoCoreError, OSError) as error:
        raise StorageUnavailable("The storage cannot be reached. Please try again.") from error
