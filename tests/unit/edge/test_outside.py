"""Providers outside this account are put together from their settings and secrets."""

from datetime import timedelta

import jwt
import pytest
from sluice.domain.facts import ProviderLinked
from sluice.domain.video import reduce
from sluice.edge.held import Held
from sluice.edge.outside import Mux
from sluice.edge.settings import read_settings

from tests.builders import NOW, at, make_video
from tests.fakes.budget import FakePollBudget
from tests.signing import KEY_ID, signing_pair
from tests.template_file import function_environment

ENVIRONMENT = {**function_environment(), "AWS_REGION": "eu-central-1", "AUTH_SECRET_ARN": "arn:secret"}


@pytest.mark.parametrize("restriction", [{}, {"MUX_PLAYBACK_RESTRICTION_ID": "restriction-1"}])
def test_every_token_of_mux_carries_the_restriction_that_is_configured(restriction: dict[str, str]) -> None:
    pem, public_key = signing_pair()
    keys = {
        "MUX_TOKEN_ID": "id",
        "MUX_TOKEN_SECRET": "secret",
        "MUX_SIGNING_KEY": KEY_ID,
        "MUX_PRIVATE_KEY": pem,
    }
    held = Held("MUX_SECRETS_ARN", {**keys, **restriction})
    mux = Mux(read_settings(ENVIRONMENT), held, "s" * 64, FakePollBudget({}))
    linked = ProviderLinked(at=at(1), kind="playback", provider_id="PLAY")
    video = reduce(make_video("complete", provider="mux"), linked)
    links = mux.playback.links(video, "alice", now=NOW, ttl=timedelta(hours=1))
    tokens = [links.playback_token, links.thumbnail_token, links.storyboard_token]
    claims = [
        jwt.decode(
            token, public_key, algorithms=["RS256"], options={"verify_aud": False, "verify_exp": False}
        )
        for token in tokens
    ]
    expected = restriction.get("MUX_PLAYBACK_RESTRICTION_ID")
    assert [one.get("playback_restriction_id") for one in claims] == [expected] * 3
