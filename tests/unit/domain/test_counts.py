"""Counts of a gallery: every change adds up to what a recount would find."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.counts import Counts, change, counted_as
from sluice.domain.video import Status

statuses = st.sampled_from([*Status, None])


@given(st.lists(statuses, min_size=1))
def test_changes_along_any_path_add_up_to_where_it_ends(path: list[Status | None]) -> None:
    total = counted_as(path[0])
    for before, after in pairwise(path):
        total += change(before, after)
    assert total == counted_as(path[-1])


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        (Status.UPLOADING, Counts(processing=1)),
        (Status.PROCESSING, Counts(processing=1)),
        (Status.READY, Counts(ready=1)),
        (Status.ERROR, Counts(failed=1)),
        (Status.DELETED, Counts()),
        (None, Counts()),
    ],
)
def test_each_status_is_counted_once_and_a_deleted_video_not_at_all(
    status: Status | None, counts: Counts
) -> None:
    assert counted_as(status) == counts
    assert counts.total == (0 if status in {None, Status.DELETED} else 1)


def test_a_change_that_changes_no_count_is_false() -> None:
    assert not change(Status.UPLOADING, Status.PROCESSING)
    assert change(Status.PROCESSING, Status.READY)
