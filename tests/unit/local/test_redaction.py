"""Nothing that opens a door is in a log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.redaction import loggable_target, redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsb2NhbC1hbGljZSJ9.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Bearer {JWT}",
        f"GET /api/videos/vid_1/hls/index.m3u8?token={JWT} HTTP/1.1",
        f"the token {JWT} was refused",
        f'{{"token": "{JWT}"}}',
        "PUT /bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=c2lnbmF0dXJl",
        "GET /bucket/key?a=1&x-amz-security-token=c2lnbmF0dXJl",
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIA/2026/us-east-1/s3, Signature=c2lnbmF0dXJl",
        "{'authorization': 'Basic c2lnbmF0dXJl', 'host': 'localhost'}",
        '{"AUTH_JWT_SECRET": "c2lnbmF0dXJl"}',
        '{"SecretString": "c2lnbmF0dXJl"}',
        "AWS_SECRET_ACCESS_KEY=c2lnbmF0dXJl",
        "x-video-key: c2lnbmF0dXJl",
        "/api/videos/vid_1/url?key=c2lnbmF0dXJl",
    ],
)
def test_a_secret_is_taken_out(line: str) -> None:
    assert "c2lnbmF0dXJl" not in redact(line)
    assert "eyJ" not in redact(line)


@pytest.mark.parametrize(
    "line",
    [
        "INFO [lambda] Lambda function created: sluice-local-DocsFunction-1 (python3.13)",
        "GET /api/videos?limit=24&status=ready 200",
        "Step Functions execution started: arn:aws:states:us-east-1:000000000000:execution:m:vid_1",
    ],
)
def test_what_holds_no_secret_stays(line: str) -> None:
    assert redact(line) == line


def test_a_target_shows_plain_parameters_and_hides_all_others() -> None:
    query = "limit=24&cursor=abc&token=xyz&X-Amz-Signature=123&status=ready"
    assert loggable_target("/api/videos", query) == (
        "/api/videos?limit=24&cursor=***&token=***&X-Amz-Signature=***&status=ready"
    )


def test_a_target_without_a_query_is_its_path() -> None:
    assert loggable_target("/api/videos/vid_1", "") == "/api/videos/vid_1"


def test_a_secret_in_the_place_of_a_name_is_hidden_too() -> None:
    assert JWT not in loggable_target("/", JWT)
    assert "c2ln" not in loggable_target("/", "c2ln.bmF0/dXJl")


@given(st.text())
def test_no_query_is_too_odd(query: str) -> None:
    assert "\n" not in loggable_target("/", query)


@given(
    st.text(alphabet="abcdefghijklmnop0123456789_-", min_size=20, max_size=60),
    st.sampled_from(["token", "key"]),
)
def test_no_value_gets_through(secret: str, name: str) -> None:
    assert secret not in loggable_target("/api/videos/vid_1/url", f"{name}={secret}")
    assert secret not in redact(f"GET /api/videos/vid_1/url?{name}={secret}")
