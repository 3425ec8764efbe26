"""The composition root of imports: who looks at URLs, and who fetches from them."""

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from random import uniform
from typing import TYPE_CHECKING

from sluice.adapters.s3.fetch_queue import ImportQueue
from sluice.adapters.sealing import Seal
from sluice.adapters.secrets import read_secret
from sluice.adapters.sqs import Queue
from sluice.domain.video import Video
from sluice.edge import clients, wiring
from sluice.edge.settings import settings
from sluice.usecases.request_import import ImportWish, request_import
from sluice.usecases.request_upload import Origin

if TYPE_CHECKING:
    from sluice.adapters.guarded_http import GuardedHttp
    from sluice.usecases.fetch_source import Workshop

_LONGEST_REST_SECONDS = 8.0


@cache
def guarded_http() -> "GuardedHttp":
    """For every URL that a user named."""
    from sluice.adapters.guarded_http import GuardedHttp

    return GuardedHttp(settings().import_addresses)


@cache
def import_queue() -> ImportQueue:
    return ImportQueue(Queue(clients.sqs(), settings().import_queue_url))


@cache
def source_seal() -> Seal:
    return Seal(read_secret(clients.secretsmanager(), settings().signing_secret_arn), "import-source")


def import_video(wish: ImportWish, origin: Origin, *, comes_again: bool = False) -> Video:
    """``request_import`` as this deployment does it, for the provider that ``origin`` names."""
    ours = origin.provider == "s3"
    return request_import(
        wish,
        origin,
        videos=wiring.videos(),
        addresses=guarded_http(),
        importer=import_queue() if ours else wiring.outside(origin.provider).uploads,
        seal=source_seal() if ours else None,
        patience=wiring.patience,
        comes_again=comes_again,
    )


def workshop(most: timedelta) -> "Workshop":
    """What a worker has that may take as long as is configured, and ``most`` at most."""
    from sluice.adapters.dynamodb.fetch_leases import DynamoFetchLeases
    from sluice.adapters.s3.streamed import StreamedSources
    from sluice.adapters.url_source import UrlSource
    from sluice.usecases.fetch_source import Workshop

    ours = settings()
    return Workshop(
        videos=wiring.videos(),
        leases=DynamoFetchLeases(clients.dynamodb(), ours.videos_table),
        queue=import_queue(),
        source=UrlSource(guarded_http()),
        sink=StreamedSources(clients.s3(), ours.media_bucket),
        seal=source_seal(),
        clock=lambda: datetime.now(UTC),
        rest=_rest,
        patience=wiring.patience,
        largest_bytes=ours.max_video_bytes,
        timeout=min(ours.import_timeout, most),
    )


def _rest(attempts: int) -> None:
    """Half a second, doubling, with up to half of it left out by chance."""
    longest = min(_LONGEST_REST_SECONDS, 0.5 * 2 ** (attempts - 1))
    time.sleep(uniform(longest / 2, longest))  # noqa: S311 - jitter
