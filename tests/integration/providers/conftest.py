"""The stack's providers, one clip, and a user whom no other test knows."""

from collections.abc import Iterator

import httpx
import pytest

from tests.clips import Clips
from tests.engine import unique
from tests.integration.providers.driving import WAYS, Providers, Way, providers_of
from tests.stack import LocalStack


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video of a few seconds."""
    return Clips(tmp_path_factory.mktemp("provider-clips"))["streamable"].read_bytes()


@pytest.fixture
def providers(stack: LocalStack) -> Iterator[Providers]:
    """The providers, without faults."""
    with providers_of(stack) as found:
        yield found


@pytest.fixture
def api(stack: LocalStack) -> Iterator[httpx.Client]:
    """The API for a new user."""
    with stack.client(unique("user")) as client:
        yield client


@pytest.fixture(params=WAYS, ids=str)
def way(request: pytest.FixtureRequest) -> Way:
    """Each provider, in each way to upload to it."""
    way: Way = request.param
    return way


@pytest.fixture(params=["mux", "cloudflare"])
def provider(request: pytest.FixtureRequest) -> str:
    """Each provider outside."""
    return str(request.param)
