"""R1: recorded lives of each provider's videos end the same, whatever becomes of the news on the way.

As many lives as ``SLUICE_SHUFFLES`` says are lived anew; 100,000 of them take half a minute.
"""

import os
from dataclasses import fields
from functools import reduce as fold
from random import Random
from typing import Any

import pytest
from sluice.domain.stamped import Stamped
from sluice.domain.video import Status, Video, reduce

from tests.recordings import NAMES, Told, last_look, recorded, unborn

SHUFFLES = int(os.environ.get("SLUICE_SHUFFLES", "20000"))
# When it was heard of and by whom differs where news are lost; what it is does not.
TIMES = {"heard_at", "processing_at", "first_ready_at", "last_ready_at", "completed_at"}


def live(name: str, log: list[Told]) -> Video:
    return fold(reduce, (told.fact for told in log), unborn(name))


def outcome(video: Video) -> dict[str, Any]:
    """What the video is, without the times of it. Files to download may be asked for at any time."""
    known = {one.name: _bare(getattr(video, one.name)) for one in fields(video) if one.name not in TIMES}
    known["renditions"] = {n: r for n, r in known["renditions"].items() if not n.endswith(".mp4")}
    return {**known, "status": video.status, "progress": video.progress, "settled": video.settled}


def _bare(value: Any) -> Any:
    if isinstance(value, Stamped):
        return value.value
    return {key: _bare(one) for key, one in value.items()} if isinstance(value, dict) else value


def muddled(random: Random, log: list[Told]) -> list[Told]:
    """In any order, and each up to three times."""
    lived = [told for told in log for _ in range(random.choice((1, 1, 2, 3)))]
    random.shuffle(lived)
    return lived


def thinned(random: Random, log: list[Told], certain: list[Told]) -> list[Told]:
    """Without some of what the provider said, but for what is certain to be heard in the end."""
    lost = random.choice((0.1, 1 / 3, 0.9, 1.0))
    kept = [told for told in log if not told.from_provider or random.random() > lost]
    return kept + certain


def test_the_recorded_lives_end_as_they_did() -> None:
    ends = {name: live(name, recorded(name)) for name in NAMES}
    assert len(ends) == 7
    for name, video in ends.items():
        assert (video.status, video.settled) == (
            (Status.ERROR if name.endswith("-error") else Status.READY),
            True,
        )


@pytest.mark.no_cover  # thousands of lives run the same few lines, which other tests cover
@pytest.mark.parametrize("name", NAMES)
def test_order_and_repetition_change_nothing_at_all(name: str) -> None:
    log, random = recorded(name), Random(name)  # noqa: S311 - repeatable chance
    expected = live(name, log)
    for _ in range(SHUFFLES // 10):
        assert live(name, muddled(random, log)) == expected


@pytest.mark.no_cover
@pytest.mark.parametrize("name", [name for name in NAMES if last_look(recorded(name))])
def test_whatever_is_lost_the_last_look_makes_it_right(name: str) -> None:
    log, random = recorded(name), Random(name)  # noqa: S311 - repeatable chance
    expected, certain = outcome(live(name, log)), last_look(log)
    assert len(certain) < len(log) / 2
    for _ in range(SHUFFLES // 10):
        assert outcome(live(name, muddled(random, thinned(random, log, certain)))) == expected
