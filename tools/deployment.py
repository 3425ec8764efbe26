"""One deployment, as an operator's commands reach it: in AWS, or in the engine of the local stack.

``LOCAL=1`` in the environment chooses the stack that `make run` keeps in ``SLUICE_DATA``; it must be running.
Otherwise credentials and region are those that the AWS command line would use, and ``STAGE`` (dev) says which
deployment it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

type Clients = Callable[[str], Any]


class Deployment:
    """Its clients by service, and the outputs of its stack."""

    def __init__(self, clients: Clients, stack: str) -> None:
        self.clients = clients
        self._stack = stack

    def outputs(self) -> dict[str, str]:
        """What the template's ``Outputs`` tell.

        Raises:
            SystemExit: there is no such stack, or nobody answers; with a sentence.
        """
        try:
            found = self.clients("cloudformation").describe_stacks(StackName=self._stack)["Stacks"][0]
        except (ClientError, BotoCoreError) as error:
            raise SystemExit(f"The stack {self._stack} cannot be read: {error}") from error
        return {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}


def chosen(env: Mapping[str, str]) -> Deployment:
    """The deployment that this environment names."""
    if env.get("LOCAL") in {None, "", "0"}:
        return Deployment(_aws(), f"sluice-{env.get('STAGE') or 'dev'}")
    from local.deploy.clients import Clients as Engine
    from local.deploy.stack import STACK
    from local.folder import DataFolder
    from local.settings import read_settings

    settings = read_settings(env)
    secret = DataFolder(settings.data).secrets().engine_key
    return Deployment(Engine(f"http://127.0.0.1:{settings.aws_port}", secret), STACK)


def _aws() -> Clients:
    session = botocore.session.get_session()
    # A function is waited for as long as it may run, and not called a second time meanwhile.
    patient = Config(read_timeout=930, tcp_keepalive=True, retries={"total_max_attempts": 1})

    def client(service: str) -> Any:
        return session.create_client(service, config=patient if service == "lambda" else None)

    return client
