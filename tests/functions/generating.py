"""A deployment with a video generator: the tests' own site, which also serves what is imported."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sluice.adapters.standard_webhooks import secret_of

from tests.authority import Authority
from tests.deployment import Deployment, running
from tests.engine import unique
from tests.loopback import Peer, Site
from tests.resources import Resources

NEW, OLD = secret_of(b"n" * 32), secret_of(b"o" * 32)


@contextmanager
def generating(made: Deployment, site: Site, authority: Authority, generator: Peer) -> Iterator[Deployment]:
    """With queues of its own, and a second of patience with the generator."""
    resources = Resources(made.aws)
    content = json.dumps({"GENERATION_WEBHOOK_SECRET": f"{NEW}, {OLD}"})
    secret = made.aws("secretsmanager").create_secret(Name=unique("generation"), SecretString=content)
    changes = {
        "IMPORT_ALLOWED_HOSTS": f"localhost:{site.port}",
        "SSL_CERT_FILE": str(authority.bundle),
        "IMPORT_QUEUE_URL": resources.queue(),
        "INBOX_QUEUE_URL": resources.queue(),
        "GENERATION_SECRETS_ARN": secret["ARN"],
        "GENERATION_WEBHOOK_URL": f"{generator.url}/generate",
        "GENERATION_WAIT_SECONDS": "1",
        "PUBLIC_URL": "https://api.example",
    }
    deployment = Deployment(made.aws, {**made.environment, **changes})
    with running(deployment):
        yield deployment
