"""Players of the kind that report: one that behaves as the Wontum player's analytics do, and a crowd of them.

A player counts what it does by its own clock and sends an event at each step; the event has the totals from
before the step. What really happened is told apart from that, by the crowd's own bookkeeping.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

type Event = dict[str, Any]


def seeded(seed: int) -> Random:
    """The same chance each time."""
    return Random(seed)  # noqa: S311 - nothing secret depends on it


@dataclass(slots=True)
class Player:
    """One session. Times in ms since 1970; ``length`` in seconds."""

    video_id: str
    session_id: str
    now: int
    length: float | None
    user_id: str | None = None
    events: list[Event] = field(default_factory=list)
    position: float = 0.0
    totals: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            ("totalPlayTime", "totalBufferTime", "rebufferCount", "seekCount"), 0
        )
    )
    began: int = field(init=False)
    _playing_since: int | None = None
    _stalled_since: int | None = None

    def __post_init__(self) -> None:
        self.began = self.now
        self.track("session_start", userAgent="Mozilla/5.0", connection={"effectiveType": "4g", "rtt": 50})

    def track(self, kind: str, **data: Any) -> None:
        """Send an event, then count what it means: in this order, as the player does."""
        stalled, played = self.totals["totalBufferTime"], self.totals["totalPlayTime"]
        told = {
            **({"currentTime": self.position, "duration": self.length} if self.length else {}),
            **data,
            "sessionDuration": self.now - self.began,
            **self.totals,
            "bufferingRatio": round(stalled / played, 3) if played else 0,
        }
        event: Event = {
            "eventType": kind,
            "timestamp": self.now,
            "sessionId": self.session_id,
            "videoId": self.video_id,
            "data": told,
        }
        self.events.append(event if self.user_id is None else {**event, "userId": self.user_id})
        match kind:
            case "play":
                self._playing_since = self.now
            case "pause" | "ended" if self._playing_since is not None:
                self.totals["totalPlayTime"] += self.now - self._playing_since
                self._playing_since = None
            case "buffering_start":
                self._stalled_since = self.now
                self.totals["rebufferCount"] += 1
            case "buffering_end" if self._stalled_since is not None:
                self.totals["totalBufferTime"] += self.now - self._stalled_since
                self._stalled_since = None
            case "seeked":
                self.totals["seekCount"] += 1

    def wait(self, ms: int) -> None:
        """Let time pass; what plays goes on."""
        self.now += ms
        if self._playing_since is not None and self._stalled_since is None:
            self.position = min(self.position + ms / 1000, self.length or 10**9)

    def stall(self, ms: int) -> None:
        self.track("buffering_start")
        self.wait(ms)
        self.track("buffering_end")


@dataclass(slots=True)
class Truth:
    """What really happened in many sessions of one video."""

    views: int = 0
    exits: int = 0
    completed: int = 0
    played_ms: int = 0
    stalled_ms: int = 0
    rebuffers: int = 0
    seeks: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    users: set[str] = field(default_factory=set)
    anonymous: int = 0
    startups_ms: list[int] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    reached: list[float] = field(default_factory=list)
    days: Counter[str] = field(default_factory=Counter)
    played_of_day: Counter[str] = field(default_factory=Counter)

    @property
    def viewers(self) -> int:
        return len(self.users) + self.anonymous

    def retention(self) -> list[float]:
        """Of each twentieth, the share of views whose furthest position (0..1) reached its start."""
        reached = [sum(share >= part / 20 for share in self.reached) for part in range(20)]
        return [count / self.views if self.views else 0.0 for count in reached]


def crowd(
    random: Random, sessions: int, *, video_id: str, length: float, since: datetime, days: int = 7
) -> tuple[list[list[Event]], Truth]:
    """Each session's events in their order, and what happened."""
    truth = Truth()
    made = [
        _session(random, truth, f"{video_id[-4:]}-{number}", video_id, length, since, days)
        for number in range(sessions)
    ]
    return made, truth


def _session(
    random: Random, truth: Truth, name: str, video_id: str, length: float, since: datetime, days: int
) -> list[Event]:
    began = since + timedelta(seconds=random.randrange(days * 86_400 - 7200))
    user = f"user-{random.randrange(400)}" if random.random() < 0.7 else None
    player = Player(video_id, f"session_{name}", int(began.timestamp() * 1000), length, user)
    player.wait(random.randrange(50, 400))
    player.track("loadedmetadata")
    if random.random() < 0.08:
        if random.random() < 0.5:
            _fail(random, player, truth)
        truth.exits += 1
        player.track("session_end")
        return player.events
    _view(random, player, truth)
    return player.events


def _view(random: Random, player: Player, truth: Truth) -> None:
    length = player.length or 0.0
    startup = random.randrange(150, 6000)
    player.wait(startup)
    began = player.now
    player.track("play", startupTime=startup)
    played = stalled = 0
    wanted = int(length * 1000) if random.random() < 0.35 else random.randrange(500, int(length * 1000))
    while played - stalled < wanted:
        if random.random() < 0.15:
            ms = random.randrange(100, 4000)
            player.stall(ms)
            truth.rebuffers += 1
            stalled += ms
            played += ms
        if random.random() < 0.1:
            player.track("seeked")
            truth.seeks += 1
        if random.random() < 0.12:
            player.track("pause")
            player.wait(random.randrange(200, 60_000))
            player.track("play")
        step = min(random.randrange(300, 9000), wanted - (played - stalled))
        player.wait(step)
        played += step
    if random.random() < 0.03:
        _fail(random, player, truth)
    ended = wanted == int(length * 1000)
    # A browser pauses at the end, and says so first; some are closed without a word.
    last = random.choice(["pause", "ended", "both"]) if ended else random.choice(["pause", "pause and leave"])
    for kind in {"both": ["pause", "ended"], "pause and leave": ["pause", "session_end"]}.get(last, [last]):
        player.track(kind)
        player.wait(random.choice([0, 1, 400]))
    truth.views += 1
    truth.completed += last in {"ended", "both"} or played * 10 >= length * 9000
    truth.played_ms += played
    truth.stalled_ms += stalled
    truth.startups_ms.append(startup)
    truth.ratios.append(stalled / (stalled + played) if stalled + played else 0.0)
    truth.reached.append(min(max(e["data"].get("currentTime", 0.0) for e in player.events) / length, 1.0))
    day = datetime.fromtimestamp(began / 1000, UTC).date().isoformat()
    truth.days[day] += 1
    truth.played_of_day[day] += played
    if player.user_id is None:
        truth.anonymous += 1
    else:
        truth.users.add(player.user_id)


def _fail(random: Random, player: Player, truth: Truth) -> None:
    code = random.choice(["MEDIA_ERR_DECODE", "MEDIA_ERR_NETWORK", "PIPELINE_ERROR_READ"])
    player.track("error", error=f"{code}: it went wrong")
    truth.errors[code] += 1


def mixed(random: Random, sessions: list[list[Event]]) -> Iterator[list[Event]]:
    """Batches as they arrive: everybody's events in any order, many of them twice, some much later."""
    events = [event for session in sessions for event in session]
    events += random.sample(events, len(events) // 2)
    random.shuffle(events)
    while events:
        size = random.randrange(200, 1500)
        yield events[:size]
        events = events[size:]
