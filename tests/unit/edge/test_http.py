"""Requests in and answers out: every error has its status, its shape and its headers, and tells no secret."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct
from sluice.domain import errors
from sluice.domain.identity import Caller
from sluice.edge.http import Access, Api, Reply, Request

from tests.builders import ALICE
from tests.events import answer_of, http_event

READ, ASK = "GET /api/videos/{video_id}", "POST /api/videos/upload-url"


class Body(Struct, frozen=True, rename="camel"):
    """Made up."""

    file_name: str
    size: Annotated[int, Meta(ge=1)] = 1
    tags: list[str] = []


def authenticate(headers: Mapping[str, str]) -> Caller:
    if headers.get("authorization") != "Bearer good":
        raise errors.Unauthenticated("Please sign in.")
    return ALICE


def raising(error: Exception, key: str = READ) -> Api:
    api = Api(authenticate)

    @api.route(key, access=Access.PUBLIC)
    def fail(request: Request, video_id: str) -> None:
        raise error

    return api


CATEGORIES = [
    (errors.Malformed, 400),
    (errors.Invalid, 400),
    (errors.InvalidFields, 422),
    (errors.TooLarge, 413),
    (errors.WrongMediaType, 415),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooManyRequests, 429),
    (errors.ProviderRefused, 502),
    (errors.Unavailable, 503),
    (errors.WriteConflict, 503),
]


@pytest.mark.parametrize(("kind", "status"), CATEGORIES)
def test_each_category_of_error_has_its_status_and_the_one_shape(
    kind: type[errors.SluiceError], status: int
) -> None:
    reply = raising(kind("It went wrong.", code="some_code"))(http_event(READ), None)
    body = answer_of(reply)
    assert reply["statusCode"] == status
    assert reply["headers"]["content-type"] == "application/json"
    assert (body["error"], body["code"], body["requestId"]) == (
        "It went wrong.", "some_code", "JKJaXmPLvHcESHA=",
    )  # fmt: skip


def test_fields_that_are_wrong_are_listed() -> None:
    problems = [errors.FieldProblem("a", "is wrong"), errors.FieldProblem("b", "too")]
    body = answer_of(raising(errors.InvalidFields("No.", *problems))(http_event(READ), None))
    assert body["details"] == [{"field": "a", "problem": "is wrong"}, {"field": "b", "problem": "too"}]


def test_an_error_without_fields_lists_none() -> None:
    assert "details" not in answer_of(raising(errors.NotFound("No."))(http_event(READ), None))


def test_who_is_not_signed_in_is_told_how_to() -> None:
    reply = raising(errors.Unauthenticated("No."))(http_event(READ), None)
    assert reply["headers"]["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("kind", [errors.TooManyRequests, errors.Unavailable])
def test_who_has_to_wait_is_told_how_long(kind: Any) -> None:
    reply = raising(kind("Later.", retry_after_seconds=7))(http_event(READ), None)
    assert reply["headers"]["retry-after"] == "7"


SECRET = "password=hunter2"


class Ours(errors.SluiceError):
    """An error of ours that has no category."""


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), KeyError(SECRET), Ours(SECRET), RecursionError(SECRET)]
)
def test_an_unexpected_error_says_nothing_to_the_caller_and_all_to_the_log(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    reply = raising(error)(http_event(READ), None)
    assert reply["statusCode"] == 500
    assert "hunter2" not in json.dumps(reply)
    assert answer_of(reply)["code"] == "internal_error"
    assert "hunter2" in caplog.text


def test_an_answer_that_cannot_be_written_is_an_internal_error() -> None:
    api = Api(authenticate)

    @api.route(READ, access=Access.PUBLIC)
    def unwritable(request: Request, video_id: str) -> object:
        return {"text": "\ud800"}

    assert api(http_event(READ), None)["statusCode"] == 500


def test_a_path_that_there_is_not_is_not_found() -> None:
    reply = Api(authenticate)({**http_event(READ), "routeKey": "$default"}, None)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "no_such_path")


def test_no_answer_is_cached_or_guessed_at() -> None:
    headers = raising(errors.NotFound("No."))(http_event(READ), None)["headers"]
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


def whoami(access: Access) -> Api:
    api = Api(authenticate)

    @api.route(READ, access=access)
    def name(request: Request, video_id: str) -> dict[str, str | None]:
        return {"user": request.maybe_caller.user_id if request.maybe_caller else None}

    return api


@pytest.mark.parametrize(
    ("access", "token", "status", "user"),
    [
        (Access.PRIVATE, "good", 200, "alice"),
        (Access.PRIVATE, "bad", 401, None),
        (Access.PRIVATE, None, 401, None),
        (Access.OPTIONAL, "good", 200, "alice"),
        (Access.OPTIONAL, "bad", 401, None),
        (Access.OPTIONAL, "", 401, None),
        (Access.OPTIONAL, None, 200, None),
        (Access.PUBLIC, "bad", 200, None),
        (Access.PUBLIC, None, 200, None),
    ],
)
def test_a_route_asks_for_a_token_as_its_access_says(
    access: Access, token: str | None, status: int, user: str | None
) -> None:
    reply = whoami(access)(http_event(READ, token=token), None)
    assert reply["statusCode"] == status
    assert answer_of(reply).get("user") == user


def test_a_route_is_private_unless_it_says_otherwise() -> None:
    api = Api(authenticate)
    api.route(READ)(lambda request, **_path: {"by": request.caller.user_id})
    assert api(http_event(READ), None)["statusCode"] == 401


def test_a_route_that_needs_a_caller_after_all_is_refused_without_one() -> None:
    api = Api(authenticate)

    @api.route(READ, access=Access.OPTIONAL)
    def needs(request: Request, video_id: str) -> str:
        return request.caller.user_id

    assert api(http_event(READ), None)["statusCode"] == 401


def echo() -> Api:
    api = Api(authenticate)

    @api.route(ASK, access=Access.PUBLIC, status=201)
    def take(request: Request, body: Body) -> Body:
        return body

    return api


def sent(body: str | None, *, base64: bool = False) -> dict[str, Any]:
    event = {**http_event(ASK), "isBase64Encoded": base64, "body": body}
    return echo()(event, None)


GOOD = '{"fileName": "ä.mp4", "size": 2, "unknown": true}'


@pytest.mark.parametrize("base64", [False, True])
def test_a_body_is_read_against_its_contract_however_it_is_encoded(base64: bool) -> None:
    reply = sent(b64encode(GOOD.encode()).decode() if base64 else GOOD, base64=base64)
    assert reply["statusCode"] == 201
    assert answer_of(reply) == {"fileName": "ä.mp4", "size": 2, "tags": []}


@pytest.mark.parametrize(
    ("body", "base64", "status", "code"),
    [
        ("{", False, 400, "malformed_request"),
        ("[]", False, 400, "malformed_request"),
        ("null", False, 400, "malformed_request"),
        ("not json", False, 400, "malformed_request"),
        ("\ud800", False, 400, "malformed_request"),
        ("!!!!", True, 400, "malformed_request"),
        ("ä", True, 400, "malformed_request"),
        ("/////w==", True, 400, "malformed_request"),
        ("[" * 100_000, False, 400, "malformed_request"),
        (None, False, 422, "invalid_fields"),
        ("", False, 422, "invalid_fields"),
        ("{}", False, 422, "invalid_fields"),
        ('{"fileName": 1}', False, 422, "invalid_fields"),
        ('{"fileName": "a", "size": 0}', False, 422, "invalid_fields"),
        ('{"fileName": "a", "size": 1.5}', False, 422, "invalid_fields"),
        ('{"fileName": "a", "tags": [1]}', False, 422, "invalid_fields"),
    ],
)
def test_an_unreadable_body_is_400_and_a_wrong_field_422(
    body: str | None, base64: bool, status: int, code: str
) -> None:
    reply = sent(body, base64=base64)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (status, code)


def test_a_body_may_be_as_large_as_the_longest_list_of_parts_and_no_larger() -> None:
    part = {"partNumber": 10_000, "etag": '"d41d8cd98f00b204e9800998ecf8427e"'}
    longest = json.dumps({"fileName": "a", "parts": [part] * 10_000})
    assert sent(longest)["statusCode"] == 201
    reply = sent(json.dumps({"fileName": "a" * 1_048_576}))
    assert (reply["statusCode"], answer_of(reply)["code"]) == (413, "body_too_large")


@given(st.text(max_size=80) | st.binary(max_size=80), st.booleans())
def test_no_body_is_ever_our_fault(raw: str | bytes, base64: bool) -> None:
    text = b64encode(raw).decode() if isinstance(raw, bytes) else raw
    assert sent(text, base64=base64)["statusCode"] < 500


def answering(answer: object, **route: Any) -> dict[str, Any]:
    api = Api(authenticate)
    api.route(READ, access=Access.PUBLIC, **route)(lambda _request, **_path: answer)
    return api(http_event(READ), None)


def test_nothing_is_an_empty_body() -> None:
    reply = answering(None, status=204)
    assert (reply["statusCode"], reply["body"]) == (204, "")
    assert "content-type" not in reply["headers"]


def test_text_goes_out_as_it_is_with_its_type() -> None:
    reply = answering("#EXTM3U", media_type="application/vnd.apple.mpegurl")
    assert reply["body"] == "#EXTM3U"
    assert reply["headers"]["content-type"] == "application/vnd.apple.mpegurl"


def test_bytes_go_out_as_base64() -> None:
    reply = answering(Reply(data=b"\x00\xff"))
    assert reply["isBase64Encoded"]
    assert b64decode(reply["body"]) == b"\x00\xff"


def test_a_reply_may_set_headers_and_status() -> None:
    reply = answering(Reply(302, headers={"location": "https://x/"}))
    assert (reply["statusCode"], reply["headers"]["location"]) == (302, "https://x/")


def test_a_request_knows_where_the_api_answered_and_which_request_it_is() -> None:
    seen: list[Request] = []
    api = Api(authenticate)
    api.route(READ, access=Access.PUBLIC)(lambda request, **_path: seen.append(request))
    api(http_event(READ), None)
    assert seen[0].base_url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
    assert seen[0].request_id == "JKJaXmPLvHcESHA="
    assert seen[0].now.utcoffset() is not None


def test_every_request_is_one_line_with_its_route_and_status_and_nothing_private(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-6b020244-13a59d576a75a21b4a89f701;Parent=53995c3f42cd8ad8")
    event = http_event(READ, token="good", query={"token": "hunter2"})
    caplog.set_level("INFO")
    whoami(Access.PRIVATE)(event, None)
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["message"], told["route"], told["status"]) == ("request", READ, 200)
    assert (told["level"], told["requestId"]) == ("INFO", event["requestContext"]["requestId"])
    assert told["xray_trace_id"] == "1-6b020244-13a59d576a75a21b4a89f701"
    (measured,) = told["_aws"]["CloudWatchMetrics"]
    assert {one["Name"] for one in measured["Metrics"]} == {"RequestTime", "ServerErrors"}
    assert (told["ServerErrors"], len(told["RequestTime"])) == ([0.0], 1)
    assert "hunter2" not in line
    assert "Bearer" not in line
    assert not caplog.records


def test_what_failed_outside_is_in_the_log_by_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    error = errors.Unavailable("Later, please.")
    error.__cause__ = TimeoutError("https://example.test/?token=hunter2")
    assert raising(error)(http_event(READ), None)["statusCode"] == 503
    (record,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert (vars(record)["cause"], vars(record)["code"]) == ("TimeoutError", "unavailable")
    assert "hunter2" not in str(vars(record))


def test_where_nobody_can_sign_in_a_private_route_is_closed() -> None:
    api = Api()

    @api.route(READ)
    def read(request: Request, video_id: str) -> None:
        raise AssertionError("served")

    reply = api(http_event(READ, token="good"), None)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (401, "unauthenticated")


# ---------------------------------------------------------------- secret keys


def seen(access: Access, headers: dict[str, str] | None, query: dict[str, str] | None = None) -> Any:
    """Who is asking, and with which key, as a route of this access sees it; else the status."""
    api, found = Api(authenticate), []

    @api.route(READ, access=access)
    def look(request: Request, video_id: str) -> None:
        found.append((request.maybe_caller, request.video_key))

    reply = api(http_event(READ, headers=headers, query=query), None)
    return found[0] if found else reply["statusCode"]


FORGED, SIGNED_IN = {"authorization": "Bearer bad"}, {"authorization": "Bearer good"}


@pytest.mark.parametrize("access", [Access.OPTIONAL, Access.KEYED])
@pytest.mark.parametrize("token", [{}, FORGED, SIGNED_IN])
def test_where_a_key_decides_no_token_is_looked_at(access: Access, token: dict[str, str]) -> None:
    assert seen(access, {**token, "x-video-key": "k"}) == (None, "k")
    assert seen(access, token, {"key": "k"}) == (None, "k")
    assert seen(access, {**token, "x-video-key": "h"}, {"key": "q"}) == (None, "h")


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_key_is_none(empty: str) -> None:
    for headers, query in (({"x-video-key": empty}, None), ({}, {"key": empty})):
        assert seen(Access.KEYED, headers, query) == 401
        assert seen(Access.KEYED, {**headers, **FORGED}, query) == 401
        assert seen(Access.KEYED, {**headers, **SIGNED_IN}, query) == (ALICE, "")
        assert seen(Access.OPTIONAL, headers, query) == (None, "")
        assert seen(Access.OPTIONAL, {**headers, **FORGED}, query) == 401


def test_a_private_route_has_no_use_for_a_key() -> None:
    assert seen(Access.PRIVATE, {"x-video-key": "k"}) == 401
    assert seen(Access.PRIVATE, {"x-video-key": "k", **SIGNED_IN}) == (ALICE, "k")


def test_no_log_line_holds_the_key(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    api = Api(authenticate)

    @api.route(READ, access=Access.KEYED)
    def fail(request: Request, video_id: str) -> None:
        raise ValueError("something")

    for headers, query in (({"x-video-key": "hush-hush"}, None), ({}, {"key": "hush-hush"})):
        assert api(http_event(READ, headers=headers, query=query), None)["statusCode"] == 500
    printed = capsys.readouterr()
    assert "hush" not in caplog.text + printed.out + printed.err
