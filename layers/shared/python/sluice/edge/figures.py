"""Figures as the contract tells them."""

from typing import Any

from sluice.domain.qoe_counts import Tally
from sluice.domain.qoe_figures import Bar, Collected, figures
from sluice.edge.contract import figures as contract
from sluice.edge.contract.times import maybe_iso
from sluice.usecases.analytics_ports import Watched, WatchedVideos

_TOP = 10


def video_figures(video_id: str, found: Collected) -> contract.VideoFiguresAnswer:
    return contract.VideoFiguresAnswer(
        **_every(found),
        video_id=video_id,
        updated_at=maybe_iso(found.totals.updated_at),
        verified=_verified(found),
    )


def summary(found: Collected, videos: WatchedVideos) -> contract.SummaryAnswer:
    return contract.SummaryAnswer(
        **_every(found),
        updated_at=maybe_iso(found.totals.updated_at),
        top=_top(found, videos),
        verified=_verified(found),
    )


def _top(found: Collected, videos: WatchedVideos) -> list[contract.TopVideoAnswer]:
    """The most viewed first, without those that are being deleted at the moment."""
    viewed = [name for name, tally in found.videos.items() if tally.views > 0]
    viewed.sort(key=lambda name: (-found.videos[name].views, -found.videos[name].play_ms, name))
    shown = viewed[: 2 * _TOP]
    known = videos.known(shown)
    return [_top_video(name, known[name], found.videos[name]) for name in shown if name in known][:_TOP]


def _top_video(video_id: str, watched: Watched, tally: Tally) -> contract.TopVideoAnswer:
    return contract.TopVideoAnswer(video_id, watched.title, tally.views, tally.play_ms / 1000)


def _verified(found: Collected) -> contract.FiguresAnswer:
    days = {day: (tally.verified_views, tally.verified_play_ms) for day, tally in found.days.items()}
    return contract.FiguresAnswer(**_told(found.totals.verified, days))


def _every(found: Collected) -> dict[str, Any]:
    return _told(found.totals.counts, {day: (one.views, one.play_ms) for day, one in found.days.items()})


def _told(counts: Any, days: dict[str, tuple[int, int]]) -> dict[str, Any]:
    told = figures(counts)
    return {
        "total_views": told.total_views,
        "unique_viewers": told.unique_viewers,
        "total_play_time": told.total_play_time,
        "total_buffer_time": told.total_buffer_time,
        "avg_buffering_ratio": told.avg_buffering_ratio,
        "avg_rebuffer_count": told.avg_rebuffer_count,
        "completion_rate": told.completion_rate,
        "startup_time": contract.StartupAnswer(told.startup_p50, told.startup_p95),
        "errors": told.errors,
        "errors_by_code": dict(told.errors_by_code),
        "exit_before_start": told.exit_before_start,
        "seeks": told.seeks,
        "daily": [
            contract.DayAnswer(day, views, played / 1000)
            for day, (views, played) in sorted(days.items())
            if views or played
        ],
        "retention": list(told.retention),
        "startup_times": [_bar(bar) for bar in told.startup],
        "buffering_ratios": [_bar(bar) for bar in told.stalling],
        "devices": dict(told.devices),
        "countries": dict(told.countries),
    }


def _bar(bar: Bar) -> contract.BarAnswer:
    return contract.BarAnswer(bar.low, bar.high, bar.views)
