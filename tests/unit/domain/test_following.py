"""Who may follow a video, and which changes are more than progress."""

from dataclasses import replace

import pytest
from sluice.domain import facts
from sluice.domain.following import may_follow, standing
from sluice.domain.video import reduce

from tests.builders import at, make_video


def test_an_owner_follows_their_own_and_anybody_what_is_public() -> None:
    assert may_follow(make_video(), "alice", None)
    assert may_follow(make_video(visibility="public"), "bob", None)
    assert not may_follow(make_video(), "bob", None)


def test_a_key_opens_as_long_as_it_is_the_video_s_own() -> None:
    keyed = reduce(make_video(), facts.SecretKeySet(at=at(1), key_hash="hash"))
    assert may_follow(keyed, "bob", "hash")
    assert not may_follow(keyed, "bob", "another")
    assert not may_follow(keyed, "bob", None)
    for later in ("another", ""):
        assert not may_follow(reduce(keyed, facts.SecretKeySet(at=at(2), key_hash=later)), "bob", "hash")
    assert not may_follow(make_video(), "bob", "")


def test_nobody_follows_what_is_deleted() -> None:
    assert not may_follow(make_video("deleted"), "alice", None)


def test_progress_alone_leaves_a_video_standing_as_it_did() -> None:
    video = make_video("processing")
    for fact in (facts.ProgressMade(at=at(9), percent=50), facts.FetchProgressed(at=at(9), percent=50)):
        assert standing(reduce(video, fact)) == standing(video)


@pytest.mark.parametrize(
    "fact",
    [
        facts.DetailsEdited(at=at(9), title="Another"),
        facts.DetailsEdited(at=at(9), visibility="public"),
        facts.DetailsEdited(at=at(9), custom={"a": "\ud800"}),
        facts.PlaybackReady(at=at(9)),
        facts.LadderCompleted(at=at(9)),
        facts.Failed(at=at(9), code="broken_source", message="Broken."),
        facts.DeletionRequested(at=at(9)),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_anything_else_does_not(fact: facts.Fact) -> None:
    video = make_video("processing")
    assert standing(reduce(video, fact)) != standing(video)


def test_a_video_heard_of_again_stands_as_it_did() -> None:
    video = make_video("ready")
    assert standing(replace(video, heard_at=at(99))) == standing(video)
