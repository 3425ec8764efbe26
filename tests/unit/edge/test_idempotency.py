"""What an idempotency key stands for: a user, a route and a body."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.errors import InvalidFields
from sluice.domain.identity import Caller
from sluice.edge.contract.uploads import UploadRequest
from sluice.edge.http import Request
from sluice.edge.idempotency import RequestKey, request_key

from tests.builders import ALICE, BOB, NOW


def keyed(
    given: str | None, *, caller: Caller = ALICE, route: str = "upload-url", **body: Any
) -> RequestKey | None:
    request = Request(
        request_id="r",
        now=NOW,
        headers={} if given is None else {"idempotency-key": given},
        query={},
        base_url="https://x",
        maybe_caller=caller,
    )
    known: dict[str, Any] = {"filename": "a.mp4", "file_size": 1, "mime_type": "video/mp4", **body}
    return request_key(request, route, UploadRequest(**known))


def test_a_request_without_a_key_stands_for_nothing() -> None:
    assert keyed(None) is None


def test_the_same_user_route_key_and_body_are_the_same() -> None:
    assert keyed("k", metadata={"a": 1, "b": 2}) == keyed("k", metadata={"b": 2, "a": 1})


def test_another_user_route_or_key_is_another_request() -> None:
    keys = {keyed("k"), keyed("l"), keyed("k", caller=BOB), keyed("k", route="import")}
    assert len({key.key for key in keys if key}) == 4


def test_no_two_users_meet_whatever_their_keys() -> None:
    one = keyed('b","c', caller=Caller(user_id="a"))
    other = keyed("c", caller=Caller(user_id='a","b'))
    assert one is not None
    assert other is not None
    assert one.key != other.key


@pytest.mark.parametrize(
    "change",
    [{"filename": "b.mp4"}, {"file_size": 2}, {"title": "T"}, {"metadata": {"a": 1}}, {"metadata": {}}],
)
def test_another_body_has_another_fingerprint(change: dict[str, Any]) -> None:
    one, other = keyed("k"), keyed("k", **change)
    assert one is not None
    assert other is not None
    assert (one.key, one.fingerprint != other.fingerprint) == (other.key, True)


@pytest.mark.parametrize("given", ["a", "a" * 255, "ä", "🎬" * 255, " "])
def test_a_key_may_have_one_to_255_characters(given: str) -> None:
    assert keyed(given) is not None


@pytest.mark.parametrize("given", ["", "a" * 256])
def test_any_other_is_refused(given: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        keyed(given)
    assert refused.value.problems[0].field == "Idempotency-Key"


@given(st.text(max_size=300))
def test_no_key_is_more_than_refused(given: str) -> None:
    with suppress(InvalidFields):
        keyed(given)
