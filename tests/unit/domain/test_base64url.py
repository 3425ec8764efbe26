"""Bytes have one spelling, and nothing else is read."""

from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.base64url import spelled, unspelled


@given(st.binary(max_size=70))
def test_what_was_spelled_is_read_again(raw: bytes) -> None:
    assert unspelled(spelled(raw)) == raw


@given(st.text(max_size=50) | st.text("AB-_=!", max_size=8))
def test_no_two_texts_are_the_same_bytes(text: str) -> None:
    raw = unspelled(text)
    assert raw is None or spelled(raw) == text


@pytest.mark.parametrize("text", ["QR", "QQ==", "Q Q", "QQ!", "Q", "ä", "\ud800"])
def test_other_spellings_are_not_read(text: str) -> None:
    assert unspelled(text) is None


def test_the_library_itself_reads_two_spellings() -> None:
    assert urlsafe_b64decode("QR==") == urlsafe_b64decode("QQ==") == b"A"
