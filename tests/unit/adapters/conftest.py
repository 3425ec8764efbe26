"""Peers for adapters that speak HTTP."""

from collections.abc import Iterator

import pytest
from sluice.adapters.http import Budget, Http

from tests.loopback import Peer, running_peer


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as peer:
        yield peer


@pytest.fixture
def pauses() -> list[float]:
    """How long each pause between two attempts would have been."""
    return []


@pytest.fixture
def http(pauses: list[float]) -> Iterator[Http]:
    """Calls that do not really pause, and wait for an answer for half a second at most."""
    budget = Budget(total_seconds=2, connect_seconds=0.5, answer_seconds=0.5)
    with Http("Mux", budget, pause=pauses.append) as http:
        yield http
