"""Messages: each is done or comes again, and a bad one holds nobody back (R2)."""

from typing import Any

import pytest
from sluice.edge.consumers import each_message

from tests.events import sample


def batch(*bodies: str) -> dict[str, Any]:
    (record,) = sample("purge/deleted")["Records"]
    return {"Records": [{**record, "messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]}


def failed(answer: dict[str, Any]) -> list[str]:
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def test_every_message_is_worked_on() -> None:
    seen: list[dict[str, Any]] = []
    assert failed(each_message(batch('{"n": 1}', '{"n": 2}'), seen.append)) == []
    assert seen == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize("error", [ValueError("x"), RuntimeError("x"), KeyError("x")])
def test_a_message_that_fails_comes_again_and_the_others_are_done(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[int] = []

    def work(message: dict[str, Any]) -> None:
        if message["n"] == 2:
            raise error
        seen.append(message["n"])

    assert failed(each_message(batch('{"n": 1}', '{"n": 2}', '{"n": 3}'), work)) == ["m1"]
    assert seen == [1, 3]
    assert "message failed" in caplog.text


@pytest.mark.parametrize("body", ["", "{", "\ud800", "[" * 100_000])
def test_a_message_that_cannot_be_read_comes_again_and_ends_with_the_dead_letters(body: str) -> None:
    seen: list[object] = []
    assert failed(each_message(batch(body, "{}"), seen.append)) == ["m0"]
    assert seen == [{}]
