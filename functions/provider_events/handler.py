"""The inbox queue: a provider's delivery becomes facts about a video."""

from datetime import UTC, datetime
from typing import Any

from sluice.edge import wiring
from sluice.edge.consumers import each_message
from sluice.edge.deliveries import read_delivery, translate
from sluice.edge.logger import logger, metrics
from sluice.usecases.hear_provider import hear_provider


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Hear each delivery; those that fail come again."""
    answer = each_message(event, _hear)
    metrics().add_metric("Heard.failed", "Count", len(answer["batchItemFailures"]))
    metrics().flush_metrics()
    return answer


def _hear(message: dict[str, Any]) -> None:
    """Keep the delivery first, remember the event last: a death in between only repeats the work."""
    delivery = read_delivery(message)
    if not delivery.replayed:
        wiring.deliveries().keep(delivery.provider, delivery.body, received_at=delivery.received_at)
    news, log = translate(delivery), wiring.event_log()
    if not delivery.replayed and log.has(news.key):
        heard = "repeated"
    else:
        heard = hear_provider(
            news,
            received_at=delivery.received_at,
            now=datetime.now(UTC),
            videos=wiring.videos(),
            purges=wiring.purge_queue(),
            patience=wiring.patience,
        )
        log.add(news.key, now=datetime.now(UTC))
    extra = {"provider": news.provider, "kind": news.kind, "videoId": news.video_id, "heard": heard}
    logger().info("heard", extra=extra)
    metrics().add_metric(f"Heard.{heard}", "Count", 1)
