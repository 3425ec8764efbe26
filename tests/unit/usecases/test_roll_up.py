"""Figures are what happened, in whatever order, however often and by however many at once it is reported."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from sluice.domain.errors import Unavailable, WriteConflict
from sluice.domain.figure_rows import SHARDS, owner_scope, video_scope
from sluice.domain.qoe_figures import Collected, Figures, figures
from sluice.edge.beacons import Message, heard
from sluice.usecases.analytics_ports import FigureStore, Watched
from sluice.usecases.roll_up import Report, RolledUp, roll_up

from tests.builders import NOW, video_id
from tests.fakes.figures import FakeFigures, FakeRawBeacons, FakeWatchedVideos
from tests.players import Event, Player, Truth, crowd, mixed, seeded

LENGTH = 60.0
ONE, OTHER, UNKNOWN = video_id(1), video_id(2), video_id(3)
VIDEOS = {ONE: Watched("alice", "One", LENGTH), OTHER: Watched("alice", "Other", None)}
AT_MS = int(NOW.timestamp() * 1000)


def view_of(token: str, _video_id: str, _at: datetime) -> str | None:
    return token.removeprefix("good-") if token.startswith("good-") else None


def reports(events: Iterable[Event], **sender: Any) -> list[Report]:
    raw = [msgspec.Raw(msgspec.json.encode(event)) for event in events]
    return [Report(*one) for one in heard(Message(NOW, raw, **sender), view_of)]


class Rollup:
    """A deployment in memory."""

    def __init__(self, store: FigureStore | None = None) -> None:
        self.store = store or FakeFigures()
        self.raw = FakeRawBeacons()
        self.batches = 0

    def take(self, events: Iterable[Event], name: str | None = None, **sender: Any) -> RolledUp:
        self.batches += 1
        return roll_up(
            reports(events, **sender),
            name=name or f"batch-{self.batches}",
            now=NOW,
            videos=FakeWatchedVideos(VIDEOS),
            store=self.store,
            raw=self.raw,
        )

    def collected(self, video: str = ONE) -> Collected:
        return self.store.collected(video_scope(video))

    def figures(self, video: str = ONE) -> Figures:
        return figures(self.collected(video).totals.counts)

    def verified(self, video: str = ONE) -> Figures:
        return figures(self.collected(video).totals.verified)

    def of_owner(self, owner: str = "alice") -> Collected:
        return self.store.collected(owner_scope(owner))


def near(quantile: float | None, values: Sequence[int], share: float) -> bool:
    """Whether a told quantile is within 2.5 % of the true one."""
    true = sorted(values)[max(0, -(-len(values) * round(share * 100) // 100) - 1)]
    return quantile is not None and abs(quantile * 1000 - true) <= 0.025 * true


def hold(found: Collected, truth: Truth) -> None:
    told = figures(found.totals.counts)
    assert told.total_views == truth.views
    assert told.exit_before_start == truth.exits
    assert told.unique_viewers == truth.viewers
    assert told.total_play_time == truth.played_ms / 1000
    assert told.total_buffer_time == truth.stalled_ms / 1000
    assert told.avg_buffering_ratio == truth.stalled_ms / (truth.stalled_ms + truth.played_ms)
    assert told.avg_rebuffer_count == truth.rebuffers / truth.views
    assert told.completion_rate == truth.completed / truth.views
    assert told.errors_by_code == dict(truth.errors)
    assert told.errors == truth.errors.total()
    assert told.seeks == truth.seeks
    assert told.retention == truth.retention()
    assert near(told.startup_p50, truth.startups_ms, 0.5)
    assert near(told.startup_p95, truth.startups_ms, 0.95)
    assert sum(bar.views for bar in told.stalling) == truth.views
    assert {day: tally.views for day, tally in found.days.items() if tally.views} == dict(truth.days)
    played = {day: tally.play_ms for day, tally in found.days.items() if tally.play_ms}
    assert played == {day: ms for day, ms in truth.played_of_day.items() if ms}


@pytest.mark.no_cover  # the same lines as in the tests below, some hundred thousand times
@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_sessions_give_the_figures_of_what_happened(seed: int) -> None:
    random = seeded(seed)
    sessions, truth = crowd(random, 1000, video_id=ONE, length=LENGTH, since=NOW - timedelta(days=8))
    rollup = Rollup()
    for batch in mixed(random, sessions):
        assert not rollup.take(batch, device="mobile", country="DE").failed
    hold(rollup.collected(), truth)
    told = rollup.figures()
    assert (told.devices, told.countries) == ({"mobile": truth.views}, {"DE": truth.views})
    hold(rollup.of_owner(), truth)


def test_the_same_events_in_their_order_and_once_give_the_same() -> None:
    random = seeded(3)
    sessions, truth = crowd(random, 200, video_id=ONE, length=LENGTH, since=NOW - timedelta(days=8))
    mixed_up, in_order = Rollup(), Rollup()
    for batch in mixed(random, sessions):
        mixed_up.take(batch)
    for session in sessions:
        in_order.take(session)
    hold(in_order.collected(), truth)
    one, other = in_order.collected(), mixed_up.collected()
    assert (one.totals.counts, one.days) == (other.totals.counts, other.days)


def test_repeats_write_nothing() -> None:
    store = FakeFigures()
    rollup = Rollup(store)
    player = watched("s")
    assert rollup.take(player.events).changed == 1
    before = store.copy()
    assert rollup.take(player.events * 3).changed == 0
    assert (store.documents, store.sums) == (before.documents, before.sums)


def watched(
    session: str, ms: int = 10_000, *, video: str = ONE, user: str | None = None, at_ms: int = AT_MS
) -> Player:
    """A session that played for a while and was paused."""
    player = Player(video, session, at_ms, LENGTH, user)
    player.track("play")
    player.wait(ms)
    player.track("pause")
    return player


def test_an_owner_has_the_sum_of_all_videos_and_a_viewer_of_two_once() -> None:
    rollup = Rollup()
    rollup.take(watched("a", user="bob").events + watched("b", 5000, video=OTHER, user="bob").events)
    rollup.take(watched("c", 2000, video=OTHER, user="eve").events)
    found = rollup.of_owner()
    told = figures(found.totals.counts)
    assert (told.total_views, told.unique_viewers, told.total_play_time) == (3, 2, 17.0)
    assert {name: (tally.views, tally.play_ms) for name, tally in found.videos.items()} == {
        ONE: (1, 10_000),
        OTHER: (2, 7000),
    }
    assert rollup.figures(OTHER).unique_viewers == 2


def test_a_user_who_views_twice_is_one_viewer_and_users_are_no_names_in_the_table() -> None:
    store = FakeFigures()
    rollup = Rollup(store)
    rollup.take(watched("a", user="bob@example.com").events + watched("b", user="bob@example.com").events)
    rollup.take(watched("c").events)
    assert rollup.figures().unique_viewers == 2
    assert "bob" not in str(store.documents)


def test_a_session_whose_user_is_told_later_is_that_user_s() -> None:
    rollup = Rollup()
    player = watched("a")
    rollup.take(player.events)
    player.user_id = "bob"
    player.track("session_end")
    rollup.take(player.events + watched("b", user="bob").events)
    assert (rollup.figures().total_views, rollup.figures().unique_viewers) == (2, 1)


def test_events_of_unknown_videos_are_dropped_and_counted() -> None:
    rollup = Rollup()
    done = rollup.take(watched("a", video=UNKNOWN).events + watched("b").events)
    assert (done.known, done.unknown, done.failed) == (3, 3, frozenset())
    ((_, lines),) = rollup.raw.objects.items()
    assert len(lines) == 3
    assert Rollup().take(watched("a", video=UNKNOWN).events).known == 0


def test_a_batch_is_one_object_and_the_same_batch_the_same() -> None:
    rollup = Rollup()
    for _ in range(2):
        rollup.take(watched("a").events, name="same")
    ((name, lines),) = rollup.raw.objects.items()
    assert name == f"{NOW:%Y-%m-%d}/same"
    assert msgspec.json.decode(lines[1])["event_type"] == "play"


def test_a_flood_of_one_session_leaves_a_thousand_lines_and_right_figures() -> None:
    rollup = Rollup()
    player = watched("a")
    for _ in range(5000):
        player.wait(1)
        player.track("seeked")
    rollup.take(player.events)
    (lines,) = rollup.raw.objects.values()
    assert len(lines) == 1000
    assert rollup.figures().total_play_time == 10.0


def with_token(player: Player, token: str) -> list[Event]:
    return [{**event, "viewToken": token} for event in player.events]


def test_verified_figures_are_those_of_sessions_with_a_good_token() -> None:
    rollup = Rollup()
    rollup.take(with_token(watched("a", 4000, user="bob"), "good-1") + watched("b", 3000).events)
    rollup.take(with_token(watched("c", 2000), "forged"))
    assert (rollup.figures().total_views, rollup.figures().total_play_time) == (3, 9.0)
    told = rollup.verified()
    assert (told.total_views, told.unique_viewers, told.total_play_time) == (1, 1, 4.0)
    (tally,) = rollup.collected().days.values()
    assert (tally.views, tally.verified_views, tally.verified_play_ms) == (3, 1, 4000)


def test_a_token_that_comes_late_verifies_what_was_counted_before() -> None:
    rollup = Rollup()
    player = watched("a", 4000, user="bob")
    rollup.take(player.events)
    player.track("session_end")
    rollup.take(with_token(player, "good-1")[-1:])
    told = rollup.verified()
    assert (told.total_views, told.unique_viewers, told.total_play_time) == (1, 1, 4.0)


@pytest.mark.parametrize("together", [True, False])
def test_a_token_verifies_one_session_alone(together: bool) -> None:
    rollup = Rollup()
    batches = [with_token(watched(name), "good-1") for name in "abc"]
    for batch in [[event for one in batches for event in one]] if together else batches:
        rollup.take(batch)
    assert (rollup.figures().total_views, rollup.verified().total_views) == (3, 1)


def test_writers_that_meet_count_everything_once() -> None:
    store = FakeFigures()
    sessions = [watched(f"s{number}", 1000, user=f"u{number % 7}").events for number in range(120)]

    def take(worker: int) -> RolledUp:
        rollup = Rollup(store)
        rollup.batches = worker * 100
        shuffled = [event for session in seeded(worker).sample(sessions, 120) for event in session]
        return rollup.take(shuffled)

    with ThreadPoolExecutor(6) as pool:
        assert not any(done.failed for done in pool.map(take, range(6)))
    told = Rollup(store).figures()
    assert (told.total_views, told.total_play_time, told.unique_viewers) == (120, 120.0, 7)


def test_a_crowd_at_one_video_is_spread_over_shards_and_a_quiet_video_is_not() -> None:
    store = FakeFigures()
    for number in range(20):
        Rollup(store).take([e for s in range(60) for e in watched(f"{number}-{s}").events], name=f"b{number}")
    Rollup(store).take(watched("q", video=OTHER).events)
    rows = [sum(1 for _ in store.rows(video_scope(one), "FIGURES#TOTALS", object)) for one in (ONE, OTHER)]
    assert SHARDS // 3 < rows[0] <= SHARDS
    assert rows[1] == 1
    assert Rollup(store).figures().total_views == 1200


def test_who_is_always_second_gives_up_and_its_sessions_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluice.usecases.roll_up.rounds", lambda: range(3))
    store = FakeFigures()

    def refuse() -> None:
        raise WriteConflict("Again.")

    store.before_commit = refuse
    assert Rollup(store).take(watched("a").events).failed == {(ONE, "a")}
    store.before_commit = lambda: None
    assert not Rollup(store).take(watched("a").events).failed
    assert Rollup(store).figures().total_views == 1


def test_a_table_that_is_down_fails_what_is_left_at_once() -> None:
    store = FakeFigures()
    tries = []

    def refuse() -> None:
        tries.append(1)
        raise Unavailable("Down.")

    store.before_commit = refuse
    done = Rollup(store).take([e for s in range(300) for e in watched(f"s{s}").events])
    assert (len(done.failed), len(tries)) == (300, 1)


def test_another_s_count_in_between_is_kept() -> None:
    store = FakeFigures()
    other = Rollup(store)

    def once() -> None:
        store.before_commit = lambda: None
        other.take(watched("other", 3000).events)

    store.before_commit = once
    Rollup(store).take(watched("mine", 2000).events)
    assert Rollup(store).figures().total_play_time == 5.0


def test_a_video_without_a_length_is_told_by_the_player_s() -> None:
    rollup = Rollup()
    player = Player(OTHER, "a", AT_MS, None)
    player.track("play", currentTime=30, duration=40)
    player.wait(36_000)
    player.track("pause", currentTime=36)
    rollup.take(player.events)
    assert rollup.figures(OTHER).completion_rate == 1.0
    assert rollup.figures(OTHER).retention == [1.0] * 19 + [0.0]


def test_the_last_change_is_remembered() -> None:
    rollup = Rollup()
    rollup.take(watched("a").events)
    assert rollup.collected().totals.updated_at == NOW.astimezone(UTC)
