"""The purge queue: a video was deleted, or a post; nothing of it may stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sluice.edge import deletion_wiring, posts_wiring, wiring
from sluice.edge.consumers import each_message
from sluice.edge.logger import logger
from sluice.usecases.clear_post import clear_post
from sluice.usecases.purge_video import LOOK_AGAIN_AFTER, purge_video


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Purge each deleted video, clear each deleted post; those that fail come again, soon at first."""
    return each_message(event, _remove, hold=_hold)


def _hold(receipt: str, pause: timedelta) -> None:
    wiring.purge_messages().hold(receipt, pause)


def _remove(message: dict[str, Any]) -> None:
    post_id = message["detail"].get("postId")
    if post_id is None:
        _purge(message)
        return
    removed = clear_post(post_id, remains=posts_wiring.remains())
    logger().info("cleared", extra={"postId": post_id, "removed": removed})


def _purge(message: dict[str, Any]) -> None:
    video_id, again = message["detail"]["videoId"], bool(message.get("again"))
    done = purge_video(
        video_id,
        plan=deletion_wiring.plan,
        videos=wiring.videos(),
        receipts=wiring.receipts(),
        now=datetime.now(UTC),
        last=again,
    )
    extra = {"videoId": video_id, "wasDeleted": done.was_deleted, "removed": done.removed}
    logger().info("purged", extra=extra)
    if done.was_deleted and not again:
        wiring.purge_queue().ask(video_id, last=True, delay=LOOK_AGAIN_AFTER)
