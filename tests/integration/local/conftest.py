"""A stack that runs from a copy of the project, for tests that edit it: each puts back what it changed."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.integration.local.engine.functions import eventually
from tests.stack import LocalStack, copy_project, running_stack


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that may be edited."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def edited(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A stack that runs from the copy."""
    with running_stack(tmp_path_factory.mktemp("data"), root=project) as stack:
        tops = [project / name for name in ("functions", "layers/shared/python", "statemachines")]
        wanted = 1 + sum(1 + sum(path.is_dir() for path in top.rglob("*")) for top in tops)
        eventually(lambda: watched_folders(stack.process.pid) >= wanted, True, seconds=60)
        yield stack


def watched_folders(pid: int) -> int:
    """How many folders a process has the kernel watch: the watcher starts after the last printed line."""
    found = 0
    for info in Path(f"/proc/{pid}/fdinfo").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found += info.read_text().count("inotify wd:")
    return found
