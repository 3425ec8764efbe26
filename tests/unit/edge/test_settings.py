"""The configuration: whatever is missing or wrong is named, and its value never shown."""

from datetime import timedelta

import pytest
from sluice.domain.addresses import AddressPolicy, Exemption
from sluice.edge.settings import Misconfigured, read_settings

from tests.template_file import function_environment

GOOD = {**function_environment(), "AWS_REGION": "eu-central-1", "AUTH_SECRET_ARN": "arn:secret"}
NEEDED = ["AWS_REGION", "VIDEOS_TABLE", "IDEMPOTENCY_TABLE", "MEDIA_BUCKET", "EVENT_BUS", "INGEST_QUEUE_URL",
          "PURGE_QUEUE_URL", "ANALYTICS_TABLE", "BEACON_QUEUE_URL", "SIGNING_ROLE_ARN", "SIGNING_SECRET_ARN",
          "VIDEO_PROVIDER", "MAX_VIDEO_SIZE_MB",
          "MAX_VIDEO_DURATION_MINUTES", "PLAYBACK_TTL_SECONDS", "STATUS_REFRESH_SECONDS",
          "UPLOAD_TTL_SECONDS", "LADDER", "IMPORT_QUEUE_URL", "IMPORT_TIMEOUT_SECONDS",
          "ALLOW_HTTP_IMPORT"]  # fmt: skip
BOUNDS = {
    "MAX_VIDEO_SIZE_MB": (1, 5_000_000),
    "MAX_VIDEO_DURATION_MINUTES": (1, 1440),
    "PLAYBACK_TTL_SECONDS": (60, 86_400),
    "UPLOAD_TTL_SECONDS": (60, 86_400),
    "STATUS_REFRESH_SECONDS": (1, 3_600),
    "IMPORT_TIMEOUT_SECONDS": (10, 840),
}


def refusal(**changes: str | None) -> str:
    env = {**GOOD, **changes}
    with pytest.raises(Misconfigured) as refused:
        read_settings({name: value for name, value in env.items() if value is not None})
    return refused.value.message


def test_what_the_template_gives_to_functions_is_usable() -> None:
    ours = read_settings(GOOD)
    assert ours.max_video_bytes == 500 * 1024 * 1024
    assert (ours.playback_ttl, ours.upload_ttl) == (timedelta(hours=1), timedelta(hours=6))
    assert ours.status_refresh_seconds == 10
    assert ours.ladder == (1080, 720, 480)
    assert (ours.auth_jwks_url, ours.public_url, ours.aws_endpoint) == (None, None, None)


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_variable_that_is_missing_or_empty_is_named(name: str, value: str | None) -> None:
    assert name in refusal(**{name: value})


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("value", ["hunter2", "-1", "1.5", "1e3", "٣", "0", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_or_out_of_bounds_is_named_and_not_shown(name: str, value: str) -> None:
    message = refusal(**{name: value})
    assert name in message
    assert len(message) < 200
    assert "hunter2" not in message


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_a_number_may_be_anything_within_its_bounds(name: str, bounds: tuple[int, int]) -> None:
    low, high = bounds
    for value in (low, high):
        read_settings({**GOOD, name: str(value)})
    for value in (low - 1, high + 1):
        assert name in refusal(**{name: str(value)})


def test_imports_go_to_public_https_addresses_unless_it_is_said_otherwise() -> None:
    assert read_settings(GOOD).import_addresses == AddressPolicy()
    given = {"ALLOW_HTTP_IMPORT": "true", "IMPORT_ALLOWED_HOSTS": "localhost:8443"}
    allowed = AddressPolicy(allow_http=True, exempt=(Exemption("localhost", 8443),))
    assert read_settings({**GOOD, **given}).import_addresses == allowed


@pytest.mark.parametrize("name", ["ALLOW_HTTP_IMPORT", "IMPORT_ALLOWED_HOSTS"])
def test_addresses_that_are_none_are_named_and_not_shown(name: str) -> None:
    message = refusal(**{name: "hunter2"})
    assert name in message
    assert "hunter2" not in message


@pytest.mark.parametrize("ladder", ["hunter2", "1080,", "1080;720", "100", "5000", ",", "-720"])
def test_a_ladder_that_is_none_is_named_and_not_shown(ladder: str) -> None:
    message = refusal(LADDER=ladder)
    assert "LADDER" in message
    assert "hunter2" not in message


def test_a_ladder_is_sorted_and_has_each_rung_once() -> None:
    assert read_settings({**GOOD, "LADDER": "480, 1080,480,720"}).ladder == (1080, 720, 480)


def test_a_provider_that_there_is_not_is_named_and_not_shown() -> None:
    assert "hunter2" not in refusal(VIDEO_PROVIDER="hunter2")


def test_no_way_to_sign_in_is_refused() -> None:
    message = refusal(AUTH_SECRET_ARN=None)
    assert "AUTH_SECRET_ARN" in message
    assert "AUTH_JWKS_URL" in message


KEY_SET = {
    "AUTH_SECRET_ARN": None,
    "AUTH_JWKS_URL": "https://idp/jwks",
    "AUTH_ISSUER": "i",
    "AUTH_AUDIENCE": "a",
}


@pytest.mark.parametrize("name", ["AUTH_ISSUER", "AUTH_AUDIENCE"])
def test_a_key_set_without_issuer_or_audience_would_take_anybodys_tokens_and_is_refused(name: str) -> None:
    assert name in refusal(**{**KEY_SET, name: None})


def test_two_ways_to_sign_in_are_refused() -> None:
    assert "AUTH_JWKS_URL" in refusal(**{**KEY_SET, "AUTH_SECRET_ARN": "arn"})


def test_a_key_set_with_issuer_and_audience_is_a_way_to_sign_in() -> None:
    env = {name: value for name, value in {**GOOD, **KEY_SET}.items() if value}
    assert read_settings(env).auth_jwks_url == "https://idp/jwks"
