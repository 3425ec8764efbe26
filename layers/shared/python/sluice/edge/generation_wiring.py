"""The composition root of generations: their rows, the generator, and where its videos go."""

from datetime import UTC, datetime
from functools import cache

from sluice.adapters.dynamodb.generations import DynamoGenerations
from sluice.adapters.generator import HttpGenerator
from sluice.adapters.http import Budget, Http
from sluice.adapters.sealing import Seal
from sluice.adapters.secrets import read_secret
from sluice.adapters.sqs import Queue
from sluice.domain.errors import Unavailable
from sluice.domain.generation import Generation, label
from sluice.domain.identity import Caller
from sluice.edge import clients, import_wiring
from sluice.edge.held import Held
from sluice.edge.settings import Misconfigured, settings
from sluice.usecases.request_import import ImportWish
from sluice.usecases.request_upload import Origin


@cache
def generations() -> DynamoGenerations:
    secret = read_secret(clients.secretsmanager(), settings().signing_secret_arn)
    return DynamoGenerations(clients.dynamodb(), settings().videos_table, Seal(secret, "generation"))


@cache
def generator(base_url: str) -> HttpGenerator:
    """``base_url`` is where the API answered this request; a configured public address goes first.

    Raises:
        Unavailable: there is none (code ``generator_not_configured``), or its secret cannot be read.
        Misconfigured: its secret is of no use.
    """
    ours = settings()
    if ours.generation_webhook_url is None:
        raise Unavailable("No video generator is configured.", code="generator_not_configured")
    if ours.generation_secrets_arn is None:
        raise Misconfigured("GENERATION_SECRETS_ARN is not set.")
    held = Held.read(
        read_secret(clients.secretsmanager(), ours.generation_secrets_arn), "GENERATION_SECRETS_ARN"
    )
    wait = float(ours.generation_wait_seconds)
    http = Http("The video generator", Budget(total_seconds=wait, answer_seconds=wait))
    return HttpGenerator(
        http,
        url=ours.generation_webhook_url,
        keys=held.webhook_keys("GENERATION_WEBHOOK_SECRET"),
        callback_url=f"{ours.public_url or base_url}/api/webhooks/generation",
    )


@cache
def inbox() -> Queue:
    return Queue(clients.sqs(), settings().inbox_queue_url)


def import_video(generation: Generation, url: str) -> None:
    """Have the generation's video fetched; see ``generation_ports.ImportVideo``."""
    origin = Origin(
        caller=Caller(user_id=generation.owner_id),
        video_id=generation.video_id,
        correlation_id=generation.correlation_id,
        provider=settings().video_provider,
        now=datetime.now(UTC),
    )
    wish = ImportWish(video_url=url, title=generation.title, custom=label(generation))
    import_wiring.import_video(wish, origin, comes_again=True)
