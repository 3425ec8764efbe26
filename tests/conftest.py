"""Fixtures for every kind of test."""

from collections.abc import Iterator

import hypothesis
import pytest

from tests.engine import Aws, running_engine

# Machines are shared and noisy: how long one example takes says nothing about the code.
hypothesis.settings.register_profile("sluice", deadline=None)
hypothesis.settings.load_profile("sluice")


@pytest.fixture(scope="session")
def engine() -> Iterator[Aws]:
    """The engine alone, one for the session; see `tests.engine`."""
    with running_engine() as aws:
        yield aws
