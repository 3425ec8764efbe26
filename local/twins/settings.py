"""What a twin is told when it is made."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinSettings:
    """Where a twin is, where it keeps things, how fast its time goes.

    Attributes:
        public_url: where browsers and the product reach it, without a slash at the end.
        folder: its state; made if missing.
        webhook_url: where it sends its webhooks from the start; None: nowhere until told by its API.
        webhook_secret: what it signs them with.
        signing_keys: id → base64 of a PEM private key: keys that exist from the start.
        pace: factor on the time that processing takes. 1 is about the providers' own.
        retry_pace: factor on the gaps between two attempts of a webhook.
        limits: whether the provider's rate limits hold.
        seed: what the choices of faults with a chance below 1 follow from.
    """

    public_url: str
    folder: Path
    ffmpeg: str
    ffprobe: str
    webhook_url: str | None = None
    webhook_secret: str
    signing_keys: dict[str, str] = field(default_factory=dict)
    pace: float = 1.0
    retry_pace: float = 1.0
    delivery_timeout_seconds: float = 5.0
    limits: bool = True
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MuxSettings(TwinSettings):
    """Of the Mux twin: the access token that it accepts."""

    token_id: str
    token_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudflareSettings(TwinSettings):
    """Of the Cloudflare Stream twin: the account, its token and its storage quota."""

    account_id: str
    api_token: str
    storage_minutes: int = 1000
    webhook_retries: int = 0  # undocumented by the provider: the product must not count on any
