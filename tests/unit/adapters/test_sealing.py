"""What is sealed is opened by the same secret, for the same purpose and video, and by nothing else."""

from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.sealing import Seal

from tests.builders import video_id

SEAL = Seal("a secret of the deployment", "upload-url")
URL = "https://uploads.example.test/u/1?upload_id=opaque"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_what_was_sealed_is_opened(plain: str) -> None:
    assert SEAL.open(SEAL.close(plain, video_id(1)), video_id(1)) == plain


def test_nothing_of_it_can_be_read_in_the_row() -> None:
    sealed = SEAL.close(URL, video_id(1))
    assert "uploads" not in sealed
    assert sealed != SEAL.close(URL, video_id(1))


def test_it_cannot_be_opened_for_another_video_purpose_or_secret() -> None:
    sealed = SEAL.close(URL, video_id(1))
    assert SEAL.open(sealed, video_id(2)) is None
    assert Seal("a secret of the deployment", "other").open(sealed, video_id(1)) is None
    assert Seal("another secret", "upload-url").open(sealed, video_id(1)) is None


@given(st.text(max_size=80))
def test_what_was_never_sealed_is_not_opened(sealed: str) -> None:
    assert SEAL.open(sealed, video_id(1)) is None
