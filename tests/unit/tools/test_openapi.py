"""The OpenAPI document is what the code says, whole and valid."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from sluice.domain.errors import FieldProblem, InvalidFields, SluiceError
from sluice.edge.errors import STATUS, error_body
from sluice.edge.http import Access

from tests.template_file import http_routes
from tools.openapi.document import DOCUMENT, document, rendered
from tools.openapi.examples import EXAMPLES
from tools.openapi.functions import http_functions
from tools.openapi.operations import operation_id

# The contract: who may call these without a token; every other route needs one.
PUBLIC = {
    "POST /api/analytics/events",
    "POST /api/analytics/cmcd",
    "POST /api/webhooks/mux",
    "POST /api/webhooks/cloudflare",
    "POST /api/webhooks/generation",
    "POST /api/webhooks/video-processing",
    "POST /api/mux/webhook",
    "GET /api/health",
    "GET /api/openapi.json",
    "GET /api/docs",
    "GET /api/docs/{file}",
    "GET /api/videos/{video_id}/hls/{file}",
    "GET /api/videos/{video_id}/storyboard.vtt",
    "GET /api/videos/{video_id}/poster.jpg",
}
ITS_KEY: list[dict[str, list[str]]] = [{"videoKey": []}, {"videoKeyInQuery": []}]
BY_KEY = {"GET /api/videos/{video_id}/download"}
READ_ONE_BY_ONE = {"POST /api/analytics/events", "POST /api/analytics/cmcd"}
FOR_PUBLIC_VIDEOS = {
    "GET /api/videos/{video_id}/status",
    "GET /api/videos/{video_id}/url",
    "POST /api/videos/{video_id}/token",
}

OPENAPI, RENDERED = cache(document), cache(rendered)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in OPENAPI()["paths"].items():
        for method, told in methods.items():
            yield f"{method.upper()} {path}", told


def test_the_committed_document_is_what_the_code_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == RENDERED(), "run: python -m tools.openapi"


def test_the_document_is_valid_openapi() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(OPENAPI()).iter_errors()] == []


def test_the_document_has_the_routes_of_the_template_and_no_others() -> None:
    assert {key for key, _ in operations()} == set(http_routes())


def test_each_route_is_served_by_the_function_that_the_template_sends_it_to() -> None:
    served = {route.key: function.folder for function in http_functions() for route in function.routes}
    assert served == http_routes()


def test_only_the_contracts_public_routes_need_no_token() -> None:
    access = {route.key: route.access for function in http_functions() for route in function.routes}
    assert {key for key, who in access.items() if who is Access.PUBLIC} == PUBLIC
    assert {key for key, who in access.items() if who is Access.OPTIONAL} == FOR_PUBLIC_VIDEOS
    assert {key for key, who in access.items() if who is Access.KEYED} == BY_KEY


def test_the_document_says_who_needs_a_token() -> None:
    for key, told in operations():
        if key in PUBLIC:
            assert told["security"] == [], key
        elif key in FOR_PUBLIC_VIDEOS:
            assert told["security"] == [{"bearer": []}, *ITS_KEY, {}], key
        elif key in BY_KEY:
            assert told["security"] == [{"bearer": []}, *ITS_KEY], key
        else:
            assert told["security"] == [{"bearer": []}], key


def test_every_reference_leads_somewhere() -> None:
    pointers = set(re.findall(r'"\$ref": "#/([^"]+)"', RENDERED()))
    assert pointers
    for pointer in pointers:
        node = OPENAPI()
        for step in pointer.split("/"):
            assert step in node, pointer
            node = node[step]


def test_every_shared_component_is_used() -> None:
    for kind in ("schemas", "responses", "parameters", "headers"):
        for name in OPENAPI()["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in RENDERED(), name


@pytest.mark.parametrize(("key", "told"), list(operations()))
def test_every_operation_says_what_it_does_and_how_it_fails(key: str, told: dict[str, Any]) -> None:
    statuses = set(told["responses"])
    assert told["summary"]
    assert {"429", "500", "503"} <= statuses
    assert any(status[0] in "23" for status in statuses)
    if {"bearer": []} in told["security"]:
        assert "401" in statuses
    if "{video_id}" in key:
        assert "404" in statuses
    if "requestBody" in told:
        # Events are looked at one by one: a bad one is told of beside the good ones.
        assert ({"400", "413"} if key in READ_ONE_BY_ONE else {"400", "413", "422"}) <= statuses


def test_operation_ids_are_names_of_their_own() -> None:
    ids = [told["operationId"] for _, told in operations()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]+", one) for one in ids)
    assert operation_id("GET /api/videos/{video_id}/status") == "getVideosByIdStatus"


def test_what_makes_something_takes_an_idempotency_key() -> None:
    keyed = {key for key, told in operations() if "IdempotencyKey" in json.dumps(told.get("parameters", []))}
    made = {key for key, told in operations() if key.startswith("POST ") and "201" in told["responses"]}
    # The paths of the reference documents answer 200 on success, whatever they make; an import is accepted.
    otherwise = {"POST /api/mux/upload", "POST /api/auth/video/download", "POST /api/videos/import"}
    otherwise |= {"POST /api/auth/create-video/generate-video", "POST /api/generations"}
    otherwise |= {"POST /api/webhook-endpoints/{endpoint_id}/test"}
    assert keyed == made | otherwise
    assert made == {
        "POST /api/communities",
        "POST /api/posts",
        "POST /api/posts/{post_id}/comments",
        "POST /api/videos/upload-url",
        "POST /api/videos/{video_id}/secret-key",
        "POST /api/webhook-endpoints",
        "POST /api/webhook-endpoints/{endpoint_id}/secret",
    }


def test_lists_tell_their_query() -> None:
    told = {one["name"]: one["schema"] for one in OPENAPI()["paths"]["/api/videos"]["get"]["parameters"]}
    assert told["limit"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 24}
    assert set(told["status"]["enum"]) == {"uploading", "processing", "ready", "error"}
    assert "cursor" in told


def test_streams_take_their_token_in_the_query() -> None:
    for path in ("hls/{file}", "storyboard.vtt", "poster.jpg"):
        told = OPENAPI()["paths"][f"/api/videos/{{video_id}}/{path}"]["get"]["parameters"]
        assert [(one["name"], one["required"]) for one in told if one["in"] == "query"] == [("token", True)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_keep_their_contract(name: str) -> None:
    whole = {"$ref": f"#/components/schemas/{name}", "components": OPENAPI()["components"]}
    checker = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(EXAMPLES[name])] == []


@pytest.mark.parametrize("kind", list(STATUS))
def test_errors_have_the_shape_that_the_document_shows(kind: type[SluiceError]) -> None:
    problems = [FieldProblem("fileSize", "is required")] if kind is InvalidFields else []
    body = error_body(kind("It did not work.", *problems), "request-1")
    whole = {"$ref": "#/components/schemas/ErrorBody", "components": OPENAPI()["components"]}
    checker = Draft202012Validator(whole)
    assert [error.message for error in checker.iter_errors(msgspec.to_builtins(body))] == []
