"""Distributions that can be added tell values within 2.5 %."""

from collections import Counter
from math import ceil

from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.qoe_histogram import ERROR, bounds, bucket, quantile, told

values = st.floats(1, 10_000_000)


@given(values)
def test_a_value_told_from_its_bucket_is_near_it(value: float) -> None:
    assert abs(told(bucket(value)) - value) <= ERROR * value * 1.000001


@given(values)
def test_a_value_lies_within_its_bucket_s_bounds(value: float) -> None:
    low, high = bounds(bucket(value))
    assert low * 0.999999 < value <= high * 1.000001


@given(st.lists(values, min_size=1, max_size=200), st.floats(0.01, 1))
def test_a_quantile_is_near_the_true_one(numbers: list[float], share: float) -> None:
    true = sorted(numbers)[max(0, ceil(len(numbers) * share) - 1)]
    found = quantile(Counter(map(bucket, numbers)), share)
    assert found is not None
    assert abs(found - true) <= ERROR * true * 1.000001


def test_what_is_less_than_the_unit_is_nothing() -> None:
    assert (bucket(0), bucket(0.99), told(0), bounds(0)) == (0, 0, 0.0, (0.0, 1.0))


def test_nothing_has_no_quantile() -> None:
    assert quantile({}, 0.5) is None
