"""The composition root of the webhooks function alone: providers wait, so it starts without botocore."""

from functools import cache, partial

from sluice.adapters.aws_json import AwsJson, Service
from sluice.adapters.inbox import Inbox
from sluice.adapters.rotating import RotatingSecret
from sluice.edge.held import Held
from sluice.edge.settings import own_credentials, settings

_KEYS = {
    "MUX_SECRETS_ARN": "MUX_WEBHOOK_SECRET",
    "CLOUDFLARE_SECRETS_ARN": "CLOUDFLARE_WEBHOOK_SECRET",
    "WEBHOOK_SECRET_ARN": "WEBHOOK_SECRET",
}


@cache
def inbox() -> Inbox:
    return Inbox(_service("sqs", "AmazonSQS", "1.0"), settings().inbox_queue_url)


def webhook_secrets(source: str) -> tuple[str, ...]:
    """The secrets that deliveries may be signed with; none if they are not configured.

    ``source`` is the variable with the secret's address, such as ``MUX_SECRETS_ARN``.

    Raises:
        Unavailable: they cannot be read at the moment.
        Misconfigured: they are of no use; names the variable.
    """
    arn = getattr(settings(), source.lower())
    return Held.read(_rotating(arn).text(), source).listed(_KEYS[source]) if arn else ()


@cache
def _rotating(arn: str) -> RotatingSecret:
    return RotatingSecret(partial(_read, arn))


def _read(arn: str) -> str:
    return str(_secrets_manager().call("GetSecretValue", {"SecretId": arn})["SecretString"])


@cache
def _secrets_manager() -> AwsJson:
    return _service("secretsmanager", "secretsmanager", "1.1")


def _service(name: str, target: str, version: str) -> AwsJson:
    ours = settings()
    return AwsJson(Service(name, target, version, ours.region, ours.aws_endpoint), own_credentials())
