"""Messages: each is done or comes again, and a bad one holds nobody back (R2)."""

from datetime import timedelta
from typing import Any

import pytest
from sluice.domain.errors import Unavailable
from sluice.edge.consumers import each_message, each_subject

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


class HoldingQueue:
    """Notes who is held how long, or is not to be reached."""

    def __init__(self, *, reached: bool = True) -> None:
        self.held: list[tuple[str, timedelta]] = []
        self._reached = reached

    def hold(self, receipt: str, pause: timedelta) -> None:
        if not self._reached:
            raise Unavailable("later")
        self.held.append((receipt, pause))


@pytest.mark.parametrize(("attempt", "longest"), [(1, 10), (2, 30), (3, 90), (4, 270), (5, 360), (12, 360)])
def test_a_message_that_fails_comes_again_soon_at_first_and_later_each_time(
    attempt: int, longest: int
) -> None:
    queue, event = HoldingQueue(), batch("{}", "[]")
    for number, record in enumerate(event["Records"]):
        record["attributes"] = {"ApproximateReceiveCount": str(attempt)}
        record["receiptHandle"] = f"r{number}"

    assert failed(each_message(event, lambda message: message["not there"], hold=queue.hold)) == ["m0", "m1"]

    assert [receipt for receipt, _ in queue.held] == ["r0", "r1"]
    assert all(longest / 2 <= pause.total_seconds() <= longest for _, pause in queue.held)


def test_messages_that_are_done_are_not_held() -> None:
    queue = HoldingQueue()
    each_message(batch("{}"), lambda _: None, hold=queue.hold)
    assert queue.held == []


def test_if_the_queue_cannot_be_told_the_message_comes_again_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue = HoldingQueue(reached=False)
    assert failed(each_message(batch("{"), lambda _: None, hold=queue.hold)) == ["m0"]
    assert "when its queue has it so" in caplog.text


def by_subject(event: dict[str, Any], seen: list[dict[str, Any]], *, fails: int | None = None) -> list[str]:
    def work(message: dict[str, Any]) -> None:
        if message["of"] == fails:
            raise RuntimeError
        seen.append(message)

    return failed(each_subject(event, lambda message: str(message["of"]), work))


def test_messages_about_one_subject_are_worked_on_together() -> None:
    seen: list[dict[str, Any]] = []
    event = batch('{"of": 1, "n": 1}', '{"of": 2, "n": 2}', '{"of": 1, "n": 3}')
    assert by_subject(event, seen) == []
    assert sorted(seen, key=lambda message: message["n"]) == [{"of": 2, "n": 2}, {"of": 1, "n": 3}]


def test_if_a_subject_fails_all_its_messages_come_again_and_the_others_are_done() -> None:
    seen: list[dict[str, Any]] = []
    event = batch('{"of": 1}', '{"of": 2}', '{"of": 1}')
    assert by_subject(event, seen, fails=1) == ["m0", "m2"]
    assert seen == [{"of": 2}]


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", "7", "null"])
def test_a_message_without_a_subject_fails_by_itself(body: str) -> None:
    seen: list[dict[str, Any]] = []
    assert by_subject(batch(body, '{"of": 2}'), seen) == ["m0"]
    assert seen == [{"of": 2}]


def test_a_batch_of_nothing_is_done() -> None:
    assert by_subject({"Records": []}, []) == []
