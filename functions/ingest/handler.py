"""The ingest queue: the bucket says that a source has arrived."""

from typing import Any

from sluice.domain.keys import read_source_key
from sluice.edge import media_wiring, wiring
from sluice.edge.consumers import each_message
from sluice.edge.logger import logger
from sluice.edge.settings import settings
from sluice.usecases.ingest_source import Arrival, ingest_source


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take up each arrival; those that fail come again."""
    return each_message(event, _ingest)


def _ingest(message: dict[str, Any]) -> None:
    written = message["detail"]["object"]
    address = read_source_key(written["key"])
    if address is None:
        logger().warning("not a source", extra={"reason": message["detail"].get("reason")})
        return
    outcome = ingest_source(
        Arrival(address=address, etag=written["etag"].strip('"')),
        pipeline=media_wiring.pipeline(),
        executions=wiring.executions(),
        longest=settings().max_video_duration,
    )
    logger().info("ingested", extra={"videoId": address.video_id, "outcome": outcome})
