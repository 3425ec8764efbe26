"""Values that remember when they became true, and the merges that make their order of arrival irrelevant.

Each merge is commutative, associative and idempotent: that is all that ``video.reduce`` relies on.
"""

import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamped[T]:
    """A value and the source's own time of it (UTC, aware)."""

    at: datetime
    value: T


def canonical(value: object) -> str:
    """A total order for ties: equal values give equal text, whatever order their mappings were built in.

    JSON's own text also tells ``{}`` from ``[]`` and takes any depth that could be read.
    """
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else repr(value)


def latest[T](one: Stamped[T] | None, other: Stamped[T]) -> Stamped[T]:
    """Last writer wins; at the same instant the larger value in canonical order does."""
    if one is None or one.at < other.at:
        return other
    if one.at == other.at and canonical(one.value) < canonical(other.value):
        return other
    return one


def first[T](one: Stamped[T] | None, other: Stamped[T]) -> Stamped[T]:
    """First writer wins; at the same instant the smaller value in canonical order does."""
    if one is None or other.at < one.at:
        return other
    if one.at == other.at and canonical(other.value) < canonical(one.value):
        return other
    return one


def earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)


def later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else max(one, other)
