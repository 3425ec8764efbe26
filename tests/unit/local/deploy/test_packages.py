"""Packages of code."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from local.deploy.packages import (
    SHARED,
    BadSyntax,
    check_syntax,
    digest_of,
    function_package,
    snapshot_shared,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one function and a shared module."""
    for name, text in {
        "functions/docs/handler.py": "def handler(event, context):\n    return 1\n",
        "functions/docs/__pycache__/handler.pyc": "bytes",
        f"{SHARED}/sluice/__init__.py": "",
        f"{SHARED}/sluice/domain.py": "A = 1\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_equal_code_makes_an_equal_package(project: Path) -> None:
    first = function_package(project / "functions/docs", "shared")
    os.utime(project / "functions/docs/handler.py", (1, 1))
    assert function_package(project / "functions/docs", "shared") == first
    assert function_package(project / "functions/docs", "another") != first


def test_a_package_has_the_modules_and_no_byte_code(project: Path) -> None:
    package = function_package(project / "functions/docs", "shared")
    names = zipfile.ZipFile(io.BytesIO(package)).namelist()
    assert names == ["handler.py", "shared-layer.txt"]


def test_a_syntax_error_names_file_line_and_fault(project: Path) -> None:
    (project / "functions/docs/handler.py").write_text("def handler(:\n")
    with pytest.raises(BadSyntax, match=r"^functions/docs/handler\.py:1: "):
        check_syntax(project, project / "functions/docs")


def test_what_is_no_text_is_a_syntax_error_too(project: Path) -> None:
    (project / "functions/docs/handler.py").write_bytes(b"\0\xff")
    with pytest.raises(BadSyntax):
        check_syntax(project, project / "functions/docs")


def test_a_snapshot_is_current_until_the_next(project: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    first = snapshot_shared(project, code)
    assert (code / "current/sluice/domain.py").read_text() == "A = 1\n"
    (project / SHARED / "sluice/domain.py").write_text("A = 2\n")
    second = snapshot_shared(project, code)
    assert first != second
    assert (code / "current/sluice/domain.py").read_text() == "A = 2\n"
    assert (code / first / "sluice/domain.py").read_text() == "A = 1\n"


def test_old_snapshots_are_forgotten(project: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    newest = ""
    for number in range(6):
        (project / SHARED / "sluice/domain.py").write_text(f"A = {number}\n")
        newest = snapshot_shared(project, code)
    kept = {path.name for path in code.iterdir()}
    assert {"current", newest} <= kept
    assert len(kept) == 4


def test_a_digest_follows_names_and_contents(project: Path) -> None:
    folder = project / "functions/docs"
    first = digest_of(folder)
    (folder / "page.html").write_text("")
    second = digest_of(folder)
    (folder / "page.html").write_text("<p>")
    assert len({first, second, digest_of(folder)}) == 3
