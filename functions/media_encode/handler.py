"""One item of a stage: package a source, encode a piece, the sound, or the pictures."""

from datetime import UTC, datetime
from typing import Any

from sluice.edge.logger import logger
from sluice.edge.media_log import telling
from sluice.edge.media_wiring import pipeline
from sluice.events.media_work import TaskWork, read
from sluice.usecases.encode_media import encode_media


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Do one task; what it raises is matched by name in the state machine."""
    work = read(event, TaskWork)
    told = {"videoId": work.job.video_id, "task": work.task.name}
    with telling(told):
        done = encode_media(work.job, work.task, work.load, pipeline=pipeline(), now=datetime.now(UTC))
    logger().info("encoded", extra={**told, "outcome": done})
    return {"task": work.task.name, "outcome": done}
