"""What one session adds to the figures of its video and owner, as counts that can be added and taken back.

Names: ``views``, ``exits`` (sessions that never played), ``completed``, ``playMs``, ``bufferMs``,
``rebuffers``, ``seeks``, ``errors``, ``anonymous`` (views without a user), ``users`` (distinct ones); and
families with what they are of behind a colon: ``startup:`` and ``ratio:`` (histogram buckets), ``reached:``
(twentieths), ``device:``, ``country:``, ``error:``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sluice.domain.qoe_histogram import bucket
from sluice.domain.qoe_timeline import Timeline

TWENTIETHS = 20
# In the ratio's histogram 1 is a hundredth of a percent: less is nothing.
RATIO_UNIT = 10_000
# Codes come from anybody, and a row has its limits.
_MOST_CODES = 50
_OTHER = "error:other"

type Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of a day, or of one of an owner's videos."""

    views: int = 0
    play_ms: int = 0
    verified_views: int = 0
    verified_play_ms: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.views + other.views,
            self.play_ms + other.play_ms,
            self.verified_views + other.verified_views,
            self.verified_play_ms + other.verified_play_ms,
        )

    def __neg__(self) -> "Tally":
        return Tally(-self.views, -self.play_ms, -self.verified_views, -self.verified_play_ms)

    def __bool__(self) -> bool:
        return self != Tally()


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of all sessions, and of those with a good view token."""

    counts: Counts = field(default_factory=dict)
    verified: Counts = field(default_factory=dict)
    updated_at: datetime | None = None


def counts_of(timeline: Timeline) -> Counts:
    """What a session adds; nothing before its first event."""
    if timeline.began_ms is None:
        return {}
    counts = Counter(playMs=timeline.total_play_ms, bufferMs=timeline.total_buffer_ms)
    counts["seeks"] = timeline.seeks or 0
    counts["errors"] = len(timeline.errors)
    counts.update(f"error:{code}" for _, code in timeline.errors)
    if timeline.played_ms is None:
        counts["exits"] = 1
    else:
        counts.update(_of_a_view(timeline))
    return +counts


def _of_a_view(timeline: Timeline) -> dict[str, int]:
    played, stalled = timeline.total_play_ms, timeline.total_buffer_ms
    ratio = stalled / (stalled + played) if stalled + played else 0.0
    view = {
        "views": 1,
        "anonymous": int(timeline.viewer is None),
        "completed": int(_completed(timeline)),
        "rebuffers": timeline.total_rebuffers,
        f"ratio:{bucket(ratio * RATIO_UNIT)}": 1,
        f"reached:{_reached(timeline)}": 1,
    }
    if timeline.startup is not None:
        view[f"startup:{bucket(timeline.startup[1])}"] = 1
    if timeline.device is not None:
        view[f"device:{timeline.device[1]}"] = 1
    if timeline.country is not None:
        view[f"country:{timeline.country[1]}"] = 1
    return view


def tallied(timeline: Timeline) -> tuple[str, Tally] | None:
    """The day of the first play (or of the first event, if there was none), and what is counted on it."""
    began = timeline.began_ms if timeline.played_ms is None else timeline.played_ms
    if began is None:
        return None
    views, played = int(timeline.played_ms is not None), timeline.total_play_ms
    good = timeline.view is not None
    day = datetime.fromtimestamp(began / 1000, UTC).date().isoformat()
    return day, Tally(views, played, views * good, played * good)


def _length_us(timeline: Timeline) -> int | None:
    """How long the video is: as the player found, else as we did."""
    return timeline.duration_us or timeline.known_us


def _completed(timeline: Timeline) -> bool:
    length = _length_us(timeline)
    return timeline.ended or bool(length and timeline.total_play_ms * 10_000 >= length * 9)


def _reached(timeline: Timeline) -> int:
    """The last twentieth whose start was reached. Who tells no position has reached it by playing."""
    length, position = _length_us(timeline), timeline.furthest_us
    if position is None:
        if timeline.ended:
            return TWENTIETHS - 1
        position = timeline.total_play_ms * 1000
    if not length:
        return 0
    return min(TWENTIETHS - 1, position * TWENTIETHS // length)


def difference(old: Counts, new: Counts) -> Counts:
    """What to add to whatever has ``old`` in it so that it has ``new``; may be negative."""
    names = old.keys() | new.keys()
    return {name: by for name in names if (by := new.get(name, 0) - old.get(name, 0))}


def added(counts: Counts, change: Counts) -> Counts:
    """``counts`` changed, without what has become nothing; error codes beyond the most are counted as one."""
    now = dict(counts)
    codes = sum(1 for name in now if name.startswith("error:"))
    for name, by in sorted(change.items()):
        kept = name
        if name.startswith("error:") and name not in now:
            kept = name if codes < _MOST_CODES else _OTHER
            codes += kept is name
        now[kept] = now.get(kept, 0) + by
    return {name: count for name, count in now.items() if count}


def family(counts: Counts, name: str) -> Iterator[tuple[str, int]]:
    """The members of a family of counts, such as ``device``."""
    prefix = f"{name}:"
    for key, count in counts.items():
        if key.startswith(prefix):
            yield key.removeprefix(prefix), count
