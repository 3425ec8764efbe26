"""Handlers on tables, buckets and queues of the engine, and a browser."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from tests.deployment import Deployment, make_deployment, running
from tests.engine import Aws, unique

# As botocore names them in the environment.
_SERVICE_IDS = {
    "dynamodb": "DYNAMODB",
    "events": "EVENTBRIDGE",
    "s3": "S3",
    "secretsmanager": "SECRETS_MANAGER",
    "sqs": "SQS",
    "stepfunctions": "SFN",
    "sts": "STS",
}


@pytest.fixture(scope="session")
def made(engine: Aws) -> Deployment:
    """One deployment for all functions' tests; each test has users of its own."""
    return make_deployment(engine)


@pytest.fixture(scope="module")
def deployed(made: Deployment) -> Iterator[Deployment]:
    """The functions' environment is this process's."""
    with running(made) as deployment:
        yield deployment


@pytest.fixture
def user() -> str:
    """A user whom no other test knows."""
    return unique("user")


@pytest.fixture(scope="session")
def web() -> Iterator[httpx.Client]:
    """What a browser is to the bucket: it knows URLs and nothing else."""
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def down(made: Deployment) -> Iterator[Callable[..., AbstractContextManager[Deployment]]]:
    """``with down("s3"):`` nobody answers where these services should be."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}"

        def without(*services: str) -> AbstractContextManager[Deployment]:
            return running(made, **{f"AWS_ENDPOINT_URL_{_SERVICE_IDS[name]}": nowhere for name in services})

        yield without
