"""The providers of a local stack: the operator's own accounts, or their twins.

A provider whose keys are in the environment is used as it is. One without is its twin, behind the front
door, with keys that are made once per data folder. Either way its keys go into the engine's secret store,
where the template's functions find them.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex, token_urlsafe
from typing import TYPE_CHECKING

from local.folder import DataFolder
from local.settings import Unusable

if TYPE_CHECKING:
    from pathlib import Path

MUX_KEYS = (
    "MUX_TOKEN_ID",
    "MUX_TOKEN_SECRET",
    "MUX_WEBHOOK_SECRET",
    "MUX_SIGNING_KEY",
    "MUX_PRIVATE_KEY",
)
CLOUDFLARE_KEYS = (
    "CLOUDFLARE_API_TOKEN",
    "CLOUDFLARE_ACCOUNT_ID",
    "CLOUDFLARE_WEBHOOK_SECRET",
    "CLOUDFLARE_SIGNING_KEY_ID",
    "CLOUDFLARE_SIGNING_KEY_PEM",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider: its keys, whether it is a twin, and what the template has to be told of it."""

    name: str
    keys: Mapping[str, str]
    twin: bool
    parameters: Mapping[str, str]


def providers(env: Mapping[str, str], folder: DataFolder, *, port: int) -> list[Provider]:
    """Mux and Cloudflare Stream, as this environment and data folder have them."""
    return [_mux(env, folder, port), _cloudflare(env, folder, port)]


def twin_url(name: str, port: int) -> str:
    """Where browsers reach the twin of a provider."""
    return f"http://localhost:{port}/twins/{name}"


def _mux(env: Mapping[str, str], folder: DataFolder, port: int) -> Provider:
    own = _given(env, MUX_KEYS)
    if own:
        addresses = ("MUX_BASE_URL", "MUX_STREAM_URL", "MUX_IMAGE_URL")
        told = {name: env[name] for name in addresses if env.get(name)}
        return Provider(name="mux", keys=own, twin=False, parameters=told)
    # Functions call over IPv4 at once instead of trying both addresses of the name.
    parameters = {
        "MUX_BASE_URL": f"http://127.0.0.1:{port}/twins/mux",
        "MUX_STREAM_URL": f"{twin_url('mux', port)}/stream",
        "MUX_IMAGE_URL": f"{twin_url('mux', port)}/image",
    }
    return Provider(name="mux", keys=_made(folder)["mux"], twin=True, parameters=parameters)


def _cloudflare(env: Mapping[str, str], folder: DataFolder, port: int) -> Provider:
    own = _given(env, CLOUDFLARE_KEYS)
    if own:
        addresses = ("CLOUDFLARE_CUSTOMER_SUBDOMAIN", "CLOUDFLARE_BASE_URL", "CLOUDFLARE_DELIVERY_URL")
        told = {name: env[name] for name in addresses if env.get(name)}
        return Provider(name="cloudflare", keys=own, twin=False, parameters=told)
    parameters = {
        "CLOUDFLARE_BASE_URL": f"http://127.0.0.1:{port}/twins/cloudflare/client/v4",
        "CLOUDFLARE_DELIVERY_URL": f"{twin_url('cloudflare', port)}/customer",
    }
    return Provider(name="cloudflare", keys=_made(folder)["cloudflare"], twin=True, parameters=parameters)


def _given(env: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """All of a provider's keys, or none.

    Raises:
        Unusable: some are set, and the one that it names is not.
    """
    found = {name: env[name] for name in names if env.get(name)}
    missing = [name for name in names if name not in found]
    if found and missing:
        raise Unusable(missing[0], f"must be set when {next(iter(found))} is.")
    return found


def _made(folder: DataFolder) -> dict[str, dict[str, str]]:
    """The twins' keys, made at the first call for this folder, readable by its owner only."""
    path: Path = folder.root / "twins.json"
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(_fresh()))
        draft.replace(path)
    made: dict[str, dict[str, str]] = json.loads(path.read_text())
    return made


def _fresh() -> dict[str, dict[str, str]]:
    from local.twins.keys import as_base64_pem, make_private_key

    mux = (token_hex(16), token_urlsafe(32), token_hex(16), token_hex(16), as_base64_pem(make_private_key()))
    stream = (
        token_urlsafe(30),
        token_hex(16),
        token_hex(32),
        token_hex(16),
        as_base64_pem(make_private_key()),
    )
    return {
        "mux": dict(zip(MUX_KEYS, mux, strict=True)),
        "cloudflare": dict(zip(CLOUDFLARE_KEYS, stream, strict=True)),
    }
