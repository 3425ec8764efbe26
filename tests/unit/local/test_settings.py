"""Settings of the local stack: defaults, and what stops the start."""

from pathlib import Path

import pytest
from sluice.edge.settings import Misconfigured
from sluice.edge.settings import read_settings as read_function_settings

from local.settings import Unusable, read_settings
from local.template.expand import pascal_case


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings({})
    assert (settings.port, settings.aws_port) == (3000, 4566)
    assert settings.data == Path(".sluice").resolve()
    assert settings.origin == "http://localhost:3000"
    assert settings.auth_secret is None
    assert settings.template == {}
    assert settings.local_sign_in


def test_empty_is_unset() -> None:
    assert read_settings({"PORT": "", "LADDER": "", "AUTH_JWT_SECRET": ""}) == read_settings({})


def test_what_goes_to_the_template_is_kept_by_name() -> None:
    given = {"LADDER": "720, 480", "MAX_VIDEO_SIZE_MB": "10", "VIDEO_PROVIDER": "s3"}
    assert read_settings(given).template == {
        "LADDER": "720,480",
        "MAX_VIDEO_SIZE_MB": "10",
        "VIDEO_PROVIDER": "s3",
    }


def test_hosts_that_imports_may_reach_do_not_go_to_the_template() -> None:
    settings = read_settings({"IMPORT_ALLOWED_HOSTS": " localhost:8443,, [::1]:9000"})
    assert (settings.import_allowed_hosts, settings.template) == ("localhost:8443,[::1]:9000", {})


def test_an_identity_provider_takes_local_sign_in_away() -> None:
    settings = read_settings(
        {"AUTH_JWKS_URL": "https://id.example/keys", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"}
    )
    assert not settings.local_sign_in
    assert settings.token_claims == {"iss": "i", "aud": "a"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٣"),
        ("AWS_PORT", "-1"),
        ("AUTH_JWT_SECRET", "short-secret"),
        ("AUTH_JWKS_URL", "ftp://id.example"),
        ("AUTH_JWKS_URL", "https://[id"),
        ("VIDEO_PROVIDER", "vimeo"),
        ("ALLOW_HTTP_IMPORT", "yes"),
        ("GENERATION_WAIT_SECONDS", "26"),
        ("DELIVERY_WINDOW_SECONDS", "59"),
        ("IMPORT_TIMEOUT_SECONDS", "841"),
        ("IMPORT_ALLOWED_HOSTS", "localhost"),
        ("IMPORT_ALLOWED_HOSTS", "localhost:8443/x"),
        ("IMPORT_ALLOWED_HOSTS", "me@localhost:8443"),
        ("IMPORT_ALLOWED_HOSTS", "localhost:99999"),
        ("MAX_VIDEO_SIZE_MB", "0"),
        ("MAX_VIDEO_SIZE_MB", "many"),
        ("MAX_VIDEO_DURATION_MINUTES", "1441"),
        ("PLAYBACK_TTL_SECONDS", "59"),
        ("UPLOAD_TTL_SECONDS", "1e3"),
        ("STATUS_REFRESH_SECONDS", "0"),
        ("LADDER", "1080p"),
        ("LADDER", "1080,,720"),
        ("ALLOWED_ORIGINS", "example.com"),
        ("ALLOWED_ORIGINS", "https://example.com/path"),
        ("AUTH_ISSUER", "two\nlines"),
    ],
)
def test_what_is_unusable_is_named_and_its_value_is_not_shown(name: str, value: str) -> None:
    others = {"AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"} if name == "AUTH_JWKS_URL" else {}
    with pytest.raises(Unusable) as refused:
        read_settings({**others, name: value})
    assert refused.value.name == name
    assert str(refused.value).startswith(f"{name} ")
    assert str(refused.value).endswith(".")
    if len(value) > 2:
        assert value not in str(refused.value)


def test_two_ways_to_sign_in_are_one_too_many() -> None:
    both = {"AUTH_JWT_SECRET": "x" * 32, "AUTH_JWKS_URL": "https://id.example/keys"}
    with pytest.raises(Unusable, match="choose one"):
        read_settings(both)


@pytest.mark.parametrize("missing", ["AUTH_ISSUER", "AUTH_AUDIENCE"])
def test_a_key_set_needs_issuer_and_audience(missing: str) -> None:
    given = {"AUTH_JWKS_URL": "https://id.example/keys", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"}
    del given[missing]
    with pytest.raises(Unusable, match=missing):
        read_settings(given)


def test_one_port_cannot_serve_both() -> None:
    with pytest.raises(Unusable, match="AWS_PORT"):
        read_settings({"PORT": "4566"})


_FUNCTION = {
    "AWS_REGION": "us-east-1",
    "VIDEOS_TABLE": "t",
    "IDEMPOTENCY_TABLE": "t",
    "MEDIA_BUCKET": "b",
    "EVENT_BUS": "e",
    "INGEST_QUEUE_URL": "q",
    "PURGE_QUEUE_URL": "q",
    "ANALYTICS_TABLE": "t",
    "BEACON_QUEUE_URL": "q",
    "INBOX_QUEUE_URL": "q",
    "ALLOWED_ORIGINS": "http://localhost:3000",
    "MUX_BASE_URL": "https://mux.test",
    "MUX_STREAM_URL": "https://stream.test",
    "MUX_IMAGE_URL": "https://image.test",
    "CLOUDFLARE_BASE_URL": "https://cloudflare.test",
    "SIGNING_ROLE_ARN": "r",
    "SIGNING_SECRET_ARN": "s",
    "AUTH_SECRET_ARN": "s",
    "VIDEO_PROVIDER": "s3",
    "MAX_VIDEO_SIZE_MB": "500",
    "MAX_VIDEO_DURATION_MINUTES": "60",
    "PLAYBACK_TTL_SECONDS": "3600",
    "UPLOAD_TTL_SECONDS": "21600",
    "STATUS_REFRESH_SECONDS": "10",
    "LADDER": "1080",
    "MEDIA_CONCURRENCY": "1",
    "URL_SUFFIX": "amazonaws.com",
    "IMPORT_QUEUE_URL": "q",
    "IMPORT_TIMEOUT_SECONDS": "600",
    "ALLOW_HTTP_IMPORT": "false",
    "GENERATION_WAIT_SECONDS": "20",
    "DELIVERY_QUEUE_URL": "q",
    "DELIVERY_WINDOW_SECONDS": "86400",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_VIDEO_SIZE_MB", "5000001"),
        ("MAX_VIDEO_DURATION_MINUTES", "1441"),
        ("PLAYBACK_TTL_SECONDS", "86401"),
        ("STATUS_REFRESH_SECONDS", "3601"),
        ("UPLOAD_TTL_SECONDS", "59"),
        ("LADDER", "143"),
        ("IMPORT_TIMEOUT_SECONDS", "841"),
        ("ALLOW_HTTP_IMPORT", "yes"),
        ("IMPORT_ALLOWED_HOSTS", "localhost"),
    ],
)
def test_what_the_stack_takes_the_functions_take(name: str, value: str) -> None:
    """Both refuse the same: an unusable value stops the start and not the first request."""
    read_function_settings(_FUNCTION)
    with pytest.raises(Misconfigured):
        read_function_settings({**_FUNCTION, name: value})
    with pytest.raises(Unusable):
        read_settings({name: value})


def test_a_variables_name_becomes_its_parameters() -> None:
    assert pascal_case("MAX_VIDEO_SIZE_MB") == "MaxVideoSizeMb"
