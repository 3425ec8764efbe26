"""The HTTP API's edges."""

from typing import Any

import pytest

from local.engine.patches.http_api import failure_answer, proxy_event


def test_cookies_stand_in_their_own_list() -> None:
    event = {"version": "2.0", "routeKey": "GET /", "headers": {"cookie": "a=1; b=2;", "host": "h"}}
    assert proxy_event(event) == {
        "version": "2.0",
        "routeKey": "GET /",
        "headers": {"host": "h"},
        "cookies": ["a=1", "b=2"],
    }


def test_no_cookies_and_no_parameters_are_left_out() -> None:
    event: dict[str, Any] = {"version": "2.0", "routeKey": "GET /", "headers": {}, "pathParameters": None}
    assert set(proxy_event(event)) == {"version", "routeKey", "headers"}


@pytest.mark.parametrize("event", [{"Records": []}, [], "text", None, {"version": "0", "detail": {}}])
def test_other_events_stay_as_they_are(event: Any) -> None:
    assert proxy_event(event) is event


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ({"error": True, "body": {"errorType": "ValueError", "errorMessage": "a path"}}, 500),
        ({"error": True, "body": {"errorType": "Sandbox.Timedout"}}, 503),
        ({"throttle": True, "body": {}}, 503),
        ({"body": {"statusCode": "never"}}, 500),
        ({"body": {"statusCode": None}}, 500),
    ],
)
def test_a_failure_is_answered_without_its_text(result: dict[str, Any], status: int) -> None:
    answer = failure_answer(result)
    assert answer is not None
    assert answer["statusCode"] == status
    assert answer["body"] in {'{"message": "Internal Server Error"}', '{"message": "Service Unavailable"}'}


@pytest.mark.parametrize("body", [{"statusCode": 502, "body": "ours"}, {"any": "thing"}, "text", None])
def test_an_answer_is_no_failure(body: Any) -> None:
    assert failure_answer({"body": body}) is None
