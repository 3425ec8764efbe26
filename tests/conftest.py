"""Fixtures for every kind of test."""

import os
from collections import Counter
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import botocore.session
import httpx
import hypothesis
import pytest

from tests.authority import Authority
from tests.engine import Aws, running_engine
from tests.loopback import Site, running_peer
from tests.stack import RUNNING, LocalStack, running_stack

# Machines are shared: five seconds, which httpx waits unless it is told otherwise, are soon gone.
_SECONDS = httpx._config.DEFAULT_TIMEOUT_CONFIG
_SECONDS.connect = _SECONDS.read = _SECONDS.write = _SECONDS.pool = 60.0

# Botocore reads a service's model, megabytes of it, for each session anew; here each is read once.
botocore.session.create_loader = cache(botocore.session.create_loader)

# Machines are shared and noisy: how long one example takes says nothing about the code.
hypothesis.settings.register_profile("sluice", deadline=None)
hypothesis.settings.load_profile("sluice")

# What takes seconds goes before what takes minutes; within each folder the order stays random. The browser
# goes last for another reason too: while it runs, its thread has an event loop, and nobody else's may begin.
_SLOW = ("integration", "browser")
# Each has an engine, a stack and a browser of its own, of some hundred megabytes together.
_MOST_WORKERS = 6


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors, since many tests wait for other processes."""
    return min((os.cpu_count() or 1) + 1, _MOST_WORKERS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_file = Counter(item.path for item in items)

    def place(item: pytest.Item) -> tuple[int, int]:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        # At the end each process should have about as much left: the longest files of the last go first.
        length = -in_file[item.path] if folder == _SLOW[-1] else 0
        return (_SLOW.index(folder) + 1 if folder in _SLOW else 0), length

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure shows what the stacks that ran had to say, which nobody can look up afterwards."""
    report = yield
    if report.failed:
        since = datetime.fromtimestamp(call.start, UTC)
        report.sections += [
            (f"logged at {stack.base_url}", "\n".join(stack.troubles(since))) for stack in RUNNING
        ]
    return report


@pytest.fixture(scope="session")
def engine() -> Iterator[Aws]:
    """The engine alone, one for the session; see `tests.engine`."""
    with running_engine() as aws:
        yield aws


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom the servers of tests have their certificates from."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def site(authority: Authority) -> Iterator[Site]:
    """A server on the loopback that videos can be imported from, by https."""
    with running_peer(authority.serving("localhost")) as peer:
        yield Site(peer)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, authority: Authority, site: Site) -> Iterator[LocalStack]:
    """A running stack of the real template, on free ports and a folder of its own; one for the session.

    Imports may reach ``site``, and nothing else that is not public.
    """
    settings = {"IMPORT_ALLOWED_HOSTS": f"localhost:{site.port}", "SSL_CERT_FILE": str(authority.bundle)}
    with running_stack(tmp_path_factory.mktemp("sluice"), settings=settings) as running:
        yield running
