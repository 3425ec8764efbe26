"""A stack that runs from a copy of the project, for tests that edit it: each puts back what it changed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import LocalStack, copy_project, running_stack


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that may be edited."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def edited(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A stack that runs from the copy."""
    with running_stack(tmp_path_factory.mktemp("data"), root=project) as stack:
        stack.wait_for("logs")
        time.sleep(0.5)  # the watcher starts after the last line
        yield stack
