"""The composition root: which adapter stands behind which port, made once a process when first needed."""

import json
from collections.abc import Mapping
from functools import cache

from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.s3.playback import S3Playback
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.tokens import PlaybackTokens
from sluice.adapters.s3.uploads import S3Uploads
from sluice.adapters.secrets import read_secret
from sluice.adapters.sts import SigningRole
from sluice.domain.deadlines import Patience
from sluice.domain.identity import Caller
from sluice.edge import clients
from sluice.edge.auth import Expected, KeySetVerifier, SharedSecretVerifier, TokenVerifier, authenticate
from sluice.edge.cursors import Cursors
from sluice.edge.presenter import Presenter
from sluice.edge.settings import Misconfigured, settings

patience = Patience()


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
        role.credentials, bucket=ours.media_bucket, region=ours.region, endpoint=ours.aws_endpoint
    )


@cache
def uploads() -> S3Uploads:
    ours = settings()
    return S3Uploads(clients.s3, presigner(), bucket=ours.media_bucket, ttl=ours.upload_ttl)


def upload_provider(name: str) -> S3Uploads:
    """The provider of this name, which ``settings().providers`` lists."""
    return {"s3": uploads}[name]()


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
    playback = S3Playback(presigner(), tokens(), ours.public_url or base_url)
    return Presenter({"s3": playback}, ttl=ours.playback_ttl)


def caller_of(headers: Mapping[str, str]) -> Caller:
    """The signed-in user of a request's headers; raises ``Unauthenticated`` for anybody else."""
    return authenticate(headers, _verifier)


@cache
def _verifier() -> TokenVerifier:
    ours = settings()
    expected = Expected(ours.auth_issuer, ours.auth_audience)
    if ours.auth_jwks_url:
        from sluice.adapters.jwks import KeySet

        return KeySetVerifier(KeySet(ours.auth_jwks_url), expected)
    if ours.auth_secret_arn is None:
        raise Misconfigured("Neither AUTH_SECRET_ARN nor AUTH_JWKS_URL is set.")
    held = json.loads(read_secret(clients.secretsmanager(), ours.auth_secret_arn))
    return SharedSecretVerifier(held["AUTH_JWT_SECRET"], expected)


@cache
def _signing_secret() -> str:
    return read_secret(clients.secretsmanager(), settings().signing_secret_arn)
