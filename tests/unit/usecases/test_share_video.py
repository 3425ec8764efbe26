"""An owner's secret key: the last one that was asked for holds, and none once it is taken back."""

import pytest
from sluice.domain import facts
from sluice.domain.errors import Forbidden, NotFound, SluiceError, WriteConflict
from sluice.domain.identity import Caller
from sluice.domain.secret_keys import hash_of, opens
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.share_video import set_secret_key

from tests.builders import ALICE, BOB, PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.videos import FakeVideos


def share(videos: FakeVideos, key: str | None, *, caller: Caller = ALICE, when: float = 9) -> None:
    set_secret_key(VIDEO_ID, caller, key, now=at(when), videos=videos, patience=PATIENCE)


def opened_by(videos: FakeVideos, *keys: str) -> list[bool]:
    found = videos.find(VIDEO_ID)
    assert found is not None
    return [opens(key, found.video) for key in keys]


def test_a_new_key_opens_at_once_and_the_old_one_no_more() -> None:
    videos = FakeVideos(make_video())
    share(videos, "one")
    assert opened_by(videos, "one", "two") == [True, False]
    share(videos, "two", when=10)
    assert opened_by(videos, "one", "two") == [False, True]


def test_a_key_that_is_taken_back_opens_nothing() -> None:
    videos = FakeVideos(make_video())
    share(videos, "one")
    share(videos, None, when=10)
    assert opened_by(videos, "one", "") == [False, False]
    share(videos, "one", when=11)
    assert opened_by(videos, "one") == [True]


def test_a_machine_whose_clock_is_slow_rotates_and_revokes_all_the_same() -> None:
    videos = FakeVideos(make_video())
    share(videos, "one", when=9)
    share(videos, "two", when=3)
    assert opened_by(videos, "one", "two") == [False, True]
    share(videos, None, when=3)
    assert opened_by(videos, "one", "two") == [False, False]


def test_who_was_overtaken_is_told_instead_of_being_given_a_key_that_opens_nothing() -> None:
    videos = FakeVideos(make_video())

    def another_is_first() -> None:
        videos.before_write = lambda: None
        fact = facts.SecretKeySet(at=at(20), key_hash=hash_of("theirs"))
        apply_facts(videos, VIDEO_ID, fact, patience=PATIENCE)

    videos.before_write = another_is_first
    with pytest.raises(WriteConflict):
        share(videos, "ours")
    assert opened_by(videos, "theirs", "ours") == [True, False]


@pytest.mark.parametrize(
    ("videos", "caller", "error"),
    [
        (FakeVideos(make_video()), BOB, Forbidden),
        (FakeVideos(make_video("deleted")), ALICE, NotFound),
        (FakeVideos(), ALICE, NotFound),
    ],
)
def test_only_an_owner_shares_and_only_what_is_there(
    videos: FakeVideos, caller: Caller, error: type[SluiceError]
) -> None:
    with pytest.raises(error):
        share(videos, "one", caller=caller)
