"""Every night: what is stored in bucket, table and at providers, compared with the videos that there are."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from sluice.domain.errors import SluiceError
from sluice.edge import audit_wiring, wiring
from sluice.edge.logger import logger, metrics
from sluice.usecases.audit import Audit, Orphan, Report

# A purge may have been retried, and looks again after a quarter of an hour.
_GRACE_SECONDS = 3600
_LEFT_AT_THE_END_MS = 20_000
_SHOWN = 50


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """One audit. ``graceSeconds`` in the event is how long ago a deletion must be to count."""
    report = Audit(
        rows=audit_wiring.rows(),
        videos=wiring.videos(),
        purges=wiring.purge_queue(),
        now=datetime.now(UTC),
        grace=timedelta(seconds=event.get("graceSeconds", _GRACE_SECONDS)),
        has_time=lambda: context.get_remaining_time_in_millis() > _LEFT_AT_THE_END_MS,
        failed=_failed,
    ).run(audit_wiring.inventories())
    told = _told(report)
    logger().info("audited", extra=told)
    _count(report, context.function_name)
    return told


def _failed(place: str, error: SluiceError) -> None:
    logger().warning("place could not be audited", extra={"place": place, "code": error.code})


def _told(report: Report) -> dict[str, Any]:
    return {
        "lookedAt": report.looked_at,
        "orphans": len(report.orphans),
        "orphansByKind": dict(Counter(f"{one.holding.sort}.{one.why}" for one in report.orphans)),
        "examples": [_shown(one) for one in report.orphans[:_SHOWN]],
        "miscounted": report.miscounted[:_SHOWN],
        "askedToPurge": report.asked_to_purge,
        "unread": report.unread,
    }


def _shown(orphan: Orphan) -> dict[str, str]:
    held = orphan.holding
    return {"what": held.sort, "why": orphan.why, "name": held.name, "videoId": held.video_id}


def _count(report: Report, function: str) -> None:
    """By function, so that the stages of one account are told apart; ``trouble`` raises the alarm."""
    orphans, miscounted, unread = len(report.orphans), len(report.miscounted), len(report.unread)
    counted = {"orphans": orphans, "miscounted": miscounted, "unread": unread}
    recorder = metrics()
    recorder.add_dimension("function", function)
    for name, value in {**counted, "trouble": sum(counted.values())}.items():
        recorder.add_metric(f"Audit.{name}", "Count", value)
    recorder.flush_metrics()
