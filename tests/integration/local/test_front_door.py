"""The front door and the HTTP API behind it, through the real engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.integration.local.test_watch import health, save, waited_for
from tests.stack import LocalStack

HANDLER = """
import json, sys, time
def handler(event, context):
    print("asked", file=sys.stderr)
    answer = event["rawPath"].rsplit("/", 1)[-1]
    if answer == "raise":
        raise ValueError("a secret of the machine's")
    if answer == "sleep":
        time.sleep(60)
    if answer == "bytes":
        return {"statusCode": 200, "isBase64Encoded": True, "body": "AAEC/w==",
                "headers": {"Content-Type": "video/mp2t"}}
    return {"statusCode": 201, "cookies": ["a=1; HttpOnly", "b=2"], "headers": {"x-mine": "1"},
            "body": json.dumps({"asked": event})}
"""


@pytest.fixture(scope="module")
def answering(project: Path, edited: LocalStack) -> Iterator[LocalStack]:
    """The stack with a function behind unknown paths that answers what it was asked."""
    handler = project / "functions/docs/handler.py"
    before = handler.read_text()
    save(handler, HANDLER)
    waited_for(lambda: health(edited).status_code == 201)
    try:
        yield edited
    finally:
        save(handler, before)
        waited_for(lambda: health(edited).status_code == 200)


@pytest.fixture
def asking(answering: LocalStack) -> Iterator[httpx.Client]:
    """A client of it."""
    with answering.client() as client:
        yield client


@contextmanager
def timing_out(stack: LocalStack, seconds: int) -> Iterator[None]:
    """The function behind unknown paths is given less time than the template gives it."""
    functions = stack.aws("lambda")
    names = (found["FunctionName"] for found in functions.list_functions()["Functions"])
    name = next(name for name in names if "DocsFunction" in name)
    timeout = functions.get_function_configuration(FunctionName=name)["Timeout"]
    functions.update_function_configuration(FunctionName=name, Timeout=seconds)
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=name, Timeout=timeout)


def test_a_function_is_given_what_api_gateway_gives(answering: LocalStack, asking: httpx.Client) -> None:
    headers = {"Cookie": "one=1; two=2", "Content-Type": "application/json", "X-Custom": "1"}
    answer = asking.post("/api/nowhere/a%20b?x=1&x=2&y=", content=b'{"a": 1}', headers=headers)
    event = answer.json()["asked"]
    assert event["version"] == "2.0"
    assert event["rawPath"] == "/api/nowhere/a b"
    assert event["rawQueryString"] == "x=1&x=2&y="
    assert event["queryStringParameters"] == {"x": "1,2", "y": ""}
    assert event["cookies"] == ["one=1", "two=2"]
    assert "cookie" not in event["headers"]
    assert all(name == name.lower() for name in event["headers"])
    assert event["headers"]["host"] == f"localhost:{answering.port}"
    assert (event["body"], event["isBase64Encoded"]) == ('{"a": 1}', False)
    assert event["requestContext"]["http"]["method"] == "POST"


def test_a_binary_body_is_coded(asking: httpx.Client) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    answer = asking.post("/api/nowhere", content=b"\0\1\2\xff", headers=headers)
    event = answer.json()["asked"]
    assert (event["body"], event["isBase64Encoded"]) == ("AAEC/w==", True)


def test_an_answer_keeps_status_headers_cookies_and_bytes(asking: httpx.Client) -> None:
    answer = asking.get("/api/nowhere")
    assert answer.status_code == 201
    assert answer.headers.get_list("set-cookie") == ["a=1; HttpOnly", "b=2"]
    assert answer.headers["x-mine"] == "1"
    assert asking.get("/api/bytes").content == b"\0\1\2\xff"


def test_a_function_that_raised_is_answered_as_by_api_gateway(
    answering: LocalStack, asking: httpx.Client
) -> None:
    answer = asking.get("/api/raise")
    assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})
    raised = "ValueError: a secret of the machine's"
    waited_for(lambda: raised in answering.folder.log("functions").read_text())


def test_a_function_that_takes_too_long_is_answered_as_by_api_gateway(answering: LocalStack) -> None:
    with timing_out(answering, 1):
        answer = httpx.get(f"{answering.base_url}/api/sleep")
    assert (answer.status_code, answer.json()) == (503, {"message": "Service Unavailable"})


def test_a_body_of_more_than_ten_megabytes_is_refused(asking: httpx.Client) -> None:
    answer = asking.post("/api/nowhere", content=b"x" * (10 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_cors_is_for_the_pages_own_origins(stack: LocalStack) -> None:
    def preflight(origin: str) -> httpx.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return httpx.options(f"{stack.base_url}/api/videos", headers=headers)

    for origin in (stack.base_url, f"http://127.0.0.1:{stack.port}"):
        assert preflight(origin).headers["access-control-allow-origin"] == origin
    assert "access-control-allow-origin" not in preflight("https://evil.example").headers


def test_the_page_is_served(stack: LocalStack) -> None:
    page = httpx.get(f"{stack.base_url}/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_picked_name_is_signed_in(stack: LocalStack) -> None:
    with stack.client() as client:
        token = client.post("/local/token", json={"name": "Carol"}).json()["token"]
        answer = client.get("/api/videos", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_no_log_has_a_token_or_key(stack: LocalStack) -> None:
    token = stack.token("dora")
    with stack.client("dora") as client:
        client.get("/api/videos")
        client.get(f"/api/videos/vid_x/hls/index.m3u8?token={token}")
        body = {"filename": "a.mp4", "fileSize": 5, "mimeType": "video/mp4"}
        made = client.post("/api/videos/upload-url", json=body).json()
    httpx.put(made["uploadUrl"], content=b"wrong")
    secrets = stack.folder.secrets()
    signature = made["uploadUrl"].rpartition("X-Amz-Signature=")[2]
    hidden = [token, token.rsplit(".", 1)[1], secrets.auth, secrets.engine_key, signature]
    for path in stack.data.glob("*.log*"):
        text = path.read_text(errors="replace")
        assert [secret for secret in hidden if secret in text] == [], path.name
    assert "/api/videos/vid_x/hls/index.m3u8?token=*** 4" in stack.folder.log("requests").read_text()


def test_the_whole_record_of_a_request_is_one_line(stack: LocalStack) -> None:
    mark = uuid4().hex
    with stack.client() as client:
        client.get(f"/api/health?limit=1%0a{mark}")
    lines = stack.folder.log("requests").read_text().splitlines()
    (line,) = (line for line in lines if mark in line)
    assert f"GET /api/health?limit=1%0A{mark} 200" in line
