"""The import queue: a source waits to be fetched from its URL."""

from datetime import timedelta
from functools import partial
from typing import Any

from sluice.edge.consumers import each_message
from sluice.edge.import_wiring import workshop
from sluice.edge.logger import logger, metrics
from sluice.usecases.fetch_source import fetch_source

# For storing the last part and saying so; API calls that hang are given up sooner.
_LEFT_AT_THE_END = timedelta(seconds=40)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Fetch each source; those that could not be stored come again."""
    answer = each_message(event, partial(_fetch, context))
    metrics().add_metric("Fetched.again", "Count", len(answer["batchItemFailures"]))
    metrics().flush_metrics()
    return answer


def _fetch(context: Any, message: dict[str, Any]) -> None:
    video_id = message["videoId"]
    left = timedelta(milliseconds=context.get_remaining_time_in_millis()) - _LEFT_AT_THE_END
    fetched = fetch_source(video_id, context.aws_request_id, workshop(left))
    logger().info("fetched", extra={"videoId": video_id, "fetched": fetched})
    metrics().add_metric(f"Fetched.{fetched}", "Count", 1)
