"""Peers for adapters that speak HTTP."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def _calls(budget: Budget, pauses: list[float]) -> Iterator[Http]:
    def clock() -> float:
        return time.monotonic() + sum(pauses)

    with Http("Mux", budget, clock=clock, pause=pauses.append) as http:
        yield http


@pytest.fixture
def http(pauses: list[float]) -> Iterator[Http]:
    """Calls that do not really pause."""
    with _calls(Budget(), pauses) as http:
        yield http


@pytest.fixture
def hasty(pauses: list[float]) -> Iterator[Http]:
    """The same, and they wait for an answer for half a second at most."""
    with _calls(Budget(total_seconds=4, connect_seconds=3, answer_seconds=0.5), pauses) as http:
        yield http
