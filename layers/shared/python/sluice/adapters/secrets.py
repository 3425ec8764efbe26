"""Secrets Manager: read once a process; a rotated secret reaches the next cold start."""

from collections.abc import Mapping
from typing import Any, Protocol

TARGET, VERSION = "secretsmanager", "1.1"


class Calls(Protocol):
    """The service's actions; ``Unavailable`` if one cannot be had."""

    def call(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]: ...


def read_secret(service: Calls, arn: str) -> str:
    """The secret's text.

    Raises:
        Unavailable: it cannot be read at the moment.
    """
    return str(service.call("GetSecretValue", {"SecretId": arn})["SecretString"])
