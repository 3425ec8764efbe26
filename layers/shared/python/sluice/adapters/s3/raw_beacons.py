"""Beacons as they came: gzipped JSON lines, one object a batch, in a folder a day (docs/analytics.md)."""

import gzip
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sluice.adapters.s3.failures import translated

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# Level 6 takes three times as long for a twentieth less.
_LEVEL = 3


class S3RawBeacons:
    """``RawBeacons`` below ``analytics/raw/`` of one bucket; the day is that of keeping them."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def keep(self, lines: Sequence[bytes], *, name: str, now: datetime) -> None:
        packed = gzip.compress(b"\n".join(lines) + b"\n", compresslevel=_LEVEL, mtime=0)
        key = f"analytics/raw/dt={now:%Y-%m-%d}/{name}.json.gz"
        with translated():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=packed, ContentType="application/gzip")
