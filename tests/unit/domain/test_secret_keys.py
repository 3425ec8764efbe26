"""A key opens the one video whose hash it has; an empty hash, or no video, is opened by nothing."""

import pytest
from sluice.adapters.ids import new_secret_key
from sluice.domain import facts
from sluice.domain.secret_keys import hash_of, opens
from sluice.domain.video import Video, reduce

from tests.builders import at, make_video

KEY = "D1rsPI7flku1Jg5K6AbTH-qrBvOaZd26nYbkmb-uhHY"


def keyed(key: str = KEY, status: str = "ready") -> Video:
    return reduce(make_video(status), facts.SecretKeySet(at=at(7), key_hash=hash_of(key)))


def test_a_key_opens_its_own_video_and_no_other() -> None:
    assert opens(KEY, keyed())
    assert not opens(new_secret_key(), keyed())


@pytest.mark.parametrize(
    "wrong", ["", "0" * 64, KEY[:-1], KEY + "A", KEY.swapcase(), "\ud800", "ключ", hash_of(KEY)]
)
def test_what_is_not_quite_the_key_opens_nothing(wrong: str) -> None:
    assert not opens(wrong, keyed())


@pytest.mark.parametrize("key", [KEY, "", "0" * 64])
@pytest.mark.parametrize("video", [None, make_video("ready"), keyed(status="deleted")])
def test_a_video_without_a_key_is_opened_by_none(key: str, video: Video | None) -> None:
    assert not opens(key, video)


def test_a_key_that_was_taken_back_opens_no_more() -> None:
    gone = reduce(keyed(), facts.SecretKeySet(at=at(8), key_hash=""))
    assert not opens(KEY, gone)
    assert not opens("", gone)


def test_the_key_itself_is_not_in_the_video() -> None:
    assert KEY not in repr(keyed())
