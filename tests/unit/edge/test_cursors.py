"""Cursors go on where they were written, for whom they were written, and nowhere else (S2)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sluice.domain.errors import Invalid
from sluice.edge.cursors import Cursors

CURSORS = Cursors("s" * 64)
KEY = "2026-03-01T12:00:00.000000Z#vid_1"
texts = st.text(st.characters(codec="utf-8"), max_size=40)


def written(key: str = KEY, *scope: str) -> str:
    cursor = CURSORS.write(key, *(scope or ("alice", "all")))
    assert cursor is not None
    return cursor


def refused(cursor: str, *scope: str) -> bool:
    with pytest.raises(Invalid) as error:
        CURSORS.read(cursor, *(scope or ("alice", "all")))
    return error.value.code == "invalid_cursor"


@given(texts, texts, texts)
def test_a_cursor_is_read_again_in_the_list_it_was_written_for(key: str, owner: str, status: str) -> None:
    assert CURSORS.read(CURSORS.write(key, owner, status), owner, status) == key


@given(texts)
def test_a_cursor_can_stand_in_a_url(key: str) -> None:
    assert written(key).replace("-", "").replace("_", "").isalnum()


def test_the_end_of_a_list_has_no_cursor_and_no_cursor_is_its_beginning() -> None:
    assert CURSORS.write(None, "alice", "all") is None
    assert CURSORS.read(None, "alice", "all") is None
    assert CURSORS.read("", "alice", "all") is None


@pytest.mark.parametrize("scope", [("bob", "all"), ("alice", "ready"), ("alice",), ("alice", "all", "x"), ()])
def test_a_cursor_of_another_owner_or_list_is_refused(scope: tuple[str, ...]) -> None:
    cursor = written()
    with pytest.raises(Invalid):
        CURSORS.read(cursor, *scope)


def test_a_cursor_of_another_deployment_is_refused() -> None:
    other = Cursors("t" * 64).write(KEY, "alice", "all")
    assert other is not None
    assert refused(other)


@given(st.data())
def test_a_cursor_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    cursor = written()
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.characters().filter(lambda character: character != cursor[place]))
    assert refused(cursor[:place] + other + cursor[place + 1 :])


@pytest.mark.parametrize("junk", ["!", " ", "\n", "=", "==", "A", "~"])
def test_a_cursor_with_anything_added_is_refused(junk: str) -> None:
    assert refused(written() + junk)
    assert refused(junk + written())


def test_a_key_that_somebody_made_up_is_refused() -> None:
    mac = urlsafe_b64decode(written() + "==")[:12]
    assert refused(urlsafe_b64encode(mac + b"2030-01-01T00:00:00.000000Z#vid_2").decode().rstrip("="))
    assert refused(urlsafe_b64encode(b"\x00" * 12 + KEY.encode()).decode().rstrip("="))


@given(st.text(min_size=1, max_size=60))
@example("\ud800")
@example("A")
@example("ä")
@example("=" * 10)
@example("A" * 100_000)
def test_whatever_comes_as_a_cursor_is_refused_and_nothing_else(cursor: str) -> None:
    assert refused(cursor)
