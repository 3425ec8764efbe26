"""The push queue: a video has changed; whoever is connected and may know is told."""

from typing import Any

from sluice.edge import realtime_wiring
from sluice.edge.consumers import each_subject
from sluice.edge.logger import logger, metrics
from sluice.usecases.push_video import Realtime, push_video


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Tell of each video once, however many of its changes came together."""
    realtime = realtime_wiring.realtime()  # made once, before there are threads
    answer = each_subject(
        event, lambda message: str(message["detail"]["videoId"]), lambda message: _push(message, realtime)
    )
    metrics().add_metric("Push.failed", "Count", len(answer["batchItemFailures"]))
    metrics().flush_metrics()
    return answer


def _push(message: dict[str, Any], realtime: Realtime) -> None:
    detail = message["detail"]
    done = push_video(detail["videoId"], detail["ownerId"], realtime)
    extra = {"videoId": detail["videoId"], "correlationId": detail["correlationId"]}
    logger().info("pushed", extra={**extra, "said": done.said, "connections": done.to})
    metrics().add_metric("Push.messages", "Count", done.to)
