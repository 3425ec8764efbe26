"""A session's figures follow from the set of its events: their order and repetition do not matter."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.qoe_beacon import Beacon
from sluice.domain.qoe_timeline import Timeline, merge

T = 1_772_366_400_000


def beacon(kind: str, at: int, play_ms: int | None = None, **known: Any) -> Beacon:
    """An event ``at`` ms after the beginning, with the total of play that it carries."""
    return Beacon(kind=kind, session_id="s", video_id="v", at_ms=T + at, play_ms=play_ms, **known)


def timeline(*beacons: Beacon) -> Timeline:
    return merge(Timeline(), beacons)


kinds = st.sampled_from(
    ["play", "pause", "ended", "buffering_start", "buffering_end", "error", "seeked", "x"]
)
totals = st.none() | st.integers(0, 5)
beacons = st.builds(
    beacon,
    kinds,
    st.integers(0, 12),
    totals,
    buffer_ms=totals,
    rebuffers=totals,
    seeks=totals,
    position_us=totals,
    duration_us=totals,
    startup_ms=totals,
    error=st.sampled_from(["a", "b", None]),
    device=st.sampled_from(["tv", "mobile", None]),
    country=st.sampled_from(["DE", "FR", None]),
)


@given(st.lists(beacons, max_size=20), st.randoms(use_true_random=False), st.integers(1, 7))
def test_any_order_any_repetition_and_any_portions_give_the_same(
    heard: list[Beacon], random: Random, size: int
) -> None:
    mixed = heard + random.choices(heard, k=len(heard)) if heard else []
    random.shuffle(mixed)
    found = Timeline()
    for start in range(0, len(mixed), size):
        found = merge(found, mixed[start : start + size])
    assert found == timeline(*heard)


@pytest.mark.parametrize("order", [1, -1])
def test_however_many_moves_there_are_the_row_stays_small(order: int) -> None:
    many = [beacon(kind, 2 * n + part) for n in range(1000) for part, kind in enumerate(["play", "pause"])]
    found = timeline(*many[::order])
    assert len(found.moves) == 128
    assert found == merge(timeline(*many[:1000]), many[1000:])


def test_with_totals_hardly_any_move_is_kept() -> None:
    many = [beacon(kind, 2 * n, n) for n in range(1000) for kind in ("play", "pause")]
    assert len(timeline(*many).moves) <= 3


@pytest.mark.parametrize(
    ("heard", "played"),
    [
        # The beacon that closes an interval has the total from before.
        ([beacon("play", 0, 0), beacon("pause", 9000, 0)], 9000),
        ([beacon("play", 0, 0), beacon("pause", 9000, 0), beacon("session_end", 9500, 9000)], 9000),
        # A browser pauses at the end and says so first, at the same moment or before.
        ([beacon("play", 0, 0), beacon("pause", 9000, 0), beacon("ended", 9000, 9000)], 9000),
        ([beacon("play", 0, 0), beacon("pause", 9000, 0), beacon("ended", 9001, 9000)], 9000),
        ([beacon("play", 0, 0), beacon("ended", 9000, 0), beacon("session_end", 9000, 0)], 9000),
        # The second interval is in no total yet.
        (
            [
                *(beacon("play", 0, 0), beacon("pause", 4000, 0)),
                *(beacon("play", 6000, 4000), beacon("pause", 9000, 4000)),
            ],
            7000,
        ),
        # What is still playing is not known.
        ([beacon("play", 0, 0), beacon("seeked", 5000, 0)], 0),
        # A pause that was lost: the next play begins anew, as the player's own counting does.
        ([beacon("play", 0, 0), beacon("play", 5000, 0), beacon("pause", 9000, 0)], 4000),
        # The play itself was lost.
        ([beacon("pause", 9000, 0)], 0),
        # A player that counts while it plays.
        ([beacon("play", 0, 0), beacon("tick", 8000, 8000), beacon("pause", 9000, 9000)], 9000),
        ([beacon("play", 0, 0), beacon("tick", 8000, 8000), beacon("pause", 9000)], 9000),
        # One that leaves stalls out of its total.
        ([beacon("play", 0, 0), beacon("pause", 9000, 7000)], 7000),
        # One without totals.
        ([beacon("play", 0), beacon("pause", 4000), beacon("play", 5000), beacon("ended", 9000)], 8000),
        # Totals that only grow count by the largest, wherever it stands.
        ([beacon("tick", 1000, 5000), beacon("tick", 2000, 3000)], 5000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
def test_play_time_is_the_largest_total_and_what_was_closed_after_it(
    heard: Sequence[Beacon], played: int, order: int
) -> None:
    assert timeline(*heard[::order]).total_play_ms == played


def test_stalls_are_as_the_player_counts_them() -> None:
    heard = [
        beacon("buffering_start", 0, rebuffers=0, buffer_ms=0),
        beacon("buffering_end", 700, rebuffers=1),
    ]
    assert (timeline(*heard).total_rebuffers, timeline(*heard).total_buffer_ms) == (1, 0)


def test_stalls_of_a_player_that_does_not_count_are_those_between_its_beacons() -> None:
    kinds = ["buffering_end", "buffering_start", "buffering_end", "buffering_start", "buffering_end"]
    found = timeline(*(beacon(kind, at) for at, kind in zip([0, 100, 400, 900, 1000], kinds, strict=True)))
    assert (found.total_rebuffers, found.total_buffer_ms) == (2, 400)
    assert timeline(beacon("buffering_start", 5)).total_buffer_ms == 0


def test_no_interval_is_longer_than_a_day_and_no_session_than_a_week() -> None:
    day = 24 * 3600 * 1000
    assert timeline(beacon("play", 0), beacon("pause", 20 * day)).total_play_ms == day
    many = [beacon(kind, n * day) for n in range(40) for kind in (["play"] if n % 2 == 0 else ["pause"])]
    assert timeline(*many).total_play_ms == 7 * day


def test_errors_are_counted_once_each_and_not_without_end() -> None:
    one = beacon("error", 5, error="decode")
    assert timeline(one, one, beacon("error", 6)).errors == ((T + 5, "decode"), (T + 6, "unknown"))
    assert len(timeline(*(beacon("error", n) for n in range(100))).errors) == 16


def test_who_and_what_comes_along_is_kept_by_the_least() -> None:
    found = merge(Timeline(), [beacon("play", 0)], viewer="b", view="2", known_us=5)
    again = merge(found, [beacon("pause", 1)], viewer="a", view="1")
    assert (again.viewer, again.view, again.known_us) == ("a", "1", 5)
