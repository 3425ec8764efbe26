"""Beacons become figures: a batch at a time, a transaction for as many sessions as fit in one.

A session's row and the counts that its change adds are written together, on the condition that the row still
stands as it was read: repeats change nothing, and a crash leaves either both or neither. Counts of many
sessions go into one row once a transaction; writers that meet there take another of its shards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from zlib import crc32

from sluice.domain.errors import Unavailable, WriteConflict
from sluice.domain.figure_rows import SHARDS, Scope, owner_scope, session_row, video_scope, view_row
from sluice.domain.qoe_beacon import Beacon
from sluice.domain.qoe_timeline import Timeline, merge
from sluice.usecases.analytics_ports import MOST_WRITES, FigureStore, RawBeacons, Watched, WatchedVideos
from sluice.usecases.contention import rounds
from sluice.usecases.write_figures import Change, rows_touched, writes

type SessionName = tuple[str, str]
"""A session of a video: the video's id and the session's."""

# What a flood of one session may leave in the bucket; its figures hear all of it.
_MOST_LINES = 1000
# Between reading and writing a session may become a viewer's or another day's.
_SPARE_WRITES = 6
# As many sessions of one video in one batch mean that others are at its counts at the same time.
_HOT = 32


@dataclass(frozen=True, slots=True)
class Report:
    """A beacon, and the line that is kept of it."""

    beacon: Beacon
    line: bytes

    @property
    def session(self) -> SessionName:
        return self.beacon.video_id, self.beacon.session_id


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What came of a batch. ``failed`` are sessions whose beacons must come again."""

    known: int
    unknown: int
    changed: int
    failed: frozenset[SessionName]


def roll_up(
    reports: Sequence[Report],
    *,
    name: str,
    now: datetime,
    videos: WatchedVideos,
    store: FigureStore,
    raw: RawBeacons,
) -> RolledUp:
    """Keep the beacons of videos that there are, and let them be known. ``name`` is the batch's own.

    Raises:
        Unavailable: nothing could be kept.
    """
    watched = videos.known({report.beacon.video_id for report in reports})
    sessions: dict[SessionName, list[Report]] = defaultdict(list)
    for report in reports:
        if report.beacon.video_id in watched:
            sessions[report.session].append(report)
    known = sum(map(len, sessions.values()))
    if known:
        lines = [one.line for heard in sessions.values() for one in islice(heard, _MOST_LINES)]
        raw.keep(lines, name=name, now=now)
    heard = {session: [one.beacon for one in reports] for session, reports in sessions.items()}
    changed, failed = _Batch(heard, watched, store, name, now).write()
    return RolledUp(known, len(reports) - known, changed, frozenset(failed))


@dataclass(frozen=True, slots=True)
class _Batch:
    """The sessions of one batch, and what is known of their videos."""

    heard: Mapping[SessionName, Sequence[Beacon]]
    watched: Mapping[str, Watched]
    store: FigureStore
    name: str
    now: datetime

    def write(self) -> tuple[int, set[SessionName]]:
        """How many sessions changed, and which could not be written."""
        changed, failed = 0, set[SessionName]()
        changes = self._changes(self.heard)
        for chunk in _chunks(changes):
            try:
                changed += self._commit(chunk)
            except WriteConflict:
                failed |= {change.session for change in chunk}
            except Unavailable:
                # There is no use in trying the others: each attempt waits for its time-out.
                return changed, {change.session for change in changes}
        return changed, failed

    def _commit(self, chunk: Sequence[Change]) -> int:
        sessions = [change.session for change in chunk]
        for attempt in rounds():
            current = self._changes(sessions) if attempt else chunk
            if not current:
                return 0
            try:
                self.store.commit(writes(current, self.store, self._shards(current, attempt), self.now))
            except WriteConflict:
                continue
            return len(current)
        raise WriteConflict("Too many are counting the same views at once.")

    def _changes(self, sessions: Collection[SessionName]) -> list[Change]:
        """What these sessions' beacons change, as their rows stand now; nothing is said of the others."""
        keys = {session: session_row(*session) for session in sessions}
        views = {
            (video_id, beacon.view): view_row(video_id, beacon.view)
            for video_id, session_id in sessions
            for beacon in self.heard[video_id, session_id]
            if beacon.view is not None
        }
        rows = self.store.read([*keys.values(), *views.values()])
        bound = {name: rows.document(key) for name, key in views.items()}
        changes = []
        for session in sorted(sessions):
            video_id, session_id = session
            heard, video = self.heard[session], self.watched[video_id]
            old = rows.document(keys[session]) or Timeline()
            # A token is for one view: whoever comes first with it.
            offered = sorted({one.view for one in heard if one.view is not None})
            good = [view for view in offered if bound[video_id, view] in {None, session_id}]
            view = old.view or (good[0] if good else None)
            users = sorted({_pseudonym(video.owner_id, one.user_id) for one in heard if one.user_id})
            length = video.duration_seconds
            new = merge(
                old,
                heard,
                viewer=users[0] if users else None,
                view=view,
                known_us=None if length is None else round(length * 1_000_000),
            )
            if new == old:
                continue
            claims = view is not None and old.view is None and bound[video_id, view] is None
            if claims and view is not None:
                bound[video_id, view] = session_id
            changes.append(
                Change(
                    video_id=video_id,
                    session_id=session_id,
                    owner_id=video.owner_id,
                    version=rows.version(keys[session]),
                    old=old,
                    new=new,
                    claims=claims,
                )
            )
        return changes

    def _shards(self, chunk: Sequence[Change], attempt: int) -> dict[Scope, int]:
        """Which shard each scope's counts go to: the first while nobody else is at it, then any."""
        chance = f"{self.name} {chunk[0].session} {attempt}"
        crowd: dict[Scope, int] = defaultdict(int)
        for video_id, _ in self.heard:
            crowd[video_scope(video_id)] += 1
            crowd[owner_scope(self.watched[video_id].owner_id)] += 1
        return {
            scope: crc32(f"{chance} {scope}".encode()) % SHARDS if attempt or sessions > _HOT else 0
            for scope, sessions in crowd.items()
        }


def _chunks(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """As many changes at a time as one transaction takes."""
    chunk: list[Change] = []
    touched: set[object] = set()
    for change in changes:
        more = touched | rows_touched(change)
        if chunk and len(more) > MOST_WRITES - _SPARE_WRITES:
            yield chunk
            chunk, more = [], rows_touched(change)
        chunk.append(change)
        touched = more
    if chunk:
        yield chunk


def _pseudonym(owner_id: str, user_id: str) -> str:
    """A user as one owner's viewer: the same in all of the owner's videos, and nowhere else."""
    return blake2b(f"{owner_id}\0{user_id}".encode(), digest_size=12).hexdigest()
