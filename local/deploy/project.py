"""The project in the engine: its stack with this machine's parameters, and its functions' code."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.deploy.clients import Clients
from local.deploy.code import push_code
from local.deploy.deployment import Deployment, deploy
from local.folder import DataFolder
from local.providers import Provider

AUTH_SECRET = "sluice-local/auth"  # noqa: S105 - the secret's name
WEBHOOK_SECRET = "sluice-local/webhook"  # noqa: S105 - the secret's name
MOST_PIECES = 40  # what the template allows


class Project:
    """Deploys the project at ``root`` and pushes its code.

    ``given`` are the operator's values for parameters; ``auth_secret`` is what signs tokens, or None
    with an identity provider.
    """

    def __init__(
        self,
        root: Path,
        folder: DataFolder,
        *,
        port: int,
        aws_port: int,
        given: Mapping[str, str],
        auth_secret: str | None,
        providers: Sequence[Provider],
    ) -> None:
        self._root = root
        self._folder = folder
        self._port = port
        self._given = given
        self._webhook_secret = os.environ.get("WEBHOOK_SECRET")
        self._auth_secret = auth_secret
        self._providers = providers
        self._clients = Clients(f"http://127.0.0.1:{aws_port}", folder.secrets().engine_key)
        self._deployment: Deployment | None = None

    def prepare(self) -> None:
        """Do what can be done before the engine answers: its clients take a while to make."""
        for service in ("cloudformation", "lambda", "secretsmanager"):
            self._clients(service)

    def deploy(self) -> tuple[Deployment, bool]:
        """Make the stack what the template says; and whether there was anything to do.

        Raises:
            TemplateError, DeployFailed: with a sentence.
        """
        self._deployment, done = deploy(self._root, self._clients, self._parameters(), self._folder.deployed)
        return self._deployment, done

    def push(self) -> list[str]:
        """Make functions run the code on disk; folders of those that changed.

        Raises:
            BadSyntax: a module does not parse; nothing was changed.
        """
        if self._deployment is None:
            return []
        return push_code(self._root, self._folder.code, self._clients, self._deployment)

    def _parameters(self) -> dict[str, str]:
        """Values for the template's parameters; makes the secret that one of them is the address of."""
        origins = [f"http://localhost:{self._port}", f"http://127.0.0.1:{self._port}"]
        if "ALLOWED_ORIGINS" in self._given:
            origins.append(self._given["ALLOWED_ORIGINS"])
        values = {
            **self._given,
            "ALLOWED_ORIGINS": ",".join(origins),
            "PUBLIC_URL": origins[0],
            # a piece's encoder uses several processors: more at once only take each other's
            "MediaConcurrency": str(max(1, min(MOST_PIECES, (os.cpu_count() or 2) // 2))),
        }
        if self._auth_secret is not None:
            values["AuthSecretArn"] = self._secret(AUTH_SECRET, {"AUTH_JWT_SECRET": self._auth_secret})
        for provider in self._providers:
            arn = self._secret(f"sluice-local/{provider.name}", provider.keys)
            values |= {**provider.addresses, f"{provider.name.upper()}_SECRETS_ARN": arn}
        if self._webhook_secret:
            values["WebhookSecretArn"] = self._secret(
                WEBHOOK_SECRET, {"WEBHOOK_SECRET": self._webhook_secret}
            )
        return values

    def _secret(self, name: str, values: Mapping[str, str]) -> str:
        """Where the engine keeps these values, which it does from now on."""
        manager, text = self._clients("secretsmanager"), json.dumps(dict(values))
        try:
            return str(manager.create_secret(Name=name, SecretString=text)["ARN"])
        except manager.exceptions.ResourceExistsException:
            return str(manager.put_secret_value(SecretId=name, SecretString=text)["ARN"])
