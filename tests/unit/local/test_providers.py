"""Which providers a local stack has: those whose keys are in the environment, and twins of the others."""

import pytest

from local.providers import providers
from local.settings import Unusable

MUX = {
    "MUX_TOKEN_ID": "id",
    "MUX_TOKEN_SECRET": "secret",
    "MUX_WEBHOOK_SECRET": "webhook",
    "MUX_SIGNING_KEY": "key",
    "MUX_PRIVATE_KEY": "pem",
}
GENERATOR = {"GENERATION_WEBHOOK_SECRET": "whsec_", "GENERATION_WEBHOOK_URL": "https://generator.example/"}
TWINS = {"MUX_TOKEN_ID": "twin", "CLOUDFLARE_API_TOKEN": "twin", "GENERATION_WEBHOOK_SECRET": "twin"}
ADDRESSES = {"MUX_BASE_URL": "http://localhost:1/twins/mux"}


def test_a_provider_without_keys_is_its_twin() -> None:
    mux, cloudflare, generator = providers({}, twin_keys=TWINS, twin_addresses=ADDRESSES)
    assert (mux.twin, cloudflare.twin, generator.twin) == (True, True, True)
    assert (mux.keys["MUX_TOKEN_ID"], mux.addresses) == ("twin", ADDRESSES)


def test_a_provider_with_keys_is_itself_and_where_it_always_is() -> None:
    given = {**MUX, "MUX_PLAYBACK_RESTRICTION_ID": "restriction"}
    mux, cloudflare, generator = providers(given, twin_keys=TWINS, twin_addresses=ADDRESSES)
    assert (mux.twin, mux.keys, mux.addresses) == (False, given, {})
    assert (cloudflare.twin, generator.twin) == (True, True)


def test_a_generator_with_its_key_and_address_is_itself() -> None:
    *_, generator = providers(GENERATOR, twin_keys=TWINS, twin_addresses=ADDRESSES)
    assert not generator.twin
    assert {**generator.keys, **generator.addresses} == GENERATOR
    assert list(generator.keys) == ["GENERATION_WEBHOOK_SECRET"]


@pytest.mark.parametrize(
    ("whole", "missing"), [(whole, name) for whole in (MUX, GENERATOR) for name in whole]
)
def test_half_a_providers_keys_name_the_one_that_is_missing(whole: dict[str, str], missing: str) -> None:
    given = {name: value for name, value in whole.items() if name != missing}
    with pytest.raises(Unusable, match=missing):
        providers(given, twin_keys=TWINS, twin_addresses=ADDRESSES)
