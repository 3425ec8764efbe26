"""Outgoing webhooks' queues: events of the bus become deliveries, and deliveries are attempted."""

from typing import Any

from sluice.edge.consumers import each_message
from sluice.edge.logger import logger, metrics
from sluice.edge.outgoing_events import attempt, tell


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Do what each message says; those that fail come again."""
    answer = each_message(event, _work)
    metrics().add_metric("Deliveries.broken", "Count", len(answer["batchItemFailures"]))
    metrics().flush_metrics()
    return answer


def _work(message: dict[str, Any]) -> None:
    if "job" in message:
        made, about = attempt(message)
        logger().info("attempted", extra={**about, "made": made})
        metrics().add_metric(f"Deliveries.{made}", "Count", 1)
    else:
        told = tell(message)
        logger().info("told", extra={"event": message["detail-type"], "endpoints": told})
