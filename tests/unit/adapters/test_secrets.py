"""Secrets are read by their address."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from sluice.adapters.secrets import read_secret
from sluice.domain.errors import Unavailable

from tests.engine import Aws, unique
from tests.fakes.clients import Failing, client_error


def test_a_secret_is_read(engine: Aws) -> None:
    client = engine("secretsmanager")
    arn = client.create_secret(Name=unique("secret"), SecretString="open sesame")["ARN"]
    assert read_secret(client, arn) == "open sesame"


@pytest.mark.parametrize(
    "error", [client_error("ResourceNotFoundException"), EndpointConnectionError(endpoint_url="x")]
)
def test_a_secret_that_cannot_be_read_is_unavailable(error: Exception) -> None:
    client: Any = Failing(error)
    with pytest.raises(Unavailable):
        read_secret(client, "arn")
