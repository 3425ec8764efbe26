"""Secrets Manager: read once a process; a rotated secret reaches the next cold start."""

import time
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

_KEPT_SECONDS = 300


class RotatingSecret:
    """A secret that is read again every few minutes, so that a rotation needs no new processes."""

    def __init__(self, client: "SecretsManagerClient", arn: str) -> None:
        self._client = client
        self._arn = arn
        self._held: tuple[float, str] | None = None

    def text(self) -> str:
        """The secret's text, at most five minutes old; raises as ``read_secret``."""
        now = time.monotonic()
        if self._held is None or now - self._held[0] > _KEPT_SECONDS:
            self._held = (now, read_secret(self._client, self._arn))
        return self._held[1]


def read_secret(client: "SecretsManagerClient", arn: str) -> str:
    """The secret's text.

    Raises:
        Unavailable: it cannot be read at the moment.
    """
    try:
        return client.get_secret_value(SecretId=arn)["SecretString"]
    except (ClientError, BotoCoreError) as error:
        raise Unavailable("The service is not ready yet. Please try again.") from error
