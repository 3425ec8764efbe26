"""The composition root of the webhooks function alone: providers wait, so it starts without botocore."""

from functools import cache

from sluice.adapters.inbox import Inbox
from sluice.adapters.rotating import RotatingSecret
from sluice.adapters.secrets import read_secret
from sluice.edge import clients
from sluice.edge.held import Held
from sluice.edge.settings import settings

_KEYS = {
    "MUX_SECRETS_ARN": "MUX_WEBHOOK_SECRET",
    "CLOUDFLARE_SECRETS_ARN": "CLOUDFLARE_WEBHOOK_SECRET",
    "WEBHOOK_SECRET_ARN": "WEBHOOK_SECRET",
    "GENERATION_SECRETS_ARN": "GENERATION_WEBHOOK_SECRET",
}


@cache
def inbox() -> Inbox:
    return Inbox(clients.inbox_sqs(), settings().inbox_queue_url)


def webhook_secrets(source: str) -> tuple[str, ...]:
    """The secrets that deliveries may be signed with; none if they are not configured.

    ``source`` is the variable with the secret's address, such as ``MUX_SECRETS_ARN``.

    Raises:
        Unavailable: they cannot be read at the moment.
        Misconfigured: they are of no use; names the variable.
    """
    held = _held(source)
    return held.listed(_KEYS[source]) if held else ()


def webhook_keys(source: str) -> tuple[str, ...]:
    """The same for keys of Standard Webhooks; raises as ``webhook_secrets``."""
    held = _held(source)
    return held.webhook_keys(_KEYS[source]) if held else ()


def _held(source: str) -> Held | None:
    arn = getattr(settings(), source.lower())
    return Held.read(_rotating(arn).text(), source) if arn else None


@cache
def _rotating(arn: str) -> RotatingSecret:
    return RotatingSecret(lambda: read_secret(clients.secretsmanager(), arn))
