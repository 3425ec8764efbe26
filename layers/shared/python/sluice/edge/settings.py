"""The configuration of a deployment, read from the environment in this one place.

Names are those of the template's ``Globals`` (a test holds the two together). What is secret is not
here: only the address of the secret is.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sluice.adapters.sigv4 import Credentials
from sluice.domain.addresses import AddressPolicy, read_exemptions
from sluice.domain.errors import SluiceError

PROVIDERS = ("s3", "mux", "cloudflare")


class Misconfigured(SluiceError):
    """A variable is missing or unusable; the message names it and never its value."""

    code = "misconfigured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a function may want to know about where it runs."""

    region: str
    aws_endpoint: str | None
    url_suffix: str
    videos_table: str
    idempotency_table: str
    media_bucket: str
    event_bus: str
    ingest_queue_url: str
    purge_queue_url: str
    inbox_queue_url: str
    state_machine_arn: str
    analytics_table: str
    beacon_queue_url: str
    signing_role_arn: str
    signing_secret_arn: str
    auth_secret_arn: str | None
    auth_jwks_url: str | None
    auth_issuer: str | None
    auth_audience: str | None
    video_provider: str
    providers: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    mux_secrets_arn: str | None
    mux_base_url: str
    mux_stream_url: str
    mux_image_url: str
    cloudflare_secrets_arn: str | None
    cloudflare_base_url: str
    cloudflare_delivery_url: str
    webhook_secret_arn: str | None
    import_queue_url: str
    import_timeout: timedelta
    import_addresses: AddressPolicy
    generation_secrets_arn: str | None
    generation_webhook_url: str | None
    generation_wait_seconds: int
    delivery_queue_url: str
    delivery_window: timedelta
    public_url: str | None
    api_url: str
    connections_url: str
    max_video_bytes: int
    max_video_duration: timedelta
    playback_ttl: timedelta
    upload_ttl: timedelta
    status_refresh_seconds: int
    ladder: tuple[int, ...]
    media_concurrency: int
    ffmpeg: str
    ffprobe: str


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings from an environment.

    Raises:
        Misconfigured: naming the variable.
    """
    _require_one_way_to_sign_in(env)
    return Settings(
        region=_text(env, "AWS_REGION"),
        aws_endpoint=_maybe(env, "AWS_ENDPOINT_URL"),
        url_suffix=_text(env, "URL_SUFFIX"),
        videos_table=_text(env, "VIDEOS_TABLE"),
        idempotency_table=_text(env, "IDEMPOTENCY_TABLE"),
        media_bucket=_text(env, "MEDIA_BUCKET"),
        event_bus=_text(env, "EVENT_BUS"),
        ingest_queue_url=_text(env, "INGEST_QUEUE_URL"),
        purge_queue_url=_text(env, "PURGE_QUEUE_URL"),
        inbox_queue_url=_text(env, "INBOX_QUEUE_URL"),
        state_machine_arn=_maybe(env, "MEDIA_STATE_MACHINE_ARN") or "",
        analytics_table=_text(env, "ANALYTICS_TABLE"),
        beacon_queue_url=_text(env, "BEACON_QUEUE_URL"),
        signing_role_arn=_text(env, "SIGNING_ROLE_ARN"),
        signing_secret_arn=_text(env, "SIGNING_SECRET_ARN"),
        auth_secret_arn=_maybe(env, "AUTH_SECRET_ARN"),
        auth_jwks_url=_maybe(env, "AUTH_JWKS_URL"),
        auth_issuer=_maybe(env, "AUTH_ISSUER"),
        auth_audience=_maybe(env, "AUTH_AUDIENCE"),
        video_provider=_one_of(env, "VIDEO_PROVIDER", _providers(env)),
        providers=_providers(env),
        allowed_origins=tuple(part.strip() for part in _text(env, "ALLOWED_ORIGINS").split(",")),
        mux_secrets_arn=_maybe(env, "MUX_SECRETS_ARN"),
        mux_base_url=_text(env, "MUX_BASE_URL"),
        mux_stream_url=_text(env, "MUX_STREAM_URL"),
        mux_image_url=_text(env, "MUX_IMAGE_URL"),
        cloudflare_secrets_arn=_maybe(env, "CLOUDFLARE_SECRETS_ARN"),
        cloudflare_base_url=_text(env, "CLOUDFLARE_BASE_URL"),
        cloudflare_delivery_url=_maybe(env, "CLOUDFLARE_DELIVERY_URL") or _customer_url(env),
        webhook_secret_arn=_maybe(env, "WEBHOOK_SECRET_ARN"),
        import_queue_url=_text(env, "IMPORT_QUEUE_URL"),
        import_timeout=timedelta(seconds=_number(env, "IMPORT_TIMEOUT_SECONDS", 10, 840)),
        import_addresses=_addresses(env),
        generation_secrets_arn=_maybe(env, "GENERATION_SECRETS_ARN"),
        generation_webhook_url=_maybe(env, "GENERATION_WEBHOOK_URL"),
        generation_wait_seconds=_number(env, "GENERATION_WAIT_SECONDS", 1, 25),
        delivery_queue_url=_text(env, "DELIVERY_QUEUE_URL"),
        delivery_window=timedelta(seconds=_number(env, "DELIVERY_WINDOW_SECONDS", 60, 604_800)),
        public_url=_maybe(env, "PUBLIC_URL"),
        api_url=_maybe(env, "API_URL") or "",
        connections_url=_maybe(env, "CONNECTIONS_URL") or "",
        max_video_bytes=_number(env, "MAX_VIDEO_SIZE_MB", 1, 5_000_000) * 1024 * 1024,
        max_video_duration=timedelta(minutes=_number(env, "MAX_VIDEO_DURATION_MINUTES", 1, 1440)),
        playback_ttl=timedelta(seconds=_number(env, "PLAYBACK_TTL_SECONDS", 60, 86_400)),
        upload_ttl=timedelta(seconds=_number(env, "UPLOAD_TTL_SECONDS", 60, 86_400)),
        status_refresh_seconds=_number(env, "STATUS_REFRESH_SECONDS", 1, 3_600),
        ladder=_rungs(env, "LADDER"),
        media_concurrency=_number(env, "MEDIA_CONCURRENCY", 1, 1_000),
        ffmpeg=_maybe(env, "SLUICE_FFMPEG") or "/opt/bin/ffmpeg",
        ffprobe=_maybe(env, "SLUICE_FFPROBE") or "/opt/bin/ffprobe",
    )


@cache
def settings() -> Settings:
    """This process's settings, read once."""
    return read_settings(os.environ)


def endpoint_of(service: str) -> str | None:
    """Where a service is if it is not where AWS has it. AWS's tools read the same names, all in capitals."""
    return _maybe(os.environ, f"AWS_ENDPOINT_URL_{service}") or settings().aws_endpoint


def own_credentials() -> Credentials:
    """What this function may sign with for itself; Lambda replaces the process before they end."""
    return Credentials(
        access_key=_text(os.environ, "AWS_ACCESS_KEY_ID"),
        secret_key=_text(os.environ, "AWS_SECRET_ACCESS_KEY"),
        session_token=_maybe(os.environ, "AWS_SESSION_TOKEN"),
    )


def _require_one_way_to_sign_in(env: Mapping[str, str]) -> None:
    secret, key_set = _maybe(env, "AUTH_SECRET_ARN"), _maybe(env, "AUTH_JWKS_URL")
    if (secret is None) == (key_set is None):
        raise Misconfigured("Either AUTH_SECRET_ARN or AUTH_JWKS_URL must be set, and not both.")
    if key_set:
        # Without them, tokens that the provider made out for anybody else's service would be taken.
        _text(env, "AUTH_ISSUER")
        _text(env, "AUTH_AUDIENCE")


def _maybe(env: Mapping[str, str], name: str) -> str | None:
    return env.get(name, "").strip() or None


def _text(env: Mapping[str, str], name: str) -> str:
    value = _maybe(env, name)
    if value is None:
        raise Misconfigured(f"{name} is not set.")
    return value


def _number(env: Mapping[str, str], name: str, low: int, high: int) -> int:
    value = _text(env, name)
    digits = value.isascii() and value.isdigit() and len(value) < 20
    if not (digits and low <= int(value) <= high):
        raise Misconfigured(f"{name} must be a whole number from {low} to {high}.")
    return int(value)


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = _text(env, name)
    if value not in allowed:
        raise Misconfigured(f"{name} must be one of: {', '.join(allowed)}.")
    return value


def _addresses(env: Mapping[str, str]) -> AddressPolicy:
    """Where users may send us. The exemptions are the local stack's: no deployment can set them."""
    try:
        exempt = read_exemptions(_maybe(env, "IMPORT_ALLOWED_HOSTS") or "")
    except ValueError:
        raise Misconfigured("IMPORT_ALLOWED_HOSTS must list host:port.") from None
    allow_http = _one_of(env, "ALLOW_HTTP_IMPORT", ("true", "false")) == "true"
    return AddressPolicy(allow_http=allow_http, exempt=exempt)


def _providers(env: Mapping[str, str]) -> tuple[str, ...]:
    """Our own bucket, and each provider whose secret has an address."""
    outside = ("mux", "cloudflare")
    return ("s3", *(name for name in outside if _maybe(env, f"{name.upper()}_SECRETS_ARN")))


def _customer_url(env: Mapping[str, str]) -> str:
    """Where Cloudflare delivers this customer's videos; of use only once it is configured."""
    if _maybe(env, "CLOUDFLARE_SECRETS_ARN") is None:
        return ""
    return f"https://{_text(env, 'CLOUDFLARE_CUSTOMER_SUBDOMAIN')}"


def _rungs(env: Mapping[str, str], name: str) -> tuple[int, ...]:
    parts = [part.strip() for part in _text(env, name).split(",")]
    if not all(part.isascii() and part.isdigit() and 144 <= int(part) <= 4320 for part in parts):
        raise Misconfigured(f"{name} must list rungs by their short side, such as 1080,720,480.")
    return tuple(sorted({int(part) for part in parts}, reverse=True))
