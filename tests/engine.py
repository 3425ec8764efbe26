"""The engine alone, for tests of adapters: real AWS semantics, nothing deployed.

Every test makes its own tables, buckets and queues under names of its own (`unique`), so that tests may
share one engine in any order.
"""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from sluice.adapters.aws_http import AwsHttp, Service
from sluice.adapters.aws_json import AwsJson
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.sigv4 import Credentials

from local.engine.environment import REGION, ROOT_KEY_ID, engine_environment
from local.engine.supervisor import Engine
from local.ports import free_port

ROOT_SECRET = "root-key-of-a-test-engine"


@dataclass(frozen=True, slots=True)
class Aws:
    """Where an engine is and how to sign for it as the account's root.

    ``folder`` has its logs and state, ``pid`` is its process, where a test needs them.
    """

    endpoint: str
    secret: str
    region: str = REGION
    folder: Path | None = None
    pid: int | None = None

    def __call__(self, service: str) -> Any:
        """A boto3 client, such as ``aws("dynamodb")``: one a service, closed when the engine stops."""
        return _client(self, service)

    @property
    def dynamo(self) -> DynamoClient:
        """The tables as our adapters reach them."""
        return DynamoClient(self.json("dynamodb"))

    def json(self, service: str) -> AwsJson:
        """``dynamodb``, ``secretsmanager`` or ``sqs`` without botocore; closed when the engine stops."""
        return _json(self, service)

    def http(self, service: str) -> AwsHttp:
        """A service as all of ours are called, with more patience; to be closed by whoever asks."""
        place = Service(name=service, region=self.region, endpoint=self.endpoint)
        return _Patient(place, Credentials(ROOT_KEY_ID, self.secret))

    @property
    def environment(self) -> dict[str, str]:
        """What botocore reads: set these, and any client speaks to this engine as root."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": ROOT_KEY_ID,
            "AWS_SECRET_ACCESS_KEY": self.secret,
        }


class _Patient(AwsHttp):
    """Waits for an engine that has other things to do."""

    def _connection(self) -> HTTPConnection:
        made = super()._connection()
        made.sock.settimeout(60)
        return made


@cache
def _client(aws: Aws, service: str) -> Any:
    make: Any = boto3.client  # typed by one overload for each of AWS's services
    client = make(
        service,
        region_name=aws.region,
        endpoint_url=aws.endpoint,
        aws_access_key_id=ROOT_KEY_ID,
        aws_secret_access_key=aws.secret,
        config=Config(
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "path"},
            retries={"max_attempts": 2, "mode": "standard"},
            max_pool_connections=80,
        ),
    )
    _made.append(client)
    return client


_TARGETS = {
    "dynamodb": ("DynamoDB_20120810", "1.0"),
    "secretsmanager": ("secretsmanager", "1.1"),
    "sqs": ("AmazonSQS", "1.0"),
}


@cache
def _json(aws: Aws, service: str) -> AwsJson:
    target, version = _TARGETS[service]
    client = AwsJson(aws.http(service), target=target, version=version)
    _made.append(client)
    return client


_made: list[Any] = []


def unique(prefix: str) -> str:
    """A name that no other test uses: lower case, usable for tables, buckets, queues and roles."""
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


@contextmanager
def running_engine(folder: Path | None = None) -> Iterator[Aws]:
    """An engine on a free port. Its state is in ``folder``, or in one that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sluice-engine-") as temporary:
        kept = folder or Path(temporary)
        port = free_port()
        env = engine_environment(
            os.environ,
            port=port,
            state=kept,
            root_secret=ROOT_SECRET,
            function_log=kept / "functions.log",
        )
        engine = Engine(env, log=kept / "engine.log")
        try:
            engine.wait_ready()
            yield Aws(endpoint=f"http://127.0.0.1:{port}", secret=ROOT_SECRET, folder=kept, pid=engine.pid)
        finally:
            engine.stop()
