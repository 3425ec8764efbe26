"""The beacon queue: what players said becomes figures, many beacons at a time."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sluice.domain.errors import Unavailable
from sluice.edge import figures_wiring as wiring
from sluice.edge.beacon_batches import read_batch
from sluice.edge.logger import logger, metrics
from sluice.usecases.roll_up import roll_up


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Roll up the batch; messages whose beacons could not all be counted come again."""
    batch = read_batch(event["Records"], wiring.view_of)
    try:
        done = roll_up(
            batch.reports,
            name=batch.name,
            now=datetime.now(UTC),
            videos=wiring.watched_videos(),
            store=wiring.figures(),
            raw=wiring.raw_beacons(),
        )
    except Unavailable:
        logger().exception("nothing could be kept")
        return _again(record["messageId"] for record in event["Records"])
    failed = batch.again(done.failed)
    counts = {"beacons": len(batch.reports), "unknown": done.unknown, "sessions": done.changed}
    logger().info("rolled up", extra={**counts, "messages": len(event["Records"]), "failed": len(failed)})
    for name, count in {**counts, "failed": len(failed)}.items():
        metrics().add_metric(f"Beacons.{name}", "Count", count)
    metrics().flush_metrics()
    return _again(failed)


def _again(messages: Iterable[str]) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": one} for one in messages]}
