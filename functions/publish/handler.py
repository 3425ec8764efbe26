"""The videos table's stream: every change of a row becomes events on the bus, whoever made it."""

from typing import Any

from sluice.adapters.dynamodb.videos import decode_video
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.edge.logger import logger
from sluice.usecases.describe_change import describe_change


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Publish in the stream's order; the stream comes again from the first change that failed."""
    told = [
        (record["dynamodb"]["SequenceNumber"], one)
        for record in event["Records"]
        if "NewImage" in record["dynamodb"]
        for one in describe_change(
            _video(record, "OldImage"), _existing(record), int(record["dynamodb"]["NewImage"]["version"]["N"])
        )
    ]
    refused = list(wiring.event_bus().publish([one for _, one in told]))
    kinds = [type(one).__name__ for _, one in told]
    logger().info("published", extra={"events": kinds, "refused": len(refused)})
    return {"batchItemFailures": [{"itemIdentifier": told[index][0]} for index in refused[:1]]}


def _existing(record: dict[str, Any]) -> Video:
    return decode_video(record["dynamodb"]["NewImage"]["doc"]["S"])


def _video(record: dict[str, Any], image: str) -> Video | None:
    row = record["dynamodb"].get(image)
    return decode_video(row["doc"]["S"]) if row else None
