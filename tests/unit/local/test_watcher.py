"""What an edit sets off, and what is said about it."""

import asyncio
from pathlib import Path

import pytest

from local.deploy.packages import BadSyntax
from local.deploy.stack import DeployFailed
from local.template.source import TemplateError
from local.watcher import Watcher, is_source


class Project:
    """Notes what it is asked to do; fails as it is told."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.done: list[str] = []
        self.failure = failure

    async def push(self) -> list[str]:
        """Push code."""
        self.done.append("push")
        if isinstance(self.failure, BadSyntax):
            raise self.failure
        return ["functions/docs"]

    async def deploy(self) -> None:
        """Deploy the template."""
        self.done.append("deploy")
        if self.failure is not None:
            raise self.failure


def handle(names: set[str], failure: Exception | None = None) -> list[str]:
    """What is done for edits of these files."""
    project = Project(failure)
    asyncio.run(Watcher(Path("/project"), push=project.push, deploy=project.deploy).handle(names))
    return project.done


@pytest.mark.parametrize(
    ("names", "done"),
    [
        ({"functions/docs/handler.py"}, ["push"]),
        ({"layers/shared/python/sluice/domain/video.py"}, ["push"]),
        ({"template.yaml"}, ["deploy", "push"]),
        ({"statemachines/media.asl.json", "functions/docs/handler.py"}, ["deploy", "push"]),
    ],
)
def test_code_is_pushed_and_infrastructure_is_deployed(
    names: set[str], done: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert handle(names) == done
    printed = capsys.readouterr().out
    assert min(names) in printed
    assert "1 function(s) renewed" in printed


def test_many_edits_are_named_by_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    handle({f"functions/docs/{number}.py" for number in range(9)})
    assert "functions/docs/3.py … live in" in capsys.readouterr().out


@pytest.mark.parametrize(
    "failure",
    [
        BadSyntax("functions/docs/handler.py:3: invalid syntax"),
        TemplateError("template.yaml has no Resources."),
        DeployFailed("The stack is UPDATE_ROLLBACK_COMPLETE:\n  Docs"),
    ],
)
def test_what_cannot_be_used_is_said(failure: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    handle({"template.yaml"}, failure)
    printed = capsys.readouterr().out
    assert str(failure) in printed
    assert "last good version stays live" in printed


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("functions/docs/handler.py", True),
        ("functions/docs/openapi.json", True),
        ("functions/docs/__pycache__/handler.cpython-313.pyc", False),
        ("functions/docs/.handler.py.swp", False),
        ("functions/docs/handler.py~", False),
        ("layers/shared/python/.mypy_cache/x.json", False),
    ],
)
def test_only_sources_matter(path: str, matters: bool) -> None:
    assert is_source(Path(path)) is matters
