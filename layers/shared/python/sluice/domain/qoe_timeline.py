"""A session's timeline: all that its figures need of the set of its events, in a few hundred bytes.

Every field is a register that only moves one way (earliest, latest, largest, a growing and bounded set), so
the timeline is the same in whatever order and however often the events came. Of a player's running totals
the largest counts. A player counts an interval of play only once it is closed, so the beacon that closes it
still has the total from before: intervals that were closed at or after the last total are kept as ``moves``
and added by the client's clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sluice.domain.qoe_beacon import MAX_TOTAL_MS, Beacon

# Players without totals are followed by their latest moves; with totals, one or two are all that is kept.
_MOST_MOVES = 128
_MOST_ERRORS = 16
_PLAY, _PAUSE, _ENDED = 2, 4, 5
_RANKS = {"play": _PLAY, "pause": _PAUSE, "ended": _ENDED}
_STALLS = {"buffering_start": 0, "buffering_end": 1}
# The day, the longest interval that is believed without a total.
_LONGEST_MS = 24 * 3600 * 1000

type Move = tuple[int, int, int]
"""When by the client's clock, the total that came along (-1: none), and which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """``known_us`` is the video's length as we know it, ``duration_us`` as the player does."""

    began_ms: int | None = None
    played_ms: int | None = None
    ended: bool = False
    play_ms: int | None = None
    buffer_ms: int | None = None
    rebuffers: int | None = None
    seeks: int | None = None
    last_total: tuple[int, int] | None = None
    moves: tuple[Move, ...] = ()
    stalls: tuple[tuple[int, int], ...] = ()
    furthest_us: int | None = None
    duration_us: int | None = None
    known_us: int | None = None
    startup: tuple[int, int] | None = None
    errors: tuple[tuple[int, str], ...] = ()
    viewer: str | None = None
    device: tuple[int, str] | None = None
    country: tuple[int, str] | None = None
    view: str | None = None

    @property
    def total_play_ms(self) -> int:
        """What was played, in ms."""
        return min((self.play_ms or 0) + sum(self._uncounted()), MAX_TOTAL_MS)

    @property
    def total_buffer_ms(self) -> int:
        """How long it stalled, in ms: as the player says, else between its beacons of it."""
        if self.buffer_ms is not None:
            return self.buffer_ms
        stalled, start = 0, None
        for at, ends in self.stalls:
            if not ends:
                start = at
            elif start is not None:
                stalled += min(at - start, _LONGEST_MS)
                start = None
        return min(stalled, MAX_TOTAL_MS)

    @property
    def total_rebuffers(self) -> int:
        """How often it stalled: as the player says, else its beacons of it."""
        if self.rebuffers is not None:
            return self.rebuffers
        return sum(1 for _, ends in self.stalls if not ends)

    def _uncounted(self) -> Iterable[int]:
        """Closed intervals that are in no total."""
        start: Move | None = None
        for move in self.moves:
            if move[2] == _PLAY:
                start = move
            elif start is not None:
                if self.last_total is None or move[:2] >= self.last_total:
                    yield self._missing(start, move)
                start = None

    def _missing(self, start: Move, end: Move) -> int:
        """Of one closed interval, what no total has; a player may count while it plays, others at the end."""
        before, length = max(start[1], 0), min(end[0] - start[0], _LONGEST_MS)
        if end[1] > before:
            return 0
        if self.last_total is not None and self.last_total[0] > start[0]:
            length -= max(0, (self.play_ms or 0) - before)
        return max(0, length)


def merge(
    timeline: Timeline,
    beacons: Iterable[Beacon],
    *,
    viewer: str | None = None,
    view: str | None = None,
    known_us: int | None = None,
) -> Timeline:
    """``timeline`` with these events known, and with who views (a pseudonym) and by which view token."""
    new = _Registers(timeline)
    for beacon in beacons:
        new.hear(beacon)
    new.viewer = _least(timeline.viewer, viewer)
    new.view = _least(timeline.view, view)
    new.known = _most(timeline.known_us, known_us)
    return new.timeline()


class _Registers:
    """The registers while events are read into them."""

    def __init__(self, known: Timeline) -> None:
        self.known, self.view = known.known_us, known.view
        self.began, self.played, self.ended = known.began_ms, known.played_ms, known.ended
        self.play, self.buffer = known.play_ms, known.buffer_ms
        self.rebuffers, self.seeks = known.rebuffers, known.seeks
        self.last_total = known.last_total
        self.moves, self.stalls = set(known.moves), set(known.stalls)
        self.furthest, self.duration = known.furthest_us, known.duration_us
        self.startup, self.errors = known.startup, set(known.errors)
        self.viewer, self.device, self.country = known.viewer, known.device, known.country

    def hear(self, beacon: Beacon) -> None:
        at, total = beacon.at_ms, beacon.play_ms
        self.began = _least(self.began, at)
        if total is not None:
            self.play = _most(self.play, total)
            self.last_total = _most(self.last_total, (at, total))
        rank = _RANKS.get(beacon.kind)
        if rank is not None:
            self.moves.add((at, -1 if total is None else total, rank))
            if rank == _PLAY:
                self.played = _least(self.played, at)
            elif rank == _ENDED:
                self.ended = True
        elif beacon.kind in _STALLS:
            self.stalls.add((at, _STALLS[beacon.kind]))
        elif beacon.kind == "error":
            self.errors.add((at, beacon.error or "unknown"))
        self.buffer = _most(self.buffer, beacon.buffer_ms)
        self.rebuffers = _most(self.rebuffers, beacon.rebuffers)
        self.seeks = _most(self.seeks, beacon.seeks)
        self.furthest = _most(self.furthest, beacon.position_us)
        self.duration = _most(self.duration, beacon.duration_us)
        if beacon.startup_ms is not None:
            self.startup = _least(self.startup, (at, beacon.startup_ms))
        if beacon.device is not None:
            self.device = _least(self.device, (at, beacon.device))
        if beacon.country is not None:
            self.country = _least(self.country, (at, beacon.country))

    def timeline(self) -> Timeline:
        told = self.buffer is not None and self.rebuffers is not None
        return Timeline(
            began_ms=self.began,
            played_ms=self.played,
            ended=self.ended,
            play_ms=self.play,
            buffer_ms=self.buffer,
            rebuffers=self.rebuffers,
            seeks=self.seeks,
            last_total=self.last_total,
            moves=self._moves(),
            stalls=() if told else tuple(sorted(self.stalls)[-_MOST_MOVES:]),
            furthest_us=self.furthest,
            duration_us=self.duration,
            known_us=self.known,
            startup=self.startup,
            errors=tuple(sorted(self.errors)[:_MOST_ERRORS]),
            viewer=self.viewer,
            device=self.device,
            country=self.country,
            view=self.view,
        )

    def _moves(self) -> tuple[Move, ...]:
        """Those that may still matter: from the last play before the last total on."""
        moves = sorted(self.moves)
        last = self.last_total
        if last is not None:
            begun = [move for move in moves if move[2] == _PLAY and move[:2] <= last]
            if begun:
                moves = moves[moves.index(begun[-1]) :]
        return tuple(moves[-_MOST_MOVES:])


def _least[T: (int, str, tuple[int, int], tuple[int, str])](known: T | None, new: T | None) -> T | None:
    if known is None or new is None:
        return new if known is None else known
    return min(known, new)


def _most[T: (int, tuple[int, int])](known: T | None, new: T | None) -> T | None:
    if known is None or new is None:
        return new if known is None else known
    return max(known, new)
