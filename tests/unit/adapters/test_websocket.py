"""Messages to open connections, and what API Gateway says to them."""

import threading
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from sluice.adapters.websocket import Sockets
from sluice.domain.errors import Unavailable

GONE = ClientError({"Error": {"Code": "GoneException"}}, "PostToConnection")
THROTTLED = ClientError({"Error": {"Code": "LimitExceededException"}}, "PostToConnection")
SILENT = ConnectTimeoutError(endpoint_url="https://example.com")


class Management:
    """API Gateway's side, which fails for some ids."""

    def __init__(self, **failing: Exception) -> None:
        self.sent: dict[str, bytes] = {}
        self.closed: list[str] = []
        self._failing = failing
        self._lock = threading.Lock()

    def post_to_connection(self, **given: Any) -> None:
        self._fail(given["ConnectionId"])
        with self._lock:
            self.sent[given["ConnectionId"]] = given["Data"]

    def delete_connection(self, **given: Any) -> None:
        self._fail(given["ConnectionId"])
        self.closed.append(given["ConnectionId"])

    def _fail(self, connection_id: str) -> None:
        if connection_id in self._failing:
            raise self._failing[connection_id]


def test_everybody_gets_their_own_message() -> None:
    management = Management()
    messages = [(f"c{number}", b"%d" % number) for number in range(50)]
    assert Sockets(lambda: management).send(messages) == []
    assert management.sent == dict(messages)


def test_nobody_is_nothing_to_do() -> None:
    assert Sockets(Management).send([]) == []


@pytest.mark.parametrize("others", [[], ["a", "b"]])
def test_those_that_are_gone_are_named(others: list[str]) -> None:
    management = Management(gone=GONE)
    assert Sockets(lambda: management).send([(name, b"x") for name in ("gone", *others)]) == ["gone"]
    assert sorted(management.sent) == others


@pytest.mark.parametrize("failure", [THROTTLED, SILENT], ids=["throttled", "silent"])
def test_any_other_failure_is_told_when_all_have_been_tried(failure: Exception) -> None:
    management = Management(bad=failure, gone=GONE)
    with pytest.raises(Unavailable):
        Sockets(lambda: management).send([("bad", b"x"), ("gone", b"x"), ("a", b"x")])
    assert sorted(management.sent) == ["a"]


def test_a_connection_is_closed_and_one_that_is_gone_is_closed_already() -> None:
    management = Management(gone=GONE)
    Sockets(lambda: management).close("a")
    Sockets(lambda: management).close("gone")
    assert management.closed == ["a"]


def test_a_connection_that_cannot_be_closed_now_may_be_later() -> None:
    with pytest.raises(Unavailable):
        Sockets(lambda: Management(a=THROTTLED)).close("a")
