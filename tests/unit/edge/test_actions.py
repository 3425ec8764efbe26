"""WebSocket events: who decides about handshakes, what messages may be, and what is answered."""

import json
from typing import Any

import pytest
from msgspec import Struct
from sluice.domain.errors import Forbidden, Unauthenticated, Unavailable
from sluice.edge.actions import Actions, Frame

from tests.events import sample


class Greeting(Struct, rename="camel"):
    """Who is greeted."""

    whom: str


class Told(Struct, tag="greeted", tag_field="type"):
    """And how."""

    text: str


def nothing(_frame: Frame) -> None:
    """As it should be."""


def handler(connect: Any = nothing, disconnect: Any = nothing) -> Actions:
    actions = Actions(connect=connect, disconnect=disconnect)

    @actions.action("greet")
    def greet(frame: Frame, body: Greeting) -> Told:
        return Told(f"Hello {body.whom}, {frame.connection_id}")

    @actions.action("forbidden")
    def forbidden(_frame: Frame, body: Greeting) -> Told:
        raise Forbidden(f"Not to {body.whom}.")

    @actions.action("broken")
    def broken(_frame: Frame, body: Greeting) -> Told:
        raise ValueError("hunter2")

    @actions.bare("hello")
    def bare(_frame: Frame, raw: bytes) -> Told:
        return Told(raw.decode())

    return actions


def said(message: object, actions: Actions | None = None) -> dict[str, Any]:
    event = sample("realtime/ping")
    event["body"] = message if isinstance(message, str) else json.dumps(message)
    answer = (actions or handler())(event, None)
    assert answer["statusCode"] == 200
    return dict(json.loads(answer["body"]))


def raising(error: Exception) -> Any:
    def step(_frame: Frame) -> None:
        raise error

    return step


def test_an_action_is_given_its_message_and_answers() -> None:
    told = said({"action": "greet", "whom": "Bob"})
    assert told == {"type": "greeted", "text": "Hello Bob, DPB09f5PliACGXg="}


@pytest.mark.parametrize("message", ['{"hello": 1}', "[1]", "[]"])
def test_what_has_no_action_may_be_known_by_a_field_or_by_being_many(message: str) -> None:
    assert said(message) == {"type": "greeted", "text": message}


def test_a_handshake_is_accepted_by_doing_nothing_about_it() -> None:
    assert handler()(sample("realtime/connect"), None) == {"statusCode": 200}


def test_a_handshake_has_its_query() -> None:
    seen: list[str] = []
    handler(connect=lambda frame: seen.append(frame.query["token"]))(sample("realtime/connect"), None)
    assert seen == ["a.b.c"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(Unauthenticated("no"), 401), (Unavailable("later"), 503), (ValueError("hunter2"), 500)],
)
def test_a_handshake_is_refused_with_the_error_s_status(error: Exception, status: int) -> None:
    answer = handler(connect=raising(error))(sample("realtime/connect"), None)
    assert answer["statusCode"] == status
    assert "hunter2" not in str(answer)


def test_a_disconnection_that_cannot_be_remembered_fails() -> None:
    answer = handler(disconnect=raising(Unavailable("later")))(sample("realtime/disconnect"), None)
    assert answer["statusCode"] == 503


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "malformed_request"),
        ("{", "malformed_request"),
        ("7", "malformed_request"),
        ('"greet"', "malformed_request"),
        ("\ud800", "malformed_request"),
        ("[" * 100_000, "malformed_request"),
        ({"action": 7}, "no_such_action"),
        ({"action": 7, "hello": 1}, "no_such_action"),
        ({}, "no_such_action"),
        ({"action": "$connect"}, "no_such_action"),
        ({"action": "__class__"}, "no_such_action"),
        ({"action": "greet"}, "invalid_fields"),
        ({"action": "greet", "whom": 7}, "invalid_fields"),
        ({"action": "forbidden", "whom": "Bob"}, "forbidden"),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_code(message: object, code: str) -> None:
    told = said(message)
    assert (told["type"], told["code"], told["requestId"]) == ("error", code, "DPB09H1oliAFZ5g=")
    assert told["error"].endswith(".")


def test_a_refusal_says_what_it_is_about() -> None:
    told = said({"action": "forbidden", "whom": "Bob", "videoId": "vid_1"})
    assert (told["action"], told["videoId"]) == ("forbidden", "vid_1")
    assert "action" not in said({"action": "x" * 1000})
    assert "videoId" not in said({"action": "x", "videoId": {"deep": 1}})


def test_an_unexpected_failure_is_logged_and_its_text_is_not_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = said({"action": "broken", "whom": "Bob"})
    assert told["code"] == "internal_error"
    assert "hunter2" not in json.dumps(told)
    assert "action failed" in caplog.text


def test_neither_a_token_nor_a_message_is_logged(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    handler()(sample("realtime/connect"), None)
    said({"action": "forbidden", "whom": "Bob", "key": "the-secret-key"})
    written = (
        capsys.readouterr().out + caplog.text + json.dumps([vars(one) for one in caplog.records], default=str)
    )
    assert "a.b.c" not in written
    assert "the-secret-key" not in written
    assert '"$connect"' in written
