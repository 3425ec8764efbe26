"""The twins as the local stack mounts them: one application each, at ``/twins/{provider}``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from local.providers import Provider, twin_url
from local.twins.cloudflare.app import app as cloudflare_app
from local.twins.mux.app import app as mux_app
from local.twins.settings import CloudflareSettings, MuxSettings


def mounts(
    providers: Sequence[Provider], *, port: int, root: Path, programs: Mapping[str, str], pace: float
) -> dict[str, web.Application]:
    """Path → application, for each provider that is a twin; their state lies below ``root``."""
    made = {}
    for provider in providers:
        if provider.twin:
            twin = {"mux": _mux, "cloudflare": _cloudflare}[provider.name]
            folder = root / provider.name
            folder.mkdir(parents=True, exist_ok=True)
            made[f"/twins/{provider.name}"] = twin(provider, port, folder, programs, pace)
    return made


def _mux(
    provider: Provider, port: int, folder: Path, programs: Mapping[str, str], pace: float
) -> web.Application:
    keys = provider.keys
    return mux_app(
        MuxSettings(
            public_url=twin_url("mux", port),
            folder=folder,
            ffmpeg=programs["SLUICE_FFMPEG"],
            ffprobe=programs["SLUICE_FFPROBE"],
            webhook_url=f"http://127.0.0.1:{port}/api/webhooks/mux",
            webhook_secret=keys["MUX_WEBHOOK_SECRET"].partition(",")[0],
            signing_keys={keys["MUX_SIGNING_KEY"]: keys["MUX_PRIVATE_KEY"]},
            pace=pace,
            token_id=keys["MUX_TOKEN_ID"],
            token_secret=keys["MUX_TOKEN_SECRET"],
        )
    )


def _cloudflare(
    provider: Provider, port: int, folder: Path, programs: Mapping[str, str], pace: float
) -> web.Application:
    keys = provider.keys
    return cloudflare_app(
        CloudflareSettings(
            public_url=twin_url("cloudflare", port),
            folder=folder,
            ffmpeg=programs["SLUICE_FFMPEG"],
            ffprobe=programs["SLUICE_FFPROBE"],
            webhook_url=f"http://127.0.0.1:{port}/api/webhooks/cloudflare",
            webhook_secret=keys["CLOUDFLARE_WEBHOOK_SECRET"].partition(",")[0],
            signing_keys={keys["CLOUDFLARE_SIGNING_KEY_ID"]: keys["CLOUDFLARE_SIGNING_KEY_PEM"]},
            pace=pace,
            account_id=keys["CLOUDFLARE_ACCOUNT_ID"],
            api_token=keys["CLOUDFLARE_API_TOKEN"],
        )
    )
