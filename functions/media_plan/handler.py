"""First step of the media state machine: what is made of a source, in which pieces and order."""

from typing import Any

from sluice.edge import wiring
from sluice.edge.logger import logger
from sluice.edge.settings import settings
from sluice.events.media_work import MediaWork, PlannedWork, payload, read
from sluice.usecases.plan_media import plan_media


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Plan a source; raises ``VideoGone`` for a deleted video."""
    work = read(event, MediaWork)
    ours = settings()
    planned = plan_media(work.job, ladder=ours.ladder, may_copy=work.may_copy, videos=wiring.videos())
    extra = {
        "videoId": work.job.video_id,
        "first": len(planned.plan.first),
        "rest": len(planned.plan.rest),
    }
    logger().info("planned", extra=extra)
    return payload(
        PlannedWork(
            first=planned.plan.first,
            rest=planned.plan.rest,
            load=planned.load,
            concurrency=ours.media_concurrency,
        )
    )
