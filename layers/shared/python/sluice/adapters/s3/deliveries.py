"""Deliveries of providers, as they came: kept for 30 days by the bucket's lifecycle, to be replayed."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from sluice.adapters.s3.failures import translated

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class S3Deliveries:
    """One object a delivery, below the day of its arrival."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def keep(self, provider: str, body: str, *, received_at: datetime) -> str:
        """Store a delivery and return its key; the same delivery again is the same object."""
        digest = sha256(f"{received_at.isoformat()}\n{body}".encode()).hexdigest()[:32]
        key = f"deliveries/{provider}/dt={received_at:%Y-%m-%d}/{received_at:%H%M%S}-{digest}.json"
        message = {"provider": provider, "receivedAt": received_at, "body": body}
        with translated():
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=msgspec.json.encode(message),
                ContentType="application/json",
            )
        return key
