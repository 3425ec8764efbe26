"""The providers of a local stack, and its video generator: the operator's own accounts, or their twins.

A provider whose keys are in the environment is used as it is. One without is its twin, behind the front
door, with keys that are made once per data folder. Either way its keys go into the engine's secret store,
where the template's functions find them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from local.settings import Unusable

_KEYS = {
    "mux": (
        "MUX_TOKEN_ID",
        "MUX_TOKEN_SECRET",
        "MUX_WEBHOOK_SECRET",
        "MUX_SIGNING_KEY",
        "MUX_PRIVATE_KEY",
    ),
    "cloudflare": (
        "CLOUDFLARE_API_TOKEN",
        "CLOUDFLARE_ACCOUNT_ID",
        "CLOUDFLARE_WEBHOOK_SECRET",
        "CLOUDFLARE_SIGNING_KEY_ID",
        "CLOUDFLARE_SIGNING_KEY_PEM",
    ),
    "generation": ("GENERATION_WEBHOOK_SECRET",),
}
_MAY_HAVE = {"mux": ("MUX_PLAYBACK_RESTRICTION_ID",)}
_ADDRESSES = {
    "mux": ("MUX_BASE_URL", "MUX_STREAM_URL", "MUX_IMAGE_URL"),
    "cloudflare": ("CLOUDFLARE_CUSTOMER_SUBDOMAIN", "CLOUDFLARE_BASE_URL", "CLOUDFLARE_DELIVERY_URL"),
    "generation": ("GENERATION_WEBHOOK_URL",),
}
# Addresses that have no default: without them the keys are of no use.
_NEEDED = {"generation": ("GENERATION_WEBHOOK_URL",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider: its keys, and the addresses that the template has to be told; whether it is a twin."""

    name: str
    keys: Mapping[str, str]
    addresses: Mapping[str, str]
    twin: bool


def providers(
    env: Mapping[str, str], *, twin_keys: Mapping[str, str], twin_addresses: Mapping[str, str]
) -> list[Provider]:
    """Mux, Cloudflare Stream and the generator as this environment has them, else their twins.

    Raises:
        Unusable: some of a provider's keys are set, and the one that is named is not.
    """
    return [_provider(name, env, twin_keys, twin_addresses) for name in _KEYS]


def _provider(
    name: str, env: Mapping[str, str], twin_keys: Mapping[str, str], twin_addresses: Mapping[str, str]
) -> Provider:
    needed = (*_KEYS[name], *_NEEDED.get(name, ()))
    own = _present(env, needed)
    missing = [key for key in needed if key not in own]
    if own and missing:
        raise Unusable(missing[0], f"must be set when {next(iter(own))} is.")
    if own:
        keys = _present(env, (*_KEYS[name], *_MAY_HAVE.get(name, ())))
        return Provider(name=name, keys=keys, addresses=_present(env, _ADDRESSES[name]), twin=False)
    keys, addresses = _present(twin_keys, _KEYS[name]), _present(twin_addresses, _ADDRESSES[name])
    return Provider(name=name, keys=keys, addresses=addresses, twin=True)


def _present(values: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: values[name] for name in names if values.get(name)}
