"""The twins as parts of the local stack: their keys, the names under which the product finds them, where
they are.

The launcher takes `credentials` once per data folder, gives the functions those of the providers that have no
keys of their own together with their `addresses`, and mounts both twins with `add_to` before any other route.
"""

import base64
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from local.twins import cloudflare, control, generator, mux
from local.twins.keys import as_base64_pem, make_private_key, new_id
from local.twins.settings import CloudflareSettings, MuxSettings

MUX, CLOUDFLARE, CONTROL = "/twins/mux", "/twins/cloudflare", "/twins/control"
GENERATOR = "/twins/generator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Programs and pace that both twins share."""

    ffmpeg: str
    ffprobe: str
    pace: float = 1.0
    retry_pace: float = 1.0
    seed: int = 1


def credentials(folder: Path) -> dict[str, str]:
    """Everything secret that the product needs to use the twins, by the names of the contract (api.md, 15).

    Made at the first call and kept in ``folder``, readable by its owner only.
    """
    path = folder / "credentials.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else _fresh()
    if not path.exists() or not _GENERATORS.keys() <= kept.keys():
        kept = {**{name: make() for name, make in _GENERATORS.items()}, **kept}
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(json.dumps(kept))
        draft.replace(path)
    return kept


def addresses(origin: str) -> dict[str, str]:
    """Where the product finds the twins, by the names of the contract. ``origin``: that of the front
    proxy.
    """
    return {
        "MUX_BASE_URL": f"{origin}{MUX}",
        "MUX_STREAM_URL": f"{origin}{MUX}/stream",
        "MUX_IMAGE_URL": f"{origin}{MUX}/image",
        "CLOUDFLARE_BASE_URL": f"{origin}{CLOUDFLARE}/client/v4",
        "CLOUDFLARE_DELIVERY_URL": f"{origin}{CLOUDFLARE}/customer",
        "GENERATION_WEBHOOK_URL": f"{origin}{GENERATOR}/generate",
    }


def mux_settings(origin: str, folder: Path, kept: Mapping[str, str], tools: Tools) -> MuxSettings:
    """The Mux twin of a stack: it knows the product's keys and sends its webhooks to it."""
    return MuxSettings(
        public_url=f"{origin}{MUX}",
        folder=folder / "mux",
        ffmpeg=tools.ffmpeg,
        ffprobe=tools.ffprobe,
        webhook_url=f"{origin}/api/webhooks/mux",
        webhook_secret=first(kept["MUX_WEBHOOK_SECRET"]),
        signing_keys={kept["MUX_SIGNING_KEY"]: kept["MUX_PRIVATE_KEY"]},
        pace=tools.pace,
        retry_pace=tools.retry_pace,
        seed=tools.seed,
        token_id=kept["MUX_TOKEN_ID"],
        token_secret=kept["MUX_TOKEN_SECRET"],
    )


def cloudflare_settings(
    origin: str, folder: Path, kept: Mapping[str, str], tools: Tools
) -> CloudflareSettings:
    """The Cloudflare twin of a stack: it knows the product's keys and sends its webhook to it."""
    return CloudflareSettings(
        public_url=f"{origin}{CLOUDFLARE}",
        folder=folder / "cloudflare",
        ffmpeg=tools.ffmpeg,
        ffprobe=tools.ffprobe,
        webhook_url=f"{origin}/api/webhooks/cloudflare",
        webhook_secret=first(kept["CLOUDFLARE_WEBHOOK_SECRET"]),
        signing_keys={kept["CLOUDFLARE_SIGNING_KEY_ID"]: kept["CLOUDFLARE_SIGNING_KEY_PEM"]},
        pace=tools.pace,
        retry_pace=tools.retry_pace,
        seed=tools.seed,
        account_id=kept["CLOUDFLARE_ACCOUNT_ID"],
        api_token=kept["CLOUDFLARE_API_TOKEN"],
        # Each upload under way takes the longest that a video may have: a day's work on a laptop must fit.
        storage_minutes=100_000,
    )


def add_to(
    root: web.Application, *, origin: str, folder: Path, kept: Mapping[str, str], tools: Tools
) -> None:
    """Mount the twins and the control page. Call it before routes that match everything are added."""
    control.add_page(root, CONTROL, {"Mux": MUX, "Cloudflare Stream": CLOUDFLARE})
    root.add_subapp(MUX, mux.app(mux_settings(origin, folder, kept, tools)))
    root.add_subapp(CLOUDFLARE, cloudflare.app(cloudflare_settings(origin, folder, kept, tools)))
    root.add_subapp(GENERATOR, generator.app(_generator(origin, folder, kept, tools)))


def _generator(origin: str, folder: Path, kept: Mapping[str, str], tools: Tools) -> generator.Generator:
    return generator.Generator(
        public_url=f"{origin}{GENERATOR}",
        folder=folder / "generator",
        ffmpeg=tools.ffmpeg,
        secret=first(kept["GENERATION_WEBHOOK_SECRET"]),
        pace=tools.pace,
    )


def first(listed: str) -> str:
    """The first of a comma-separated list of secrets: the one that a twin signs with."""
    return listed.split(",", 1)[0].strip()


def _fresh() -> dict[str, str]:
    return {
        "MUX_TOKEN_ID": secrets.token_hex(16),
        "MUX_TOKEN_SECRET": secrets.token_urlsafe(48),
        "MUX_WEBHOOK_SECRET": secrets.token_hex(20),
        "MUX_SIGNING_KEY": new_id(32),
        "MUX_PRIVATE_KEY": as_base64_pem(make_private_key()),
        "CLOUDFLARE_ACCOUNT_ID": secrets.token_hex(16),
        "CLOUDFLARE_API_TOKEN": secrets.token_urlsafe(30),
        "CLOUDFLARE_WEBHOOK_SECRET": secrets.token_hex(32),
        "CLOUDFLARE_SIGNING_KEY_ID": new_id(32).lower(),
        "CLOUDFLARE_SIGNING_KEY_PEM": as_base64_pem(make_private_key()),
    }


# Of twins that came later: a folder may have been made before them.
_GENERATORS: Mapping[str, Callable[[], str]] = {
    "GENERATION_WEBHOOK_SECRET": lambda: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
}
