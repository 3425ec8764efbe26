"""Secrets are read by their address."""

import pytest
from sluice.adapters.secrets import read_secret
from sluice.domain.errors import Unavailable

from tests.engine import Aws, unique


def test_a_secret_is_read(engine: Aws) -> None:
    made = engine("secretsmanager").create_secret(Name=unique("secret"), SecretString="open sesame")
    assert read_secret(engine.json("secretsmanager"), made["ARN"]) == "open sesame"


def test_a_secret_that_cannot_be_read_is_unavailable(engine: Aws) -> None:
    with pytest.raises(Unavailable):
        read_secret(engine.json("secretsmanager"), unique("gone"))
