"""The composition root of figures: who makes them, reads them, removes them, and verifies views."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sluice.adapters.dynamodb.figures import DynamoFigures
from sluice.adapters.dynamodb.watched_videos import DynamoWatchedVideos
from sluice.adapters.secrets import read_secret
from sluice.adapters.view_tokens import ViewTokens
from sluice.edge import clients
from sluice.edge.settings import settings

if TYPE_CHECKING:
    from sluice.adapters.s3.raw_beacons import S3RawBeacons


@cache
def figures() -> DynamoFigures:
    return DynamoFigures(clients.dynamodb(), settings().analytics_table)


@cache
def watched_videos() -> DynamoWatchedVideos:
    return DynamoWatchedVideos(clients.dynamodb(), settings().videos_table)


@cache
def raw_beacons() -> "S3RawBeacons":
    from sluice.adapters.s3.raw_beacons import S3RawBeacons

    return S3RawBeacons(clients.s3(), settings().media_bucket)


def view_of(token: str, video_id: str, received_at: datetime) -> str | None:
    """The view that a token was minted for; ``None`` if it is not good for this video and time."""
    return view_tokens().read(token, video_id, at=received_at)


@cache
def view_tokens() -> ViewTokens:
    return ViewTokens(read_secret(clients.secretsmanager(), settings().signing_secret_arn))
