"""The merges are what the reduction relies on: commutative, associative, idempotent."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.stamped import Stamped, canonical, earlier, first, later, latest

from tests.strategies import customs, json_values, moments

type Merge = Callable[[Stamped[object] | None, Stamped[object]], Stamped[object]]
stamped = st.builds(Stamped, moments, json_values)


@pytest.mark.parametrize("merge", [latest, first])
@given(one=stamped, two=stamped, three=stamped)
def test_merges_are_commutative_associative_and_idempotent(
    merge: Merge, one: Stamped[object], two: Stamped[object], three: Stamped[object]
) -> None:
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert merge(one, one) == one
    assert merge(None, one) == one


@given(moments, moments)
def test_the_later_of_two_wins_and_the_earlier_of_two_wins(one: datetime, two: datetime) -> None:
    old, new = sorted((one, two))
    assert latest(Stamped(old, "x"), Stamped(new, "x")).at == new
    assert first(Stamped(new, "x"), Stamped(old, "x")).at == old
    assert (earlier(old, new), later(old, new)) == (old, new)
    assert (earlier(None, old), later(None, old)) == (old, old)


@given(customs)
def test_equal_mappings_read_the_same_however_they_were_built(custom: dict[str, object]) -> None:
    assert canonical(dict(reversed(custom.items()))) == canonical(custom)


@given(json_values, json_values)
def test_values_that_differ_never_tie(one: object, other: object) -> None:
    if one != other:
        assert canonical(one) != canonical(other)
