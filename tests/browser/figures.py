"""Figures as the API tells them, for looking at charts."""

from datetime import UTC, datetime, timedelta
from typing import Any


def some_figures(views: int) -> dict[str, Any]:
    """What the API says of videos that were watched in the last three weeks; half of it is verified."""
    return {
        **_figures(views),
        "verified": _figures(views // 2),
        "top": [],
        "updatedAt": datetime.now(UTC).isoformat(),
    }


def _figures(views: int) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(20, -1, -1)]
    share = views // len(days)
    return {
        "totalViews": views,
        "uniqueViewers": views // 2,
        "totalPlayTime": views * 40.0,
        "totalBufferTime": views * 0.4,
        "avgBufferingRatio": 0.0099,
        "avgRebufferCount": 0.31,
        "completionRate": 0.43,
        "startupTime": {"p50": 0.62, "p95": 2.9},
        "startupTimes": [{"low": 0.6, "high": 0.64, "views": views}],
        "bufferingRatios": [{"low": 0, "high": 0.0001, "views": views}],
        "errors": 2,
        "errorsByCode": {"playback_network": 2},
        "exitBeforeStart": 3,
        "seeks": 4,
        "daily": [{"date": day, "views": share, "playTime": share * 40.0} for day in days],
        "retention": [1 - n / 40 for n in range(20)],
        "devices": {"desktop": views},
        "countries": {"NL": views},
    }
