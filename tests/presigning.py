"""Presigned URLs for the engine, signed with its root key."""

from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.signing_role import SigningCredentials

from local.engine.environment import ROOT_KEY_ID
from tests.engine import Aws


def presigner_of(aws: Aws, bucket: str) -> Presigner:
    credentials = SigningCredentials(ROOT_KEY_ID, aws.secret)
    return Presigner(lambda _now: credentials, bucket=bucket, region=aws.region, endpoint=aws.endpoint)
