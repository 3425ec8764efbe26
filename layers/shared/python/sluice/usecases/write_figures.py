"""What changed sessions mean for the rows of figures: reads what is added to, says what to write."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sluice.domain.figure_rows import (
    Known,
    Scope,
    TallyKey,
    day_row,
    owner_scope,
    session_row,
    totals_row,
    video_row,
    video_scope,
    view_row,
    viewer_row,
)
from sluice.domain.qoe_beacon import SESSION_KEPT
from sluice.domain.qoe_counts import Counts, Tally, Totals, added, counts_of, difference, tallied
from sluice.domain.qoe_timeline import Timeline
from sluice.usecases.analytics_ports import Add, FigureStore, FoundRows, Put, Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A session whose timeline has become another. ``claims``: its view token is now bound to it."""

    video_id: str
    session_id: str
    owner_id: str
    version: int
    old: Timeline
    new: Timeline
    claims: bool = False

    @property
    def session(self) -> tuple[str, str]:
        return self.video_id, self.session_id

    @property
    def scopes(self) -> tuple[Scope, Scope]:
        return video_scope(self.video_id), owner_scope(self.owner_id)


def rows_touched(change: Change) -> set[object]:
    """A name for each row that a change is written to."""
    days = {day for timeline in (change.old, change.new) if (day := _day(timeline))}
    touched: set[object] = {change.session, *change.scopes, ("of owner", change.video_id)}
    touched |= {(scope, day) for scope in change.scopes for day in days}
    if change.claims:
        touched.add(("view", change.new.view))
    return touched | {(scope, viewer) for scope in change.scopes for viewer in _viewers(change)}


def writes(
    changes: Sequence[Change], store: FigureStore, shards: Mapping[Scope, int], now: datetime
) -> list[Write]:
    """Everything that the changes mean, to be written together."""
    tallies = _tallies(changes, shards)
    counts = _counts(changes)
    seen = _seen(changes)
    keys = [totals_row(scope, shards[scope]) for scope in counts]
    viewers = [viewer_row(scope, viewer) for video, owner, viewer in seen for scope in (video, owner)]
    rows = store.read([*keys, *viewers])
    made: list[Write] = list(_sessions(changes, now))
    made += _known(seen, rows, counts)
    for scope, (every, verified) in counts.items():
        key = totals_row(scope, shards[scope])
        if every or verified:
            old = rows.document(key) or Totals()
            new = Totals(added(old.counts, every), added(old.verified, verified), now)
            made.append(Put(key, rows.version(key), new))
    return made + [Add(key, tally) for key, tally in tallies.items() if tally]


def _sessions(changes: Sequence[Change], now: datetime) -> Iterator[Write]:
    until = now + SESSION_KEPT
    for change in changes:
        key = session_row(change.video_id, change.session_id)
        yield Put(key, change.version, change.new, kept_until=until)
        if change.claims and change.new.view is not None:
            yield Put(view_row(change.video_id, change.new.view), 0, change.session_id, kept_until=until)


def _counts(changes: Sequence[Change]) -> dict[Scope, tuple[Counts, Counts]]:
    """What to add to the counts of each scope, and to those of verified sessions."""
    counts: dict[Scope, tuple[Counts, Counts]] = {}
    for change in changes:
        old, new = counts_of(change.old), counts_of(change.new)
        verified = difference(old if change.old.view else {}, new if change.new.view else {})
        for scope in change.scopes:
            before = counts.get(scope, ({}, {}))
            counts[scope] = added(before[0], difference(old, new)), added(before[1], verified)
    return counts


def _tallies(changes: Sequence[Change], shards: Mapping[Scope, int]) -> dict[TallyKey, Tally]:
    tallies: dict[TallyKey, Tally] = defaultdict(Tally)
    for change in changes:
        video, owner = change.scopes
        for timeline, gone in ((change.old, True), (change.new, False)):
            found = tallied(timeline)
            if found is None:
                continue
            day, tally = found[0], -found[1] if gone else found[1]
            tallies[day_row(video, shards[video], day)] += tally
            tallies[day_row(owner, shards[owner], day)] += tally
            tallies[video_row(owner, shards[owner], change.video_id)] += tally
    return tallies


def _seen(changes: Sequence[Change]) -> dict[tuple[Scope, Scope, str], Known]:
    """By video, owner and viewer: how many views the viewer has more."""
    seen: dict[tuple[Scope, Scope, str], Known] = defaultdict(Known)
    for change in changes:
        for viewer in _viewers(change):
            video, owner = change.scopes
            seen[video, owner, viewer] += _views_of(change.new, viewer) - _views_of(change.old, viewer)
    return {pair: known for pair, known in seen.items() if known}


def _known(
    seen: Mapping[tuple[Scope, Scope, str], Known],
    rows: FoundRows,
    counts: dict[Scope, tuple[Counts, Counts]],
) -> Iterator[Write]:
    """Rows of viewers; whoever is new, or has gone, is added to or taken from the counts of users."""
    of_owners: dict[tuple[Scope, str], Known] = defaultdict(Known)
    for (video, owner, viewer), more in seen.items():
        key = viewer_row(video, viewer)
        old = rows.document(key) or Known()
        yield Put(key, rows.version(key), old + more)
        of_owners[owner, viewer] += _counted(counts, video, old, old + more)
    for (owner, viewer), more in of_owners.items():
        if more:
            key = viewer_row(owner, viewer)
            old = rows.document(key) or Known()
            yield Put(key, rows.version(key), old + more)
            _counted(counts, owner, old, old + more)


def _counted(counts: dict[Scope, tuple[Counts, Counts]], scope: Scope, old: Known, new: Known) -> Known:
    """Add to the scope's counts of users whoever is new in them; as a number of users."""
    more = new.at_all - old.at_all
    every, verified = counts[scope]
    counts[scope] = added(every, {"users": more.views}), added(verified, {"users": more.verified})
    return more


def _viewers(change: Change) -> set[str]:
    """Whose views are more or fewer by a change."""
    named = {timeline.viewer for timeline in (change.old, change.new) if timeline.viewer is not None}
    return {one for one in named if _views_of(change.old, one) != _views_of(change.new, one)}


def _views_of(timeline: Timeline, viewer: str) -> Known:
    if timeline.viewer != viewer or timeline.played_ms is None:
        return Known()
    return Known(1, int(timeline.view is not None))


def _day(timeline: Timeline) -> str | None:
    found = tallied(timeline)
    return found[0] if found else None
