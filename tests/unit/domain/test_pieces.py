"""The plan: pieces cover everything once, and what plays first comes first."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.pieces import (
    GOP_SECONDS,
    SEGMENT_SECONDS,
    Kind,
    Stage,
    keyframe_times,
    percent_done,
    piece_starts,
    plan,
    workload,
)

from tests.media_samples import make_source

STANDARD = (1080, 720, 480)
durations = st.floats(0.01, 24 * 3600)


def test_a_streamable_source_is_packaged_first_and_the_rest_follows() -> None:
    made = plan(make_source(), STANDARD)
    assert [task.name for task in made.first] == ["first-package"]
    assert made.rest[0].kind is Kind.PICTURES
    assert {rung.name for task in made.rest for rung in task.rungs} == {"720p", "480p"}
    assert [rung.name for rung in made.rungs(Stage.FIRST)] == ["1080p"]
    assert [rung.name for rung in made.rungs(Stage.REST)] == ["1080p", "720p", "480p"]


def test_any_other_source_gets_its_lowest_rung_and_its_sound_first() -> None:
    made = plan(make_source(codec="hevc"), STANDARD)
    assert made.first[0].kind is Kind.AUDIO
    assert {rung.name for task in made.first for rung in task.rungs} == {"480p"}
    assert {rung.name for task in made.rest for rung in task.rungs} == {"1080p", "720p"}


def test_a_silent_source_has_no_sound_to_make() -> None:
    made = plan(make_source(codec="hevc", audio=None), STANDARD)
    assert all(task.kind is Kind.PIECE for task in made.first)


def test_a_source_at_the_lowest_rung_only_lacks_its_pictures_afterwards() -> None:
    made = plan(make_source(width=640, height=360, codec="vp9"), STANDARD)
    assert [task.kind for task in made.rest] == [Kind.PICTURES]


@pytest.mark.parametrize("changes", [{"size_bytes": 4 * 2**30}, {"codec": "vp8"}])
def test_packaging_is_left_out_where_it_cannot_work(changes: dict[str, Any]) -> None:
    assert plan(make_source(bitrate_bps=1, **changes), STANDARD).first[0].kind is not Kind.PACKAGE


def test_packaging_is_left_out_once_it_has_failed() -> None:
    assert plan(make_source(), STANDARD, may_copy=False).first[0].kind is Kind.AUDIO


@pytest.mark.parametrize(("seconds", "pieces"), [(60, 10), (240, 20), (600, 25), (3600, 75)])
def test_a_longer_video_has_more_and_longer_pieces(seconds: float, pieces: int) -> None:
    assert len(piece_starts(seconds, Stage.REST)) == pieces


@given(durations, st.sampled_from(Stage))
def test_pieces_lie_on_the_segment_grid_and_cover_everything_once(seconds: float, stage: Stage) -> None:
    starts = piece_starts(seconds, stage)
    assert starts[0] == 0
    assert all(start % SEGMENT_SECONDS == 0 for start in starts)
    assert len({after - before for before, after in pairwise(starts)}) <= 1
    assert starts[-1] < seconds


@given(durations, st.booleans())
def test_tasks_of_a_stage_join_without_gap_or_overlap(seconds: float, copy: bool) -> None:
    made = plan(make_source(duration_seconds=seconds), STANDARD, may_copy=copy)
    for tasks in (made.first, made.rest):
        pieces = [task for task in tasks if task.kind is Kind.PIECE]
        assert all(one.end_seconds == after.start_seconds for one, after in pairwise(pieces))
        assert not pieces or (pieces[0].start_seconds == 0 and pieces[-1].end_seconds is None)
        assert len({task.name for task in tasks}) == len(tasks)


@given(durations)
def test_the_number_of_pieces_stays_what_one_state_machine_can_carry(seconds: float) -> None:
    made = plan(make_source(duration_seconds=seconds, codec="hevc"), STANDARD)
    assert len(made.first) + len(made.rest) <= 600


def test_keyframes_are_forced_on_one_grid_up_to_the_next_piece() -> None:
    assert keyframe_times(6.0, 12.0) == [6.0, 8.0, 10.0, 12.0]
    assert SEGMENT_SECONDS % GOP_SECONDS == 0


@given(st.integers(0, 50), st.integers(0, 50), st.booleans())
def test_progress_is_monotone_and_never_done_before_the_end(first: int, rest: int, copy: bool) -> None:
    source = make_source(duration_seconds=300.0)
    load = workload(plan(source, STANDARD, may_copy=copy), source)
    here = percent_done(load, first=first, rest=rest)
    assert 1 <= here <= 99
    assert percent_done(load, first=first + 1, rest=rest) >= here
    assert percent_done(load, first=first, rest=rest + 1) >= here


def test_the_share_of_a_stage_is_that_of_its_pixels() -> None:
    source = make_source(codec="hevc")
    load = workload(plan(source, STANDARD), source)
    assert (load.first, load.rest) == (6, 10)
    assert load.first_share == pytest.approx(480 * 854 / (1920 * 1080 + 1280 * 720 + 480 * 854), abs=0.001)
    copied = workload(plan(make_source(), STANDARD), source)
    assert copied.first_share < 0.01
