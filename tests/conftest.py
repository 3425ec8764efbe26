"""Fixtures for every kind of test."""

from collections.abc import Iterator

import pytest

from tests.engine import Aws, running_engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Aws]:
    """The engine alone, one for the session; see `tests.engine`."""
    with running_engine() as aws:
        yield aws
