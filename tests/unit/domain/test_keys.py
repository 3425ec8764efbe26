"""Object keys: any user id makes a key of its own, from which it can be read again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sluice.domain.keys import SourceAddress, made_prefix, read_source_key, source_key

from tests.builders import VIDEO_ID

_S3_LONGEST_KEY_BYTES = 1024
user_ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(user_ids)
@example("a/b")
@example("auth0|65f2")
@example("%2F")
@example("..")
@example(".")
def test_any_user_id_can_be_read_again_from_its_key(user_id: str) -> None:
    assert read_source_key(source_key(user_id, VIDEO_ID)) == SourceAddress(user_id, VIDEO_ID)


@given(user_ids)
@example("..")
@example(".")
@example("../../videos")
def test_a_user_id_is_one_folder_that_no_client_would_fold_away(user_id: str) -> None:
    match source_key(user_id, VIDEO_ID).split("/"):
        case ["uploads", folder, video, "source"]:
            assert folder not in {"", ".", ".."}
            assert folder.isascii()
            assert video == VIDEO_ID
        case parts:
            pytest.fail(f"more folders than there should be: {parts}")


@pytest.mark.parametrize("user_id", ["|" * 255, "ä" * 127, "🎬" * 63])
def test_the_longest_user_id_still_makes_a_key_that_s3_takes(user_id: str) -> None:
    assert len(source_key(user_id, VIDEO_ID).encode()) <= _S3_LONGEST_KEY_BYTES


@pytest.mark.parametrize(
    "key",
    ["", "uploads", "uploads/a/source", "uploads/a/b/c/source", "uploads/a/b/other", "uploads//b/source",
     "uploads/a//source", "videos/a/b/source", f"{made_prefix(VIDEO_ID)}source"],
)  # fmt: skip
def test_other_keys_are_nobodys_source(key: str) -> None:
    assert read_source_key(key) is None


def test_one_videos_folder_is_no_prefix_of_anothers() -> None:
    assert not made_prefix("vid_10").startswith(made_prefix("vid_1"))
