"""Clients of the engine as the account's root, made without boto3, whose import the start would wait for."""

from typing import Any

import botocore.session
from botocore.config import Config

from local.engine.environment import REGION, ROOT_KEY_ID


class Clients:
    """botocore clients by service, made once each."""

    def __init__(self, endpoint: str, secret: str) -> None:
        self._endpoint = endpoint
        self._session = botocore.session.get_session()
        self._session.set_credentials(ROOT_KEY_ID, secret)
        self._made: dict[str, Any] = {}

    def __call__(self, service: str) -> Any:
        """The client of a service, such as ``clients("lambda")``."""
        if service not in self._made:
            config = Config(
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=30,
                # what fails on this machine fails again, and a stop must not wait for attempts
                retries={"total_max_attempts": 2, "mode": "standard"},
            )
            self._made[service] = self._session.create_client(
                service, region_name=REGION, endpoint_url=self._endpoint, config=config
            )
        return self._made[service]
