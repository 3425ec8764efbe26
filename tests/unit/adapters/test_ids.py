"""Video ids: well-formed, unique, in the order of their time."""

from base64 import urlsafe_b64decode
from datetime import datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.ids import derived_id, new_secret_key, new_video_id
from sluice.domain.ids import is_id
from sluice.usecases.find_video import find_owned

from tests.builders import ALICE, NOW, at, make_video
from tests.fakes.videos import FakeVideos


@given(st.integers(0, 10**12).map(lambda milliseconds: at(milliseconds / 1000)))
def test_an_id_is_a_uuid_of_version_seven_that_says_when_it_was_made(moment: datetime) -> None:
    uuid = UUID(new_video_id(moment).removeprefix("vid_"))
    assert (uuid.version, uuid.variant) == (7, "specified in RFC 4122")
    assert uuid.int >> 80 == int(moment.timestamp() * 1000)


def test_ids_made_in_one_instant_differ() -> None:
    assert len({new_video_id(NOW) for _ in range(10_000)}) == 10_000


def test_ids_sort_by_the_time_they_were_made_at() -> None:
    ids = [new_video_id(at(n / 1000)) for n in range(1000)]
    assert sorted(ids) == ids


def test_every_id_has_the_form_by_which_videos_are_found() -> None:
    for n in range(100):
        video = make_video(video_id=new_video_id(at(n)))
        assert find_owned(FakeVideos(video), video.video_id, ALICE).video == video


def test_a_secret_key_is_256_bits_that_nobody_has_had_before() -> None:
    keys = {new_secret_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(urlsafe_b64decode(key + "=")) for key in keys} == {32}


@given(st.lists(st.text(), min_size=1))
def test_ids_that_are_derived_are_the_same_again_and_well_formed(names: list[str]) -> None:
    one = derived_id("msg", NOW, *names)
    assert one == derived_id("msg", NOW, *names)
    assert is_id("msg", one)
    assert one != derived_id("msg", NOW, *names, "more")
    assert sorted([derived_id("msg", at(1), *names), one]) == [one, derived_id("msg", at(1), *names)]
