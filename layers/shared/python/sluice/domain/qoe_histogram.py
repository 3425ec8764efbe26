"""Distributions that can be added: counts in buckets whose bounds grow by a constant factor.

A value told from its bucket is at most 2.5 % off. With e for that error and g = (1+e)/(1-e), a bucket goes
from above g^(i-1) up to g^i, and the value told of it, 2g^i/(g+1), is e away from either bound (the
arithmetic of DDSketch).
"""

from collections.abc import Mapping
from math import ceil, log

ERROR = 0.025
_GROWTH = (1 + ERROR) / (1 - ERROR)
_STEP = log(_GROWTH)


def bucket(value: float) -> int:
    """The bucket of a value; 0 is for all below 1: the unit is what need not be told from nothing."""
    return 0 if value < 1 else 1 + ceil(log(value) / _STEP - 1e-9)


def told(number: int) -> float:
    """The value that stands for a bucket."""
    return 0.0 if number == 0 else 2 * _GROWTH ** (number - 1) / (_GROWTH + 1)


def bounds(number: int) -> tuple[float, float]:
    """Above which value a bucket begins, and up to which it goes."""
    return (0.0, 1.0) if number == 0 else (_GROWTH ** (number - 2), _GROWTH ** (number - 1))


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The smallest value that at least ``share`` of all do not exceed; ``None`` of nothing."""
    wanted, seen = share * sum(counts.values()), 0
    for number in sorted(counts):
        seen += counts[number]
        if seen >= wanted and seen:
            return told(number)
    return None
