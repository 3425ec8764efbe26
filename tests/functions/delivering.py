"""Outgoing webhooks on a deployment that may reach the tests' own site, and its queue of attempts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.authority import Authority
from tests.deployment import Deployment, running
from tests.loopback import Site
from tests.resources import Resources


@contextmanager
def delivering(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    changes = {
        "IMPORT_ALLOWED_HOSTS": f"localhost:{site.port}",
        "SSL_CERT_FILE": str(authority.bundle),
        "DELIVERY_QUEUE_URL": Resources(made.aws).queue(),
    }
    deployment = Deployment(made.aws, {**made.environment, **changes})
    with running(deployment):
        yield deployment


def due(deployed: Deployment) -> list[dict[str, Any]]:
    """The attempts that can be seen in the queue, which are then gone."""
    found = Resources(deployed.aws).messages(deployed["DELIVERY_QUEUE_URL"])
    return [json.loads(body) for body in found]
