"""What belongs to no video is an orphan; what may still find its video is not yet."""

from datetime import timedelta
from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.holdings import Holding, Orphaned, orphaned
from sluice.domain.video import Video, reduce

from tests.builders import VIDEO_ID, at, make_video

HOUR = timedelta(hours=1)


def held(place: str = "mux", kind: str = "asset", **changes: Any) -> Holding:
    known: dict[str, Any] = {"place": place, "kind": kind, "name": "A", "video_id": VIDEO_ID, "their_id": "A"}
    return Holding(**{**known, **changes})


def in_bucket(owner_id: str | None = "alice", **changes: Any) -> Holding:
    return held("bucket", "source", owner_id=owner_id, their_id=None, **changes)


def linked(status: str, asset: str, provider: str = "mux") -> Video:
    link = facts.ProviderLinked(at=at(1), kind="asset", provider_id=asset)
    return reduce(make_video(status, provider=provider), link)


def why(holding: Holding, video: Video | None, *, after: float = 7200) -> Orphaned | None:
    return orphaned(holding, video, now=at(after), grace=HOUR)


def test_what_is_of_no_video_is_an_orphan() -> None:
    assert why(held(), None) is Orphaned.NO_VIDEO
    assert why(in_bucket(), None) is Orphaned.NO_VIDEO


@pytest.mark.parametrize(("after", "expected"), [(3601, None), (3602, Orphaned.DELETED)])
def test_what_is_left_of_a_deleted_video_is_one_after_a_while(
    after: float, expected: Orphaned | None
) -> None:
    assert why(in_bucket(), make_video("deleted"), after=after) is expected


def test_what_a_video_knows_as_its_own_is_its_own() -> None:
    assert why(held(), linked("complete", "A")) is None
    assert why(in_bucket(), make_video("complete")) is None
    assert why(in_bucket(owner_id=None), make_video("complete")) is None
    assert why(held("table"), linked("complete", "A")) is None


@pytest.mark.parametrize(
    ("holding", "video"),
    [
        (held(), linked("complete", "B")),
        (held(), linked("complete", "A", provider="cloudflare")),
        (held("table"), linked("complete", "B")),
        (held("cloudflare"), linked("complete", "A")),
        (in_bucket(owner_id="bob"), make_video("complete")),
        (in_bucket(), make_video("complete", provider="mux")),
    ],
)
def test_what_is_anothers_is_an_orphan(holding: Holding, video: Video) -> None:
    assert why(holding, video) is Orphaned.NOT_ITS_OWN


@pytest.mark.parametrize("status", ["uploading", "processing", "ready"])
def test_what_a_video_may_still_hear_of_is_not_an_orphan_yet(status: str) -> None:
    assert why(held(), make_video(status, provider="mux")) is None


def test_just_after_the_last_word_it_is_not_an_orphan_yet() -> None:
    assert why(held(), make_video("complete", provider="mux"), after=3600) is None
    assert why(held(), make_video("complete", provider="mux"), after=3607) is Orphaned.NOT_ITS_OWN


def test_strays_that_will_be_cancelled_are_not_orphans_yet() -> None:
    stray = reduce(linked("complete", "B"), facts.CreateUnanswered(at=at(2)))
    assert why(held(), stray) is None
    assert why(held(), reduce(stray, facts.StraysCancelled(at=at(3)))) is Orphaned.NOT_ITS_OWN
