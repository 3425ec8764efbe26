"""Imports' functions on a deployment whose imports may reach the tests' own site, and its queue."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.authority import Authority
from tests.deployment import Deployment, running
from tests.events import sample
from tests.loopback import Site
from tests.resources import Resources


@contextmanager
def importing(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    """With an import queue of its own, and one megabyte as the largest video."""
    changes = {
        "IMPORT_ALLOWED_HOSTS": f"localhost:{site.port}",
        "SSL_CERT_FILE": str(authority.bundle),
        "IMPORT_QUEUE_URL": Resources(made.aws).queue(),
        "MAX_VIDEO_SIZE_MB": "1",
    }
    deployment = Deployment(made.aws, {**made.environment, **changes})
    with running(deployment):
        yield deployment


def waiting(deployed: Deployment) -> list[dict[str, Any]]:
    """What the import queue holds, which is then gone."""
    return [json.loads(body) for body in Resources(deployed.aws).messages(deployed["IMPORT_QUEUE_URL"])]


def batch(*messages: dict[str, Any]) -> dict[str, Any]:
    """Messages as Lambda hands them to the worker."""
    (record,) = sample("fetch_source/waiting")["Records"]
    return {
        "Records": [
            {**record, "messageId": f"message-{number}", "body": json.dumps(message)}
            for number, message in enumerate(messages)
        ]
    }
