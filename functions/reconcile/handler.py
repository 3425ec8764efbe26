"""Every minute: videos whose deadline has passed are asked about, helped on, or given up with a reason."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sluice.domain.errors import PollBudgetSpent
from sluice.edge import wiring
from sluice.edge.logger import logger, metrics
from sluice.usecases.reconcile_video import reconcile_video

# Per shard and minute: what is over stays due, and the next minute goes on with it.
_AT_ONCE = 50


def handler(_event: dict[str, Any], context: Any) -> dict[str, int]:
    """Look after what is due; fails in the end if any video could not be, so that the alarm tells."""
    now, verdicts, failed = datetime.now(UTC), Counter[str](), 0
    for video_id in wiring.videos().due(now, limit=_AT_ONCE):
        if context.get_remaining_time_in_millis() < 10_000:
            break
        try:
            verdicts[_reconcile(video_id, now)] += 1
        except PollBudgetSpent:
            # It stays due, and the next minute has a budget of its own.
            verdicts["deferred"] += 1
        except Exception:  # noqa: BLE001 - one video that cannot be helped must not hold back the rest
            logger().exception("video could not be reconciled", extra={"videoId": video_id})
            failed += 1
    logger().info("reconciled", extra={"verdicts": dict(verdicts), "failed": failed})
    _count({**verdicts, "failed": failed})
    if failed:
        raise RuntimeError(f"{failed} videos could not be reconciled")
    return dict(verdicts)


def _count(verdicts: Mapping[str, int]) -> None:
    for verdict, times in verdicts.items():
        metrics().add_metric(f"Reconciled.{verdict}", "Count", times)
    metrics().flush_metrics()


def _reconcile(video_id: str, now: datetime) -> str:
    return reconcile_video(
        video_id,
        now=now,
        videos=wiring.videos(),
        helpers=wiring.helpers,
        queue=wiring.source_queue(),
        patience=wiring.patience,
    )
