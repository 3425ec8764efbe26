"""A view token is good for one video until it ends, and for nothing else."""

from datetime import timedelta
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.view_tokens import ViewTokens

from tests.builders import NOW, VIDEO_ID

tokens = ViewTokens("s" * 40)
TOKEN = tokens.mint(VIDEO_ID, now=NOW)


def test_each_token_is_a_view_of_its_own_and_says_nothing_else() -> None:
    views = {tokens.read(tokens.mint(VIDEO_ID, now=NOW), VIDEO_ID, at=NOW) for _ in range(50)}
    assert len(views) == 50
    assert None not in views
    assert len(TOKEN) == 43


@pytest.mark.parametrize(("hours", "good"), [(0, True), (47, True), (49, False)])
def test_a_token_ends(hours: int, good: bool) -> None:
    assert (tokens.read(TOKEN, VIDEO_ID, at=NOW + timedelta(hours=hours)) is not None) is good


def test_a_token_is_for_one_video_and_of_one_deployment() -> None:
    assert tokens.read(TOKEN, VIDEO_ID[:-1] + "2", at=NOW) is None
    assert ViewTokens("t" * 40).read(TOKEN, VIDEO_ID, at=NOW) is None


@pytest.mark.parametrize("place", range(0, 43, 6))
def test_a_token_that_was_changed_anywhere_is_not_good(place: int) -> None:
    for other in set(f"{ascii_letters}{digits}-_") - {TOKEN[place]}:
        assert tokens.read(TOKEN[:place] + other + TOKEN[place + 1 :], VIDEO_ID, at=NOW) is None


@given(st.text(max_size=60) | st.text(min_size=43, max_size=43))
def test_anything_else_is_no_token(text: str) -> None:
    assert tokens.read(text, VIDEO_ID, at=NOW) is None
