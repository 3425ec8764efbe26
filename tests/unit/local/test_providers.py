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
TWINS = {"MUX_TOKEN_ID": "twin", "CLOUDFLARE_API_TOKEN": "twin"}
ADDRESSES = {"MUX_BASE_URL": "http://localhost:1/twins/mux"}


def test_a_provider_without_keys_is_its_twin() -> None:
    mux, cloudflare = providers({}, twin_keys=TWINS, twin_addresses=ADDRESSES)
    assert (mux.twin, cloudflare.twin) == (True, True)
    assert (mux.keys["MUX_TOKEN_ID"], mux.addresses) == ("twin", ADDRESSES)


def test_a_provider_with_keys_is_itself_and_where_it_always_is() -> None:
    given = {**MUX, "MUX_PLAYBACK_RESTRICTION_ID": "restriction"}
    mux, cloudflare = providers(given, twin_keys=TWINS, twin_addresses=ADDRESSES)
    assert (mux.twin, mux.keys, mux.addresses) == (False, given, {})
    assert cloudflare.twin


@pytest.mark.parametrize("missing", MUX)
def test_half_a_providers_keys_name_the_one_that_is_missing(missing: str) -> None:
    given = {name: value for name, value in MUX.items() if name != missing}
    with pytest.raises(Unusable, match=missing):
        providers(given, twin_keys=TWINS, twin_addresses=ADDRESSES)
