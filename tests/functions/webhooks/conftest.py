"""A deployment with every secret that deliveries are signed with, each while it is being replaced."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.deployment import Deployment, running
from tests.engine import unique
from tests.functions.webhooks.signing import CLOUDFLARE_SECRETS, GENERATION_SECRETS, MUX_SECRETS, OWN_SECRETS
from tests.resources import Resources


@dataclass(frozen=True, slots=True)
class Inbox:
    """The queue behind the function."""

    resources: Resources
    url: str

    def taken(self) -> list[dict[str, object]]:
        """What was queued since the last time."""
        return [json.loads(message) for message in self.resources.messages(self.url)]


def secret(made: Deployment, content: Mapping[str, object] | str) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return str(made.aws("secretsmanager").create_secret(Name=unique("secret"), SecretString=text)["ARN"])


@pytest.fixture(scope="module")
def inbox_url(made: Deployment) -> str:
    return made.resources.queue()


@pytest.fixture(scope="module")
def deployed(made: Deployment, inbox_url: str) -> Iterator[Deployment]:
    changes = {
        "MUX_SECRETS_ARN": secret(made, {"MUX_WEBHOOK_SECRET": ", ".join(MUX_SECRETS)}),
        "CLOUDFLARE_SECRETS_ARN": secret(made, {"CLOUDFLARE_WEBHOOK_SECRET": ",".join(CLOUDFLARE_SECRETS)}),
        "CLOUDFLARE_CUSTOMER_SUBDOMAIN": "customer-x.cloudflarestream.com",
        "WEBHOOK_SECRET_ARN": secret(made, {"WEBHOOK_SECRET": ",".join(OWN_SECRETS)}),
        "GENERATION_SECRETS_ARN": secret(made, {"GENERATION_WEBHOOK_SECRET": ",".join(GENERATION_SECRETS)}),
        "INBOX_QUEUE_URL": inbox_url,
    }
    with running(made, **changes) as deployment:
        yield deployment


@pytest.fixture
def inbox(deployed: Deployment, inbox_url: str) -> Inbox:
    """The queue, empty at first."""
    found = Inbox(deployed.resources, inbox_url)
    found.taken()
    return found
