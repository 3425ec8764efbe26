"""A video is spoken of four times a second at most, and last after its last change; held by both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from sluice.adapters.dynamodb.push_slots import DynamoSlots
from sluice.usecases.realtime_ports import Slot, Slots

from tests.builders import NOW, at
from tests.engine import Aws, unique
from tests.fakes.realtime import FakeSlots
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("IdempotencyTable")


@pytest.fixture(params=["fake", "dynamodb"])
def slots(request: pytest.FixtureRequest) -> Slots:
    if request.param == "fake":
        return FakeSlots()
    return DynamoSlots(request.getfixturevalue("engine").dynamo, request.getfixturevalue("table"))


@pytest.fixture
def take(slots: Slots) -> Callable[[float], Slot | None]:
    """Takes a slot of one video at so many seconds."""
    video = unique("video")
    return lambda seconds: slots.take(video, now=at(seconds))


def test_what_is_quiet_may_be_spoken_of_at_once(take: Callable[[float], Slot | None]) -> None:
    assert take(0) == Slot(NOW, None)
    assert take(0.25) == Slot(at(0.25), None)
    assert take(60) == Slot(at(60), None)


def test_one_waits_for_the_next_moment_and_the_others_leave_it_to_them(
    take: Callable[[float], Slot | None],
) -> None:
    assert take(0) == Slot(NOW, None)
    assert take(0.1) == Slot(at(0.25), None)
    assert [take(moment) for moment in (0.1, 0.15, 0.249)] == [None] * 3
    assert take(0.3) == Slot(at(0.5), None)
    assert take(0.5) == Slot(at(0.75), None)


def test_a_video_does_not_wait_for_another(slots: Slots) -> None:
    names = [unique("video") for _ in range(3)]
    assert [slots.take(name, now=NOW) for name in names] == [Slot(NOW, None)] * 3


def test_how_it_stood_is_remembered(slots: Slots) -> None:
    video = unique("video")
    slots.take(video, now=NOW)
    slots.keep(video, "as it was", now=NOW)
    assert slots.take(video, now=at(0.1)) == Slot(at(0.25), "as it was")
    assert slots.take(video, now=at(9)) == Slot(at(9), "as it was")


def test_a_thousand_changes_in_two_seconds_are_few_moments_and_one_after_the_last(
    take: Callable[[float], Slot | None],
) -> None:
    moments = [number / 500 for number in range(1000)]
    taken = [slot.at for slot in map(take, moments) if slot]
    assert len(taken) <= 9
    assert all(second - first >= timedelta(milliseconds=250) for first, second in pairwise(taken))
    assert taken[-1] >= at(moments[-1])


def test_of_many_at_the_same_time_one_speaks_and_one_waits(engine: Aws, table: str) -> None:
    slots, video = DynamoSlots(engine.dynamo, table), unique("video")
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: slots.take(video, now=NOW), range(32)))
    assert sorted(slot.at for slot in taken if slot) == [NOW, at(0.25)]
