"""Bodies and queries against their contracts: whatever comes in, only our own errors come out."""

import json
from contextlib import suppress
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, Meta, Struct, UnsetType
from sluice.domain.errors import InvalidFields, Malformed
from sluice.edge.bodies import read_body, read_query
from sluice.edge.contract.uploads import CompleteRequest, PartsRequest, UploadRequest
from sluice.edge.contract.videos import EditRequest, GalleryQuery


class Inner(Struct, rename="camel"):
    """Made up."""

    part_number: int


class Outer(Struct, rename="camel"):
    """Made up."""

    file_size: int
    parts: list[Inner] = []
    extra: dict[str, Any] | None = None


class Query(Struct, rename="camel"):
    """Made up."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 24
    status: Literal["ready"] | UnsetType = UNSET


def problem_of(raw: str) -> tuple[str, str]:
    with pytest.raises(InvalidFields) as refused:
        read_body(Outer, raw.encode())
    (problem,) = refused.value.problems
    return problem.field, problem.problem


def test_a_good_body_is_an_instance_and_an_empty_one_an_empty_object() -> None:
    assert read_body(Outer, b'{"fileSize": 3, "parts": [{"partNumber": 1}]}').parts == [Inner(1)]
    assert read_body(EditRequest, b"").title is None


@pytest.mark.parametrize(
    ("raw", "field", "problem"),
    [
        ("{}", "fileSize", "is required"),
        ('{"fileSize": "3"}', "fileSize", "Expected `int`, got `str`"),
        ('{"fileSize": 3, "parts": {}}', "parts", "Expected `array`, got `object`"),
        ('{"fileSize": 3, "parts": [{}]}', "parts[0].partNumber", "is required"),
        (
            '{"fileSize": 3, "parts": [{"partNumber": 1}, {"partNumber": null}]}',
            "parts[1].partNumber",
            "Expected `int`, got `null`",
        ),
    ],
)
def test_a_wrong_field_is_named_as_the_client_wrote_it(raw: str, field: str, problem: str) -> None:
    assert problem_of(raw) == (field, problem)


@pytest.mark.parametrize(
    "raw",
    [b"{", b"[]", b'"a"', b"1", b"null", b"\xff\xfe", b"NaN", b'{"fileSize": 3} {}', b'{"fileSize": 3,}',
     b"\xef\xbb\xbf{}",
     b'{"extra": {"a": "\\ud800"}, "fileSize": 3}', b"\x00", b"[" * 200_000, b'{"a":' * 200_000, b"{'a': 1}"],
)  # fmt: skip
def test_what_is_no_json_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        read_body(Outer, raw)


def test_numbers_beyond_all_bounds_are_refused_or_read_whole() -> None:
    assert read_body(Outer, b'{"fileSize": 100000000000000000000000000}').file_size == 10**26
    assert problem_of('{"fileSize": 1, "extra": {"a": 1e999}}')[0].startswith("extra")


contracts = pytest.mark.parametrize("contract", [UploadRequest, PartsRequest, CompleteRequest, EditRequest])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["filename", "fileSize", "mimeType", "title", "metadata", "visibility", "provider", "protocol",
          "partNumbers", "parts", "custom"]  # fmt: skip


def _only_our_errors(contract: type[Any], raw: bytes) -> None:
    with suppress(Malformed, InvalidFields):
        read_body(contract, raw)


@contracts
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_are_more_than_refused(contract: type[Any], raw: bytes) -> None:
    _only_our_errors(contract, raw)


@contracts
@given(body=st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_fields_are_more_than_refused(contract: type[Any], body: dict[str, object]) -> None:
    _only_our_errors(contract, json.dumps(body).encode(errors="surrogatepass"))


@pytest.mark.parametrize("etag", ["", "a" * 129, "\x00", "a\nb", "\x1b", "ä", "a b"])
def test_an_etag_that_no_bucket_would_give_is_refused(etag: str) -> None:
    """Control characters cannot be written in the XML that S3 is asked with."""
    raw = json.dumps({"parts": [{"partNumber": 1, "etag": etag}]}).encode()
    with pytest.raises(InvalidFields):
        read_body(CompleteRequest, raw)


@pytest.mark.parametrize("etag", ['"d41d8cd98f00b204e9800998ecf8427e"', "d41d8cd98f00b204e9800998ecf8427e-2"])
def test_an_etag_is_taken_with_and_without_its_quotes(etag: str) -> None:
    raw = json.dumps({"parts": [{"partNumber": 1, "etag": etag}]}).encode()
    assert read_body(CompleteRequest, raw).pairs() == [(1, etag)]


@pytest.mark.parametrize(("text", "limit"), [("1", 1), ("24", 24), ("100", 100)])
def test_a_number_in_a_query_is_read_from_its_digits(text: str, limit: int) -> None:
    assert read_query(Query, {"limit": text}).limit == limit


@pytest.mark.parametrize("text", ["0", "101", "-1", "1.5", "", "x", "٣", "9" * 5000, "0x10", "null"])
def test_a_number_in_a_query_that_is_none_or_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        read_query(Query, {"limit": text})
    assert refused.value.problems[0].field == "limit"


def test_a_query_without_parameters_has_what_the_contract_says() -> None:
    query = read_query(Query, {})
    assert (query.limit, query.status) == (24, UNSET)
    assert read_query(Query, {"other": "x"}) == query


@pytest.mark.parametrize("status", ["READY", "deleted", "", "ready,error"])
def test_a_choice_that_is_none_is_refused(status: str) -> None:
    with pytest.raises(InvalidFields):
        read_query(Query, {"status": status})


@given(st.dictionaries(st.sampled_from(["limit", "cursor", "status"]), st.text(max_size=20)))
def test_no_query_is_more_than_refused(query: dict[str, str]) -> None:
    with suppress(InvalidFields):
        read_query(GalleryQuery, query)
