"""One whole local stack for the session, shared by integration and browser tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import LocalStack, running_stack

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs the stack."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A running stack of the real template, on free ports and a folder of its own."""
    with running_stack(tmp_path_factory.mktemp("sluice")) as running:
        yield running
