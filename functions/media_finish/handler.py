"""The end of a stage, or of everything: write the playlists, say what can be played or why it cannot."""

from datetime import UTC, datetime
from typing import Any

from sluice.domain.pieces import Stage
from sluice.edge.logger import logger
from sluice.edge.media_log import telling
from sluice.edge.media_wiring import pipeline
from sluice.events.media_work import FailedWork, StageWork, read
from sluice.usecases.finish_media import finish_stage, settle_failure


def handler(event: dict[str, Any], _context: object) -> dict[str, bool]:
    """Finish a stage, or settle a failure; ``playable`` says whether anything can be played."""
    now = datetime.now(UTC)
    if "error" in event:
        failed = read(event, FailedWork)
        logger().error("media failed", extra={"videoId": failed.job.video_id, "error": failed.error})
        return {"playable": settle_failure(failed.job, failed.error, pipeline=pipeline(), now=now)}
    work = read(event, StageWork)
    with telling({"videoId": work.job.video_id, "stage": work.stage}):
        playable = finish_stage(work.job, work.plan, Stage(work.stage), pipeline=pipeline(), now=now)
    logger().info("finished", extra={"videoId": work.job.video_id, "stage": work.stage, "playable": playable})
    return {"playable": playable}
