"""A deleted video leaves no figures, and its owner's are as if it had never been."""

from datetime import timedelta
from functools import cache

import pytest
from sluice.domain.errors import WriteConflict
from sluice.domain.figure_rows import owner_scope, video_scope
from sluice.domain.qoe_figures import Collected, figures
from sluice.usecases.purge_figures import purge_figures

from tests.builders import NOW
from tests.fakes.figures import FakeFigures
from tests.players import crowd, seeded
from tests.unit.usecases.test_roll_up import LENGTH, ONE, OTHER, Rollup, watched, with_token


def alike(one: Collected, other: Collected) -> bool:
    """Whether two owners' figures say the same."""
    return (one.totals.counts, one.totals.verified, one.days, one.videos) == (
        other.totals.counts,
        other.totals.verified,
        other.days,
        other.videos,
    )


def viewed(*videos: str) -> FakeFigures:
    """Hundreds of sessions of each, of users who watch more than one; some are verified."""
    return _once_viewed(videos).copy()


@cache
def _once_viewed(videos: tuple[str, ...]) -> FakeFigures:
    store = FakeFigures()
    since = NOW - timedelta(days=8)
    for number, video in enumerate(videos):
        sessions, _ = crowd(seeded(number), 150, video_id=video, length=LENGTH, since=since)
        Rollup(store).take([event for session in sessions for event in session], name=video)
        Rollup(store).take(with_token(watched("t", video=video, user="user-7"), f"good-{number}"))
    return store


def test_what_a_video_added_is_taken_back_and_its_rows_go() -> None:
    store = viewed(ONE, OTHER)
    assert purge_figures(ONE, "alice", store) > 300
    assert store.is_empty(video_scope(ONE))
    alone = FakeFigures()
    sessions, _ = crowd(seeded(1), 150, video_id=OTHER, length=LENGTH, since=NOW - timedelta(days=8))
    Rollup(alone).take([event for session in sessions for event in session])
    Rollup(alone).take(with_token(watched("t", video=OTHER, user="user-7"), "good-1"))
    assert alike(store.collected(owner_scope("alice")), alone.collected(owner_scope("alice")))
    assert not [place for place in (*store.documents, *store.sums) if ONE in str(place)]


def test_with_the_last_video_all_is_gone() -> None:
    store = viewed(ONE)
    purge_figures(ONE, "alice", store)
    found = store.collected(owner_scope("alice"))
    assert (dict(found.totals.counts), dict(found.totals.verified)) == ({}, {})
    assert (found.days, found.videos) == ({}, {})


def test_purging_twice_takes_nothing_back_twice() -> None:
    store = viewed(ONE, OTHER)
    purge_figures(ONE, "alice", store)
    before = store.collected(owner_scope("alice"))
    assert purge_figures(ONE, "alice", store) == 0
    assert alike(store.collected(owner_scope("alice")), before)


@pytest.mark.parametrize("dies_at", range(7))
def test_a_purge_that_died_at_any_step_is_finished_by_the_next(dies_at: int) -> None:
    store, whole = viewed(ONE, OTHER), viewed(ONE, OTHER)
    purge_figures(ONE, "alice", whole)
    left = [dies_at]

    def die() -> None:
        if left[0] == 0:
            raise RuntimeError("killed")
        left[0] -= 1

    store.before_commit = die
    with pytest.raises(RuntimeError):
        purge_figures(ONE, "alice", store)
    store.before_commit = lambda: None
    purge_figures(ONE, "alice", store)
    assert alike(store.collected(owner_scope("alice")), whole.collected(owner_scope("alice")))


def test_who_counts_for_the_same_owner_meanwhile_is_not_forgotten() -> None:
    store = viewed(ONE)
    times = [3]

    def another() -> None:
        if times[0]:
            times[0] -= 1
            store.before_commit = lambda: None
            Rollup(store).take(watched(f"late-{times[0]}", 1000, video=OTHER, user="user-7").events)
            store.before_commit = another

    store.before_commit = another
    purge_figures(ONE, "alice", store)
    told = figures(store.collected(owner_scope("alice")).totals.counts)
    assert (told.total_views, told.unique_viewers, told.total_play_time) == (3, 1, 3.0)


def test_a_purge_that_never_gets_its_turn_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluice.usecases.purge_figures.rounds", lambda: range(2))
    store = viewed(ONE)

    def refuse() -> None:
        raise WriteConflict("Again.")

    store.before_commit = refuse
    with pytest.raises(WriteConflict):
        purge_figures(ONE, "alice", store)
