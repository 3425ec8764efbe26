"""Everything that the bucket stores for videos, listed by their folders rather than object by object."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sluice.adapters.s3.failures import translated
from sluice.domain.holdings import Holding
from sluice.domain.keys import MADE, SOURCES, read_source_key

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class S3Inventory:
    """``Inventory`` of one bucket."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def holdings(self) -> Iterator[Holding]:
        yield from self._made()
        yield from self._sources()
        yield from self._open_uploads()

    def _made(self) -> Iterator[Holding]:
        """A folder a video, however many objects it has."""
        with translated():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=MADE, Delimiter="/"):
                # What lies beside the folders is nobody's.
                names = [found["Prefix"] for found in page.get("CommonPrefixes", ())]
                names += [found["Key"] for found in page.get("Contents", ())]
                for name in names:
                    video_id = name.removeprefix(MADE).removesuffix("/")
                    yield Holding(place="bucket", kind="renditions", name=name, video_id=video_id)

    def _sources(self) -> Iterator[Holding]:
        """One object a video."""
        with translated():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=SOURCES):
                for found in page.get("Contents", ()):
                    yield _sent("source", found["Key"])

    def _open_uploads(self) -> Iterator[Holding]:
        with translated():
            pages = self._client.get_paginator("list_multipart_uploads")
            for page in pages.paginate(Bucket=self._bucket):
                for found in page.get("Uploads", ()):
                    yield _sent("upload", found["Key"], found["UploadId"])


def _sent(kind: str, key: str, upload_id: str | None = None) -> Holding:
    address = read_source_key(key)
    return Holding(
        place="bucket",
        kind=kind,
        name=key,
        video_id=address.video_id if address else "",
        owner_id=address.owner_id if address else None,
        their_id=upload_id,
    )
