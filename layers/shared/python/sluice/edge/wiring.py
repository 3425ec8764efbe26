"""The composition root: which adapter stands behind which port, made once a process when first needed."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from sluice.adapters.dynamodb.event_log import DynamoEventLog
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.adapters.dynamodb.poll_budget import DynamoPollBudget, Rate
from sluice.adapters.dynamodb.profiles import DynamoProfiles
from sluice.adapters.dynamodb.receipts import DynamoReceipts
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.eventbridge import EventBus
from sluice.adapters.purge_queue import PurgeQueue
from sluice.adapters.s3.deliveries import S3Deliveries
from sluice.adapters.s3.playback import S3Playback
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.remains import S3Remains
from sluice.adapters.s3.signing_role import SigningRole
from sluice.adapters.s3.source_queue import IngestQueue
from sluice.adapters.s3.stream_files import S3StreamFiles
from sluice.adapters.s3.tokens import PlaybackTokens
from sluice.adapters.s3.uploads import S3Uploads
from sluice.adapters.s3.watch import S3Watch
from sluice.adapters.secrets import read_secret
from sluice.adapters.sqs import Queue
from sluice.adapters.stepfunctions import Executions
from sluice.domain.deadlines import Patience
from sluice.domain.identity import Caller
from sluice.edge import clients
from sluice.edge.auth import Expected, KeySetVerifier, SharedSecretVerifier, TokenVerifier, authenticate
from sluice.edge.cursors import Cursors
from sluice.edge.presenter import Presenter
from sluice.edge.profiles import Acquaintances
from sluice.edge.settings import Misconfigured, settings
from sluice.usecases.provider_ports import (
    DownloadMaker,
    PartUploads,
    PlaybackProvider,
    ProviderHoldings,
    ProviderWatch,
    UploadProvider,
)
from sluice.usecases.reconcile_video import Helpers
from sluice.usecases.serve_stream import Streams

if TYPE_CHECKING:
    from sluice.edge.outside import Outside

patience = Patience()

# Mux sustains five reads a second and Cloudflare four requests (1,200 in five minutes) for an account's
# whole use; polling leaves half of that to everything else.
_POLL_RATES = {"mux": Rate(per_second=2.5, burst=5), "cloudflare": Rate(per_second=2, burst=5)}


@cache
def videos() -> DynamoVideos:
    return DynamoVideos(clients.dynamodb(), settings().videos_table)


@cache
def idempotency() -> DynamoIdempotency:
    return DynamoIdempotency(clients.dynamodb(), settings().idempotency_table)


@cache
def presigner() -> Presigner:
    ours = settings()
    role = SigningRole(clients.sts(), ours.signing_role_arn)
    return Presigner(
        role.credentials,
        bucket=ours.media_bucket,
        region=ours.region,
        endpoint=ours.aws_endpoint,
        suffix=ours.url_suffix,
    )


@cache
def uploads() -> S3Uploads:
    ours = settings()
    return S3Uploads(clients.s3, presigner(), bucket=ours.media_bucket, ttl=ours.upload_ttl)


def upload_provider(name: str) -> UploadProvider:
    """The provider of this name, one of ``settings().providers``."""
    return uploads() if name == "s3" else outside(name).uploads


def part_uploads(name: str) -> PartUploads:
    """The same, for the one provider whose uploads have parts."""
    return {"s3": uploads}[name]()


def watch(name: str) -> ProviderWatch:
    """How the provider of this name is asked about a video."""
    return _s3_watch() if name == "s3" else outside(name).watch


def helpers(name: str) -> Helpers:
    """Who helps with an overdue video of the provider of this name."""
    if name == "s3":
        return Helpers(watch=_s3_watch())
    theirs = outside(name)
    return Helpers(watch=theirs.watch, strays=theirs.uploads, privacy=theirs.holdings)


@cache
def outside(name: str) -> "Outside":
    """The provider of this name outside this account.

    Raises:
        Unavailable: its secret cannot be read at the moment.
        Misconfigured: this deployment does not know it, or its secret lacks something.
    """
    from sluice.edge.held import Held
    from sluice.edge.outside import Cloudflare, Mux

    ours = settings()
    arns = {"mux": ours.mux_secrets_arn, "cloudflare": ours.cloudflare_secrets_arn}
    arn = arns.get(name)
    if arn is None:
        raise Misconfigured(f"{name.upper()}_SECRETS_ARN is not set.")
    held = Held.read(read_secret(clients.secretsmanager(), arn), f"{name.upper()}_SECRETS_ARN")
    kind = Mux if name == "mux" else Cloudflare
    return kind(ours, held, _signing_secret(), _poll_budget())


@cache
def _poll_budget() -> DynamoPollBudget:
    return DynamoPollBudget(clients.dynamodb(), settings().videos_table, _POLL_RATES)


@cache
def executions() -> Executions:
    return Executions(clients.stepfunctions(), settings().state_machine_arn)


@cache
def _s3_watch() -> S3Watch:
    return S3Watch(uploads(), executions())


@cache
def remains() -> S3Remains:
    return S3Remains(clients.s3(), settings().media_bucket)


def download_maker(name: str) -> DownloadMaker:
    """Who makes files to download of the videos of the provider of this name."""
    return outside(name).holdings


def holdings(name: str) -> ProviderHoldings:
    """What the provider of this name holds, to be erased."""
    return outside(name).holdings


@cache
def receipts() -> DynamoReceipts:
    return DynamoReceipts(clients.dynamodb(), settings().videos_table)


@cache
def event_log() -> DynamoEventLog:
    return DynamoEventLog(clients.dynamodb(), settings().idempotency_table)


@cache
def deliveries() -> S3Deliveries:
    return S3Deliveries(clients.s3(), settings().media_bucket)


@cache
def purge_messages() -> Queue:
    return Queue(clients.sqs(), settings().purge_queue_url)


@cache
def purge_queue() -> PurgeQueue:
    return PurgeQueue(purge_messages())


@cache
def source_queue() -> IngestQueue:
    ours = settings()
    return IngestQueue(Queue(clients.sqs(), ours.ingest_queue_url), ours.media_bucket)


@cache
def event_bus() -> EventBus:
    return EventBus(clients.events(), settings().event_bus)


@cache
def streams() -> Streams:
    files = S3StreamFiles(clients.s3, settings().media_bucket)
    return Streams(videos(), files, presigner(), tokens())


@cache
def tokens() -> PlaybackTokens:
    return PlaybackTokens(_signing_secret())


@cache
def cursors() -> Cursors:
    return Cursors(_signing_secret())


@cache
def presenter(base_url: str) -> Presenter:
    """``base_url`` is where the API answered this request; a configured public address goes first."""
    ours = settings()

    @cache
    def playback(name: str) -> PlaybackProvider:
        if name == "s3":
            return S3Playback(presigner(), tokens(), ours.public_url or base_url)
        return outside(name).playback

    return Presenter(playback, ttl=ours.playback_ttl)


def caller_of(headers: Mapping[str, str]) -> Caller:
    """The signed-in user of a request's headers, whom we remember; ``Unauthenticated`` for anybody else."""
    caller = authenticate(headers, verifier)
    _acquaintances().meet(caller)
    return caller


@cache
def profiles() -> DynamoProfiles:
    return DynamoProfiles(clients.dynamodb(), settings().videos_table)


@cache
def _acquaintances() -> Acquaintances:
    return Acquaintances(profiles())


@cache
def verifier() -> TokenVerifier:
    ours = settings()
    expected = Expected(ours.auth_issuer, ours.auth_audience)
    if ours.auth_jwks_url:
        from sluice.adapters.jwks import KeySet

        return KeySetVerifier(KeySet(ours.auth_jwks_url), expected)
    if ours.auth_secret_arn is None:
        raise Misconfigured("Neither AUTH_SECRET_ARN nor AUTH_JWKS_URL is set.")
    held = read_secret(clients.secretsmanager(), ours.auth_secret_arn)
    try:
        return SharedSecretVerifier(json.loads(held)["AUTH_JWT_SECRET"], expected)
    except (ValueError, LookupError, TypeError, AttributeError):
        # Without its cause, which might show what the secret holds.
        text = 'AUTH_SECRET_ARN must name a secret with {"AUTH_JWT_SECRET": "at least 32 bytes"}.'
        raise Misconfigured(text) from None


@cache
def _signing_secret() -> str:
    return read_secret(clients.secretsmanager(), settings().signing_secret_arn)
