"""What a session adds, and what sums amount to."""

from typing import Any

import pytest
from sluice.domain.qoe_beacon import Beacon, implausible
from sluice.domain.qoe_counts import Tally, added, counts_of, difference, tallied
from sluice.domain.qoe_figures import figures
from sluice.domain.qoe_timeline import Timeline, merge

from tests.builders import NOW, at

AT = int(NOW.timestamp() * 1000)


def session(*kinds: str, length: float | None = 20, **last: Any) -> Timeline:
    """Events a second apart; the last one carries ``last``."""
    says: list[dict[str, Any]] = [{}] * (len(kinds) - 1) + [last]
    heard = [
        Beacon(kind=kind, session_id="s", video_id="v", at_ms=AT + 1000 * n, **says[n])
        for n, kind in enumerate(kinds)
    ]
    return merge(Timeline(), heard, known_us=None if length is None else int(length * 1_000_000))


def test_a_session_without_a_play_is_an_exit_and_no_view() -> None:
    counts = counts_of(session("session_start", "loadedmetadata"))
    assert counts == {"exits": 1}
    assert counts_of(Timeline()) == {}
    assert tallied(Timeline()) is None


def test_a_view_belongs_to_the_day_of_its_first_play() -> None:
    assert tallied(session("play", "pause")) == ("2026-03-01", Tally(1, 1000))


@pytest.mark.parametrize(
    ("timeline", "completed"),
    [
        (session("play", "ended"), True),
        (session("play", "x", play_ms=18_000), True),
        (session("play", "x", play_ms=17_999), False),
        (session("play", "x", play_ms=17_999, duration_us=19_000_000), True),
        (session("play", "x", play_ms=10**6, length=None), False),
    ],
)
def test_a_view_is_complete_that_ended_or_played_nine_tenths(timeline: Timeline, completed: bool) -> None:
    assert counts_of(timeline).get("completed", 0) == int(completed)


@pytest.mark.parametrize(
    ("timeline", "twentieth"),
    [
        (session("play", "x", position_us=0), 0),
        (session("play", "x", position_us=999_999), 0),
        (session("play", "x", position_us=1_000_000), 1),
        (session("play", "x", position_us=19_000_000), 19),
        (session("play", "x", position_us=25_000_000), 19),
        (session("play", "x", position_us=25_000_000, length=None), 0),
        (session("play", "x", play_ms=10_000), 10),
        (session("play", "ended", length=None), 19),
    ],
)
def test_a_view_has_reached_the_twentieths_that_it_came_to(timeline: Timeline, twentieth: int) -> None:
    assert counts_of(timeline)[f"reached:{twentieth}"] == 1
    share = figures(counts_of(timeline)).retention
    assert share == [1.0] * (twentieth + 1) + [0.0] * (19 - twentieth)


def test_a_difference_is_what_makes_the_old_the_new() -> None:
    old, new = counts_of(session("play")), counts_of(session("play", "ended", device=None))
    assert added(old, difference(old, new)) == new
    assert added(new, difference(new, {})) == {}


def test_codes_without_end_become_others() -> None:
    counts: Any = {}
    for number in range(80):
        counts = added(counts, {f"error:{number:02}": 1})
    assert len(counts) == 51
    assert counts["error:other"] == 30


def test_nothing_has_figures_too() -> None:
    told = figures({})
    assert (told.total_views, told.avg_buffering_ratio, told.completion_rate, told.startup_p50) == (
        0,
        0,
        0,
        None,
    )
    assert told.retention == [0.0] * 20


@pytest.mark.parametrize(
    ("seconds", "wrong"),
    [(0, None), (3599, None), (3601, "future"), (-29 * 86_400, None), (-31 * 86_400, "past")],
)
def test_a_clock_may_be_wrong_by_so_much(seconds: int, wrong: str | None) -> None:
    found = implausible(at(seconds).timestamp() * 1000, now=NOW)
    assert (wrong in found) if wrong and found else found is None
