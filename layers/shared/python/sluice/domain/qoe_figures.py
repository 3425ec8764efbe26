"""The figures that are told of a video, or of all that an owner has: made of counts that were added up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sluice.domain.qoe_counts import RATIO_UNIT, TWENTIETHS, Counts, Tally, Totals, added, family
from sluice.domain.qoe_histogram import bounds, quantile


@dataclass(frozen=True, slots=True)
class Bar:
    """Views whose value lies above ``low`` and up to ``high``."""

    low: float
    high: float
    views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Times in seconds; rates and ratios from 0 to 1."""

    total_views: int
    unique_viewers: int
    total_play_time: float
    total_buffer_time: float
    avg_buffering_ratio: float
    avg_rebuffer_count: float
    completion_rate: float
    startup_p50: float | None
    startup_p95: float | None
    startup: Sequence[Bar]
    stalling: Sequence[Bar]
    seeks: int
    errors: int
    errors_by_code: Mapping[str, int]
    exit_before_start: int
    retention: Sequence[float]
    devices: Mapping[str, int]
    countries: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """All rows of figures of a video or an owner, over all shards."""

    totals: Totals
    days: Mapping[str, Tally]
    videos: Mapping[str, Tally]


def collect(
    totals: Iterable[Totals], days: Iterable[tuple[str, Tally]], videos: Iterable[tuple[str, Tally]]
) -> Collected:
    """What several shards say, added up; days and videos that have come to nothing are left out."""
    counts: Counts = {}
    verified: Counts = {}
    written = []
    for one in totals:
        counts, verified = added(counts, one.counts), added(verified, one.verified)
        written += [] if one.updated_at is None else [one.updated_at]
    return Collected(
        totals=Totals(counts, verified, max(written, default=None)),
        days=_summed(days),
        videos=_summed(videos),
    )


def _summed(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for name, tally in tallies:
        found[name] = found.get(name, Tally()) + tally
    return {name: found[name] for name in sorted(found) if found[name]}


def figures(counts: Counts) -> Figures:
    """What counts amount to."""
    views, played, stalled = counts.get("views", 0), counts.get("playMs", 0), counts.get("bufferMs", 0)
    startup = {int(number): count for number, count in family(counts, "startup")}
    stalling = {int(number): count for number, count in family(counts, "ratio")}
    p50, p95 = quantile(startup, 0.5), quantile(startup, 0.95)
    return Figures(
        total_views=views,
        unique_viewers=counts.get("anonymous", 0) + counts.get("users", 0),
        total_play_time=played / 1000,
        total_buffer_time=stalled / 1000,
        avg_buffering_ratio=stalled / (stalled + played) if stalled + played else 0.0,
        avg_rebuffer_count=_per(counts.get("rebuffers", 0), views),
        completion_rate=_per(counts.get("completed", 0), views),
        startup_p50=None if p50 is None else p50 / 1000,
        startup_p95=None if p95 is None else p95 / 1000,
        startup=_bars(startup, 1000),
        stalling=_bars(stalling, RATIO_UNIT),
        seeks=counts.get("seeks", 0),
        errors=counts.get("errors", 0),
        errors_by_code=dict(_most_first(family(counts, "error"))),
        exit_before_start=counts.get("exits", 0),
        retention=_retention(counts, views),
        devices=dict(_most_first(family(counts, "device"))),
        countries=dict(_most_first(family(counts, "country"))),
    )


def _per(count: int, views: int) -> float:
    return count / views if views else 0.0


def _bars(counts: Mapping[int, int], unit: float) -> list[Bar]:
    bars = ((bounds(number), counts[number]) for number in sorted(counts))
    return [Bar(low / unit, high / unit, count) for (low, high), count in bars]


def _retention(counts: Counts, views: int) -> list[float]:
    """The share of views that reached each twentieth; nothing yet is a flat line of zeros."""
    reached = {int(number): count for number, count in family(counts, "reached")}
    from_the_end = accumulate(reached.get(number, 0) for number in reversed(range(TWENTIETHS)))
    return [_per(count, views) for count in from_the_end][::-1]


def _most_first(members: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(members, key=lambda member: (-member[1], member[0]))
