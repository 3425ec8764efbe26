"""Health, the OpenAPI document and its page, and paths that there are not."""

import gzip
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sluice import __version__

from functions.docs import handler as docs
from tests.deployment import forget
from tests.engine import Aws, unique
from tests.template_file import function_environment

FOLDER = Path(docs.__file__).parent


def call(key: str, *, accept: str = "", **path: str) -> dict[str, Any]:
    event = {
        "routeKey": key,
        "requestContext": {"requestId": "request-1", "domainName": "api.example.com"},
        "headers": {"accept-encoding": accept} if accept else {},
        "pathParameters": path,
    }
    return docs.handler(event, None)


def content(answer: dict[str, Any]) -> bytes:
    raw = b64decode(answer["body"]) if answer.get("isBase64Encoded") else answer["body"].encode()
    return gzip.decompress(raw) if answer["headers"].get("content-encoding") == "gzip" else raw


@pytest.fixture
def deployment(engine: Aws, monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """The function's environment, with a table that exists."""
    table = unique("videos")
    engine("dynamodb").create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
    )
    ours = {"VIDEOS_TABLE": table, "AUTH_SECRET_ARN": "auth-secret"}
    for name, value in {**function_environment(), **ours, **engine.environment}.items():
        monkeypatch.setenv(name, value)
    forget()
    yield engine
    forget()


def assert_health_contract(body: Any) -> None:
    document = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))
    whole = {"$ref": "#/components/schemas/HealthAnswer", "components": document["components"]}
    Draft202012Validator(whole).validate(body)


@pytest.mark.usefixtures("deployment")
def test_a_deployment_that_works_is_healthy() -> None:
    answer = call("GET /api/health")
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {
        "status": "ok",
        "version": __version__,
        "provider": "s3",
        "providers": ["s3"],
        "checks": {"configuration": "ok", "table": "ok"},
    }


@pytest.mark.usefixtures("deployment")
def test_a_table_that_does_not_answer_is_told_without_its_reason(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("VIDEOS_TABLE", "no-such-table")
    forget()
    answer = call("GET /api/health")
    body = json.loads(answer["body"])
    assert answer["statusCode"] == 503
    assert answer["headers"]["retry-after"] == "5"
    assert body["status"] == "failing"
    assert body["checks"] == {"configuration": "ok", "table": "failing"}
    assert "ResourceNotFound" not in answer["body"]
    assert_health_contract(body)
    assert "ResourceNotFoundException" in caplog.text


@pytest.mark.usefixtures("deployment")
@pytest.mark.parametrize(
    ("name", "value"), [("MEDIA_BUCKET", ""), ("PLAYBACK_TTL_SECONDS", "-5"), ("AUTH_SECRET_ARN", "")]
)
def test_an_unusable_configuration_is_named_in_the_log_alone(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(name, value)
    forget()
    answer = call("GET /api/health")
    body = json.loads(answer["body"])
    assert answer["statusCode"] == 503
    assert body["provider"] is None
    assert body["providers"] == []
    assert body["checks"] == {"configuration": "failing", "table": "failing"}
    assert name not in answer["body"]
    assert_health_contract(body)
    assert name in caplog.text


def test_the_document_is_served_as_committed() -> None:
    answer = call("GET /api/openapi.json", accept="gzip, deflate, br")
    assert answer["headers"]["content-type"] == "application/json"
    assert content(answer) == (FOLDER / "openapi.json").read_bytes()


def test_the_page_loads_nothing_from_elsewhere_and_runs_no_inline_script() -> None:
    answer = call("GET /api/docs")
    page = Parts()
    page.feed(content(answer).decode())
    assert answer["headers"]["content-type"] == "text/html; charset=utf-8"
    assert "'unsafe" not in answer["headers"]["content-security-policy"]
    assert answer["headers"]["x-frame-options"] == "DENY"
    assert page.inline == []
    assert page.loaded
    for address in page.loaded:
        name = re.fullmatch(r"docs/([\w.-]+)(?:\?v=[\d.]+)?", address)
        assert name, address
        assert call("GET /api/docs/{file}", file=name[1])["statusCode"] == 200


def test_the_page_asks_for_the_version_that_is_vendored() -> None:
    page = (FOLDER / "page/index.html").read_text()
    folder = docs._FILES["swagger-ui.css"].path.parent.name
    assert set(re.findall(r"\?v=([\d.]+)", page)) == {folder.removeprefix("swagger-ui-")}
    assert (FOLDER / "vendor" / folder / "LICENSE").is_file()
    assert folder in (FOLDER / "vendor/README.md").read_text()


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("swagger-ui.css", "text/css", 31_536_000),
        ("swagger-ui-bundle.js", "text/javascript", 31_536_000),
        ("page.css", "text/css", 300),
        ("page.js", "text/javascript", 300),
    ],
)
def test_files_of_the_page_have_their_type_and_may_be_kept(name: str, media_type: str, kept: int) -> None:
    answer = call("GET /api/docs/{file}", file=name, accept="gzip")
    headers = answer["headers"]
    assert headers["content-type"].startswith(media_type)
    assert headers["cache-control"] == f"public, max-age={kept}"
    assert headers["content-encoding"] == "gzip"
    assert content(answer) == docs._FILES[name].path.read_bytes()


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "identity, gzip; q=0.000"])
def test_whoever_takes_no_gzip_gets_the_file_as_it_is(accept: str) -> None:
    answer = call("GET /api/docs/{file}", file="page.js", accept=accept)
    assert "content-encoding" not in answer["headers"]
    assert content(answer) == (FOLDER / "page/page.js").read_bytes()


@pytest.mark.parametrize(
    "name", ["handler.py", "../handler.py", "..%2fhandler.py", "vendor/README.md", "index.html", "", "\x00"]
)
def test_only_files_of_the_list_are_served(name: str) -> None:
    answer = call("GET /api/docs/{file}", file=name)
    assert answer["statusCode"] == 404
    assert json.loads(answer["body"])["code"] == "no_such_path"


def test_answers_fit_through_lambda() -> None:
    # Lambda's limit for an answer is 6 MB, base64 and all.
    for name in docs._FILES:
        assert len(call("GET /api/docs/{file}", file=name)["body"]) < 6_000_000


def test_an_unknown_path_is_answered_in_our_own_words() -> None:
    answer = call("$default")
    assert answer["statusCode"] == 404
    assert json.loads(answer["body"]) == {
        "error": "There is no such path.",
        "code": "no_such_path",
        "requestId": "request-1",
    }


class Parts(HTMLParser):
    """What a page loads, and what it would run in itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.inline += [name for name in told if name.startswith("on") or name == "style"]
        if tag in {"style", "img", "iframe"} or (tag == "script" and "src" not in told):
            self.inline.append(tag)
        address = told.get("src") or (told.get("href") if tag == "link" else None)
        if address and not address.startswith("data:,"):
            self.loaded.append(address)
