"""The inbox queue: a provider's delivery becomes facts about a video, the generator's an answer."""

from typing import Any

from sluice.edge import wiring
from sluice.edge.consumers import each_message
from sluice.edge.deliveries import read_delivery
from sluice.edge.hearing import hear
from sluice.edge.logger import logger, metrics


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Hear each delivery; those that fail come again."""
    answer = each_message(event, _hear)
    metrics().add_metric("Heard.failed", "Count", len(answer["batchItemFailures"]))
    metrics().flush_metrics()
    return answer


def _hear(message: dict[str, Any]) -> None:
    """Keep the delivery first: whatever becomes of it can be told again."""
    delivery = read_delivery(message)
    if not delivery.replayed:
        wiring.deliveries().keep(delivery.provider, delivery.body, received_at=delivery.received_at)
    told = hear(delivery)
    logger().info("heard", extra={**told.about, "heard": told.heard})
    metrics().add_metric(f"Heard.{told.heard}", "Count", 1)
