"""A bucket on the engine, and what signs for it."""

from collections.abc import Iterator

import httpx
import pytest
from sluice.adapters.s3.presign import Presigner

from tests.engine import Aws
from tests.presigning import presigner_of
from tests.resources import Resources


@pytest.fixture(scope="module")
def bucket(engine: Aws) -> str:
    return Resources(engine).bucket()


@pytest.fixture(scope="module")
def presigner(engine: Aws, bucket: str) -> Presigner:
    return presigner_of(engine, bucket)


@pytest.fixture(scope="session")
def web() -> Iterator[httpx.Client]:
    """What a browser is to the bucket: it knows URLs and nothing else."""
    with httpx.Client(trust_env=False) as client:
        yield client
