"""Secrets Manager: read once a process; a rotated secret reaches the next cold start."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient


def read_secret(client: "SecretsManagerClient", arn: str) -> str:
    """The secret's text.

    Raises:
        Unavailable: it cannot be read at the moment.
    """
    try:
        return client.get_secret_value(SecretId=arn)["SecretString"]
    except (ClientError, BotoCoreError) as error:
        raise Unavailable("The service is not ready yet. Please try again.") from error
